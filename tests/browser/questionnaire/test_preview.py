"""The preview in a browser: no width scrolls sideways, and the keyboard reaches everything."""

import shutil

import pytest

from tests.lib.questionnaires import towns
from torg.report.questionnaire import write_preview
from torg.survey.questionnaire import READY, read_questionnaire

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium. Playwright talks to it over pipes: sockets stay blocked."""
    from playwright.sync_api import sync_playwright

    quiet = ["no-sandbox", "disable-gpu", "disable-background-networking", "disable-quic"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[f"--{name}" for name in quiet]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("previews")
    every = {"towns": towns(folder)} | {name: read_questionnaire(READY[name]) for name in READY}
    for name, read in every.items():
        for wave in read.waves[-1:]:
            write_preview(read, wave, folder / name)
    return sorted(folder.glob("*/*.html"))


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(browser, pages, width):
    shown = browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for path in pages:
        shown.goto(path.as_uri())
        if shown.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path.name)
    shown.close()
    assert wide == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_seven_languages_do_not_cover_the_name(browser, pages, width):
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(next(path for path in pages if path.parent.name == "torg-core").as_uri())
    languages = [each.bounding_box() for each in shown.locator(".languages > *").all()]
    name = shown.locator(".brand svg").bounding_box()
    shown.close()
    assert len(languages) == 7
    assert not [each for each in languages if overlap(each, name)]


def overlap(one, other):
    """Whether two boxes share a point."""
    beside = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
    above = one["y"] >= other["y"] + other["height"] or other["y"] >= one["y"] + one["height"]
    return not beside and not above


def test_every_field_is_reached_by_its_name(browser, pages):
    """What a screen reader says of a field: its label, and in a table the row beside it."""
    shown = browser.new_page()
    shown.goto(next(path for path in pages if path.parent.name == "towns").as_uri())
    assert shown.get_by_role("checkbox", name="Facebook").count() == 3  # channels, two rows
    assert shown.get_by_role("group", name="leader?").count() == 1
    assert shown.get_by_role("spinbutton", name="pages?").count() == 1
    assert shown.get_by_role("combobox", name="the young").count() == 1
    shown.close()


def test_a_matrix_becomes_a_list_on_a_narrow_screen(browser, pages):
    path = next(path for path in pages if path.parent.name == "towns")
    shown = browser.new_page(viewport={"width": 320, "height": 900})
    shown.goto(path.as_uri())
    label = shown.locator("#q-services td .column").first
    assert label.bounding_box()["width"] > 30  # the column's name stands beside its box
    shown.set_viewport_size({"width": 1280, "height": 900})
    assert label.bounding_box()["width"] <= 1  # the column's head says it
    shown.close()
