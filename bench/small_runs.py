"""Many small runs of collecting, one after the other: what one costs, and whether it grows."""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from bench.children import in_child
from bench.rows import Row
from torg.archive import Archive, Pseudonyms
from torg.collect import AUDIENCE, POSTS, REPLIES, VISITS, Batch, Run

_RUNS = 5_000  # months of collecting, a run every half hour
_QUICK_RUNS = 200
_POSTS, _REPLIES, _VISITS = 100, 200, 50
_CHANNELS = 50
_MOST_SECONDS = 0.3  # of processor time
_MOST_GROWTH = 1.5  # the last tenth of the runs against the second
_FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main(*, quick: bool = False) -> list[Row]:
    """The figures of small runs; each of some new posts, and posts and replies seen again."""
    runs = _QUICK_RUNS if quick else _RUNS
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as name:
        done = in_child("bench.small_runs", "into_archive", Path(name) / "archive", runs)
    return _rows(done, runs=runs, is_full=not quick)


def into_archive(folder: str, runs: str) -> dict[str, Any]:
    """The runs into one archive; processor seconds of each, and of what is asked each round."""
    archive = Archive(Path(folder))
    key = Pseudonyms(b"b" * 32)
    each = [_timed(lambda n=n: _append(archive, n, key)) for n in range(int(runs))]
    reading = archive.reading()
    since = _FIRST + dt.timedelta(minutes=30 * int(runs)) - dt.timedelta(days=30)
    asked = {
        "honour": archive.honour,
        "visits": reading.visits,
        "known_posts": lambda: reading.known_posts(since=since),
    }
    files = sum(1 for _ in Path(folder).rglob("*.parquet"))
    live = sum(len(listed.files) for listed in reading.pinned.listings.values())
    return {
        "each": each,
        "files": files,
        "live": live,
        **{name: min(_timed(call) for _ in range(3)) for name, call in asked.items()},
    }


def _timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _append(archive: Archive, number: int, key: Pseudonyms) -> None:
    at = _FIRST + dt.timedelta(minutes=30 * number)
    run = Run(name="bench", format="facebook", access="owner", exported_at=at)
    done = archive.append(
        run, [_batch(number, at)], pseudonyms=key, languages=lambda *_: ("nb",), text_days=90
    )
    assert done.posts_new >= _POSTS // 2, f"{done.posts_new} new posts"


def _batch(number: int, at: dt.datetime) -> Batch:
    """Half of the posts and replies are new, half were told by the run before."""
    first = number * _POSTS // 2
    posts = [
        {**_record(n), "published_at": at, "read_at": at, "text": f"Post {n} " * 12, "comments": 2}
        for n in range(first, first + _POSTS)
    ]
    replies = [
        {
            **_record(n, id_space="comment"),
            "post_native_id": str(n // 2),
            "post_id_space": "post",
            "author": f"author {n % 997}",
            "text": f"Reply {n} " * 6,
        }
        for n in range(2 * first, 2 * first + _REPLIES)
    ]
    visits = [
        {**_place(n), "what": "posts", "visited_at": at, "outcome": "ok"} for n in range(_VISITS)
    ]
    return Batch(
        posts=_frame(posts, POSTS),
        replies=_frame(replies, REPLIES),
        visits=_frame(visits, VISITS),
        audience=_frame([], AUDIENCE),
        rows_read=len(posts) + len(replies),
    )


def _place(number: int) -> dict[str, Any]:
    return {"platform": "facebook", "channel": f"{number % _CHANNELS}"}


def _record(number: int, *, id_space: str = "post") -> dict[str, Any]:
    return {**_place(number), "native_id": str(number), "id_space": id_space, "line": number}


def _frame(rows: list[dict[str, Any]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema)


def _rows(done: dict[str, Any], *, runs: int, is_full: bool) -> list[Row]:
    each = done["each"]
    tenth = max(1, runs // 10)
    parts = [statistics.mean(each[at : at + tenth]) for at in range(0, runs, tenth)]
    cost, growth = parts[-1], parts[-1] / parts[1]
    curve = ", ".join(f"{part * 1000:.0f}" for part in parts)
    what = f"{_POSTS} posts, {_REPLIES} replies, {_VISITS} visits"
    return [
        Row(
            f"A run of {what} after {runs - tenth:,} others, processor time",
            cost,
            "s",
            f"ms by tenths of the runs: {curve}",
            f"under {_MOST_SECONDS} s",
            cost < _MOST_SECONDS if is_full else None,
        ),
        Row(
            f"the same: against the second tenth of the {runs:,} runs",
            growth,
            "x",
            None,
            f"at most {_MOST_GROWTH} x",
            growth <= _MOST_GROWTH if is_full else None,
        ),
        Row("the same: live files of all tables in the end", done["live"], "files"),
        Row("the same: honour with nothing due", done["honour"], "s"),
        Row("the same: the latest visits", done["visits"], "s"),
        Row("the same: known posts of 30 days", done["known_posts"], "s"),
    ]
