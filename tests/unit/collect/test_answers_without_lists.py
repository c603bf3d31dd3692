"""An answer of Meta's without the list that was asked for: nothing of it is taken for deleted."""

import json

import pytest

from tests.lib.visits import ends, means, visit
from torg.collect.platforms.facebook import FACEBOOK
from torg.collect.platforms.instagram import INSTAGRAM, INSTAGRAM_DISCOVERY
from torg.collect.transport import Answer
from torg.tokens import Secret

WHO = {"id": "178401", "username": "fjordvik", "name": "Fjordvik"}


def graph(found, *, lists):
    """A `send`: `found` of every node, and `lists` in place of every list."""

    def send(call):
        is_list = call.url.split("?")[0].endswith(("/media", "/comments", "/published_posts"))
        payload = lists if is_list else found
        return Answer(200, {}, json.dumps(payload).encode(), call.url)

    return means(send, token=Secret("own"))


@pytest.mark.parametrize("odd", [{}, {"data": None}, {"data": {}}, {"paging": {}}])
@pytest.mark.parametrize("what", ["counts", "presence", "replies"])
def test_instagrams_media(odd, what):
    batch = visit(INSTAGRAM, what, "178401", ["CODE1"], by=graph(WHO, lists=odd))
    assert batch.vanished.is_empty()
    assert {outcome for _, outcome, _ in ends(batch)} == {"failed"}


@pytest.mark.parametrize("odd", [{}, {"media": {}}, {"media": []}, {"media": {"data": None}}])
@pytest.mark.parametrize("what", ["counts", "presence", "posts"])
def test_media_of_others(odd, what):
    found = {"instagram_business_account": {"id": "1"}, "business_discovery": {**WHO, **odd}}
    by = graph(found, lists={})
    batch = visit(INSTAGRAM_DISCOVERY, what, "178401", ["CODE1"], by=by, handle="fjordvik")
    assert batch.vanished.is_empty()
    assert {outcome for _, outcome, _ in ends(batch)} == {"failed"}


def test_an_account_that_says_it_has_no_media_has_none():
    none = {**WHO, "media_count": 0}
    found = {"instagram_business_account": {"id": "1"}, "business_discovery": none}
    by = graph(found, lists={})
    batch = visit(INSTAGRAM_DISCOVERY, "counts", "178401", ["CODE1"], by=by, handle="fjordvik")
    assert [outcome for _, outcome, _ in ends(batch)] == ["gone"]


@pytest.mark.parametrize("what", ["replies", "posts"])
def test_facebooks_comments_and_posts(what):
    by = graph({"id": "1001"}, lists={})
    batch = visit(FACEBOOK, what, "1001", ["5"] if what == "replies" else [], by=by)
    assert batch.vanished.is_empty()
    assert [outcome for _, outcome, _ in ends(batch)] == ["failed"]
