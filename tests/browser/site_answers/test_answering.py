"""The survey in a browser: on a phone, in Finnish, off line and on again, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.lib.answer_pages import ELVEBYEN, FJORDBY, SUNDBY
from tests.lib.axe import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]

PHONE = {"width": 360, "height": 740}


def opened(browser, address, pages, to, **how):
    """A page that has come by the letter's link, and begun."""
    shown = browser.new_context(base_url=address, **how).new_page()
    shown.goto(pages.link(to))
    begin(shown)
    return shown


def begin(shown):
    shown.locator("main form button").first.click()
    shown.wait_for_url("**/question/**")


def next_page(shown):
    shown.locator("button[value=next]").click()


def at(shown, question):
    shown.wait_for_url(f"**/question/{question}/**")


def is_saved(shown):
    shown.wait_for_selector("#status[data-state=saved]")


def test_a_town_answers_in_finnish_on_a_phone_loses_the_line_and_sends(browser, address, pages):
    shown = opened(browser, address, pages, FJORDBY, viewport=PHONE, has_touch=True)
    assert "/fi/answer/" in shown.url
    assert shown.get_by_role("heading", level=1).inner_text() == "Mitä kanavia käytetään?"
    shown.get_by_label("Facebook").check()
    is_saved(shown)
    next_page(shown)
    at(shown, "pages")

    shown.context.set_offline(True)
    shown.locator("#f-pages").fill("12")
    next_page(shown)
    shown.wait_for_selector("#status[data-state=lost]")
    assert shown.locator("#f-pages").input_value() == "12"
    assert "pages" not in pages.said()
    shown.context.set_offline(False)
    is_saved(shown)
    assert pages.said()["pages"] == "12"
    next_page(shown)
    at(shown, "guidelines")

    shown.get_by_label("Suunnitteilla").check()
    shown.locator("button[value='language:nb']").click()
    shown.wait_for_url("**/nb/answer/**/guidelines/**")
    assert shown.get_by_label("Planlagt").is_checked()
    for question in ("use", "services", "tried", "why"):
        next_page(shown)
        at(shown, question)
    shown.locator("textarea").fill("Vi er små.")
    next_page(shown)
    shown.wait_for_url("**/check/")
    assert shown.get_by_text("Vi er små.").is_visible()
    shown.locator("main form button").click()
    shown.wait_for_url("**/receipt/")
    assert re.fullmatch(r"[0-9A-F-]{14}", shown.locator(".code").inner_text())
    assert pages.said() == {
        "channels.facebook": "yes", "channels.youtube": "no", "channels.other": "no",
        "pages": "12", "guidelines": "planned", "why": "Vi er små.",
    }  # fmt: skip
    shown.context.close()


def test_without_a_script_the_same_can_be_done(browser, address, pages):
    shown = opened(browser, address, pages, SUNDBY, viewport=PHONE, java_script_enabled=False)
    shown.get_by_label("Facebook").check()
    next_page(shown)
    at(shown, "pages")
    shown.locator("#f-pages").fill("many")
    next_page(shown)
    assert shown.locator(".errors").is_visible()
    assert shown.locator("#f-pages").input_value() == "many"
    shown.locator("#f-pages").fill("7")
    shown.locator("button[value='language:fi']").click()
    assert shown.locator("#f-pages").input_value() == "7"
    next_page(shown)
    at(shown, "guidelines")
    shown.get_by_label("Kyllä").check()
    for question in ("use", "services"):
        next_page(shown)
        at(shown, question)
    shown.get_by_role("group", name="Kirjasto").get_by_label("Facebook").check()
    next_page(shown)
    at(shown, "tried")
    shown.get_by_role("group", name="Kriisissä").get_by_label("Nuoret").select_option("good")
    next_page(shown)
    at(shown, "why")
    next_page(shown)
    shown.wait_for_url("**/check/")
    shown.locator("main form button").click()
    shown.wait_for_url("**/receipt/")
    said = pages.said(SUNDBY)
    assert (said["pages"], said["guidelines"], said["tried.crisis.young"]) == ("7", "yes", "good")
    assert (said["services.library.facebook"], said["services.youth.other"]) == ("yes", "no")
    shown.context.close()


