"""Every page of the site, as every role that may open it: axe-core finds nothing."""

import pytest

from tests.lib.axe import faults
from tests.lib.served import served
from tests.lib.site import as_municipality, as_staff, released, site_of
from tests.lib.site_addresses import addresses

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket]

ROLES = ("public", "municipality", "analyst")
DOORS = {
    "public": {"everybody"},
    "municipality": {"municipality"},
    "analyst": {"reader", "editor", "analyst"},
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("axe"))


@pytest.fixture(scope="module")
def pages(study):
    """The address of every page that answers with one, by role; and the role's cookie."""
    found = {}
    for role in ROLES:
        client = site_of(study)
        if role == "municipality":
            as_municipality(client, "XX", "0101")
        elif role != "public":
            as_staff(client, role)
        release = next(study.releases.glob("2*")).name
        paths = [
            each.path
            for each in addresses(release)
            if each.door in DOORS[role] and "GET" in each.methods and _is_page(client, each.path)
        ]
        cookie = client.cookies.get("sessionid")
        found[role] = (sorted(set(paths)), cookie.value if cookie else None)
    from torg.site import close_people

    close_people()
    return found


def _is_page(client, path):
    answer = client.get(path)
    try:
        return answer.status_code in {200, 404} and "text/html" in answer.headers["Content-Type"]
    finally:
        answer.close()


@pytest.fixture(scope="module")
def address(study, pages):
    with served(study) as found:
        yield found


def opened(browser, address, cookie, **how):
    context = browser.new_context(**how)
    if cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return context


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing(browser, address, pages, role, scheme, figure):
    paths, cookie = pages[role]
    context = opened(browser, address, cookie, color_scheme=scheme)
    found = {}
    for path in paths:
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        if wrong := faults(page):
            found[path] = wrong
        page.close()
    context.close()
    figure(f"axe-core looked at {len(paths)} pages as {role}, {scheme}")
    assert found == {}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_wider_than_a_small_phone(browser, address, pages, role):
    paths, cookie = pages[role]
    context = opened(browser, address, cookie, viewport={"width": 320, "height": 640})
    wide = {}
    for path in paths:
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width
        page.close()
    context.close()
    assert wide == {}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_fetched_from_elsewhere(browser, address, pages, role):
    paths, cookie = pages[role]
    context = opened(browser, address, cookie)
    asked = set()
    context.on("request", lambda request: asked.add(request.url))
    for path in paths:
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        page.close()
    context.close()
    assert {url for url in asked if not url.startswith(address)} == set()
