"""Bluesky answers saved as files: the records that the live network gives, in both spellings."""

import json

import pytest

from tests.lib.bluesky_fake import (
    HOST,
    KARI,
    OLA,
    TOWN,
    FakeView,
    feed,
    lookup,
    node,
    shown,
    uri,
    written,
)
from tests.lib.exports import read
from tests.lib.visits import means, visit
from torg.collect import KnownChannels
from torg.collect.platforms.bluesky import bluesky

POST, ASKED, ANSWERED = uri(TOWN, "p"), uri(OLA, "q"), uri(TOWN, "a")
BY_ID = KnownChannels(tongues={("bluesky", TOWN): ("nb",)})
BY_HANDLE = KnownChannels(tongues={("bluesky", "@town.example"): ("nb",)})


def said(address, text, *, under, **further):
    handle = "town.example" if TOWN in address else "ola.example"
    return shown(address, written(text, under=under, root=POST), handle=handle, **further)


def snake(value):
    """As the Python client writes answers down."""
    if isinstance(value, dict):
        return {_snake(key): snake(one) for key, one in value.items()}
    return [snake(one) for one in value] if isinstance(value, list) else value


def _snake(key):
    if key == "$type":
        return "py_type"
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)


def saved(tmp_path, answer, *, known=BY_ID, name="bluesky_2026-03-01-12-00-00-UTC.json"):
    return read(tmp_path / name, json.dumps(answer).encode(), known=known)


FEED = {
    "feed": [
        {"post": shown(POST, written("Ny bru!"), likes=3, replies=1)},
        {"post": shown(uri(TOWN, "o"), written("Åpent hus", at="2026-02-01T10:00:00Z"))},
    ],
    "cursor": "x",
}
THREAD = {
    "thread": node(
        shown(POST, written("Ny bru!"), replies=1),
        node(
            said(ASKED, "Når åpner den?", under=POST, replies=1, likes=2),
            node(said(ANSWERED, "Mandag.", under=ASKED)),
        ),
    )
}


@pytest.mark.parametrize("spelt", [lambda answer: answer, snake])
def test_a_saved_feed_has_the_posts_that_a_visit_gives(tmp_path, spelt):
    pages = feed([entry["post"] for entry in FEED["feed"]])
    live = visit(
        bluesky(host=HOST), "posts", TOWN, by=means(FakeView({"getAuthorFeed": pages}))
    ).posts
    file = saved(tmp_path, spelt(FEED))
    assert file.rejects.is_empty()
    same = [name for name in live.columns if name not in ("line", "read_at", "read_at_is_bound")]
    assert file.posts.select(same).sort("native_id").equals(live.select(same).sort("native_id"))


@pytest.mark.parametrize("spelt", [lambda answer: answer, snake])
def test_a_saved_thread_has_the_post_and_its_whole_tree(tmp_path, spelt):
    batch = saved(tmp_path, spelt(THREAD))
    assert batch.posts["native_id"].to_list() == [POST]
    columns = ("native_id", "post_native_id", "parent_native_id", "author", "is_owner", "reactions")
    assert batch.replies.select(columns).rows() == [
        (ASKED, POST, None, OLA, False, 2),
        (ANSWERED, POST, ASKED, TOWN, True, 0),
    ]


def test_posts_one_a_line(tmp_path):
    posts = [shown(POST, written("Ny bru!"), likes=3), said(ASKED, "Når?", under=POST)]
    content = "".join(json.dumps(snake(one)) + "\n" for one in posts).encode()
    batch = read(tmp_path / "posts.ndjson", content, known=BY_ID)
    assert batch.posts["native_id"].to_list() == [POST]
    assert batch.replies["native_id"].to_list() == [ASKED]


def test_the_register_may_know_the_channel_by_its_handle_only(tmp_path):
    batch = saved(tmp_path, FEED, known=BY_HANDLE)
    assert set(batch.posts["channel"]) == {TOWN}


def test_citizens_posts_do_not_enter_and_nothing_of_them_is_kept(tmp_path):
    ours = shown(POST, written("Ny bru!"))
    theirs = shown(uri(KARI, "k"), written("Her bor jeg"), handle="kari.example")
    elsewhere = shown(uri(OLA, "r"), written("Hei", under=uri(KARI, "k")), handle="ola.example")
    repost = {"post": theirs, "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}}
    batch = saved(
        tmp_path, {"feed": [{"post": ours}, {"post": theirs}, {"post": elsewhere}, repost]}
    )
    assert batch.posts["native_id"].to_list() == [POST]
    assert batch.replies.is_empty()
    assert batch.rejects.height == 3
    assert not any(word in str(batch.rejects.rows()) for word in ("bor", "kari", KARI, OLA))


def test_a_file_and_the_network_are_one_post(tmp_path):
    view = shown(POST, written("Ny bru!"), likes=9)
    live = visit(
        bluesky(host=HOST), "counts", TOWN, [POST], by=means(FakeView({"getPosts": lookup(view)}))
    ).posts
    file = saved(tmp_path, {"posts": [view]}).posts
    identity = ("platform", "channel", "native_id", "id_space")
    assert file.select(identity).rows() == live.select(identity).rows()
