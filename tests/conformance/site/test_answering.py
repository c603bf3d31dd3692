"""Behind a personal link: every answer is kept, every change keeps the one before."""

import datetime as dt

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from tests.lib.surveying import DAY, NOON, WAVE, Box
from torg.errors import SurveyError
from torg.site import (
    add_observers,
    answers_of,
    confirm,
    history,
    invite,
    link_for,
    not_answered,
    note_refusal,
    open_link,
    pass_on,
    refuse,
    remind,
    respondents,
    save_answer,
    status,
    store_answers,
    submit,
    take_back_answer,
)
from torg.survey import ANSWERS

FJORDBY, SUNDBY = "post@fjordby.example", "post@sundby.example"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def form(survey, box):
    """The form of a town that was invited."""
    survey.ask(invite, wave=WAVE, post=box)
    return survey.opened(box, FJORDBY).forms[0].form


def values(survey, box):
    return survey.opened(box, FJORDBY).forms[0].values


def test_an_answer_is_there_when_the_form_is_opened_again(survey, box, form):
    survey.ask(save_answer, form, item="guidelines", value="planned")
    survey.ask(save_answer, form, item="channels.facebook", value="yes")
    assert values(survey, box) == {"guidelines": "planned", "channels.facebook": "yes"}


def test_a_change_keeps_the_one_before(survey, box, form):
    survey.ask(save_answer, form, item="guidelines", value="planned")
    survey.ask(save_answer, form, item="guidelines", value="yes", at=NOON + MINUTE)
    survey.ask(take_back_answer, form, item="guidelines", at=NOON + 2 * MINUTE)
    assert values(survey, box) == {}
    told = history(survey.study, wave=WAVE, country="XX", unit="0101", item="guidelines")
    assert told.select("value", "at", "how").rows() == [
        ("planned", NOON, "given"),
        ("yes", NOON + MINUTE, "given"),
        (None, NOON + 2 * MINUTE, "given"),
    ]
    assert answers_of(survey.study, wave=WAVE).get_column("value").to_list() == [
        "planned",
        "yes",
        None,
    ]


def test_the_later_counts_though_the_clock_was_set_back(survey, box, form):
    survey.ask(save_answer, form, item="guidelines", value="planned")
    at = survey.ask(save_answer, form, item="guidelines", value="no", at=NOON - 60 * MINUTE)
    assert at > NOON
    assert values(survey, box) == {"guidelines": "no"}


def test_what_was_filled_in_beforehand_is_an_answer_once_it_is_confirmed(survey, box, form):
    survey.ask(confirm, form, values={"channels.facebook": "yes", "channels.youtube": "no"})
    told = history(survey.study, wave=WAVE, country="XX", unit="0101", item="channels.youtube")
    assert told.select("value", "how").rows() == [("no", "confirmed")]


def test_of_several_facts_all_are_confirmed_or_none(survey, box, form):
    with pytest.raises(SurveyError, match=r"channels\.youtube: 'maybe' is not among the answers"):
        survey.ask(confirm, form, values={"channels.facebook": "yes", "channels.youtube": "maybe"})
    assert values(survey, box) == {}


@pytest.mark.parametrize(
    ("item", "value", "says"),
    [
        ("guidelines", "perhaps", "guidelines: 'perhaps' is not among the answers"),
        ("pages", "7,5", "pages: '7,5' has a comma"),
        ("pages", "51", "the most is 50"),
        ("guidelines", " ", "a blank is no answer"),
        ("nothing", "yes", "'nothing' is not asked of Fjordby in wave '2026'"),
        ("old", "yes", "'old' is not asked of Fjordby"),
        ("hospitals", "yes", "'hospitals' is not asked of Fjordby"),
    ],
)
def test_what_cannot_be_an_answer_is_not_kept(survey, box, form, item, value, says):
    with pytest.raises(SurveyError, match=says):
        survey.ask(save_answer, form, item=item, value=value)
    assert answers_of(survey.study, wave=WAVE).is_empty()


def test_a_form_is_sent_in_when_all_that_must_be_is_answered(survey, box, form):
    survey.ask(save_answer, form, item="channels.facebook", value="yes")
    with pytest.raises(SurveyError, match=r"2 questions must be answered .*: guidelines, pages\."):
        survey.ask(submit, form)
    survey.ask(save_answer, form, item="guidelines", value="dont_know")
    survey.ask(save_answer, form, item="channels.facebook", value="no")  # then pages is not asked
    survey.ask(submit, form, at=NOON + MINUTE)
    assert survey.opened(box, FJORDBY).forms[0].submitted == NOON + MINUTE


