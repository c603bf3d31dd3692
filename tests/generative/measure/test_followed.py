"""Whatever the files and runs: comments are followed as source by source, by plain loops."""

from types import SimpleNamespace

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.conversations import shared_engine
from tests.lib.nightly import scale
from tests.lib.slow_dialogue import followed_until
from torg.measure.clock import Transitions
from torg.measure.followed import reply_exports, with_following

HOUR = 3600
CHANNELS = {"a": 0, "b": 1}
INSTANT = pl.Datetime("us", "UTC")

# Reply n stands under post n // 3, and posts belong to channels by turns.
places = {reply: ("ab"[reply // 3 % 2], reply // 3) for reply in range(24)}
held = st.sets(st.sampled_from(sorted(places)), min_size=1, max_size=10)
instants = st.integers(0, 40).map(lambda hours: hours * HOUR)
posts = st.sets(st.integers(0, 7), max_size=4)
holding = held.map(lambda replies: {reply: places[reply] for reply in sorted(replies)})
file = st.fixed_dictionaries(
    {"kind": st.just("file"), "exported": instants, "holds": holding, "asked": st.just({})}
)
run = st.fixed_dictionaries(
    {
        "kind": st.just("run"),
        "exported": instants,
        "holds": st.just({}) | holding,
        "asked": posts.map(lambda asked: {post: "ab"[post % 2] for post in sorted(asked)}),
    }
)
taken = st.lists(file | run, min_size=1, max_size=6)


@settings(max_examples=scale(25, 500), deadline=None, suppress_health_check=list(HealthCheck))
@given(taken, st.integers(0, 40).map(lambda hours: hours * HOUR))
def test_following_agrees_with_loops_over_the_sources(drawn, since):
    engine = shared_engine()
    sources, stored = _archived(drawn)
    replies = engine.table(stored)
    listed = _listed(drawn)
    reading = SimpleNamespace(sources=sources, listed_replies=lambda: listed)
    exports = reply_exports(reading, replies, engine.table(POSTS), engine)
    followed = with_following(
        replies.drop("source_id", "platform", "channel"),
        exports,
        pl.DataFrame(
            [("facebook", name, number) for name, number in CHANNELS.items()],
            {"platform": pl.String, "channel": pl.String, "channel_no": pl.Int32},
            orient="row",
        ),
        since_s=since,
        offsets=Transitions(first=2 * HOUR, changes=()),
        engine=engine,
    )
    found = engine.fetch(followed)
    assert dict(found.select("reply_key", "observed_until_s").iter_rows()) == followed_until(
        drawn, since=since
    )
    assert found["reply_key"].is_unique().all()
    assert (found["observed_until_local_s"] - found["observed_until_s"]).is_in([2 * HOUR]).all()


def _archived(drawn):
    """The sources, and the replies as the archive keeps them: each with the first that held it."""
    sources, stored, known = [], [], set()
    for number, file in enumerate(drawn):
        name = f"{number:04}"
        at = file["exported"] * 1_000_000
        sources.append((name, file["kind"], len(file["holds"]), at))
        for reply, (channel, post) in file["holds"].items():
            if reply not in known:
                known.add(reply)
                place = (name, "facebook", channel, CHANNELS[channel])
                stored.append((*place, reply, post, file["exported"]))
    columns = {"source_id": pl.String, "kind": pl.String}
    columns |= {"rows_accepted": pl.Int64, "exported_at": pl.Int64}
    texts = dict.fromkeys(("source_id", "platform", "channel"), pl.String)
    numbers = dict.fromkeys(("reply_key", "post_key", "exported_s"), pl.Int64)
    return (
        pl.DataFrame(sources, columns, orient="row").with_columns(
            pl.col("exported_at").cast(INSTANT)
        ),
        pl.DataFrame(stored, {**texts, "channel_no": pl.Int32, **numbers}, orient="row"),
    )


POSTS = pl.DataFrame(
    [("facebook", "ab"[post % 2], f"p{post}", post) for post in range(8)],
    {**dict.fromkeys(("platform", "channel", "native_id"), pl.String), "post_key": pl.Int64},
    orient="row",
)


def _listed(drawn):
    """What a reading says of the sources that had lists of replies."""
    rows = []
    for number, source in enumerate(drawn):
        about = (f"{number:04}", "facebook")
        at = source["exported"] * 1_000_000
        if source["kind"] == "file":
            channels = sorted({channel for channel, _ in source["holds"].values()})
            rows += [(*about, channel, None, at) for channel in channels]
        rows += [(*about, channel, f"p{post}", at) for post, channel in source["asked"].items()]
    texts = dict.fromkeys(("source_id", "platform", "channel", "subject"), pl.String)
    frame = pl.DataFrame(rows, {**texts, "visited_at": pl.Int64}, orient="row")
    return frame.with_columns(pl.col("visited_at").cast(INSTANT))
