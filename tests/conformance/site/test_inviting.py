"""Letters: each goes out once, and what is not known of one is said."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from tests.lib.mail_reports import NO_LETTER, report
from tests.lib.surveying import DAY, LINK, NOON, TOWNS, WAVE, Box, Survey, a_frame
from torg.errors import MailError, SurveyError
from torg.mail import Delivery
from torg.site import (
    bounced,
    close_people,
    draw_frame,
    erase,
    frame,
    invite,
    link_for,
    open_link,
    paradata,
    preview_letter,
    remind,
    replace,
    respondents,
    revoke,
    save_answer,
    status,
    submit,
)
from torg.site.answers.models import Invitation, Letter, Link
from torg.site.answers.sending import note_taken

ALL = [
    "post@fjordby.example",
    "post@sundby.example",
    "post@elvebyen.example",
    "ida@elvebyen.example",
]


def test_each_address_is_written_to_once(survey, box):
    went = survey.ask(invite, wave=WAVE, post=box)
    assert (went.letters.taken, went.without_address) == (4, ())
    assert box.to == ALL
    assert survey.ask(invite, wave=WAVE, post=box).letters.taken == 0


def test_an_address_that_comes_later_is_written_to_alone(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    survey.add("country;unit;address;role;language\nXX;0101;new@fjordby.example;head;\n")
    survey.ask(invite, wave=WAVE, post=box)
    assert box.to == [*ALL, "new@fjordby.example"]


def test_a_unit_without_an_address_is_named(tmp_path, database, box):
    survey = Survey(tmp_path, addresses="country,unit,address,role\nXX,0101,a@b.example,registry\n")
    assert survey.ask(invite, wave=WAVE, post=box).without_address == (
        ("XX", "0102"),
        ("XX", "0103"),
    )


def test_every_link_is_another_and_only_its_hash_is_kept(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    tokens = {box.token(to) for to in ALL}
    assert len(tokens) == 4
    assert all(len(token) == 43 for token in tokens)  # 256 bits in base64


def test_a_preview_shows_the_first_letter_and_sends_nothing(survey, box):
    seen = survey.do(preview_letter, survey.questionnaire, wave=WAVE)
    assert (seen.letters, seen.subject) == (4, "Byer i sosiale medier: spørsmål til Fjordby")
    assert f"{LINK}PERSONAL-LINK" in seen.text
    assert "fjordby.example" not in seen.text
    assert respondents(survey.study, wave=WAVE).is_empty()
    survey.ask(invite, wave=WAVE, post=box)
    assert survey.do(preview_letter, survey.questionnaire, wave=WAVE) is None


def test_an_unknown_recipient_is_not_written_to_again(survey):
    box = Box(**{"post_at_sundby.example": Delivery("refused", 550)})
    assert survey.ask(invite, wave=WAVE, post=box).letters.refused == 1
    again = survey.ask(invite, wave=WAVE, post=Box(), at=NOON + DAY)
    assert again.letters.taken == 0
    assert again.without_address == (("XX", "0102"),)
    assert (
        survey.ask(remind, wave=WAVE, post=(later := Box()), at=NOON + 8 * DAY).letters.taken == 3
    )
    assert "post@sundby.example" not in later.to


def test_a_busy_recipient_is_tried_again(survey):
    box = Box(**{"post_at_sundby.example": Delivery("later", 451)})
    assert survey.ask(invite, wave=WAVE, post=box).letters.later == 1
    survey.ask(invite, wave=WAVE, post=(again := Box()), at=NOON + DAY)
    assert again.to == ["post@sundby.example"]
    assert survey.opened(again, "post@sundby.example", at=NOON + DAY).forms[0].name == "Sundby"


def test_a_server_that_gives_up_leaves_the_rest_for_the_next_call(survey):
    box = Box(**{"post_at_elvebyen.example": MailError("the mail server took no letter.")})
    with pytest.raises(MailError, match="2 of 4 letters went out, then the mail server took no"):
        survey.ask(invite, wave=WAVE, post=box)
    survey.ask(invite, wave=WAVE, post=(rest := Box()))
    assert (box.to, rest.to) == (ALL[:2], ALL[2:])


def test_a_letter_that_perhaps_arrived_is_counted_and_left_alone(survey):
    box = Box(**{"post_at_sundby.example": Delivery("unsure")})
    assert survey.ask(invite, wave=WAVE, post=box).letters.unsure == 1
    assert survey.ask(invite, wave=WAVE, post=Box()).letters.unsure == 1
    survey.ask(invite, wave=WAVE, post=(again := Box()), again=True)
    assert again.to == ["post@sundby.example"]


def test_a_letter_whose_link_was_opened_has_arrived(survey):
    box = Box(**{"post_at_sundby.example": Delivery("unsure")})
    survey.ask(invite, wave=WAVE, post=box)
    survey.opened(box, "post@sundby.example")
    assert survey.ask(invite, wave=WAVE, post=Box()).letters.unsure == 0


def test_who_dies_while_sending_leaves_a_letter_that_is_unsure(survey):
    def dies(letter):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey.ask(invite, wave=WAVE, post=dies)
    went = survey.ask(invite, wave=WAVE, post=(box := Box()))
    assert (went.letters.taken, went.letters.unsure) == (3, 1)
    assert box.to == ALL[1:]


def test_two_do_not_send_at_once(survey):
    def invites():
        try:
            survey.ask(invite, wave=WAVE, post=Box())
        finally:
            close_people()  # a thread has a connection of its own

    def sends_too(letter):
        with ThreadPoolExecutor(1) as other:
            other.submit(invites).result()

    with pytest.raises(SurveyError, match="another torg is at it"):
        survey.ask(invite, wave=WAVE, post=sends_too)


def answered(survey, box, to, *, at=NOON):
    form = survey.opened(box, to, at=at).forms[0].form
    survey.ask(save_answer, form, item="guidelines", value="yes", at=at)
    survey.ask(submit, form, at=at)


def test_who_has_submitted_is_not_reminded(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    answered(survey, box, ALL[0])
    survey.ask(remind, wave=WAVE, post=(reminders := Box()), at=NOON + 7 * DAY)
    assert reminders.to == ALL[1:]
    assert "A reminder" in reminders.letters[0]["Subject"]


def test_a_reminder_waits_and_does_not_come_twice(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    assert survey.ask(remind, wave=WAVE, post=box, at=NOON + 6 * DAY).letters.taken == 0
    assert survey.ask(remind, wave=WAVE, post=box, at=NOON + 7 * DAY).letters.taken == 4
    assert survey.ask(remind, wave=WAVE, post=box, at=NOON + 13 * DAY).letters.taken == 0
    assert (
        survey.ask(remind, wave=WAVE, after_days=2, post=box, at=NOON + 13 * DAY).letters.taken == 4
    )


def test_the_first_link_still_opens_when_a_reminder_brought_another(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    first = box.token(ALL[0])
    survey.ask(remind, wave=WAVE, post=box, at=NOON + 7 * DAY)
    second = box.token(ALL[0])
    assert first != second
    assert survey.ask(open_link, first) == survey.ask(open_link, second)


def test_nobody_is_written_to_before_the_wave_opens_or_after_it_closes(survey, box):
    for days in (-2, 31):
        with pytest.raises(SurveyError, match="takes answers from 2026-03-01 to 2026-03-31"):
            survey.ask(invite, wave=WAVE, post=box, at=NOON + days * DAY)
    assert box.to == []


def test_a_wave_that_is_none_or_has_no_frame(survey, box):
    with pytest.raises(SurveyError, match=r"no wave is called '2025': questionnaire.toml has 2024"):
        survey.ask(invite, wave="2025", post=box)
    in_2024 = NOON.replace(year=2024)
    with pytest.raises(SurveyError, match="has no frame yet"):
        survey.ask(invite, wave="2024", post=box, at=in_2024)


def test_another_address_in_place_of_one(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    old = box.token(ALL[0])
    survey.do(replace, wave=WAVE, country="XX", unit="0101", address="right@fjordby.example")
    with pytest.raises(SurveyError, match="This link opens nothing"):
        survey.ask(open_link, old)
    survey.ask(invite, wave=WAVE, post=(new := Box()))
    assert new.to == ["right@fjordby.example"]
    states = respondents(survey.study, wave=WAVE).filter(unit="0101").get_column("state").to_list()
    assert sorted(states) == ["replaced", "sent"]


def test_which_of_two_addresses_is_replaced_has_to_be_said(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    named = {"wave": WAVE, "country": "XX", "unit": "0103", "address": "new@elvebyen.example"}
    with pytest.raises(SurveyError, match="at several addresses"):
        survey.do(replace, **named)
    survey.do(replace, **named, old="IDA@elvebyen.example")
    assert survey.ask(invite, wave=WAVE, post=Box()).letters.taken == 1


def test_a_unit_whose_invitations_are_taken_back(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    assert survey.do(revoke, wave=WAVE, country="XX", unit="0103") == 2
    for to in ALL[2:]:
        with pytest.raises(SurveyError, match="This link opens nothing"):
            survey.opened(box, to)
    assert survey.ask(remind, wave=WAVE, post=Box(), at=NOON + 8 * DAY).letters.taken == 2


def test_who_is_erased_is_gone_and_the_answers_stay(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    answered(survey, box, ALL[0])
    assert survey.do(erase, address="Post@Fjordby.example") == 1
    assert survey.do(erase, address="post@fjordby.example") == 0
    assert status(survey.study, wave=WAVE).row(0, named=True)["submitted"] == 1
    with pytest.raises(SurveyError, match="This link opens nothing"):
        survey.opened(box, ALL[0])


def test_a_link_to_hand_over_by_hand(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    code = survey.opened(box, ALL[0]).respondent
    link = survey.do(link_for, wave=WAVE, respondent=code)
    assert survey.ask(open_link, link.removeprefix(LINK)).respondent == code


def test_reports_of_failed_delivery_mark_the_letters(survey, box, tmp_path):
    survey.ask(invite, wave=WAVE, post=box)
    for action, letter in zip(["failed", "delayed"], box.letters, strict=False):
        text = report(to=letter["To"], action=action, message_id=letter["Message-ID"])
        (tmp_path / f"{action}.eml").write_text(text)
    found = survey.do(bounced, [tmp_path / "failed.eml", tmp_path / "delayed.eml"])
    assert (found.marked, found.delayed, found.other) == (1, 1, 0)
    assert survey.do(bounced, [tmp_path / "failed.eml"]).known == 1
    assert survey.ask(remind, wave=WAVE, post=Box(), at=NOON + 8 * DAY).letters.taken == 3
    assert status(survey.study, wave=WAVE).row(0, named=True)["bounced"] == 1


def test_a_report_that_names_only_the_address_marks_the_last_letter_to_it(survey, box, tmp_path):
    survey.ask(invite, wave=WAVE, post=box)
    (tmp_path / "1.eml").write_text(report(NO_LETTER, to="Post@Fjordby.example"))
    (tmp_path / "2.eml").write_text(report(NO_LETTER, to="stranger@fjordby.example"))
    found = survey.do(bounced, sorted(tmp_path.glob("*.eml")))
    assert (found.marked, found.other) == (1, 1)


def test_what_happened_is_told_without_what_was_answered(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    answered(survey, box, ALL[0], at=NOON + DAY)
    told = paradata(survey.study, wave=WAVE)
    respondent = survey.opened(box, ALL[0], at=NOON + DAY).respondent
    mine = told.filter(pl.col("respondent") == respondent).get_column("event").to_list()
    assert mine == ["sent", "opened", "saved", "submitted"]
    assert told.get_column("event").to_list().count("sent") == 4


def test_the_frame_stays_as_it_was_drawn(survey, box):
    other = a_frame(TOWNS.replace("60000", "61000"))
    assert draw_frame(survey.study, other).equals(frame(survey.study, wave=WAVE))
    assert draw_frame(survey.study, other, anew=True).equals(other)
    survey.ask(invite, wave=WAVE, post=box)
    with pytest.raises(SurveyError, match="stays as it was drawn"):
        draw_frame(survey.study, a_frame(), anew=True)


def test_who_is_taken_back_or_has_answered_while_letters_go_out_gets_none(survey):
    """A long round of letters: the list that it began with is old when it comes to the last."""
    box = Box()

    def takes_back(letter):
        if not box.to:
            survey.do(revoke, wave=WAVE, country="XX", unit="0102")
            erase(survey.study, address="ida@elvebyen.example")
        return box(letter)

    went = survey.ask(invite, wave=WAVE, post=takes_back)
    assert (box.to, went.letters.taken) == (["post@fjordby.example", "post@elvebyen.example"], 2)
    assert Link.objects.filter(revoked__isnull=True).count() == 2


def test_a_letter_that_arrives_leaves_a_link_taken_back(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    letter = Letter.objects.select_related("invitation").earliest("id")
    survey.do(revoke, wave=WAVE, country="XX", unit="0101")
    note_taken(letter, letter.invitation, at=NOON)  # as it was read, before it was taken back
    assert Invitation.objects.get(id=letter.invitation_id).revoked
