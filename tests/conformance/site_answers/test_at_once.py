"""Two windows, two clocks, a page that was left lying: what is kept, sent and refused."""

import datetime as dt
import re

import pytest

from tests.conformance.site_answers.test_pages import text_of
from tests.lib.answer_pages import ELVEBYEN, FJORDBY, IDA, SUNDBY, WAVE
from torg.site import answers_of, open_link, respondents, save_answer, submit

SECOND = dt.timedelta(seconds=1)


def sent_in(pages, to=FJORDBY):
    from torg.site.answers.models import Form

    return Form.objects.get(id=pages.form(to)).submitted


def code(client, pages):
    receipt = client.get(pages.page("receipt/")).content.decode()
    return receipt.partition('class="code">')[2].partition("<")[0]


def do(pages, action, to=FJORDBY, **how):
    return action(pages.study, pages.questionnaire, pages.form(to), **how)


def test_an_answer_that_a_faster_clock_kept_is_in_what_is_sent(pages):
    client = pages.browser(FJORDBY)
    ahead = dt.datetime.now(dt.UTC) + 60 * SECOND
    do(pages, save_answer, item="guidelines", value="yes", at=ahead)
    client.post(pages.page("check/"))
    assert sent_in(pages) >= ahead
    assert "You have changed answers" not in text_of(client.get(pages.page("receipt/")))
    first = code(client, pages)
    client.post(pages.page("check/"))
    assert code(client, pages) == first


