"""Whatever a network does: both wires and the sieve keep what a slow, obvious reader keeps."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.bluesky_fake import KARI, OLA, TOWN, as_jetstream, as_repos, later, uri, written
from tests.lib.nightly import scale
from torg.collect.platforms.bluesky import WIRES, Gathering, Sieve, StreamError

CITY = "did:web:city.example"
FOLLOWED = frozenset({TOWN, CITY})
MAKE = {"jetstream": as_jetstream, "repos": as_repos}

people = st.sampled_from([TOWN, CITY, OLA, KARI])
keys = st.sampled_from(["a", "b", "c"])
addresses = st.builds(uri, people, keys)
texts = st.text(max_size=20) | st.builds(lambda did: f"se {did}, og mer", people)
records = st.builds(
    lambda text, ends: written(text, **ends),
    texts,
    st.just({}) | st.fixed_dictionaries({"under": addresses, "root": addresses}),
)
posts = st.tuples(st.sampled_from(["create", "update"]), people, keys, records)
deletes = st.tuples(st.just("delete"), people, keys, st.none())
events = st.lists(posts | deletes, max_size=12)


def plainly(told):
    """What is kept, by looking at every event and remembering the last word of each address."""
    posts, replies, gone = {}, {}, set()
    for kind, did, key, record in told:
        address = uri(did, key)
        if kind == "delete":
            known = address in posts or address in replies
            for rows in (posts, replies):
                if address in rows:
                    rows[address] = None
            if did in FOLLOWED or known:
                gone.add(address)
        elif "reply" not in record:
            if did in FOLLOWED:
                posts[address] = record["text"]
        elif record["reply"]["root"]["uri"].split("/")[2] in FOLLOWED:
            replies[address] = record["text"]
    return posts, replies, gone


@settings(max_examples=scale(200, 10_000), deadline=None)
@given(events, st.sampled_from(sorted(WIRES)))
def test_the_sieve_keeps_what_a_slow_reader_keeps(told, name):
    wire = WIRES[name]
    passes = Sieve(FOLLOWED, wire).test()
    kept = Gathering(FOLLOWED, lambda _uri: None, now=lambda: later(1000))
    for minute, event in enumerate(told):
        frame = MAKE[name](*event, at=later(minute))
        if passes(frame):
            kept.take(wire.read(frame))
    batch = kept.batch()
    assert (
        dict(batch.posts.select("native_id", "text").iter_rows()),
        dict(batch.replies.select("native_id", "text").iter_rows()),
        set(batch.vanished["native_id"]),
    ) == plainly(told)


@settings(max_examples=scale(200, 10_000), deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(WIRES)))
def test_no_bytes_are_too_odd_for_a_wire(frame, name):
    wire = WIRES[name]
    passes = Sieve(FOLLOWED, wire).test()
    assert passes(frame) in (True, False)
    with suppress(StreamError):
        assert all(event.did for event in wire.read(frame))
    assert wire.cursor(frame) is None or wire.cursor(frame).lstrip("-").isdigit()
