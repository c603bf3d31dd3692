"""The pages in a browser: readable by everybody, on every width, without a network."""

from itertools import pairwise

import pytest

from tests.lib.results import sample
from torg.report import write_report

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
LANGUAGES = ("en", "nb")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    results = sample(count=60)
    for language in LANGUAGES:
        write_report(results, folder / language, language=language)
    return folder


@pytest.fixture(params=["index", "card", "unknown"])
def path(request, reports):
    return _paths(reports / "en")[request.param]


def _paths(report):
    results = sample(count=60)
    ranked = results.ranks.filter(group="all").drop_nulls("rank")["municipality"][0]
    unknown = results.not_ranked.filter(reason="no_channel")["municipality"][0]
    return {
        "index": report / "index.html",
        "card": report / "municipalities" / f"ZZ-{ranked}.html",
        "unknown": report / "municipalities" / f"ZZ-{unknown}.html",
    }


@pytest.fixture
def opened(browser, path):
    page = browser.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


def test_a_page_asks_for_nothing_but_itself_and_has_no_faults(browser, path):
    page = browser.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path.as_uri(), wait_until="load")
    assert (asked, faults) == ([path.as_uri()], [])
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_but_tables_in_their_frames(browser, reports, width, language):
    for path in _paths(reports / language).values():
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        page.close()


def test_headings_go_down_one_level_at_a_time(opened):
    levels = opened.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(e => +e.tagName[1])")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_drawing_has_a_name_or_stands_beside_its_words(opened):
    nameless = opened.eval_on_selector_all(
        "svg, img",
        """all => all.filter(e => !(e.getAttribute('aria-hidden') === 'true'
            || e.closest('[role=img]')?.getAttribute('aria-label'))).length""",
    )
    assert nameless == 0


def test_every_chart_has_its_table(browser, reports):
    page = browser.new_page()
    page.goto((reports / "en" / "index.html").as_uri())
    figures = page.locator("figure")
    assert figures.count() >= 5
    for figure in figures.all():
        assert figure.locator("[role=img]").first.get_attribute("aria-label")
        assert figure.locator("details.table table tbody tr").count() > 0
    page.close()


def test_one_can_go_through_the_page_with_the_keyboard(opened):
    opened.keyboard.press("Tab")
    first = opened.evaluate("document.activeElement.getAttribute('href')")
    assert first == "#content"
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#content")
    scrollers = opened.eval_on_selector_all(".scroll", "all => all.map(e => e.tabIndex)")
    assert set(scrollers) <= {0}


def test_every_region_and_row_is_named(opened):
    unnamed = opened.eval_on_selector_all(
        "[role=region], nav, aside", "all => all.filter(e => !e.getAttribute('aria-label')).length"
    )
    assert unnamed == 0
    rows = opened.eval_on_selector_all(
        "tbody tr", "all => all.filter(r => !r.querySelector('th[scope=row]')).length"
    )
    assert rows == 0


CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.map(v => { v /= 255;
      return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const parse = s => s.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim()) continue;
    const svg = e.closest('svg');
    const ink = parse(svg ? getComputedStyle(e).fill : getComputedStyle(e).color).slice(0, 3);
    const [a, b] = [light(ink), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(walker.currentNode.textContent.trim());
  }
  return poor;
}"""


def test_text_stands_out_from_its_ground(opened):
    assert opened.evaluate(CONTRAST) == []


def test_links_lead_to_pages_that_are_there(browser, reports):
    page = browser.new_page()
    page.goto((reports / "en" / "index.html").as_uri())
    links = set(page.eval_on_selector_all("a[href]", "all => all.map(e => e.getAttribute('href'))"))
    for link in links:
        file, _, part = link.partition("#")
        assert not file or (reports / "en" / file).is_file(), link
        if part and file in ("", "index.html"):
            assert page.locator(f"[id='{part}']").count() == 1, link
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language(browser, reports, language):
    page = browser.new_page()
    page.goto((reports / language / "index.html").as_uri())
    assert page.get_attribute("html", "lang") == language
    page.close()