def test_an_answer_that_comes_after_sending_changes_no_receipt(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    now = dt.datetime.now(dt.UTC)
    do(pages, submit, at=now + SECOND)
    before = code(client, pages)
    late = do(pages, save_answer, item="guidelines", value="no", at=now)  # it waited for the form
    assert late > sent_in(pages)
    assert code(client, pages) == before
    assert "You have changed answers" in text_of(client.get(pages.page("receipt/")))


def rewrite(pages, pattern, text):
    """Change the questionnaire while people answer."""
    asked = pages.study.questionnaire
    before = asked.read_text(encoding="utf-8")
    after = re.sub(pattern, text, before)
    assert after != before
    asked.write_text(after, encoding="utf-8")


def test_every_page_says_that_answers_were_changed_since_they_were_sent(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    client.post(pages.page("check/"))
    shown = [pages.page(name) for name in ("", "check/", "receipt/")]
    changed = "You have changed answers since you sent them in"
    assert [changed in text_of(client.get(path)) for path in shown] == [False] * 3
    pages.answer(client, "why", why="And this")
    assert [changed in text_of(client.get(path)) for path in shown] == [True] * 3


def test_a_wave_that_closes_meanwhile_takes_nothing_and_loses_nothing(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    client.post(pages.page("check/"))
    rewrite(pages, r"opens = .*\ncloses = .*", "opens = 2026-01-01\ncloses = 2026-01-02")
    for name in ("", "question/why/", "check/", "receipt/", "refuse/", "pass-on/"):
        refused = client.get(pages.page(name))
        assert (refused.status_code, "the survey has ended" in text_of(refused)) == (404, True)
    for name in ("question/why/", "check/", "refuse/"):
        assert client.post(pages.page(name), {"why": "Late", "go": "next"}).status_code == 404
    assert client.get(pages.link(FJORDBY))["Location"].endswith("/answer/nothing/")
    assert pages.said() == {"guidelines": "yes"}
    assert sent_in(pages) is not None


def test_a_wave_that_is_taken_out_of_the_questionnaire_opens_nothing(pages):
    client = pages.browser(FJORDBY)
    rewrite(pages, 'id = "now"', 'id = "later"')
    for refused in (client.get(pages.page("question/why/")), pages.answer(client, "why", why="x")):
        assert (refused.status_code, "opens nothing" in text_of(refused)) == (404, True)


def test_an_answer_that_is_not_offered_any_more_is_shown_as_it_was_kept(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "use", use="1")
    pages.answer(client, "tried", tried__crisis__young="bad")
    rewrite(pages, "options = { 1 = ", "options = { 3 = ")
    rewrite(pages, ", bad = ", ", poor = ")
    shown = client.get(pages.page("check/"))
    assert shown.status_code == 200
    assert "How much are they used? 1 Change" in text_of(shown)
    assert "The young – bad" in text_of(shown)
    for name in ("use", "tried"):
        assert client.get(pages.page(f"question/{name}/")).status_code == 200


def test_what_another_window_took_back_meanwhile_is_asked_for_again(pages, monkeypatch):
    from torg.site.answers.views import ending

    client, other = pages.browser(FJORDBY), pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    submitted = ending.submit

    def as_late_as_can_be(*args, **how):
        pages.answer(other, "guidelines", go="clear")
        return submitted(*args, **how)

    monkeypatch.setattr(ending, "submit", as_late_as_can_be)
    refused = client.post(pages.page("check/"))
    assert (refused.status_code, sent_in(pages)) == (422, None)
    assert "1 question must be answered before you can send" in text_of(refused)


def test_who_came_from_the_last_look_goes_back_to_it_whatever_else_they_do(pages):
    client = pages.browser(FJORDBY)
    pages.answer(client, "guidelines", guidelines="yes")
    for go, language in (("language:fi", "fi"), ("clear", "en")):
        went = pages.answer(client, "guidelines", go=go, then="check", guidelines="yes")
        assert went["Location"] == pages.page("question/guidelines/", language=language) + (
            "?then=check"
        )
        shown = client.get(went["Location"]).content.decode()
        assert '<input type="hidden" name="then" value="check">' in shown


def test_a_page_that_lay_too_long_is_kept_in_the_page_that_refuses_it(pages):
    asleep = pages.browser()
    said = {"go": "next", "why": 'A "long"\nanswer <b>', "then": "check"}
    refused = asleep.post(pages.page("question/why/"), said)
    assert refused.status_code == 403
    assert pages.said() == {}
    page = refused.content.decode()
    assert "Not saved. Open the link of your letter once more in another window" in page
    assert f'action="{pages.page("question/why/")}"' in page
    assert 'name="why" value="A &#34;long&#34;\nanswer &lt;b&gt;"' in page
    assert 'name="then" value="check"' in page
    asleep.get(pages.link(FJORDBY))  # in another window
    asleep.post(pages.page("question/why/"), said)
    assert pages.said() == {"why": 'A "long"\nanswer <b>'}


def test_a_colleague_s_session_keeps_nothing_in_another_s_form(pages):
    client = pages.browser(IDA)
    for path in (pages.page("question/why/", FJORDBY), pages.page("question/why/", ELVEBYEN)):
        assert client.post(path, {"why": "Mine", "go": "next"}).status_code == 404
    assert answers_of(pages.study, wave=WAVE).is_empty()


def test_one_browser_that_opens_a_colleague_s_link_answers_for_the_colleague_only(pages):
    client = pages.browser(SUNDBY)
    pages.answer(client, "why", to=SUNDBY, why="Sundby")
    client.get(pages.link(FJORDBY))
    assert pages.answer(client, "why", to=SUNDBY, why="Fjordby").status_code == 404
    assert (pages.said(SUNDBY), pages.said(FJORDBY)) == ({"why": "Sundby"}, {})


def test_a_colleague_is_called_so_in_the_reader_s_language(pages):
    client = pages.browser(FJORDBY)
    client.post(pages.page("pass-on/"), {"address": "kari@fjordby.example", "keep": "yes"})
    said = text_of(client.get(pages.page("", language="nb")))
    assert "En annen : ikke åpnet ennå" in said
    assert "colleague" not in said


def test_a_name_that_no_database_takes_is_no_fault_of_ours(pages):
    client = pages.browser(FJORDBY)
    passed = client.post(
        pages.page("pass-on/"), {"address": "kari@fjordby.example", "name": "Kari\0\nBcc: all"}
    )
    assert passed.status_code == 302
    assert respondents(pages.study, wave=WAVE).filter(unit="0101").height == 2


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 30])
def test_a_form_that_cannot_be_has_no_page(pages, number):
    client = pages.browser(FJORDBY)
    assert client.get(f"/en/answer/{number}/").status_code == 404
    assert client.post(f"/en/answer/{number}/question/why/", {"why": "x"}).status_code == 404


def test_who_opens_links_too_often_is_told_in_their_language_when_to_come_again(pages):
    from django.core.cache import cache

    cache.clear()
    client = pages.browser(**{"accept-language": "fi"})
    asked = [client.get("/answer/no-such-link") for _ in range(301)]
    assert {each.status_code for each in asked[:300]} == {302}
    refused = asked[300]
    assert (refused.status_code, '<html lang="fi"' in refused.content.decode()) == (429, True)
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_answers_are_kept_however_many_come_from_one_address(pages):
    client = pages.browser(FJORDBY)
    for number in range(320):
        assert pages.answer(client, "pages", go="", pages=str(number + 1)).status_code == 302
    assert pages.said() == {"pages": "320"}
    assert open_link(pages.study, pages.questionnaire, pages.box.token(FJORDBY)).forms
