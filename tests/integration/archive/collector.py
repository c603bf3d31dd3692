"""Months of collecting as numbered jobs, one a day, each by its number alone: files, runs that tell
again, edit, notice and may be kept for some days only, honouring and compacting.

A process does them in order and says which are done, to be killed; the twin says what must be
there.
"""

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from tests.lib.records import batch, posts, replies
from tests.lib.runs import KEY, collected, vanished, visits
from tests.lib.sources import put
from torg.archive import Archive

FIRST = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
KEPT_DAYS = 4
PLACE = {"platform": "youtube", "channel": "UC1"}


def day_of(number):
    return FIRST + dt.timedelta(days=number)


def keep_until(number):
    return day_of(number).date() + dt.timedelta(days=KEPT_DAYS)


def archive_at(folder, number):
    """The archive on the day of a job; the machine's clock is set back by a week now and then."""
    wrong = dt.timedelta(days=7) if number % 11 == 10 else dt.timedelta()
    return Archive(folder, now=lambda: day_of(number) - wrong)


def do(folder, number):
    """Do one job; done twice it changes nothing."""
    JOBS[number % len(JOBS)](archive_at(folder, number), number)


def _file(archive, number):
    told = batch(
        posts(f"native_id | text | comments\n f{number} | Words of f{number}. | 1\n shared | | 2"),
        replies(f"native_id | post_native_id | text\n a{number} | f{number} | Words of a{number}."),
    )
    put(archive, told, content=f"file {number}", pseudonyms=KEY, text_days=9000)


def _run(archive, number):
    """A post and a reply of its own, and those of the runs of two weeks once more."""
    told = tells(number)
    drawn_posts = "".join(f"\n r{n} | Words of r{n}. | {number}" for n in told)
    drawn_replies = "".join(f"\n b{n} | r{n} | Words of b{n}." for n in told)
    collected(
        archive,
        posts=posts("native_id | text | comments" + drawn_posts, **PLACE, read_at=day_of(number)),
        replies=replies("native_id | post_native_id | text" + drawn_replies, **PLACE),
        visits=visits("what\n posts", visited_at=day_of(number)),
        about={"identity": f"run {number}", "keep_until": keep_until(number), "mark": str(number)},
        text_days=9000,
    )


def _notices(archive, number):
    """The post of the week's first file is gone; the reply of the last one has other words."""
    drawn = "native_id | post_native_id | edited_at | text"
    at = edited(number)
    if at >= 0:
        drawn += f"\n a{at} | f{at} | 2024-01-01 10:00 | Newer words of a{at}."
    collected(
        archive,
        vanished=vanished(f"native_id\n f{number - 2}"),
        replies=replies(drawn),
        visits=visits("what\n counts", visited_at=day_of(number)),
        about={"identity": f"notices {number}", "mark": str(number)},
        text_days=9000,
    )


def tells(number):
    """The runs of which a run tells."""
    return [n for n in range(max(0, number - 14), number + 1) if JOBS[n % 7] is _run]


def edited(number):
    """The file whose reply the notices change."""
    return number - 5


def _honour(archive, number):
    archive.honour()


def _compact(archive, number):
    archive.compact()


JOBS = (_file, _run, _notices, _honour, _file, _run, _compact)


@dataclass
class Twin:
    """What must be there, worked out from the sources that are committed."""

    committed: set = field(default_factory=set)  # numbers of jobs
    today: dt.date = dt.date.min

    def posts(self):
        """The native ids of posts, sorted."""
        files = [f"f{n}" for n in self._of(_file)]
        shared = ["shared"] if files else []
        return sorted([*files, *shared, *(f"r{n}" for n in self._told_by_runs())])

    def replies(self):
        """The native ids of replies, sorted."""
        mine = [f"a{n}" for n in self._of(_file)]
        return sorted([*mine, *(f"b{n}" for n in self._told_by_runs())])

    def readings(self):
        """How many snapshots there are."""
        files = self._of(_file)
        runs = [n for n in self._of(_run) if keep_until(n) >= self.today]
        # The post that every file has was read at one moment.
        return len(files) + bool(files) + sum(len(tells(n)) for n in runs)

    def words(self):
        """What can be read and lies in files once all is honoured; and what must lie nowhere."""
        gone = {n - 2 for n in self._of(_notices)}
        changed = {edited(n) for n in self._of(_notices)} - gone
        files, runs = self._of(_file), self._told_by_runs()
        kept = {f"Words of f{n}." for n in files if n not in gone}
        kept |= {f"Words of a{n}." for n in files if n not in gone | changed}
        kept |= {f"Newer words of a{n}." for n in changed if n >= 0}
        kept |= {f"Words of {sign}{n}." for n in runs for sign in "rb"}
        every = {f"Words of {sign}{n}." for n in files for sign in "fa"}
        every |= {f"Words of {sign}{n}." for n in self._of(_run) for sign in "rb"}
        return kept, every - kept

    def _told_by_runs(self):
        return {n for run in self._of(_run) if keep_until(run) >= self.today for n in tells(run)}

    def _of(self, job):
        return sorted(n for n in self.committed if JOBS[n % 7] is job)


def committed(reading):
    """The numbers of the jobs whose sources are committed."""
    by_mark = reading.sources.filter(kind="run")["options"].str.json_path_match("$.mark")
    numbers = set(by_mark.cast(pl.Int64))
    return numbers | {FILES[sha] for sha in reading.sources.filter(kind="file")["sha256"]}


def _sha(number):
    from tests.lib.sources import DrawnSource

    return DrawnSource(content=f"file {number}").sha256


FILES = {_sha(n): n for n in range(3000)}
