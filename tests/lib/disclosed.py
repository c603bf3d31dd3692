"""Small archives with more than one owner, and what everybody may see of them."""

import datetime as dt
from functools import partial
from pathlib import Path

import polars as pl

from tests.lib import records
from tests.lib.sources import put
from torg.archive import Archive
from torg.disclose import for_everybody
from torg.measure import observe
from torg.study import Study

READ = dt.datetime(2026, 5, 8, 12, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
UNCLAIMED = {"platform": [], "channel": []}

OWNERS = {"access": "owner", "may_publish": False}
SEEN = {"access": "public_page"}


def archive_of(folder: Path, **sources: tuple) -> Archive:
    """An archive of sources by name: (batch, what is known of the source)."""
    archive = Archive(folder / "archive", now=lambda: TODAY)
    for name, (batch, known) in sources.items():
        put(archive, batch, content=name, name=f"{name}.csv", **{"exported_at": READ, **known})
    return archive


def posts(channel: str, number: int, *, reactions: int = 10, platform: str = "facebook"):
    """Posts of one channel in the first week of May 2026, as one batch."""
    rows = "\n".join(
        f"{channel}-{n} | 2026-05-0{1 + n % 7} 10:00 | {reactions} | 0 | 1"
        for n in range(1, number + 1)
    )
    drawn = f"native_id | published_at | reactions | comments | shares\n{rows}"
    return records.posts(drawn, platform=platform, channel=channel, read_at=READ)


def study_of(folder: Path) -> Study:
    """A study of May 2026."""
    window = {"from": dt.date(2026, 5, 1), "to": dt.date(2026, 5, 31)}
    return Study(folder=folder, id="drawn", title="Drawn", window=window)


def disclosed(archive: Archive, register, *, corrections=()):
    """What everybody may see of the archive."""
    measure = partial(
        _observe, register=register, study=study_of(archive.folder), corrections=corrections
    )
    unclaimed = pl.DataFrame(UNCLAIMED, schema=dict.fromkeys(UNCLAIMED, pl.String))
    return for_everybody(archive.reading(), register, unclaimed=unclaimed, measure=measure)


def _observe(reading, *, register, study, **more):
    return observe(reading, register, study, **more)


def figure(found, municipality, measure="posts", *, platform=None, channel=None):
    """Value and reason of one row."""
    rows = found.observed.rows.filter(municipality=municipality, measure=measure).filter(
        _is("platform", platform), _is("channel", channel)
    )
    assert rows.height == 1, rows
    return rows["value"].item(), rows["missing"].item()


def _is(column, value):
    return pl.col(column).is_null() if value is None else pl.col(column) == value