def test_what_could_not_be_sent_is_sent_when_the_page_is_opened_again(browser, address, pages):
    shown = opened(browser, address, pages, SUNDBY)
    where = shown.url.replace("channels", "why")
    shown.goto(where)
    shown.context.set_offline(True)
    shown.locator("textarea").fill("Kept in the window")
    shown.locator("textarea").blur()
    shown.wait_for_selector("#status[data-state=lost]")
    shown.context.set_offline(False)
    shown.evaluate("window.stop()")
    shown.goto(where)
    shown.wait_for_function("document.querySelector('textarea').value === 'Kept in the window'")
    assert pages.said(SUNDBY)["why"] == "Kept in the window"
    shown.context.close()


def test_all_can_be_done_by_keyboard_and_a_fault_takes_the_focus(browser, address, pages):
    shown = opened(browser, address, pages, SUNDBY)
    shown.goto(shown.url.replace("channels", "guidelines"))
    shown.locator("main input[type=radio]").first.focus()
    shown.keyboard.press("Space")
    is_saved(shown)
    shown.keyboard.press("Enter")  # the first button is Next
    at(shown, "use")
    shown.goto(shown.url.replace("use", "channels"))
    shown.get_by_label("Facebook").press("Space")
    is_saved(shown)
    shown.get_by_label("Facebook").press("Enter")
    at(shown, "pages")
    shown.locator("#f-pages").press_sequentially("x")
    shown.keyboard.press("Enter")
    shown.wait_for_selector(".errors")
    expect(shown.locator("#errors")).to_be_focused()
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    expect(shown.locator("#f-pages")).to_be_focused()
    shown.context.close()


def test_dont_know_and_none_of_these_stand_alone(browser, address, pages):
    shown = opened(browser, address, pages, SUNDBY)
    shown.get_by_label("Facebook").check()
    shown.get_by_label("None of these").check()
    assert not shown.get_by_label("Facebook").is_checked()
    shown.get_by_label("YouTube").check()
    assert not shown.get_by_label("None of these").is_checked()
    shown.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_in_any_state(browser, address, pages, scheme):
    shown = opened(
        browser, address, pages, ELVEBYEN, viewport={"width": 320, "height": 800},
        color_scheme=scheme, bypass_csp=True,
    )  # fmt: skip
    base = shown.url.split("question/")[0]
    found = {}

    def look(state):
        shown.wait_for_load_state()
        wide = shown.evaluate("document.documentElement.scrollWidth")
        found[state] = [*faults(shown), *(["too wide"] if wide > 320 else [])]

    look("channels")
    shown.get_by_label("Facebook").check()
    is_saved(shown)
    look("saved")
    next_page(shown)
    at(shown, "pages")
    shown.locator("#f-pages").fill("x")
    next_page(shown)
    shown.wait_for_selector(".errors")
    look("wrong")
    for name in ("", "question/guidelines/", "question/services/", "question/tried/", "check/",
                 "question/why/", "pass-on/", "refuse/"):  # fmt: skip
        shown.goto(base + name)
        look(name)
    shown.goto(base + "question/guidelines/")
    shown.locator("main input[type=radio]").first.check()
    next_page(shown)
    at(shown, "use")
    shown.goto(base + "check/")
    shown.locator("main form button").click()
    shown.wait_for_url("**/receipt/")
    look("receipt")
    shown.goto(base + "pass-on/")
    shown.locator("#address").fill("x@y")
    shown.locator("main form button").click()
    shown.wait_for_selector(".errors")
    look("pass-on, wrong")
    shown.goto(base + "refuse/")
    shown.locator("main form button").click()
    shown.wait_for_selector(".done")
    look("refused")
    for name in ("passed-on/", "nothing/"):
        shown.goto(f"{address}/en/answer/{name}")
        look(name)
    shown.goto(base + "pass-on/")
    shown.context.clear_cookies(name="sessionid")
    shown.locator("#address").fill("kari@elvebyen.example")
    shown.locator("main form button").click()
    shown.wait_for_selector("input[type=hidden][name=address]", state="attached")
    look("not saved")
    shown.context.close()
    assert {state: ids for state, ids in found.items() if ids} == {}
