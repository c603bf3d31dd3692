"""Questions, thanks, requests for knowledge, campaigns: who may, who is told, what is shown."""

import datetime as dt

import pytest

from tests.lib.experience import EDITOR, FJORDBY, READER, SUNDBY, published, waiting
from torg.errors import UserError
from torg.site.audit.models import Entry
from torg.site.experience import actions, queries
from torg.site.experience.models import AnswerLink
from torg.site.experience.permissions import NotThere

REQUEST = {
    "title": "How to reach the young?", "text": "In small places.", "area": "involvement",
    "group": "young", "language": "en",
}  # fmt: skip
CAMPAIGN = {
    "title": "Vote", "text": "Take part.", "tag": "vote26", "begins": dt.date(2026, 5, 4),
    "ends": dt.date(2026, 5, 24), "language": "en",
}  # fmt: skip


def sentences(visitor):
    return [each.sentence for each in queries.notices_of(visitor.country, visitor.unit)]


def test_a_question_is_answered_by_whom_it_is_asked():
    number = published()
    actions.ask_question(SUNDBY, number, text="What did it cost?")
    assert sentences(FJORDBY)[0] == "Another municipality has a question about your experience."
    (asked,) = queries.remarks_on(number)
    with pytest.raises(NotThere):
        actions.answer_question(SUNDBY, asked.number, text="Nothing.")
    assert actions.answer_question(FJORDBY, asked.number, text="Forty hours.") == number
    assert queries.remarks_on(number)[0].answer == "Forty hours."
    assert sentences(SUNDBY) == ["Your question was answered."]


def test_thanks_are_said_once_by_each_and_not_to_oneself():
    number = published()
    actions.give_thanks(SUNDBY, number)
    actions.give_thanks(SUNDBY, number)
    assert queries.public_experience(number).thanks == 1
    with pytest.raises(UserError, match="This is your own"):
        actions.give_thanks(FJORDBY, number)


def test_nobody_asks_about_what_is_not_published():
    number = waiting()
    with pytest.raises(NotThere):
        actions.ask_question(SUNDBY, number, text="What is it?")
    assert queries.remarks_on(number) == []


def test_five_open_questions_are_enough():
    number = published()
    for _ in range(5):
        actions.ask_question(SUNDBY, number, text="And then?")
    with pytest.raises(UserError, match="Five of your questions"):
        actions.ask_question(SUNDBY, number, text="And then?")


def test_what_the_staff_hide_is_not_shown():
    number = published()
    actions.ask_question(SUNDBY, number, text="Rude words.")
    (asked,) = queries.remarks_on(number)
    with pytest.raises(UserError, match="Only those who edit"):
        actions.hide_remark(READER, asked.number)
    actions.hide_remark(EDITOR, asked.number)
    assert queries.remarks_on(number) == []


def test_a_request_is_answered_by_a_municipality_and_linked_to_experience():
    number = actions.make_request(SUNDBY, **REQUEST)
    actions.answer_request(FJORDBY, number, text="Ask them yourselves.")
    actions.link_experience(FJORDBY, number, experience=(shown := published()))
    found = queries.public_request(number)
    assert (found.answers, found.linked, found.state) == (1, (shown,), "open")
    assert len(sentences(SUNDBY)) == 2
    with pytest.raises(UserError, match="No published experience"):
        actions.link_experience(FJORDBY, number, experience=waiting())
    with pytest.raises(NotThere):
        actions.set_request_state(FJORDBY, number, state="answered")
    actions.set_request_state(SUNDBY, number, state="answered")
    assert [each.number for each in queries.public_requests(state="open")] == []


def test_a_request_is_found_in_other_words():
    number = actions.make_request(SUNDBY, **REQUEST)
    found = queries.search("reaching", kind="request", within=[number])
    assert found.numbers == (number,)
    actions.hide_request(EDITOR, number)
    assert queries.public_requests() == []


def test_experience_that_is_linked_already_is_told_of_once():
    shown = published()
    number = actions.make_request(SUNDBY, **REQUEST)
    for _ in range(2):
        actions.link_experience(FJORDBY, number, experience=shown)
    assert queries.public_request(number).linked == (shown,)
    assert [each.request for each in queries.notices_of("XX", "0102")] == [number]
    assert Entry.objects.filter(what="linked an experience").count() == 1


def test_an_agency_answers_once_by_its_link():
    actions.add_agency(EDITOR, name="Agency of Examples")
    ((agency, _),) = queries.agencies()
    number = actions.make_request(SUNDBY, **REQUEST, agencies=[agency])
    word = actions.make_answer_link(EDITOR, number, agency=agency)
    assert not AnswerLink.objects.filter(hash__contains=word).exists()  # only its hash is kept
    assert actions.answer_by_link(word, text="There is a guide.") == number
    (answer,) = queries.answers_to(number)
    assert (answer.agency, answer.unit, answer.text) == (
        "Agency of Examples", "", "There is a guide.",
    )  # fmt: skip
    for bad in (word, word[:-1], ""):
        with pytest.raises(UserError, match="This link opens nothing"):
            actions.answer_by_link(bad, text="Again.")


def test_a_link_that_is_too_old_opens_nothing():
    actions.add_agency(EDITOR, name="Agency of Examples")
    ((agency, _),) = queries.agencies()
    number = actions.make_request(SUNDBY, **REQUEST)
    word = actions.make_answer_link(EDITOR, number, agency=agency)
    AnswerLink.objects.update(expires=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1))
    with pytest.raises(UserError, match="This link opens nothing"):
        actions.open_answer_link(word)


def test_an_agency_that_is_offered_no_more_keeps_its_answers():
    actions.add_agency(EDITOR, name="Agency of Examples")
    ((agency, _),) = queries.agencies()
    number = actions.make_request(SUNDBY, **REQUEST, agencies=[agency])
    actions.enter_answer(EDITOR, number, agency=agency, text="By letter: yes.")
    actions.end_agency(EDITOR, agency)
    assert queries.agencies() == []
    assert queries.answers_to(number)[0].agency == "Agency of Examples"
    actions.add_agency(EDITOR, name="Agency of Examples")
    assert queries.agencies() == [(agency, "Agency of Examples")]


def test_who_begins_a_campaign_takes_part_and_others_join_and_leave():
    number = actions.begin_campaign(FJORDBY, **CAMPAIGN)
    actions.join_campaign(SUNDBY, number)
    actions.join_campaign(SUNDBY, number)
    assert queries.public_campaign(number).places == ("XX-0101", "XX-0102")
    actions.leave_campaign(SUNDBY, number)
    assert queries.public_campaign(number).places == ("XX-0101",)
    actions.join_campaign(SUNDBY, number)
    assert queries.takes_part(SUNDBY, number)
    actions.hide_campaign(EDITOR, number)
    with pytest.raises(NotThere):
        queries.public_campaign(number)


def test_matches_bring_together_who_can_teach_and_who_asks():
    published(area="involvement", group="young")
    published(SUNDBY, area="events", went="bad")
    actions.make_request(SUNDBY, **REQUEST)
    cells = {(match.area, match.group): match for match in queries.all_matches()}
    match = cells["involvement", "young"]
    assert (match.good, match.asks, match.is_matched) == (("XX-0101",), ("XX-0102",), True)
    assert "events" not in {area for area, _ in cells}
