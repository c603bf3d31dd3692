"""The first analyst's first day, in a browser: from the link to letters, a run, and its release."""

import re

import pytest

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.signing import PASSWORD, code_of
from tests.lib.staff import WAVE, addresses_of, asking

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return asking(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def token(study):
    from torg.site import add_account, close_people

    made = add_account(study, "ada@example.org", role="analyst")
    close_people()
    return made.token


@pytest.fixture(scope="module")
def address(study, token):
    with served(study, works=True) as found:
        yield found


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 320, "height": 800})
    said = []
    opened.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert [line for line in said if not re.search("status of (403|422)", line)] == []


def check(page):
    """Nothing to find for axe, and nothing that scrolls sideways on a narrow screen."""
    assert faults(page) == {}, page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def device_of(study):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from torg.site import open_people

    open_people(study)
    return TOTPDevice.objects.latest("pk")


def test_the_first_day(page, study, address, token, tmp_path):
    page.goto(f"{address}/account-link/{token}")
    assert token not in page.url
    check(page)
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same once more").fill("short")
    press(page, "Set the password")
    assert "Something is not right yet" in page.locator(":focus").inner_text()
    check(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    press(page, "Set the password")
    sign_in(page, study)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="I have written them down").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The staff's overview"
    check(page)
    ask(page, study, address, tmp_path)
    run(page, address)
    hand_over(page, address)
    leave(page, address, codes[0])


def sign_in(page, study):
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_label("Password").fill("not this one, though")
    press(page, "Sign in")
    check(page)
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    assert page.locator(".qr-frame svg").bounding_box()["width"] > 150
    check(page)
    device = device_of(study)
    page.get_by_label("Code").fill("000000")
    press(page, "Go on")
    check(page)
    device.refresh_from_db()
    device.throttle_reset()
    page.get_by_label("Code").fill(code_of(device))
    press(page, "Go on")
    check(page)


def ask(page, study, address, tmp_path):
    page.goto(f"{address}/en/staff/survey/{WAVE}/frame/")
    press(page, "Draw the frame from the register")
    assert "The frame is drawn" in page.get_by_role("status").inner_text()
    check(page)
    listed = tmp_path / "list.csv"
    listed.write_text(addresses_of(study), encoding="utf-8")
    page.goto(f"{address}/en/staff/survey/{WAVE}/addresses/")
    page.get_by_label("A CSV file").set_input_files(listed)
    press(page, "Take addresses in")
    assert "3 addresses are new" in page.get_by_role("status").inner_text()
    check(page)
    page.goto(f"{address}/en/staff/survey/{WAVE}/letters/invitation/")
    check(page)
    # One of the three is not in the frame; the two that the demo asks have had no letter yet.
    page.get_by_label("Yes, write to 4 addresses now").check()
    press(page, "Send the letters")
    page.wait_for_selector("#live .errors", timeout=300_000)  # no mail server: the job says so
    assert "took no letter" in page.locator("#live .errors").inner_text()
    check(page)
    page.goto(f"{address}/en/staff/survey/{WAVE}/")
    page.get_by_role("button", name="Stop looking again").click()
    assert page.get_by_role("button", name="Look again by itself").is_visible()
    check(page)


def run(page, address):
    page.goto(f"{address}/en/staff/releases/")
    press(page, "Start a run")
    page.wait_for_selector("#live >> text=is done", timeout=300_000)  # without a click
    note = page.locator("#live-note")
    assert note.get_attribute("aria-live") == "polite"
    assert note.inner_text() == "is done"
    check(page)
    page.locator("#live a").click()
    check(page)


def hand_over(page, address):
    page.goto(f"{address}/en/staff/links/")
    page.get_by_label("Municipality").fill("XX:0101")
    press(page, "Make a link")
    link = page.locator(".secret").inner_text()
    assert re.fullmatch(rf"{address}/room/[\w-]{{43}}", link)
    check(page)
    page.goto(f"{address}/en/staff/accounts/")
    check(page)
    page.goto(f"{address}/en/staff/log/")
    assert "made a link to a room" in page.locator("tbody").inner_text()
    check(page)


def leave(page, address, code):
    page.goto(f"{address}/en/account/")
    check(page)
    press(page, "Sign out")
    page.goto(f"{address}/en/staff/")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/")
    check(page)
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