def test_until_the_wave_closes_a_form_can_be_changed_and_sent_in_again(survey, box, form):
    survey.ask(save_answer, form, item="guidelines", value="no")
    survey.ask(submit, form)
    survey.ask(save_answer, form, item="guidelines", value="yes", at=NOON + DAY)
    survey.ask(submit, form, at=NOON + DAY)
    with pytest.raises(SurveyError, match="This link opens nothing"):
        survey.ask(save_answer, form, item="guidelines", value="no", at=NOON + 30 * DAY)
    assert values(survey, box) == {"guidelines": "yes"}


def test_who_refuses_is_not_reminded_and_may_think_better_of_it(survey, box, form):
    survey.ask(refuse, form)
    survey.ask(remind, wave=WAVE, post=(reminders := Box()), at=NOON + 8 * DAY)
    assert FJORDBY not in reminders.to
    assert status(survey.study, wave=WAVE).row(0, named=True)["refused"] == 1
    survey.ask(save_answer, form, item="guidelines", value="no")
    survey.ask(submit, form)
    assert status(survey.study, wave=WAVE).select("submitted", "refused").row(0) == (1, 0)


def test_a_unit_that_says_no_on_the_telephone(survey, box, form):
    assert survey.do(note_refusal, wave=WAVE, country="XX", unit="0103") == 2
    assert survey.do(note_refusal, wave=WAVE, country="XX", unit="0103") == 0
    assert status(survey.study, wave=WAVE).row(0, named=True)["refused"] == 1
    assert survey.ask(remind, wave=WAVE, post=Box(), at=NOON + 8 * DAY).letters.taken == 2


def test_a_colleague_gets_a_link_of_her_own(survey, box, form):
    new = survey.ask(pass_on, form, address="kari@fjordby.example", name="Kari")
    with pytest.raises(SurveyError, match="This link opens nothing"):
        survey.opened(box, FJORDBY)
    survey.ask(invite, wave=WAVE, post=box)
    opened = survey.opened(box, "kari@fjordby.example")
    assert (opened.respondent, opened.forms[0].name, opened.language) == (new, "Fjordby", "nb")


def test_both_may_answer(survey, box, form):
    survey.ask(pass_on, form, address="kari@fjordby.example", keep=True)
    survey.ask(save_answer, form, item="guidelines", value="yes")
    survey.ask(invite, wave=WAVE, post=box)
    other = survey.opened(box, "kari@fjordby.example").forms[0].form
    survey.ask(save_answer, other, item="guidelines", value="no")
    rows = answers_of(survey.study, wave=WAVE)
    assert rows.get_column("respondent").n_unique() == 2
    assert sorted(rows.get_column("value")) == ["no", "yes"]


def test_letters_to_strangers_have_an_end(survey, box, form):
    for number in range(5):
        survey.ask(pass_on, form, address=f"c{number}@fjordby.example", keep=True)
    with pytest.raises(SurveyError, match="5 colleagues have been named already"):
        survey.ask(pass_on, form, address="c6@fjordby.example", keep=True)


def test_an_address_that_is_none_or_is_asked_already(survey, box, form):
    with pytest.raises(SurveyError, match="the colleague's address is no mail address"):
        survey.ask(pass_on, form, address="kari")
    with pytest.raises(SurveyError, match="asked for Fjordby already"):
        survey.ask(pass_on, form, address="POST@fjordby.example")


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "å"])
def test_a_link_that_is_none_is_refused_in_the_same_words(survey, token):
    with pytest.raises(SurveyError, match="This link opens nothing: it is not whole, was taken"):
        survey.ask(open_link, token)


def elsewhere(*rows):
    """ANSWERS of unit, respondent, item, value, and a day."""
    return pl.DataFrame(
        [
            (WAVE, "XX", unit, who, item, value, NOON + day * DAY)
            for unit, who, item, value, day in rows
        ],
        schema=dict(ANSWERS),
        orient="row",
    )


def test_answers_from_elsewhere_come_in_once(survey):
    rows = elsewhere(("0101", "17", "guidelines", "yes", 0), ("0102", "18", "guidelines", "no", 1))
    stored = store_answers(survey.study, rows, name="a.csv", sha256="a" * 64)
    assert (stored.new, stored.known) == (2, 0)
    again = store_answers(survey.study, rows, name="a.csv", sha256="a" * 64)
    in_another_file = store_answers(survey.study, rows, name="b.csv", sha256="b" * 64)
    assert (again.new, in_another_file.new, in_another_file.known) == (0, 0, 2)
    assert answers_of(survey.study, wave=WAVE).equals(rows)
    assert status(survey.study, wave=WAVE).row(0, named=True)["submitted"] == 2


