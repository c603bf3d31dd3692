"""Search, comparison and map in the states that readers bring about, by keyboard too."""

import csv
import io
import re

import pytest

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.site import released
from torg.register import read_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("finding"))


@pytest.fixture(scope="module")
def units(study):
    known = read_register(study.folder / "register").municipalities
    return [unit for unit in known if unit.valid_to is None]


@pytest.fixture(scope="module")
def address(study):
    with served(study) as found:
        yield found


@pytest.fixture(params=["light", "dark", "phone"])
def page(browser, request):
    how = {"viewport": {"width": 320, "height": 640}} if request.param == "phone" else {}
    context = browser.new_context(
        java_script_enabled=True, color_scheme="dark" if request.param == "dark" else "light", **how
    )
    yield context.new_page()
    context.close()


def keys(units):
    return "&".join(f"with={unit.country}-{unit.code}" for unit in units)


def states(units):
    county = units[0].county
    return (
        f"/en/search/?q={units[0].name()[:3]}", f"/nb/search/?q={county}", "/fi/search/?q=qqqwww",
        f"/en/compare/?{keys(units[:1])}&q={units[1].name()[:2]}",
        f"/sv/compare/?{keys(units[:2])}",
        f"/da/compare/?{keys(units[:6])}", f"/nn/compare/?{keys(units[:2])}&with=XX-none",
        "/en/map/?by=followers", "/fi/map/?by=question_answered_24h", "/en/map/?by=none",
    )  # fmt: skip


def test_every_state_is_for_everybody(page, address, units):
    wrong, wide = {}, {}
    for path in states(units):
        page.goto(address + path)
        if found := faults(page):
            wrong[path] = found
        view = page.viewport_size["width"]
        if page.evaluate("document.documentElement.scrollWidth") > view:
            wide[path] = view
    assert (wrong, wide) == ({}, {})


@pytest.fixture
def plain(browser):
    """A page without scripts."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_three_are_compared_by_keyboard_and_downloaded(plain, address, units):
    plain.goto(f"{address}/en/compare/")
    for unit in units[:3]:
        plain.get_by_label(re.compile("municipality")).focus()
        plain.keyboard.type(unit.name())
        plain.keyboard.press("Enter")
        plain.get_by_role("link", name=f"Add {unit.name()}", exact=True).focus()
        plain.keyboard.press("Enter")
        plain.get_by_role("link", name=f"Take {unit.name()} out").wait_for()
    for unit in units[:3]:
        assert (
            unit.name()
            in plain.get_by_role("heading", name="Where they stand")
            .locator("xpath=..")
            .inner_text()
        )
    with plain.expect_download() as started:
        plain.get_by_role("link", name=re.compile("CSV")).click()
    rows = csv.DictReader(io.StringIO(started.value.path().read_text("utf-8")))
    assert {row["name"] for row in rows} == {unit.name() for unit in units[:3]}


def test_a_point_of_the_map_is_a_link_with_its_name_and_figure(plain, address, units):
    plain.goto(f"{address}/en/map/?by=followers")
    point = plain.get_by_role("group", name=re.compile("Map")).get_by_role(
        "link", name=re.compile(f"^{units[0].name()}: ")
    )
    point.focus()
    plain.keyboard.press("Enter")
    plain.wait_for_url(f"**/en/municipalities/{units[0].country}-{units[0].code}/")
    assert units[0].name() in plain.get_by_role("heading", level=1).inner_text()
