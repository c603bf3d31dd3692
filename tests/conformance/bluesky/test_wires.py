"""Both of Bluesky's streams tell the same, and their cursors lead back to where they were."""

import pytest

from tests.lib.bluesky_fake import (
    KARI,
    OLA,
    TOWN,
    as_jetstream,
    as_refused,
    as_repos,
    later,
    uri,
    written,
)
from tests.lib.visits import START
from torg.collect.platforms.bluesky import JETSTREAM, REPOS, WIRES, Gathering, Sieve, StreamError

POST = uri(TOWN, "p")
HELD, CHILD = uri(KARI, "held"), uri(KARI, "k")

# What happens, and what comes of it where only TOWN is followed and HELD is kept.
HAPPENS = {
    "a post of ours": ("create", TOWN, "p", written("Ny bru!")),
    "an edit of ours": ("update", TOWN, "p", written("Ny bro!")),
    "a post taken back": ("delete", TOWN, "p", None),
    "a reply to us": ("create", OLA, "r", written("Når?", under=POST)),
    "a reply to a reply to us": ("create", OLA, "s", written("Ja", under=CHILD, root=POST)),
    "our answer under our post": ("create", TOWN, "t", written("Nå", under=POST)),
    "our answer elsewhere": ("create", TOWN, "u", written("Hei", under=uri(OLA, "o"))),
    "an answer to our answer elsewhere": (
        "create", OLA, "v", written("Hei", under=uri(TOWN, "u"), root=uri(OLA, "o")),
    ),
    "somebody mentions us": ("create", OLA, "m", written(f"Se {TOWN}")),
    "somebody's post": ("create", OLA, "x", written("Hei")),
    "a kept reply taken back": ("delete", KARI, "held", None),
    "another post taken back": ("delete", KARI, "other", None),
    "our new handle": ("handle", TOWN, None, "New.example"),
    "another's new handle": ("handle", OLA, None, "ola.example"),
    "our account closed": ("account", TOWN, None, "deactivated"),
    "our account suspended": ("account", TOWN, None, "suspended"),
    "another's account deleted": ("account", OLA, None, "deleted"),
    "a record that is no post": ("create", TOWN, "y", {"$type": "app.bsky.feed.post", "text": 5}),
}  # fmt: skip

COMES = {
    "a post of ours": ("posts", [(POST, "Ny bru!", None)]),
    "an edit of ours": ("posts", [(POST, "Ny bro!", START)]),
    "a post taken back": ("vanished", [(POST, "post", "said")]),
    "a reply to us": ("replies", [(uri(OLA, "r"), None, OLA, False)]),
    "a reply to a reply to us": ("replies", [(uri(OLA, "s"), CHILD, OLA, False)]),
    "our answer under our post": ("replies", [(uri(TOWN, "t"), None, TOWN, True)]),
    "a kept reply taken back": ("vanished", [(HELD, "reply", "said")]),
    "our new handle": ("visits", [(TOWN, "stream", "new.example")]),
    "our account closed": ("vanished", [(None, "channel", "said")]),
    "a record that is no post": ("posts", [(uri(TOWN, "y"), None, None)]),
}

COLUMNS = {
    "posts": ("native_id", "text", "edited_at"),
    "replies": ("native_id", "parent_native_id", "author", "is_owner"),
    "vanished": ("native_id", "what", "basis"),
    "visits": ("channel", "what", "handle"),
}

FRAMES = {"jetstream": as_jetstream, "repos": as_repos}


@pytest.fixture(params=WIRES)
def wire(request):
    return WIRES[request.param]


def gathered(wire, *frames):
    """What is kept of frames, through the sieve as listening goes."""
    passes = Sieve(frozenset({TOWN}), wire).test()
    kept = Gathering(frozenset({TOWN}), {HELD: TOWN}.get, now=lambda: later(60))
    for frame in frames:
        if passes(frame):
            kept.take(wire.read(frame))
    return kept.batch()


@pytest.mark.parametrize("what", HAPPENS)
def test_what_comes_of_an_event(wire, what):
    batch = gathered(wire, FRAMES[wire.name](*HAPPENS[what]))
    table, rows = COMES.get(what, (None, []))
    found = {name: getattr(batch, name).select(COLUMNS[name]).rows() for name in COLUMNS}
    assert found == {name: rows if name == table else [] for name in COLUMNS}


def test_a_post_edited_before_it_was_committed_has_its_last_words(wire):
    make = FRAMES[wire.name]
    batch = gathered(
        wire,
        make(*HAPPENS["a post of ours"]),
        make(*HAPPENS["an edit of ours"], at=later(1)),
    )
    assert batch.posts.select("text", "edited_at").rows() == [("Ny bro!", later(1))]


@pytest.mark.parametrize("what", ["a post of ours", "a reply to us"])
def test_what_is_taken_back_before_it_was_committed_leaves_no_words(wire, what):
    make, (_, did, key, _) = FRAMES[wire.name], HAPPENS[what]
    batch = gathered(wire, make(*HAPPENS[what]), make("delete", did, key, None))
    (table,) = (frame for frame in (batch.posts, batch.replies) if frame.height)
    assert table["text"].to_list() == [None]
    assert batch.replies["author"].to_list() in ([], [None])
    assert batch.vanished["native_id"].to_list() == [uri(did, key)]
    assert batch.vanished["channel"].to_list() == [TOWN]


def test_a_moment_of_the_future_is_now(wire):
    batch = gathered(wire, FRAMES[wire.name](*HAPPENS["a post of ours"], at=later(600)))
    assert batch.posts["read_at"].to_list() == [later(60)]


def test_a_cursor_leads_back(wire):
    frame = FRAMES[wire.name](*HAPPENS["a post of ours"], at=later(1))
    cursor = wire.cursor(frame)
    assert wire.address("wss://x.example/", cursor).endswith(f"cursor={cursor}")
    assert "cursor" not in wire.address("wss://x.example", None)
    assert int(cursor) > int(wire.cursor(FRAMES[wire.name](*HAPPENS["a post of ours"])))


@pytest.mark.parametrize(
    "frame", [b"", b"{}", b"\xff", b"[" * 5000, b"null", b'{"did":1}', b"\xa1bop", b"\xa0\xa0"]
)
def test_a_garbled_frame_is_passed_over(wire, frame):
    assert list(wire.read(frame)) == []
    assert wire.cursor(frame) is None


def test_jetstream_is_asked_for_posts_alone():
    assert JETSTREAM.address("wss://x.example", None) == (
        "wss://x.example/subscribe?wantedCollections=app.bsky.feed.post"
    )


def test_a_server_that_will_not_go_on_says_why():
    with pytest.raises(StreamError, match="FutureCursor"):
        list(REPOS.read(as_refused("FutureCursor")))


def test_an_account_with_a_name_of_another_kind_is_seen_too(wire):
    did = "did:web:town.example"
    passes = Sieve(frozenset({TOWN, did}), wire).test()
    assert passes(FRAMES[wire.name]("create", did, "p", written("Hei")))
    assert not passes(FRAMES[wire.name]("create", OLA, "p", written("Hei")))
