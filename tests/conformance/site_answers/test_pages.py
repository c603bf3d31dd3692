"""A respondent at the pages of the survey: by link, question by question, to the receipt."""

import re

import pytest

from tests.lib.answer_pages import ELVEBYEN, FJORDBY, IDA, SUNDBY, WAVE
from torg.site import answers_of, history, respondents, revoke, status


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def events(pages, to=FJORDBY):
    from torg.site.answers.models import Event

    found = Event.objects.filter(respondent__contact__address=to).order_by("id")
    return list(found.values_list("kind", flat=True))


def test_the_link_leaves_the_address_and_leads_to_the_form_in_the_respondent_s_language(pages):
    client = pages.browser()
    opened = client.get(pages.link(FJORDBY))
    assert (opened.status_code, opened["Location"]) == (302, "/nb/answer/")
    assert opened["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened["Cache-Control"]
    assert client.get("/nb/answer/")["Location"] == pages.page("", language="nb")
    start = client.get(pages.page("", language="nb"))
    assert "Byer i sosiale medier" in text_of(start)
    assert "The Association of Towns, survey@towns.example" in text_of(start)


def test_who_opens_a_link_gets_a_session_that_nobody_knew_before(pages):
    client = pages.browser()
    client.get(pages.link(FJORDBY))
    before = client.cookies["sessionid"].value
    client.get(pages.link(FJORDBY))
    assert client.cookies["sessionid"].value != before


def test_a_link_that_a_mail_server_looks_at_is_not_opened(pages):
    pages.browser(FJORDBY).get(pages.page(""))
    assert "opened" not in events(pages)
    assert status(pages.study, wave=WAVE).row(0, named=True)["opened"] == 0


def test_a_link_is_opened_when_a_person_begins(pages):
    client = pages.browser(FJORDBY)
    begun = client.post(pages.page(""), {"go": "on"})
    assert begun["Location"] == pages.page("question/channels/")
    assert events(pages) == ["sent", "opened"]
    client.post(pages.page(""), {"go": "on"})
    assert events(pages) == ["sent", "opened"]


def test_who_answers_has_opened_the_form_whichever_way_it_was_come_by(pages):
    pages.answer(pages.browser(FJORDBY), "guidelines", guidelines="yes")
    assert status(pages.study, wave=WAVE).row(0, named=True)["opened"] == 1


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "%C3%A5"])
def test_a_link_that_opens_nothing_says_so_kindly_and_always_alike(pages, token):
    client = pages.browser(**{"accept-language": "en"})
    sent = client.get(f"/answer/{token}")
    assert sent["Location"] == "/en/answer/nothing/"
    said = client.get(sent["Location"])
    assert said.status_code == 404
    assert "This link opens nothing: it is not whole, was taken back" in text_of(said)


def test_without_a_link_no_page_of_the_survey_opens(pages):
    client = pages.browser()
    for name in ("", "question/channels/", "check/", "receipt/", "refuse/", "pass-on/"):
        assert client.get(pages.page(name)).status_code == 403
    assert pages.answer(client, "guidelines", guidelines="yes").status_code == 403
    assert pages.said() == {}


def test_another_s_form_is_not_there(pages):
    client = pages.browser(SUNDBY)
    for name in ("", "question/channels/", "check/", "receipt/", "refuse/", "pass-on/"):
        assert client.get(pages.page(name)).status_code == 404
        assert client.post(pages.page(name), {"go": "next"}).status_code in {404, 405}
    assert pages.answer(client, "guidelines", guidelines="yes").status_code == 404
    assert pages.said() == {}


def test_an_invitation_that_is_taken_back_stops_at_once(pages):
    client = pages.browser(FJORDBY)
    assert client.get(pages.page("question/channels/")).status_code == 200
    revoke(pages.study, wave=WAVE, country="XX", unit="0101")
    assert "opens nothing" in text_of(client.get(pages.page("question/channels/")))
    refused = pages.answer(client, "guidelines", guidelines="yes")
    assert (refused.status_code, pages.said()) == (404, {})


def test_each_answer_is_kept_when_one_goes_on(pages):
    client = pages.browser(FJORDBY)
    went = pages.answer(client, "channels", channels__facebook="yes")
    assert went["Location"] == pages.page("question/pages/")
    pages.answer(client, "pages", pages="1200")
    assert pages.said() == {
        "channels.facebook": "yes",
        "channels.youtube": "no",
        "channels.other": "no",
        "pages": "1200",
    }


def test_what_is_not_asked_of_a_town_has_no_page(pages):
    client = pages.browser(FJORDBY)
    assert client.get(pages.page("question/hospitals/")).status_code == 404
    assert pages.answer(client, "hospitals", hospitals="yes").status_code == 404
    assert client.get(pages.page("question/nothing/")).status_code == 404


