"""Whatever was written and seen when: the weeks equal those of the slow, obvious twin."""

import datetime as dt
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.drawn_archive import DrawnReading, register, source, study
from tests.lib.nightly import scale
from tests.lib.slow_weeks import weeks
from torg.measure import observe

START, END = dt.date(2024, 3, 21), dt.date(2024, 4, 17)  # Oslo's clock moves on 31 March
FIRST = dt.datetime(2024, 3, 18, tzinfo=dt.UTC)
moments = st.integers(0, 32 * 86_400).map(lambda s: FIRST + dt.timedelta(seconds=s))
looks = st.integers(4 * 86_400, 40 * 86_400).map(lambda s: FIRST + dt.timedelta(seconds=s))
days = st.integers(0, 30).map(lambda n: START + dt.timedelta(days=n))

channel = st.fixed_dictionaries(
    {
        "since": st.just(dt.date(2020, 1, 1)) | days,
        "looked": looks,
        "platform": st.sampled_from(["facebook", "instagram"]),
        "posts": st.lists(
            st.tuples(moments, st.none() | st.integers(0, 9)), min_size=1, max_size=6
        ),
        "replies": st.lists(st.tuples(moments, st.booleans(), st.booleans()), max_size=6),
    }
)


@settings(max_examples=scale(4, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(channel, min_size=1, max_size=2), min_size=1, max_size=5))
def test_equal_to_the_slow_twin(towns):
    rows = {"posts": [], "snapshots": [], "replies": [], "sources": []}
    known, told = [], []
    for town, channels in enumerate(towns):
        told.append({})
        for number, each in enumerate(channels):
            name = f"{town}{number}"
            known.append((str(town), each["platform"], name, {"valid_from": each["since"]}))
            told[-1][name] = (each["since"], None, [each["looked"]])
            _write(rows, name, each)
    with tempfile.TemporaryDirectory() as folder:
        fast = observe(
            DrawnReading(Path(folder), rows),
            register(*known, municipalities=[(str(n), 2000) for n in range(len(towns))]),
            study(str(START), str(END)),
            threads=2,
        ).by_week
    for town, channels in enumerate(towns):
        _agree(fast.filter(municipality=str(town)), told[town], channels, town)


def _write(rows, name, each):
    """The channel's rows, as one source of its own brought them."""
    at = {"source_id": name, "platform": each["platform"], "channel": name}
    rows["sources"].append(source(name, exported=each["looked"]))
    keys = range(int(name) * 100, int(name) * 100 + 100)
    for key, (published, reactions) in zip(keys, each["posts"], strict=False):
        own = {"post_key": key, "native_id": str(key), "id_space": "post"}
        rows["posts"].append({**at, **own, "published_at": published})
        if reactions is not None:
            read = {"source_id": name, "post_key": key, "read_at": each["looked"]}
            rows["snapshots"].append({**read, "read_at_is_bound": False, "reactions": reactions})
    for key, (published, is_owner, is_top) in zip(keys, each["replies"], strict=False):
        own = {"reply_key": key, "native_id": f"r{key}", "id_space": "reply", "post_key": keys[0]}
        said = {"is_owner": is_owner, "parent_key": None if is_top else 10**9}
        rows["replies"].append({**at, **own, **said, "published_at": published})


def _agree(found, known, channels, town):
    names = [f"{town}{number}" for number in range(len(channels))]
    both = list(zip(names, channels, strict=True))
    slow = weeks(
        [
            (name, at, each["platform"], reactions)
            for name, each in both
            for at, reactions in each["posts"]
        ],
        [
            (name, at, owner, top, each["looked"])
            for name, each in both
            for at, owner, top in each["replies"]
        ],
        known,
        start=START,
        end=END,
        zone="Europe/Oslo",
    )
    columns = ("posts", "reactions", "reactions_of", "comments", "owner_replies")
    told = found.select("week", "days", *columns)
    fast = {monday: tuple(rest) for monday, *rest in told.iter_rows()}
    assert fast == slow
    for name in ("posts", "reactions", "comments", "owner_replies"):
        is_there, has_reason = pl.col(name).is_not_null(), pl.col(f"{name}_missing").is_not_null()
        assert found.filter(is_there == has_reason).is_empty()
