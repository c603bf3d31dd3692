"""Bluesky: whole trees of replies, counts of many posts at once, and what is there no more."""

import pytest

from tests.lib.bluesky_fake import (
    HOST,
    KARI,
    OLA,
    TOWN,
    FakeView,
    lookup,
    node,
    refusal,
    shown,
    uri,
    written,
)
from tests.lib.visits import START, ends, means, visit
from torg.collect.platforms.bluesky import bluesky

BLUESKY = bluesky(host=HOST)
POST, ASKED, ANSWERED, THANKS = uri(TOWN, "p"), uri(OLA, "q"), uri(TOWN, "a"), uri(OLA, "t")


def said(address, text, *, under, **further):
    return shown(address, written(text, under=under, root=POST), **further)


def replies(*threads, subjects=(POST,), **task):
    """Threads by the address that is asked for."""
    by = {thread["post"]["uri"]: thread for thread in threads}
    view = FakeView({"getPostThread": lambda params: {"thread": by[params["uri"][0]]}})
    return visit(BLUESKY, "replies", TOWN, subjects, by=means(view), **task), view


def test_replies_to_replies_with_who_answered_whom():
    """
    Ny bru!
    └── Når åpner den?          by a citizen
        └── Mandag.             by the town itself
            └── Takk!
    """
    tree = node(
        shown(POST, written("Ny bru!"), replies=1),
        node(
            said(ASKED, "Når åpner den?", under=POST, replies=1, likes=2),
            node(
                said(ANSWERED, "Mandag.", under=ASKED, replies=1),
                node(said(THANKS, "Takk!", under=ANSWERED)),
            ),
        ),
    )
    batch, _ = replies(tree)
    columns = ("native_id", "post_native_id", "parent_native_id", "author", "is_owner", "reactions")
    assert batch.replies.select(columns).rows() == [
        (ASKED, POST, None, OLA, False, 2),
        (ANSWERED, POST, ASKED, TOWN, True, 0),
        (THANKS, POST, ANSWERED, OLA, False, 0),
    ]
    assert set(batch.replies["channel"]) == {TOWN}
    assert ends(batch) == [(POST, "ok", None)]


def test_a_thread_that_the_view_cut_is_asked_for_further_down():
    deep = said(ASKED, "Når?", under=POST, replies=1)
    batch, view = replies(
        node(shown(POST, written("Ny bru!"), replies=1), {"post": deep}),
        node(deep, node(said(ANSWERED, "Mandag.", under=ASKED))),
    )
    assert batch.replies["native_id"].to_list() == [ASKED, ANSWERED]
    assert [params["uri"] for _, params in view.calls] == [[POST], [ASKED]]
    assert ends(batch) == [(POST, "ok", None)]


def test_a_reply_that_is_counted_and_not_shown_is_not_there_for_us():
    """Its author has left, or is blocked: the listing is whole all the same."""
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri(KARI, "x"), "blocked": True}
    missing = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(KARI, "y"), "notFound": True}
    batch, _ = replies(
        node(
            shown(POST, written("Ny bru!"), replies=3),
            node(said(ASKED, "Når?", under=POST)),
            blocked,
            missing,
        )
    )
    assert batch.replies["native_id"].to_list() == [ASKED]
    assert ends(batch) == [(POST, "ok", None)]


def test_a_large_thread_with_gaps_is_not_called_whole():
    many = [node(said(uri(OLA, f"r{n}"), "ja", under=POST)) for n in range(250)]
    batch, _ = replies(node(shown(POST, written("Ny bru!"), replies=900), *many))
    assert batch.replies.height == 250
    assert batch.visits["outcome"].to_list() == ["partial"]


def test_a_thread_of_a_thousand_levels_is_walked():
    views = [shown(POST, written("0"), replies=1)]
    for level in range(1, 1000):
        under = views[-1]["uri"]
        views.append(said(uri(OLA, f"r{level}"), "x", under=under, replies=int(level < 999)))

    def thread(params):
        at = next(n for n, view in enumerate(views) if view["uri"] == params["uri"][0])
        tree = {"post": views[min(at + 60, 999)]}
        for view in reversed(views[at : min(at + 60, 999)]):
            tree = node(view, tree)
        return {"thread": tree}

    view = FakeView({"getPostThread": thread})
    batch = visit(BLUESKY, "replies", TOWN, [POST], by=means(view))
    assert batch.replies.height == 999
    assert ends(batch) == [(POST, "ok", None)]


