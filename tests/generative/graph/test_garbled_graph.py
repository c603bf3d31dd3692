"""Whatever Meta answers: a visit ends with an outcome, and a token is kept or refused."""

import pytest
from hypothesis import given, settings

from tests.lib.garbling import Garbling, garblings
from tests.lib.graph_fake import (
    READ,
    READ_INSTAGRAM,
    Account,
    Comment,
    GraphFake,
    Media,
    Page,
    Post,
    Token,
)
from tests.lib.nightly import scale
from tests.lib.visits import START, means, visit
from torg.collect.platforms import GRANTINGS, PLATFORMS
from torg.errors import OverBudget, TokenError, Unreachable
from torg.tokens import Secret

VISITS = [
    ("facebook", "1001", ["5001", "5002"]),
    ("instagram", "178401", ["CODE1", "CODE2"]),
]


def fake():
    comments = [Comment(f"5001_{n}", "Ja", START, parent="5001_0" if n else None) for n in range(3)]
    replies = [
        Comment(f"19{n}", "Ja", START, parent="190" if n else None, author="c") for n in range(3)
    ]
    media = [Media(f"17{n}", f"CODE{n}", START, comments=replies) for n in (1, 2)]
    account = Account("178401", "fjordvik", media=media)
    posts = [Post(f"500{n}", START, comments=comments) for n in (1, 2)]
    may = READ + READ_INSTAGRAM
    return GraphFake(
        pages=[Page("1001", "Fjordvik", posts=posts, instagram=account)],
        tokens={"own": Token("PAGE", ("1001",), may), "user": Token("USER", ("1001",), may)},
        others=[Account("178999", "skogby", media=media)],
    )


@pytest.mark.parametrize("what", ["profile", "posts", "replies", "counts", "presence"])
@pytest.mark.parametrize("asked", VISITS, ids=lambda asked: asked[0])
@settings(max_examples=scale(40, 2_000), deadline=None)
@given(garbling=garblings(calls=4))
def test_a_garbled_answer_ends_in_an_outcome(what, asked, garbling):
    platform, channel, subjects = asked
    call, place, shape = garbling
    send = Garbling(fake(), call=call, place=place, shape=shape)
    by = means(send, token=Secret("own"))
    try:
        batch = visit(PLATFORMS[platform], what, channel, subjects, by=by)
    except (OverBudget, Unreachable):
        return
    assert batch.visits.height >= 1
    assert batch.posts["native_id"].null_count() == batch.posts["published_at"].null_count() == 0
    assert batch.replies["native_id"].null_count() == 0


@pytest.mark.parametrize("what", ["profile", "posts", "counts", "presence"])
@settings(max_examples=scale(40, 2_000), deadline=None)
@given(garbling=garblings(calls=3))
def test_so_does_one_about_others(what, garbling):
    call, place, shape = garbling
    send = Garbling(fake(), call=call, place=place, shape=shape)
    by = means(send, token=Secret("own"))
    others = PLATFORMS["instagram"].otherwise
    try:
        batch = visit(others, what, "178999", ["CODE1"], by=by, handle="skogby")
    except (OverBudget, Unreachable):
        return
    assert batch.visits.height >= 1


@settings(max_examples=scale(80, 4_000), deadline=None)
@given(garbling=garblings(calls=4, places=40))
def test_a_token_is_kept_or_refused_in_plain_words(garbling):
    call, place, shape = garbling
    send = Garbling(fake(), call=call, place=place, shape=shape)
    granting = GRANTINGS["facebook"](means(send).door)
    try:
        held = granting.examine(Secret("user"), by="association")
    except (TokenError, Unreachable):
        return
    # Where the answer names no page at all there is none, which `connect` refuses.
    assert {one.grant.platform for one in held} <= {"facebook", "instagram"}
