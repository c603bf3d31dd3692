"""A municipality shares an experience, staff accept it, others find it, ask, and say thank you."""

import pytest
from playwright.sync_api import expect

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.site import as_municipality, as_staff, released, site_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]

PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a plan"}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="module")
def keys(study):
    """The sessions of two municipalities and of an editor."""
    from torg.site import close_people

    clients = {
        "author": as_municipality(site_of(study), "XX", "0101"),
        "other": as_municipality(site_of(study), "XX", "0102"),
        "editor": as_staff(site_of(study), "editor"),
        "reader": None,
    }
    found = {name: client and client.cookies["sessionid"].value for name, client in clients.items()}
    close_people()
    return found


@pytest.fixture(scope="module")
def address(study, keys):
    with served(study) as found:
        yield found


@pytest.fixture
def visit(browser, address, keys):
    """Opens a page as somebody, in a window of a width; its faults are looked for at once."""
    contexts = []

    def opened(who, path, *, width=1280, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        if keys[who]:
            context.add_cookies([{"name": "sessionid", "value": keys[who], "url": address}])
        page = context.new_page()
        page.goto(f"{address}/en/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def is_fit(page):
    """No fault of access, and nothing that stands out to the side."""
    assert faults(page).keys() <= {"region"}, faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_whole_path(visit):
    page = visit("author", "experience/own/", width=320)
    page.get_by_role("link", name="Share an experience").click()
    page.get_by_label("Title").fill("Ferries on a map")
    page.get_by_label("Area of use").select_option("emergency")
    page.get_by_label("Target group").select_option("residents")
    page.get_by_label("Working hours that it cost").fill("many")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#wrong-title")).to_be_focused()
    assert "Write a whole number" in page.inner_text(".errors")
    is_fit(page)
    page.get_by_label("Working hours that it cost").fill("16")
    page.get_by_label("It began on").fill("2024-02-05")
    page.get_by_label("What we tried").fill("We drew each ferry.")
    page.get_by_label("How it went").select_option("good")
    page.get_by_label("What happened, in our own words").fill("Fewer people called us.")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "Saved." in page.inner_text(".done")
    page.get_by_label("Add a file").set_input_files(PLAN)
    page.get_by_role("button", name="Add the file").click()
    assert "plan.pdf" in page.inner_text("#files")
    is_fit(page)
    page.get_by_role("link", name="Look at it and send it").click()
    is_fit(page)
    page.get_by_role("button", name="Send for review").click()
    assert "Waits for review" in page.inner_text(".eyebrow")
    number = int(page.url.split("/own/")[1].split("/")[0])

    accepted = visit("editor", f"staff/review/experiences/{number}/")
    assert "We drew each ferry." in accepted.inner_text("main")
    accepted.locator("button[value=accept], button:has-text('Accept')").first.click()

    found = visit("reader", "experience/?q=ferry", scripts=False)
    found.get_by_role("link", name="Ferries on a map").click()
    assert "We drew each ferry." in found.inner_text("main")
    assert "Too few weeks" in found.inner_text("#measured")
    with found.expect_download() as download:
        found.get_by_role("link", name="plan.pdf").click()
    assert download.value.path().read_bytes() == PLAN["buffer"]

    asking = visit("other", f"experience/{number}/", width=320)
    asking.get_by_label("Your question").fill("What did you draw with?")
    asking.get_by_role("button", name="Ask", exact=True).click()
    asking.get_by_role("button", name="Say thank you").click()
    assert "What did you draw with?" in asking.inner_text("#remarks")
    is_fit(asking)

    page.goto(page.url.split("/own/")[0] + "/own/")
    assert "has a question about your experience" in page.inner_text("#told")
    page.goto(page.url.replace("/own/", f"/{number}/"))
    page.get_by_label("Your answer").fill("With a pencil.")
    page.get_by_role("button", name="Answer").click()
    assert "With a pencil." in page.inner_text("#remarks")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("reader", "experience/"), ("reader", "experience/?q=nothing+at+all&area=planning"),
        ("reader", "experience/1/"), ("other", "experience/1/"), ("editor", "experience/1/"),
        ("reader", "experience/matches/"), ("reader", "experience/requests/"),
        ("other", "experience/requests/new/"), ("editor", "experience/requests/1/"),
        ("reader", "experience/campaigns/"), ("other", "experience/campaigns/1/"),
        ("other", "experience/campaigns/new/"), ("editor", "experience/agencies/"),
        ("author", "experience/own/new/"),
    ],
)  # fmt: skip
def test_every_page_is_fit_on_every_width(visit, who, path, width):
    page = visit(who, path, width=width)
    assert page.locator("h1").count() == 1
    is_fit(page)


def test_the_search_is_used_by_keyboard_alone(visit):
    page = visit("reader", "experience/")
    page.get_by_label("Words").focus()
    page.keyboard.type("kveld")
    page.keyboard.press("Enter")
    page.wait_for_url("**/experience/?q=kveld*")
    assert "1 experience" in page.inner_text("#found")