def test_a_later_export_adds_and_mends(survey):
    first = elsewhere(("0101", "17", "guidelines", "yes", 0))
    store_answers(survey.study, first, name="a.csv")
    mended = elsewhere(("0101", "17", "guidelines", "no", 0), ("0103", "19", "pages", "3", 2))
    stored = store_answers(survey.study, mended, name="b.csv")
    assert (stored.new, stored.known) == (2, 0)
    rows = answers_of(survey.study, wave=WAVE).filter(item="guidelines")
    assert rows.get_column("value").to_list() == [
        "yes",
        "no",
    ]  # of one moment: the last kept counts
    assert rows.get_column("at").is_sorted()
    assert rows.get_column("at").n_unique() == 2


def test_a_unit_that_is_not_asked_stops_the_whole_file(survey):
    rows = elsewhere(("0101", "1", "guidelines", "yes", 0), ("9999", "2", "guidelines", "no", 0))
    with pytest.raises(SurveyError, match="1 units are not in the frame of wave '2026': XX 9999"):
        store_answers(survey.study, rows, name="a.csv")
    assert answers_of(survey.study, wave=WAVE).is_empty()


def test_observers_have_many_forms_behind_one_link(survey):
    shared = pl.DataFrame(
        [("a", "XX", "0101"), ("a", "XX", "0102"), ("b", "XX", "0102")],
        schema=["observer", "country", "unit"],
        orient="row",
    )
    assert survey.do(add_observers, shared, wave=WAVE) == 3
    assert survey.do(add_observers, shared, wave=WAVE) == 0
    link = survey.do(link_for, wave=WAVE, respondent="a")
    opened = survey.ask(open_link, link.rpartition("/")[2])
    assert [each.unit for each in opened.forms] == ["0101", "0102"]
    survey.ask(save_answer, opened.forms[1].form, item="guidelines", value="yes")
    (row,) = answers_of(survey.study, wave=WAVE).select("unit", "respondent", "value").rows()
    assert row == ("0102", "a", "yes")


def test_how_a_wave_stands(survey, box, form):
    survey.ask(save_answer, form, item="guidelines", value="yes")
    survey.ask(submit, form)
    survey.ask(save_answer, survey.opened(box, SUNDBY).forms[0].form, item="guidelines", value="no")
    stands = {row["group"]: row for row in status(survey.study, wave=WAVE).to_dicts()}
    assert list(stands) == [
        "all", "size:<2k", "size:2-5k", "size:>50k", "county:North", "county:South",
    ]  # fmt: skip
    counts = ("units", "asked", "opened", "begun", "submitted", "rate")
    assert [stands["all"][name] for name in counts] == [3, 3, 2, 2, 1, 1 / 3]
    assert [stands["county:North"][name] for name in counts] == [2, 2, 2, 2, 1, 1 / 2]
    left = not_answered(survey.study, wave=WAVE)
    assert left.select("unit", "state").rows() == [("0102", "begun"), ("0103", "asked")]


def test_lists_of_respondents_hold_no_address(survey, box, form):
    told = respondents(survey.study, wave=WAVE)
    assert told.get_column("letters").to_list() == [1, 1, 1, 1]
    assert "@" not in told.write_csv()


@pytest.mark.parametrize("table", ["answers_answer", "answers_event"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_an_answer(survey, box, form, table, change):
    from django.db import connection

    survey.ask(save_answer, form, item="guidelines", value="yes")
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(change.format(table))
    assert answers_of(survey.study, wave=WAVE).height == 1


def test_the_database_itself_holds_to_what_the_models_say(survey, box, form):
    from torg.site.answers.models import Answer, Form, Invitation, Respondent

    person = Respondent.objects.filter(form=form).get()
    wrong = [
        lambda: Respondent.objects.create(wave=WAVE, code=person.code, made=NOON),
        lambda: Form.objects.filter(id=form).update(submitted=NOON, refused=NOON),
        lambda: Answer.objects.create(form_id=form, item="x", value="", at=NOON, how="given"),
        lambda: Answer.objects.create(form_id=form, item="x", value="y", at=NOON, how="elsewhere"),
        lambda: Answer.objects.create(form_id=form, item="x", value="y", at=NOON, how="guessed"),
        lambda: Invitation.objects.filter(respondent=person).update(replaced_by=_other(person)),
        lambda: Respondent.objects.filter(id=person.id).delete(),
    ]
    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            each()


def _other(person):
    from torg.site.answers.models import Invitation

    return Invitation.objects.exclude(respondent=person).first()
