"""The public pages in a browser: on a telephone, without a script, in the dark, from one server."""

import re

import pytest

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.site import released

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]

PAGES = ("", "ranking/", "municipalities/XX-0101/", "survey/", "releases/", "how/")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with served(released(tmp_path_factory.mktemp("browsed"))) as found:
        yield found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_telephone_asks_only_its_own_server_and_has_no_faults(browser, address, page):
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    asked, said = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(f"{address}/en/{page}")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert said == []
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_with_all_folds_open(browser, address, page, scheme):
    opened = browser.new_page(color_scheme=scheme)
    opened.goto(f"{address}/en/{page}")
    opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults(opened) == {}
    opened.close()


def test_no_chart_of_the_survey_is_blown_up_on_a_telephone(browser, address):
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    opened.goto(f"{address}/en/survey/")
    widths = opened.evaluate(
        "[...document.querySelectorAll('main figure svg g[class^=mark-]')]"
        ".map(each => new DOMMatrix(getComputedStyle(each).transform).a)"
    )
    assert widths
    assert max(widths) <= 1
    opened.close()


def test_without_a_script_the_ranking_is_filtered_and_leads_to_a_municipality(browser, address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}/en/")
    opened.click("nav.rooms >> text=Ranking")
    opened.select_option("#band", "A")
    opened.click("text=Show >> nth=0")
    assert "band=A" in opened.url
    name = opened.inner_text("#all .rows a >> nth=0")
    opened.click("#all .rows a >> nth=0")
    assert opened.inner_text("h1") == name
    context.close()


def test_a_link_to_how_we_know_leads_to_the_measure(browser, address):
    opened = browser.new_page()
    opened.goto(f"{address}/en/")
    link = opened.locator("#brief .tiles a").first
    wanted = re.search(r"#(\w+)$", link.get_attribute("href"))[1]
    link.click()
    opened.wait_for_url("**/how/**")
    assert opened.locator(f"#{wanted}").is_visible()
    opened.close()
