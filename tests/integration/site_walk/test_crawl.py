"""Whoever follows the links of the site, as any role, meets no broken page and no dead end."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.lib.site import as_municipality, as_staff, released, site_of
from tests.lib.site_addresses import ROLES

_LINK = re.compile(r"<(?:a|link|img|script|form)\b[^>]*?\b(?:href|src|action)=\"([^\"]+)\"")
_A_SHAPE = 3  # pages of one shape, as /*/municipalities/*/

ONLY_POSTED = ("sign-out", "leave")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("crawl"))


def visitor(study, role):
    client = site_of(study)
    if role == "municipality":
        as_municipality(client, "XX", "0101")
    elif role != "public":
        as_staff(client, role)
    return client


def shape(path):
    """/*/municipalities/*/ for each: languages, numbers, codes, measures are gaps."""
    return re.sub(r"^/[a-z]{2}(?=/)|[^/]*[\d_][^/]*", "*", urlsplit(path).path)


def links(text, base):
    for found in _LINK.findall(text):
        address = urldefrag(urljoin(base, unescape(found)))[0]
        if address:
            yield address


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere(study, role, figure):
    client = visitor(study, role)
    from django.core.cache import cache

    start = {"public": "/en/", "municipality": "/en/room/"}.get(role, "/en/staff/")
    queue, seen, shapes, broken, outside = deque([start, "/en/"]), set(), {}, {}, set()
    while queue:
        path = queue.popleft()
        key = shape(path)
        if path in seen or shapes.get(key, 0) >= _A_SHAPE or any(w in path for w in ONLY_POSTED):
            continue
        seen.add(path)
        cache.clear()  # how often somebody may ask is another test's: a crawler asks often
        shapes[key] = shapes.get(key, 0) + 1
        answer = client.get(path)
        if answer.status_code >= 400 and answer.status_code != 405:
            broken[path] = answer.status_code
        if "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            for address in links(answer.content.decode(), f"http://localhost{path}"):
                where = urlsplit(address)
                if where.netloc == "localhost":
                    queue.append(where.path + (f"?{where.query}" if where.query else ""))
                elif where.scheme in {"http", "https"}:
                    outside.add(where.netloc)
        answer.close()
    figure(f"{role}: {len(seen)} pages of {len(shapes)} shapes crawled")
    assert broken == {}
    assert len(seen) > 10