def test_a_question_that_hangs_on_another_comes_and_goes_with_it(pages):
    client = pages.browser(FJORDBY)
    went = pages.answer(client, "channels", channels__youtube="yes")
    assert went["Location"] == pages.page("question/guidelines/")
    pages.answer(client, "channels", channels__facebook="yes")
    pages.answer(client, "pages", pages="3")
    pages.answer(client, "channels", channels__youtube="yes")
    assert "How many pages?" not in text_of(client.get(pages.page("check/")))
    assert client.get(pages.page("question/pages/")).status_code == 302
    assert pages.said()["pages"] == "3"  # it stays, and counts for nothing


def test_a_filter_that_is_left_blank_shows_no_follow_up(pages):
    went = pages.answer(pages.browser(FJORDBY), "channels")
    assert went["Location"] == pages.page("question/guidelines/")
    assert pages.said() == {}


def test_one_goes_on_where_one_was(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "channels", channels__youtube="yes")
    pages.answer(client, "guidelines")  # left out
    other = pages.browser(FJORDBY)
    assert other.post(pages.page(""), {"go": "on"})["Location"] == pages.page("question/use/")
    assert other.post(pages.page(""), {"go": "first"})["Location"].endswith("/channels/")


def test_back_and_the_language_keep_what_was_answered(pages):
    client = pages.browser(FJORDBY)
    back = pages.answer(client, "guidelines", go="back", guidelines="planned")
    assert back["Location"] == pages.page("question/channels/")
    turned = pages.answer(client, "why", go="language:fi", why="Kyllä vain")
    assert turned["Location"] == pages.page("question/why/", language="fi")
    shown = client.get(turned["Location"])
    assert "Omin sanoin?" in text_of(shown)
    assert "Kyllä vain" in text_of(shown)
    assert pages.said() == {"guidelines": "planned", "why": "Kyllä vain"}


def test_a_bad_value_gets_its_sentence_and_stays_as_it_was_typed(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "channels", channels__facebook="yes")
    said = pages.answer(client, "pages", pages="many")
    page = said.content.decode()
    assert said.status_code == 422
    assert '<a href="#f-pages">This is no number: write it with digits' in page
    assert 'value="many"' in page
    assert re.search(r'id="f-pages"[^>]*aria-describedby="hint wrong" aria-invalid="true"', page)
    assert "pages" not in pages.said()


def test_the_page_s_script_is_told_when_it_is_kept_and_what_is_wrong(pages):
    client = pages.browser(FJORDBY)
    accept = {"accept": "application/json"}
    where = pages.page("question/why/")
    kept = client.post(where, {"why": "So"}, headers=accept).json()
    assert re.fullmatch(r"\d\d:\d\d:\d\d", kept["saved"])
    assert kept["to"] is None
    left = client.post(where, {"why": "So", "go": "next"}, headers=accept).json()
    assert left["to"] == pages.page("check/")
    wrong = client.post(where, {"why": "x" * 10_001}, headers=accept)
    assert wrong.status_code == 422
    assert "10000 characters are the most" in wrong.json()["wrong"]["why"]


def test_a_box_that_is_empty_says_no_only_once_the_page_is_left(pages):
    client = pages.browser(FJORDBY)
    where, accept = pages.page("question/channels/"), {"accept": "application/json"}
    client.post(where, {"channels.facebook": "yes"}, headers=accept)
    assert pages.said() == {"channels.facebook": "yes"}
    client.post(where, {"channels.youtube": "yes"}, headers=accept)
    assert pages.said() == {"channels.facebook": "no", "channels.youtube": "yes"}
    pages.answer(client, "channels", channels__youtube="yes")
    assert pages.said()["channels.other"] == "no"


def test_the_same_page_twice_changes_nothing(pages):
    client = pages.browser(FJORDBY)
    for _ in range(2):
        pages.answer(client, "guidelines", guidelines="yes")
    assert answers_of(pages.study, wave=WAVE).height == 1


def test_of_two_windows_the_last_to_be_sent_counts_and_the_other_is_kept_below(pages):
    one, other = pages.browser(FJORDBY), pages.browser(FJORDBY)
    pages.answer(one, "guidelines", guidelines="yes")
    pages.answer(other, "guidelines", guidelines="no")
    told = history(pages.study, wave=WAVE, country="XX", unit="0101", item="guidelines")
    assert told.get_column("value").to_list() == ["yes", "no"]
    assert pages.said() == {"guidelines": "no"}


