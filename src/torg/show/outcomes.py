"""What a command did, in words: what was taken in, measured, ranked, released, forgotten."""

import datetime as dt
import shlex
from collections.abc import Iterator, Sequence

import polars as pl

from torg.importing import Imports
from torg.release import Release
from torg.show.printing import Row, as_json_array, fault, line, rows
from torg.study import Study


def new_study(study: Study) -> None:
    """Where the new study lies and what comes next."""
    line(f"{study.folder} is a study now. Next:")
    line(f"  torg -C {study.folder} register import FILE...   municipalities and channels")
    line(f"  torg -C {study.folder} import FILE...            exports of posts and comments")
    line(f"  torg -C {study.folder} run                       measure, rank, report, release")


def imported(outcome: Imports, *, as_json: bool) -> None:
    """A row per file, what was refused, and what is unclaimed with the command that claims it."""
    done = [{name: cell for name, cell in row.items() if name != "refused"} for row in outcome.rows]
    rows(outcome.rows if as_json else done, as_json=as_json, nothing="There are no files there.")
    say = fault if as_json else line
    for refusal in outcome.refusals:
        fault(refusal)
    for sentence in _rejected(outcome.rejects):
        say(sentence)
    if not outcome.has_key:
        say(
            "Authors were not taken in: this study has no author key here. Bring the key of the "
            "study's maker in TORG_AUTHOR_KEY and import again."
        )
    for channel in outcome.unclaimed.iter_rows(named=True):
        say(_unclaimed(channel))


def _rejected(rejects: pl.DataFrame) -> Iterator[str]:
    """The first rejected rows in words, and where to find the others."""
    for row in rejects.head(_REJECTS_SHOWN).iter_rows(named=True):
        yield f"Rejected: {row['name']}, line {row['line']}: {row['reason']}"
    if rejects.height > _REJECTS_SHOWN:
        yield f"... and {rejects.height - _REJECTS_SHOWN:,} more: torg archive rejects"


_REJECTS_SHOWN = 5


def _unclaimed(channel: Row) -> str:
    name = f"{channel['channel_name']}: " if channel["channel_name"] else ""
    return (
        f"Unclaimed: {name}{_held(channel)}. Whose is it? "
        f"torg register claim {shlex.quote(channel['platform'])} "
        f"{shlex.quote(channel['channel'])} MUNICIPALITY-CODE"
    )


def _held(channel: Row) -> str:
    """What the archive has of a channel, without what it has nothing of."""
    counts = ((channel[kind], kind) for kind in ("posts", "replies") if channel[kind])
    told = " and ".join(f"{count} {kind if count > 1 else _ONE[kind]}" for count, kind in counts)
    return told or f"only follower counts of {channel['platform']} {channel['channel']}"


_ONE = {"posts": "post", "replies": "reply"}


def claimed(found: Sequence[Row], *, as_json: bool) -> None:
    """The channel as it stands in the register now, and what follows for replies."""
    rows(found, as_json=as_json, nothing="The register has it so already.")
    say = fault if as_json else line
    if not all(row["in_archive"] for row in found):
        say("Nothing in the archive is of this channel yet: look whether its id is right.")
    elif found:
        say("Import its files of comments again, so that the owner's answers are told apart.")


def forgotten(found: Sequence[Row], *, as_json: bool) -> None:
    """How much was taken out; where nothing was, what to look at."""
    rows(found, as_json=as_json)
    if not any(row["rows"] for row in found):
        (fault if as_json else line)(
            "Nothing was found to forget: is the name as the platform shows it, or the id right, "
            "and is the author key the one of the import?"
        )


def measures(frame: pl.DataFrame, *, as_json: bool) -> None:
    """All rows as JSON; for people the spread of each measure over the municipalities."""
    if as_json:
        as_json_array(frame.to_dicts())
        return
    whole = frame.filter(pl.col("channel").is_null() & pl.col("platform").is_null())
    known = pl.col("missing").is_null()
    spread = whole.group_by("measure", maintain_order=True).agg(
        known.sum().alias("municipalities"),
        known.not_().sum().alias("missing"),
        *(pl.col("value").quantile(q, "linear").alias(name) for name, q in _QUARTILES.items()),
    )
    rows(spread.to_dicts(), as_json=False)
    line("Every municipality's figures: torg measure --json, or the tables of torg report.")


_QUARTILES = {"lower quartile": 0.25, "median": 0.5, "upper quartile": 0.75}


def ranks(frame: pl.DataFrame, *, as_json: bool) -> None:
    """All rows as JSON; for people the first group, a place never without its set."""
    if as_json:
        as_json_array(frame.to_dicts())
        return
    first = frame.filter(
        pl.col("group") == pl.col("group").first(), pl.col("set") == pl.col("set").first()
    )
    shown = ["municipality", "name", "score", "rank", "rank_low", "rank_high", "band", "missing"]
    rows(first.sort("rank", nulls_last=True).select(shown).to_dicts(), as_json=False)


def release(made: Release, *, as_json: bool) -> None:
    """Where the release and its report lie."""
    reports = sorted(made.folder.glob("report/*/index.html"))
    facts = {
        "release": str(made.folder),
        "digest": made.digest,
        "new": made.is_new,
        "reports": [str(path) for path in reports],
    }
    if as_json:
        as_json_array([facts])
        return
    line(f"{_NEWS[made.is_new]}: {made.folder}")
    for path in reports:
        line(f"The report lies at {path}")


def preview(study: Study) -> None:
    """From when everybody sees a new release on the site, where municipalities see it first."""
    if days := study.site.preview_days:
        first = dt.datetime.now(study.zone).date() + dt.timedelta(days=days)
        line(
            f"On the site each municipality sees its own page first; served from today, everybody "
            f"sees it from {first} on. [site] preview_days in study.toml says how many days that "
            f"takes, and 'torg release postpone' names another day."
        )


_NEWS = {True: "A new release", False: "Nothing has changed since the release"}
