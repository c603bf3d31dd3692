"""The survey's pages in a browser: nothing scrolls sideways, every picture has its table."""

from itertools import pairwise

import pytest

from tests.lib.survey_results import alone, survey
from torg.report.survey import write_survey

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    write_survey(survey(), folder / "nb", language="nb", languages=("en", "nb"))
    write_survey(alone(), folder / "en", language="en")
    return [folder / "nb" / "index.html", folder / "en" / "index.html"]


def opened(browser, path, *, width=1280):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_but_tables_in_their_frames(browser, pages, width):
    for path in pages:
        page = opened(browser, path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.close()


def test_a_page_asks_for_nothing_but_itself_and_has_no_faults(browser, pages):
    for path in pages:
        page = browser.new_page()
        asked, faults = [], []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda said, faults=faults: faults.append(said.text))
        page.goto(path.as_uri(), wait_until="load")
        assert (asked, faults) == ([path.as_uri()], [])
        page.close()


def test_every_picture_has_a_name_and_its_table(browser, pages):
    page = opened(browser, pages[0])
    figures = page.locator("figure")
    assert figures.count() >= 10
    for figure in figures.all():
        for picture in figure.locator("[role=img]").all():
            assert picture.get_attribute("aria-label")
        assert figure.locator("table tbody tr").count() > 0
    page.close()


def test_headings_go_down_one_level_at_a_time(browser, pages):
    page = opened(browser, pages[0])
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(e => +e.tagName[1])")
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    page.close()


def test_every_row_and_region_is_named(browser, pages):
    page = opened(browser, pages[0])
    rows = page.eval_on_selector_all(
        "tbody tr", "all => all.filter(r => !r.querySelector('th[scope=row]')).length"
    )
    regions = page.eval_on_selector_all(
        "[role=region], nav, aside", "all => all.filter(e => !e.getAttribute('aria-label')).length"
    )
    assert (rows, regions) == (0, 0)
    page.close()
