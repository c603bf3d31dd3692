"""Calls that are counted: HEAD with GET, each address by itself."""

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def client(tmp_path):
    from django.core.cache import cache

    client = site_of(released(tmp_path))
    cache.clear()
    return client


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


def test_many_addresses_do_not_make_the_first_forgotten(client):
    for _ in range(30):
        client.get("/room/no-such-link")
    for n in range(1000):
        client.get("/room/no-such-link", REMOTE_ADDR=f"10.0.{n // 250}.{n % 250}")
    assert client.get("/room/no-such-link").status_code == 429
