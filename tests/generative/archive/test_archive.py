"""Any files in any order: the archive holds what an obvious twin holds."""

import datetime as dt
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.lib.archives import archive_in, rows
from tests.lib.records import POSTS, batch
from tests.lib.sources import put

MOMENTS = [dt.datetime(2020, month, 1, tzinfo=dt.UTC) for month in (1, 2)]
COUNT = st.none() | st.integers(0, 2)


@st.composite
def files(draw):
    """Contents of a file (a small number says which), the options, and its rows."""
    content = draw(st.integers(0, 2))
    options = draw(st.sampled_from(["{}", '{"x": 1}']))
    row = st.tuples(st.sampled_from("abc"), st.sampled_from(MOMENTS), COUNT, COUNT)
    return content, options, tuple(draw(st.lists(row, max_size=6)))


def told(rows_, cut):
    """The rows as two batches."""
    made = [
        {
            "line": line,
            "platform": "facebook",
            "channel": "1",
            "id_space": "post",
            "native_id": name,
            "read_at": at,
            "read_at_is_bound": False,
            "reactions": reactions,
            "comments": comments,
        }
        for line, (name, at, reactions, comments) in enumerate(rows_, start=2)
    ]
    parts = (made[:cut], made[cut:])
    return [batch(pl.DataFrame(part, schema=POSTS)) for part in parts]


class Twin:
    """The files that count, the latest of each content; everything is worked out anew."""

    def __init__(self):
        self.files = []

    def put(self, content, options, rows_):
        """How many readings are new to those of the other files; None if nothing changes."""
        if (content, options) in [file[:2] for file in self.files]:
            return None
        self.files = [file for file in self.files if file[0] != content]
        others = self.readings()
        self.files.append((content, options, rows_))
        return len(self.readings().keys() - others.keys())

    def posts(self):
        return {name for _, _, rows_ in self.files for name, *_ in rows_}

    def readings(self):
        largest = {}
        for _, _, rows_ in self.files:
            for name, at, *counts in rows_:
                order = tuple(-1 if count is None else count for count in counts)
                largest[name, at] = max(largest.get((name, at), order), order)
        return largest


# A drawn case is short already; to shrink it takes minutes.
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(files(), st.integers(0, 6), st.booleans()), max_size=5))
def test_the_archive_holds_what_the_twin_holds(imports):
    with tempfile.TemporaryDirectory() as folder:
        archive, twin = archive_in(Path(folder)), Twin()
        for (content, options, rows_), cut, compacts in imports:
            done = put(archive, *told(rows_, cut), content=str(content), options=options)
            expected = twin.put(content, options, rows_)
            assert (done.source_id is None) == (expected is None)
            assert done.snapshots_new == (expected or 0)
            if compacts:
                archive.compact()
        assert_equal(archive, twin)


def assert_equal(archive, twin):
    reading = archive.reading()
    names = dict(rows(reading, "posts", "post_key", "native_id"))
    assert sorted(names.values()) == sorted(twin.posts())
    found = {
        (names[key], at): (
            -1 if reactions is None else reactions,
            -1 if comments is None else comments,
        )
        for key, at, reactions, comments in rows(
            reading, "snapshots", "post_key", "read_at", "reactions", "comments"
        )
    }
    assert found == twin.readings()
    assert len(found) == len(rows(reading, "snapshots", "post_key"))
    assert archive.check() == ()
