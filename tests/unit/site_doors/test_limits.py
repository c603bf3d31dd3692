"""Calls that are counted: HEAD with GET, each address by itself."""

import re
from collections import defaultdict

import pytest

from tests.lib.site import released, site_of
from tests.repo.source import PACKAGE


@pytest.fixture
def client(tmp_path):
    return site_of(released(tmp_path))


def test_asking_for_heads_only_is_counted_too(client):
    said = [client.head("/room/no-such-link").status_code for _ in range(31)]
    assert set(said[:30]) == {404}
    assert said[30] == 429
    assert client.get("/room/no-such-link").status_code == 429


def test_who_says_to_come_from_elsewhere_is_counted_where_he_comes_from(client):
    said = [
        client.get("/room/no-such-link", headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code
        for n in range(31)
    ]
    assert said[30] == 429
    assert client.get("/room/no-such-link", REMOTE_ADDR="198.51.100.7").status_code == 404


def test_what_is_counted_together_has_one_limit():
    """Else sixty saves of a draft would use up the sixty beginnings of another."""
    rates = defaultdict(set)
    for path in (PACKAGE / "site").rglob("*.py"):
        for rate, scope in re.findall(r'@limited\(\s*"(.+?)", scope="(.+?)"', path.read_text()):
            rates[scope].add(rate)
    assert len(rates) > 20
    assert {scope for scope, said in rates.items() if len(said) > 1} == set()


def test_many_addresses_do_not_make_the_first_forgotten(client):
    for _ in range(30):
        client.get("/room/no-such-link")
    for n in range(1000):
        client.get("/room/no-such-link", REMOTE_ADDR=f"10.0.{n // 250}.{n % 250}")
    assert client.get("/room/no-such-link").status_code == 429


def from_(proxies, remote="203.0.113.9", said=None):
    """The address that a call is counted by, behind so many proxies."""
    from django.test import RequestFactory

    from torg.site.current import current_study, serve_study
    from torg.site.limits import came_from

    study = current_study()
    behind = study.model_copy(update={"site": study.site.model_copy(update={"proxies": proxies})})
    serve_study(behind)
    headers = {} if said is None else {"x-forwarded-for": said}
    try:
        return came_from(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))
    finally:
        serve_study(study)


@pytest.mark.parametrize(
    ("proxies", "said", "counted"),
    [
        (0, "192.0.2.1", "203.0.113.9"),
        (0, None, "203.0.113.9"),
        (1, None, "203.0.113.9"),
        (1, "", "203.0.113.9"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "10.0.0.1, 192.0.2.1", "192.0.2.1"),
        (2, "10.0.0.1, 192.0.2.1, 198.51.100.7", "192.0.2.1"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2::1", "2001:db8:1:2::/64"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
        (1, "fe80::1%eth0", "fe80::/64"),
        (1, "10.0.0.1, unknown", "unknown"),
    ],
)
def test_only_what_the_study_s_own_proxies_wrote_is_believed(client, proxies, said, counted):
    assert from_(proxies, said=said) == counted


def test_a_household_s_many_addresses_are_counted_as_one(client):
    said = [
        client.get("/room/no-such-link", REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code
        for n in range(31)
    ]
    assert said[30] == 429
    assert client.get("/room/no-such-link", REMOTE_ADDR="2001:db8:1:3::1").status_code == 404


def test_tries_to_sign_in_are_counted_by_the_same_address(client):
    from torg.site.accounts.models import Try

    for n in range(3):
        client.post(
            "/en/sign-in/", {"address": f"{n}@example.org", "password": "x"},
            REMOTE_ADDR=f"2001:db8:1:2::{n:x}", headers={"x-forwarded-for": f"192.0.2.{n}"},
        )  # fmt: skip
    assert Try.objects.filter(kind="address").values("key").distinct().count() == 1