def test_an_answer_can_be_taken_back(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    assert "Take my answer back" in text_of(client.get(pages.page("question/guidelines/")))
    pages.answer(client, "guidelines", go="clear", guidelines="yes")
    assert pages.said() == {}


def test_what_must_be_answered_is_named_before_anything_is_sent(pages):
    client = pages.browser(FJORDBY)
    look = client.get(pages.page("check/"))
    assert "1 question must be answered before you can send" in text_of(look)
    assert client.post(pages.page("check/")).status_code == 422
    assert status(pages.study, wave=WAVE).row(0, named=True)["submitted"] == 0
    changed = client.post(
        pages.page("question/guidelines/"), {"guidelines": "no", "then": "check", "go": "next"}
    )
    assert changed["Location"] == pages.page("check/")


def test_sending_gives_a_receipt_and_sending_twice_sends_once(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="no")
    for _ in range(2):
        assert client.post(pages.page("check/"))["Location"] == pages.page("receipt/")
    assert events(pages).count("submitted") == 1
    receipt = text_of(client.get(pages.page("receipt/")))
    code = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", receipt).group()
    pages.answer(client, "guidelines", guidelines="yes")
    changed = text_of(client.get(pages.page("receipt/")))
    assert code in changed
    assert "You have changed answers since you sent them in" in changed
    client.post(pages.page("check/"))
    assert code not in text_of(client.get(pages.page("receipt/")))
    assert events(pages).count("submitted") == 2


def test_what_a_person_does_with_a_form_is_in_the_log(pages):
    from torg.site.audit.models import Entry

    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="no")
    client.post(pages.page("check/"))
    client.post(pages.page("refuse/"))
    said = list(Entry.objects.order_by("id").values_list("what", "country", "unit"))
    assert said == [
        ("sent answers in", "XX", "0101"),
        ("said no to the survey", "XX", "0101"),
    ]


def test_who_says_no_may_think_better_of_it(pages):
    client = pages.browser(FJORDBY)
    client.post(pages.page("refuse/"))
    assert "No reminder comes to you" in text_of(client.get(pages.page("refuse/")))
    assert status(pages.study, wave=WAVE).row(0, named=True)["refused"] == 1
    pages.answer(client, "guidelines", guidelines="no")
    client.post(pages.page("check/"))
    assert status(pages.study, wave=WAVE).row(0, named=True)["refused"] == 0


def test_a_colleague_is_asked_instead(pages):
    client = pages.browser(FJORDBY)
    wrong = client.post(pages.page("pass-on/"), {"address": "kari"})
    assert (wrong.status_code, "This is no mail address" in text_of(wrong)) == (422, True)
    taken = client.post(pages.page("pass-on/"), {"address": FJORDBY})
    assert "Somebody at that address is asked already" in text_of(taken)
    passed = client.post(pages.page("pass-on/"), {"address": "kari@fjordby.example"})
    assert client.get(passed["Location"]).status_code == 200
    assert client.get(pages.page("")).status_code == 403
    assert client.get(pages.link(FJORDBY))["Location"].endswith("/answer/nothing/")
    assert respondents(pages.study, wave=WAVE).filter(unit="0101").height == 2


def test_who_answers_as_well_keeps_the_link(pages):
    client = pages.browser(FJORDBY)
    client.post(pages.page("pass-on/"), {"address": "kari@fjordby.example", "keep": "yes"})
    assert client.get(pages.page("")).status_code == 200


def test_two_of_one_town_see_what_the_other_answered_but_not_how(pages):
    ida, post = pages.browser(IDA), pages.browser(ELVEBYEN)
    pages.answer(ida, "why", to=IDA, why="Ida says so")
    start = text_of(post.get(pages.page("", ELVEBYEN)))
    assert "head of communication" in start
    assert "In your own words?" in start
    assert "Ida says so" not in start
    assert pages.said(ELVEBYEN) == {}


def test_a_town_does_not_see_who_answers_elsewhere(pages):
    pages.answer(pages.browser(IDA), "why", to=IDA, why="Ours")
    start = text_of(pages.browser(FJORDBY).get(pages.page("")))
    assert "Who else answers" not in start


def test_no_page_of_the_survey_is_kept_by_caches_or_found_by_searching(pages):
    client = pages.browser(FJORDBY)
    for name in ("", "question/channels/", "check/", "refuse/", "pass-on/"):
        shown = client.get(pages.page(name))
        assert "no-store" in shown["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in shown.content.decode()


def test_keeping_an_answer_asks_the_database_seldom_and_leaves_the_session_alone(pages, figure):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = pages.browser(FJORDBY)
    client.get(pages.page("question/why/"))
    pages.answer(client, "why", why="One", go="")
    where = pages.page("question/why/")
    with CaptureQueriesContext(connection) as asked:
        client.post(where, {"why": "Two"})
    told = [each["sql"] for each in asked if each["sql"].split()[0] not in {"BEGIN", "COMMIT"}]
    assert len(told) <= 4, "\n".join(sql[:60] for sql in told)  # session, form, answers, new
    assert not [sql for sql in told if sql.startswith(("UPDATE", "DELETE"))]
    figure(f"queries of one saved answer, besides BEGIN and COMMIT: {len(told)}")
