"""Any months of runs, edits, notices and last days: the archive holds what plain dicts do."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.lib.archives import START, archive_in, rows
from tests.lib.folders import everything_in
from tests.lib.nightly import scale
from tests.lib.plain_archive import PlainArchive
from tests.lib.records import posts, replies
from tests.lib.runs import collected, vanished

POSTS, REPLIES = "pq", "rs"
HOURS = st.none() | st.integers(0, 3)  # of editing
RECORDS = st.lists(st.tuples(st.sampled_from(POSTS + REPLIES), HOURS), max_size=4)
TOLD = st.tuples(st.just("tell"), RECORDS, st.none() | st.integers(0, 6))
GONE = st.tuples(st.just("gone"), st.sampled_from([*POSTS, *REPLIES, None]), st.none())
KEPT = st.tuples(st.sampled_from(["honour", "compact", "wait"]), st.none(), st.none())
MONTHS = st.lists(TOLD | TOLD | GONE | KEPT, min_size=1, max_size=9)


def instant(hour):
    return "" if hour is None else f"2020-05-01 {hour:02}:00"


class Calendar:
    """A clock that stands still until it is turned: both must lose the same on the same day."""

    def __init__(self):
        self.today = START

    def __call__(self):
        return self.today


class Both:
    """The archive and its twin, told the same."""

    def __init__(self, folder):
        self.archive = archive_in(folder, now=Calendar())
        self.twin = PlainArchive()
        self.said = 0  # words are never the same twice

    @property
    def today(self):
        return self.archive.now.today.date()

    def tell(self, records, days):
        until = None if days is None else self.today + dt.timedelta(days=3 * days)
        told = []
        for name, hour in records:
            self.said += 1
            told.append((name, hour, f"words {self.said}."))
        post, reply = (
            "".join(
                f"\n {name}{' | p' if under else ''} | {instant(hour)} | {text}"
                for name, hour, text in told
                if (name in REPLIES) == under
            )
            for under in (False, True)
        )
        collected(
            self.archive,
            posts=posts("native_id | edited_at | text" + post, platform="bluesky"),
            replies=replies(
                "native_id | post_native_id | edited_at | text" + reply,
                platform="bluesky",
                id_space="post",
            ),
            about={"keep_until": until},
            text_days=9000,
        )
        self.twin.tell(told, until=until, today=self.today)

    def gone(self, name, _):
        what = "channel" if name is None else "post"
        drawn = f"what | native_id\n {what} | {name or ''}"
        collected(self.archive, vanished=vanished(drawn, platform="bluesky"))
        self.twin.gone(name, today=self.today)

    def honour(self, *_):
        self.archive.honour()
        self.twin.keep(self.today)

    def compact(self, *_):
        self.archive.compact()
        self.twin.keep(self.today)

    def wait(self, *_):
        self.archive.now.today += dt.timedelta(days=4)


# A drawn case is short already; to shrink it takes minutes.
@settings(max_examples=scale(8, 300), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(MONTHS)
def test_the_archive_holds_what_plain_dicts_hold(months):
    with tempfile.TemporaryDirectory() as folder:
        both = Both(Path(folder))
        for what, *more in months:
            getattr(both, what)(*more)
        assert_the_same_records(both)
        both.honour()
        assert_the_same_records(both)
        assert_the_same_words(both)
        assert_nowhere_else(both)


def assert_the_same_records(both):
    both.twin.keep(both.today)
    reading = both.archive.reading()
    assert rows(reading, "posts", "native_id") == [(name,) for name, _ in both.twin.posts()]
    assert [name for (name,) in rows(reading, "replies", "native_id")] == both.twin.replies()
    assert both.archive.check() == ()


def assert_the_same_words(both):
    reading = both.archive.reading()
    assert rows(reading, "posts", "native_id", "text") == both.twin.posts()
    words = sorted(text for (text,) in rows(reading, "citizens", "text"))
    assert words == both.twin.citizens()


def assert_nowhere_else(both):
    content = b"".join(content for _, content in everything_in(both.archive.folder))
    lying = {text for n in range(both.said + 1) if (text := f"words {n}.").encode() in content}
    kept = {text for _, text in both.twin.posts()} | set(both.twin.citizens())
    assert kept - {None} <= lying <= kept | both.twin.older_words()
