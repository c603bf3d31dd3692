"""A municipality in its room: hands a file in, sees what was understood, sets a channel right."""

import csv
import io
import re

import pytest

from tests.lib.axe import faults
from tests.lib.exports import BUSINESS_SUITE, suite, table
from tests.lib.served import served
from tests.lib.site import released
from torg.register import read_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]

PATIENCE = 120_000  # milliseconds until a file must be read: the machine may be busy


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("room"))


@pytest.fixture(scope="module")
def channel(study):
    known = read_register(study.register_folder).channels
    return next(each for each in known if each.platform == "facebook" and each.code == "0101")


@pytest.fixture(scope="module")
def export(study, channel):
    """What the municipality's page would export, with a row that cannot be read."""
    page = {"Page ID": channel.platform_id}
    rows = [suite(day, **page, **{"Publish time": f"01/{day}/2024 10:30"}) for day in range(10, 30)]
    content = table(BUSINESS_SUITE, *rows, suite(99, **{"Publish time": "<b>no time</b>"}))
    path = study.folder / "suite-2024-03-10.csv"
    path.write_text(content, encoding="utf-8")
    assert len(list(csv.reader(io.StringIO(content)))) == 22
    return path


@pytest.fixture(scope="module")
def link(study):
    """The path that a letter gives to the municipality's room."""
    from torg.site import close_people
    from torg.site.accounts.actions.linking import make_room_link
    from torg.site.accounts.letters import room_path

    token = make_room_link(study, "XX", "0101")
    close_people()
    return room_path(token)


@pytest.fixture(scope="module")
def address(study, link):
    with served(study, works=True) as found:
        yield found


@pytest.fixture(params=["with scripts", "without scripts", "dark phone"])
def page(browser, request, address, link):
    how = {
        "with scripts": {},
        "without scripts": {"java_script_enabled": False},
        "dark phone": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    }[request.param]
    context = browser.new_context(**how)
    page = context.new_page()
    page.has_scripts = request.param != "without scripts"
    page.goto(address + link)
    page.goto(f"{address}/en/room/")
    yield page
    context.close()


def is_for_everybody(page):
    """axe finds nothing, and nothing is wider than the window; axe itself needs scripts."""
    if not page.has_scripts:
        return
    assert faults(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def content(page):
    """The page without its navigation."""
    return page.locator("main")


def until(page, text):
    """Wait until the page says so: by itself, or without scripts by its link."""
    if page.has_scripts:
        page.get_by_text(text).first.wait_for(timeout=PATIENCE)
        return
    for _ in range(PATIENCE // 500):
        if page.get_by_text(text).count():
            return
        page.get_by_role("link", name="Look again").click()
        page.wait_for_load_state()
        page.wait_for_timeout(500)
    raise AssertionError(f"the page never said: {text}")


def test_a_file_is_handed_in_and_what_was_understood_is_seen(page, export):
    content(page).get_by_role("link", name="Hand in files").click()
    is_for_everybody(page)
    page.locator("input[type=file]").set_input_files(str(export))
    page.get_by_role("button", name="Hand in", exact=True).click()
    until(page, "only you can know it")
    is_for_everybody(page)
    page.get_by_label("In which time zone").fill("Europe/Oslo")
    page.get_by_role("button", name="Answer, and read the file again").click()
    until(page, "It waits for one of those who make the study")
    page.get_by_role("heading", name="What was understood").wait_for(timeout=PATIENCE)
    is_for_everybody(page)
    text = page.locator("main").inner_text()
    assert "Posts, from Meta Business Suite" in text
    assert "'<b>no time</b>', which is no exact time" in text
    assert "until you agree" in text
    page.get_by_role("button", name="Withdraw the file").click()
    assert "The file is withdrawn, and deleted." in page.locator("main").inner_text()


def test_a_channel_is_proposed_and_taken_back_by_keyboard(page):
    content(page).get_by_role("link", name="Look at the channels").focus()
    page.keyboard.press("Enter")
    content(page).get_by_role("link", name="Add a channel").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Address of the page").focus()
    page.keyboard.press("Enter")
    fault = page.get_by_role("alert")
    assert "Write the address of the page" in fault.inner_text()
    is_for_everybody(page)
    page.get_by_label("Address of the page").focus()
    page.keyboard.type("instagram.com/Aastutveim.Invented")
    page.keyboard.press("Enter")
    assert "It holds as soon as" in page.get_by_role("status").inner_text()
    assert "https://www.instagram.com/aastutveim.invented" in page.locator("main").inner_text()
    is_for_everybody(page)
    page.get_by_role("button", name=re.compile("^Withdraw")).focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("The proposal is withdrawn.").wait_for(timeout=PATIENCE)


def test_the_own_page_is_seen_and_answered(page):
    content(page).get_by_role("link", name="Your page in the newest release").click()
    is_for_everybody(page)
    page.get_by_label("It should be").fill("11 posts")
    page.get_by_role("button", name="Propose the correction").click()
    assert "Say why the figure is wrong." in page.get_by_role("alert").inner_text()
    is_for_everybody(page)
    assert page.get_by_label("It should be").input_value() == "11 posts"
    page.get_by_label("Why", exact=True).fill("One post is counted twice.")
    page.get_by_role("button", name="Propose the correction").click()
    assert "The correction waits for review." in page.get_by_role("status").inner_text()
    page.get_by_label("Statement", exact=True).fill("We answer by telephone.")
    page.get_by_role("button", name="Hand in the statement").click()
    assert "The statement waits for review." in page.get_by_role("status").inner_text()
    is_for_everybody(page)
