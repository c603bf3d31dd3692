"""A release that waits its two weeks, in a browser: the own page, a correction, a reply."""

import datetime as dt

import pytest

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.site import as_municipality, released, site_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("preview"))


@pytest.fixture(scope="module")
def session(study):
    """The cookie of one of a municipality's, when the one release is in preview."""
    client = as_municipality(site_of(study), "XX", "0101")
    from torg.site import close_people
    from torg.site.releases.models import Publication

    now = dt.datetime.now(dt.UTC)
    Publication.objects.update(offered=now, public_from=now + dt.timedelta(days=14))
    cookie = client.cookies["sessionid"].value
    close_people()
    return cookie


@pytest.fixture(scope="module")
def address(study, session):
    with served(study) as found:
        yield found


@pytest.fixture(params=["with scripts", "without scripts", "dark phone"])
def page(browser, request, address, session):
    how = {
        "with scripts": {},
        "without scripts": {"java_script_enabled": False},
        "dark phone": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    }[request.param]
    context = browser.new_context(**how)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    page.has_scripts = request.param != "without scripts"
    page.goto(f"{address}/en/room/preview/")
    yield page
    context.close()


def is_for_everybody(page):
    """axe finds nothing, and nothing is wider than the window; axe itself needs scripts."""
    if page.has_scripts:
        assert faults(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_own_page_is_read_a_figure_is_corrected_and_a_reply_is_written(page):
    assert page.get_by_text("seen by nobody else yet").count() == 1
    is_for_everybody(page)
    page.get_by_role("button", name="Propose the correction").click()
    assert page.get_by_role("alert").get_by_text("Say what the figure should be.").count() == 1
    is_for_everybody(page)
    page.get_by_label("It should be").fill("12")
    page.get_by_label("Why", exact=True).fill("One week is lacking.")
    page.get_by_role("button", name="Propose the correction").click()
    assert page.get_by_role("status").get_by_text("The correction waits").count() == 1
    page.get_by_label("Statement", exact=True).fill("We answer by telephone, too.")
    page.get_by_role("button", name="Hand in the statement").click()
    assert page.get_by_role("status").get_by_text("The statement waits").count() == 1
    is_for_everybody(page)
