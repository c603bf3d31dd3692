"""Whatever the posts, readings and audience: the measures equal those of the slow, obvious twin."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.drawn_archive import DrawnReading, register, source, study
from tests.lib.slow_measures import measures
from torg.measure import observe

START, END = dt.date(2024, 3, 21), dt.date(2024, 4, 9)  # Oslo's clock moves on 31 March
FIRST = dt.datetime(2024, 3, 18, tzinfo=dt.UTC)
counts = st.none() | st.integers(0, 50)
moments = st.integers(0, 26 * 86_400).map(lambda s: FIRST + dt.timedelta(seconds=s))
ages = st.integers(0, 14 * 24).map(lambda h: dt.timedelta(hours=h))

posts = st.lists(
    st.fixed_dictionaries(
        {
            "published_at": moments,
            "type": st.sampled_from([None, "photo", "album", "live", "link", "text", "event"]),
            "followers": st.none() | st.integers(0, 3000),
            "readings": st.lists(
                st.tuples(ages, st.booleans(), counts, counts, counts), max_size=3
            ),
        }
    ),
    max_size=12,
)
audiences = st.lists(
    st.fixed_dictionaries(
        {
            "read_at": moments,
            "followers": st.integers(0, 3000),
            "kind": st.sampled_from(["followers", "likes"]),
        }
    ),
    max_size=4,
    unique_by=lambda reading: (reading["read_at"], reading["kind"]),
)


places = st.lists(
    st.tuples(posts, audiences, st.none() | st.integers(0, 5000)), min_size=1, max_size=12
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(places)
def test_equal_to_the_slow_twin(drawn):
    archives = [_archive(str(n), *place[:2]) for n, place in enumerate(drawn)]
    rows = {name: [row for a in archives for row in a[name]] for name in archives[0]}
    with tempfile.TemporaryDirectory() as folder:
        fast = observe(
            DrawnReading(Path(folder), {**rows, "sources": [source()]}),
            register(
                *((str(n), "facebook", str(n)) for n in range(len(drawn))),
                municipalities=[(str(n), place[2]) for n, place in enumerate(drawn)],
            ),
            study(str(START), str(END)),
            threads=2,
        ).rows
    for n, place in enumerate(drawn):
        whole = fast.filter(fast["platform"].is_null(), fast["municipality"] == str(n))
        _agree(dict(whole.select("measure", "value").iter_rows()), archives[n], place)


def _agree(found, archive, place):
    if not archive["posts"] and not place[1]:
        assert found["posts"] is None  # never collected: missing, not zero
        return
    slow = measures(
        archive["posts"],
        archive["snapshots"],
        place[1],
        start=START,
        end=END,
        zone="Europe/Oslo",
        people=place[2],
    )
    for measure, value in slow.items():
        wanted = None if value is None else pytest.approx(value, rel=1e-12)
        assert found[measure] == wanted, measure


def _archive(channel, drawn_posts, audience):
    owned = {"source_id": "a", "platform": "facebook", "channel": channel}
    kept, snapshots = [], []
    for key, post in enumerate(drawn_posts, start=1000 * int(channel)):
        kept.append({**post, **owned, "post_key": key, "native_id": str(key), "id_space": "post"})
        ages_seen = set()
        for age, bound, reactions, comments, shares in post["readings"]:
            if age in ages_seen:
                continue
            ages_seen.add(age)
            snapshots.append(
                {
                    "source_id": "a",
                    "post_key": key,
                    "read_at": post["published_at"] + age,
                    "read_at_is_bound": bound,
                    "reactions": reactions,
                    "comments": comments,
                    "shares": shares,
                }
            )
    return {
        "posts": kept,
        "snapshots": snapshots,
        "audience": [{**reading, **owned} for reading in audience],
    }
