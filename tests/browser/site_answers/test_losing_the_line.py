"""The survey on a bad line: nothing that was typed is lost, and the page never stands still."""

import pytest
from playwright.sync_api import expect

from tests.browser.site_answers.test_answering import at, is_saved, next_page, opened
from tests.lib.answer_pages import FJORDBY, SUNDBY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture
def shown(browser, address, pages):
    """Sundby's window, at the question for words."""
    page = opened(browser, address, pages, SUNDBY)
    page.goto(page.url.replace("channels", "why"))
    yield page
    page.context.close()


def away(shown):
    """The reader looks at something else."""
    shown.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange'));"
        "delete document.hidden"
    )


def typed_in_vain(shown, text):
    """The session has ended meanwhile; then the page is left."""
    where = shown.url
    shown.context.clear_cookies()
    shown.locator("textarea").fill(text)
    shown.locator("textarea").blur()
    shown.wait_for_selector("#status[data-state=lost]")
    shown.goto("about:blank")
    return where


@pytest.mark.parametrize("half", ["", '{"saved": "12:0', "<title>Pay for this network</title>"])
def test_half_an_answer_of_the_server_is_none_and_it_is_sent_again(pages, shown, half):
    shown.route("**/why/", lambda route: route.fulfill(status=200, body=half), times=1)
    shown.locator("textarea").fill("Our words")
    shown.locator("textarea").blur()
    shown.wait_for_selector("#status[data-state=lost]")
    next_page(shown)
    shown.wait_for_url("**/check/")
    assert pages.said(SUNDBY) == {"why": "Our words"}


def test_what_is_ticked_after_next_was_pressed_is_kept_too(pages, shown):
    shown.goto(shown.url.replace("why", "channels"))
    waiting = []
    shown.route("**/channels/", lambda route: waiting.append(route), times=1)
    next_page(shown)
    shown.wait_for_selector("#status[data-state=saving]")
    shown.get_by_label("YouTube").check()
    shown.wait_for_timeout(0)  # Playwright hands the call over
    (held,) = waiting
    held.continue_()
    at(shown, "guidelines")
    assert pages.said(SUNDBY)["channels.youtube"] == "yes"


def test_what_is_half_typed_is_kept_when_the_reader_looks_elsewhere(pages, shown):
    shown.goto(shown.url.replace("why", "channels"))
    shown.get_by_label("Facebook").check()
    next_page(shown)
    at(shown, "pages")
    shown.locator("#f-pages").press_sequentially("12")
    away(shown)
    is_saved(shown)
    assert pages.said(SUNDBY)["pages"] == "12"


def test_what_was_left_behind_in_one_language_is_there_in_another(address, pages, shown):
    where = typed_in_vain(shown, "Written in the train")
    shown.goto(address + pages.link(SUNDBY))
    assert pages.said(SUNDBY) == {}
    shown.goto(where.replace("/en/", "/fi/"))
    expect(shown.locator("textarea")).to_have_value("Written in the train")
    assert pages.said(SUNDBY) == {"why": "Written in the train"}


def test_what_was_left_behind_is_in_the_last_look(address, pages, shown):
    where = typed_in_vain(shown, "Before the last look")
    shown.goto(address + pages.link(SUNDBY))
    shown.goto(where.replace("question/why", "check"))
    expect(shown.get_by_text("Before the last look")).to_be_visible()


def test_what_a_colleague_left_behind_waits_for_the_colleague_s_link(address, pages, shown):
    where = typed_in_vain(shown, "Sundby's words")
    shown.goto(address + pages.link(FJORDBY))
    with shown.expect_response(lambda told: (told.status, told.url) == (404, where)):
        shown.locator("main form button").first.click()
    assert (pages.said(SUNDBY), pages.said(FJORDBY)) == ({}, {})
    shown.goto(address + pages.link(SUNDBY))
    shown.goto(where)
    expect(shown.locator("textarea")).to_have_value("Sundby's words")


def test_a_dead_line_is_said_to_be_dead_and_tried_again_in_silence(shown):
    shown.context.set_offline(True)
    shown.locator("textarea").fill("Once")
    shown.locator("textarea").blur()
    shown.wait_for_selector("#status[data-state=lost]")
    shown.evaluate(
        "window.told = []; const status = document.getElementById('status');"
        "new MutationObserver(() => told.push(status.dataset.state))"
        ".observe(status, { attributes: true })"
    )
    with shown.expect_event("requestfailed", timeout=15_000):
        pass  # the page tries by itself
    shown.wait_for_function("told.length > 0")
    assert set(shown.evaluate("told")) == {"lost"}
