"""The whole way, in a real browser: a municipality answers, hands in, reads its card and tells;
staff accept; the public finds and takes away; and the staff see the response move.
"""

import datetime as dt
import re

import pytest

from tests.lib.exports import BUSINESS_SUITE, suite, table
from tests.lib.served import served
from tests.lib.site import as_staff, released, site_of
from torg.register import read_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]

PHONE = {"width": 360, "height": 740}
PATIENCE = 120_000  # milliseconds until a file must be read: the machine may be busy
WAVE = "2024-autumn"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("journey"))


@pytest.fixture(scope="module")
def asked(study):
    """Who is asked in the demo: country and code; and the path of a letter's link, in Finnish."""
    from torg.site import close_people, link_for, open_people
    from torg.site.answers.models import Respondent

    open_people(study)
    asked = Respondent.objects.filter(wave=WAVE, contact__isnull=False)
    respondent = asked.earliest("id")  # the demo asks another for its room
    Respondent.objects.filter(id=respondent.id).update(language="fi")
    unit = respondent.form_set.get().unit
    link = link_for(study, wave=WAVE, respondent=respondent.code)
    close_people()
    return unit.country, unit.unit, "/answer/" + link.rpartition("/")[2]


@pytest.fixture(scope="module")
def export(study, asked):
    """What the page of who is asked would export."""
    known = read_register(study.register_folder).channels
    channel = next(c for c in known if c.platform == "facebook" and c.code == asked[1])
    page = {"Page ID": channel.platform_id}
    rows = [suite(day, **page, **{"Publish time": f"01/{day}/2024 10:30"}) for day in range(10, 25)]
    path = study.folder / "suite-2024-03-10.csv"
    path.write_text(table(BUSINESS_SUITE, *rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def staff(study):
    """The session of one of the staff."""
    from torg.site import close_people

    client = as_staff(site_of(study), "analyst")
    close_people()
    return client.cookies["sessionid"].value


@pytest.fixture(scope="module")
def address(study, asked, export, staff):
    with served(study, works=True) as found:
        yield found


@pytest.fixture
def visit(browser, address):
    """Opens a window of a visitor; all are closed at the end."""
    contexts = []

    def opened(path, *, session=None, **how):
        context = browser.new_context(base_url=address, **how)
        context.set_default_timeout(60_000)
        contexts.append(context)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def submitted(page):
    """How many units have sent their form in, as the staff's page says."""
    page.reload()
    return int(re.search(r"(\d+) of \d+ units have submitted", page.inner_text("#live"))[1])


def next_question(page):
    before = page.url
    page.locator("button[value=next]").click()
    page.wait_for_url(lambda url: url != before)


def answer(page):
    """Say something to what is asked: the first that can be chosen."""
    choice = page.locator("main form input[type=radio], main form input[type=checkbox]")
    if choice.count() and not choice.first.is_checked():
        choice.first.check()
        page.wait_for_selector("#status[data-state=saved]")


def test_the_whole_way(visit, asked, export, staff, study, figure):
    country, code, link = asked
    key = f"{country}-{code}"
    watching = visit(f"/en/staff/survey/{WAVE}/", session=staff)
    before = submitted(watching)

    # A municipality opens its link on a phone, in Finnish, and begins.
    phone = visit(link, viewport=PHONE, has_touch=True)
    assert "/fi/answer/" in phone.url
    phone.locator("main form button").first.click()
    phone.wait_for_url("**/question/**")
    answer(phone)
    next_question(phone)

    # The connection is lost in the middle of an answer, comes back, and nothing is lost.
    phone.context.set_offline(True)
    phone.locator("main form input:not(:checked):not([type=hidden])").first.check()
    phone.wait_for_selector("#status[data-state=lost]")
    phone.context.set_offline(False)
    phone.wait_for_selector("#status[data-state=saved]")
    where = phone.url

    # It is left, and resumed by the same link on another machine, where it was.
    phone = visit(link, viewport=PHONE)
    phone.locator("main form button").first.click()
    phone.wait_for_url("**/question/**")
    assert phone.url == where
    questions = 1
    while "/question/" in phone.url:
        answer(phone)
        next_question(phone)
        questions += 1
    assert "/check/" in phone.url
    phone.locator("main form button").click()
    phone.wait_for_url("**/receipt/")
    assert phone.locator(".code").inner_text()

    # The staff see the response move.
    assert submitted(watching) == before + 1

    # It hands in an export in its room, and sees what was understood.
    phone.goto("/en/room/files/")
    phone.locator("input[type=file]").set_input_files(str(export))
    phone.get_by_role("button", name="Hand in", exact=True).click()
    phone.get_by_text("only you can know it").first.wait_for(timeout=PATIENCE)
    phone.get_by_label("In which time zone").fill("Europe/Oslo")
    phone.get_by_role("button", name="Answer, and read the file again").click()
    phone.get_by_role("heading", name="What was understood").wait_for(timeout=PATIENCE)

    # It reads its card, and prints it.
    phone.goto(f"/en/municipalities/{key}/")
    assert phone.pdf().startswith(b"%PDF")
    printed = phone.get_by_role("link", name="PDF").first.get_attribute("href")
    assert phone.request.get(printed).body().startswith(b"%PDF")

    # It tells what it tried, and the staff accept it.
    phone.goto("/en/experience/own/")
    phone.get_by_role("link", name="Share an experience").click()
    phone.get_by_label("Title").fill("Ferries on a map")
    phone.get_by_label("Area of use").select_option("emergency")
    phone.get_by_label("Target group").select_option("residents")
    phone.get_by_label("It began on").fill(dt.date(2024, 2, 5).isoformat())
    phone.get_by_label("What we tried").fill("We drew each ferry.")
    phone.get_by_label("How it went").select_option("good")
    phone.get_by_label("What happened, in our own words").fill("Fewer people called us.")
    phone.get_by_role("button", name="Save", exact=True).click()
    phone.get_by_role("link", name="Look at it and send it").click()
    phone.get_by_role("button", name="Send for review").click()
    number = int(phone.url.split("/own/")[1].split("/")[0])
    watching.goto(f"/en/staff/review/experiences/{number}/")
    watching.locator("button[value=accept], button:has-text('Accept')").first.click()

    # The public finds it, compares three municipalities, and downloads the table.
    public = visit("/en/experience/?q=ferry")
    public.get_by_role("link", name="Ferries on a map").click()
    assert "Fewer people called us." in public.inner_text("main")
    others = [
        f"{each.country}-{each.code}"
        for each in read_register(study.register_folder).municipalities
        if each.valid_to is None and each.code != code
    ][:2]
    public.goto("/en/compare/?" + "&".join(f"with={place}" for place in (key, *others)))
    with public.expect_download() as downloaded:
        public.get_by_role("link", name=re.compile("CSV")).first.click()
    lines = downloaded.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 3
    figure(f"the whole way in a browser: {questions} questions, {len(lines) - 1} rows taken away")
