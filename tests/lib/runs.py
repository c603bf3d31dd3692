"""Runs of collecting, drawn: what was visited, what vanished, and all of it into an archive."""

import datetime as dt
from typing import Any

import polars as pl

from tests.lib.records import frame
from tests.lib.sources import norwegian
from torg.archive import Appended, Archive, Pseudonyms
from torg.collect import Batch, Run
from torg.collect.records import VANISHED, VISITS

VISITED = dt.datetime(2020, 6, 1, 12, tzinfo=dt.UTC)
KEY = Pseudonyms(bytes(range(32)))
_PLACE = {"platform": "facebook", "channel": "1"}


def visits(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Visits; of posts and "ok" at `VISITED` unless drawn otherwise."""
    usual = {**_PLACE, "what": "posts", "outcome": "ok", "visited_at": VISITED}
    return frame(drawn, VISITS, {**usual, **defaults})


def vanished(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Notices of posts that the network said to be gone, unless drawn otherwise."""
    usual = {**_PLACE, "id_space": "post", "what": "post", "noticed_at": VISITED, "basis": "said"}
    return frame(drawn, VANISHED, {**usual, **defaults})


def collected(
    archive: Archive,
    *,
    pseudonyms: Pseudonyms | None = KEY,
    text_days: int = 365,
    about: dict[str, Any] | None = None,
    **frames: pl.DataFrame,
) -> Appended:
    """One run with these frames (posts, replies, ...) into the archive."""
    usual = {
        "name": "graph.facebook.com",
        "format": "facebook",
        "access": "owner",
        "exported_at": VISITED,
    }
    batch = Batch(**frames, rows_read=sum(made.height for made in frames.values()))
    return archive.append(
        Run(**{**usual, **(about or {})}),
        [batch],
        pseudonyms=pseudonyms,
        languages=norwegian,
        text_days=text_days,
    )