def test_an_answer_about_another_post_is_not_taken():
    other = node(shown(uri(TOWN, "z"), written("x")))
    view = FakeView({"getPostThread": {"thread": other}})
    batch = visit(BLUESKY, "replies", TOWN, [POST], by=means(view))
    assert batch.replies.is_empty()
    assert batch.visits.select("subject", "outcome").rows() == [(POST, "failed")]


@pytest.mark.parametrize(
    ("answer", "outcome", "vanished"),
    [
        (refusal("NotFound", "Post not found"), "gone", [(POST, "post", "missing")]),
        ({"thread": {"uri": POST, "notFound": True}}, "gone", [(POST, "post", "missing")]),
        ({"thread": {"uri": POST, "blocked": True}}, "refused", []),
        (refusal("InvalidRequest", "what?"), "failed", []),
        ({}, "failed", []),
    ],
)
def test_a_post_whose_thread_is_not_shown(answer, outcome, vanished):
    view = FakeView({"getPostThread": answer})
    batch = visit(BLUESKY, "replies", TOWN, [POST], by=means(view))
    assert batch.visits.select("subject", "outcome").rows() == [(POST, outcome)]
    assert batch.vanished.select("native_id", "what", "basis").rows() == vanished


def test_counts_of_posts_and_which_of_them_have_vanished():
    there, gone = shown(POST, written("Ny bru!"), likes=7), uri(TOWN, "gone")
    view = FakeView({"getPosts": lookup(there)})
    batch = visit(BLUESKY, "counts", TOWN, [POST, gone], by=means(view))
    assert batch.posts.select("native_id", "reactions", "read_at").rows() == [(POST, 7, START)]
    assert batch.vanished.select("native_id", "what", "basis").rows() == [(gone, "post", "missing")]
    assert ends(batch) == [(POST, "ok", None), (gone, "gone", "The network has no such post.")]


def test_what_seems_to_be_gone_is_asked_for_a_second_time():
    there = shown(POST, written("Ny bru!"))
    answers = iter([{"posts": []}, {"posts": [there]}])
    view = FakeView({"getPosts": lambda _params: next(answers)})
    batch = visit(BLUESKY, "counts", TOWN, [POST], by=means(view))
    assert batch.vanished.is_empty()
    assert batch.posts.height == 1


def test_posts_are_asked_for_twenty_five_at_a_time():
    views = [shown(uri(TOWN, f"p{n}"), written("x")) for n in range(60)]
    fake = FakeView({"getPosts": lookup(*views)})
    batch = visit(BLUESKY, "counts", TOWN, [view["uri"] for view in views], by=means(fake))
    assert [len(params["uris"]) for _, params in fake.calls] == [25, 25, 10]
    assert batch.posts.height == 60


def test_a_view_that_does_not_answer_says_nothing_about_what_is_there():
    view = FakeView({"getPosts": refusal("InvalidRequest", "what?")})
    batch = visit(BLUESKY, "counts", TOWN, [POST], by=means(view))
    assert batch.vanished.is_empty()
    assert batch.visits.select("subject", "outcome").rows() == [(POST, "failed")]


@pytest.mark.parametrize(("of", "gone"), [("posts", uri(TOWN, "g")), ("replies", uri(OLA, "g"))])
def test_presence_tells_only_what_is_missing(of, gone):
    kind = "post" if of == "posts" else "reply"
    view = FakeView({"getPosts": lookup(shown(POST, written("x")))})
    batch = visit(BLUESKY, "presence", TOWN, [POST, gone], by=means(view), of=of)
    assert batch.posts.is_empty()
    assert batch.vanished.select("native_id", "what").rows() == [(gone, kind)]
    assert ends(batch) == [(None, "ok", None)]
