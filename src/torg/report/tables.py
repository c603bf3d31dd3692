"""Results as tables: CSV, JSON, Parquet and one workbook. The same results give the same bytes.

Codes are text everywhere, so that 0301 stays 0301. Missing is an empty cell or null, never zero.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from torg.locale import translate
from torg.report.about import write_about
from torg.report.peers import whole
from torg.report.places import Places
from torg.report.results import FRAMES, Facts, Results
from torg.report.shown import shown
from torg.report.workbook import write_workbook

README = """The tables of this release, each as CSV, JSON and Parquet; torg.xlsx holds them all.

All text is UTF-8, CSV has commas, points for decimals, and empty cells for what is missing.
Codes such as 0301 are text: in a spreadsheet, open torg.xlsx, or import the CSV with its columns as
text. CSV cells hold the text as it was found; in a spreadsheet a text that begins with = + - or @
may be taken for a formula, which is why torg.xlsx stores all text as text.
A measure without a value has the reason's code in its column "missing"; notes.csv says what each
table, measure and reason means. A place in a ranking must not be quoted without its rank set
(rank_low to rank_high). Channels of persons in official roles are left out.
about.json holds what is in no table (title, window, definitions, what the release was made from):
with it Torg reads the folder back, and makes the same pages of it.
"""


def write_tables(results: Results, folder: Path) -> None:
    """Write every table of the results into the folder, in four formats, with notes.

    What holds for the release as a whole goes into about.json, so that `read_results` reads all of
    it back. The survey of the results has tables of its own (`write_survey_tables`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = shown(results)
    tables = dict(_tables(told))
    for name, frame in tables.items():
        for ending, write in _WRITERS.items():
            write(frame, folder / f"{name}.{ending}")
    write_workbook(tables, folder / "torg.xlsx", made_for=results.end)
    write_about(told, folder, kind=Facts, tables=FRAMES)
    (folder / "README.txt").write_text(README, encoding="utf-8", newline="\n")


def _tables(results: Results) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables in the order of the workbook's sheets; the notes come first."""
    yield "notes", _notes(results)
    for name in FRAMES:
        yield name, getattr(results, name)
    yield "top_set", _top_set(results)
    yield "definitions", _definitions(results)
    yield "question_rules", _question_rules(results)


def _top_set(results: Results) -> pl.DataFrame:
    schema = {"country": pl.String(), "municipality": pl.String()}
    return pl.DataFrame(list(results.top_set), schema=schema, orient="row")


def _definitions(results: Results) -> pl.DataFrame:
    columns = ("title", "unit", "base", "formula", "why", "source")
    rows = [
        (id_, *(getattr(meaning, column) for column in columns))
        for id_, meaning in sorted(results.definitions.items())
    ]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("measure", *columns), pl.String()), orient="row"
    )


def _question_rules(results: Results) -> pl.DataFrame:
    schema = {
        "rule": pl.String(),
        "precision": pl.Float64(),
        "recall": pl.Float64(),
        "n": pl.Int64(),
        "sample": pl.String(),
    }
    rows = [(r.rule, r.precision, r.recall, r.n, r.sample) for r in results.question_rules]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _notes(results: Results) -> pl.DataFrame:
    """What a reader needs before any figure: what it is of, from when, and how it may be read."""
    rows = [*_facts(results), *_rules(results), *_measures(results), *_reasons(results)]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("about", "name", "note"), pl.String()), orient="row"
    )


def _facts(results: Results) -> Iterator[tuple[str, str, str]]:
    places = Places(results, translate("en"))
    if results.invented:
        yield ("study", "invented", "All names and figures are invented.")
    yield ("study", "title", results.title)
    yield ("study", "id", results.study_id)
    yield ("study", "observed", f"{results.start} to {results.end}, both included ({results.zone})")
    yield ("study", "population date", str(results.population_date))
    yield ("study", "municipalities", str(len(places.by_id)))
    yield ("study", "with a known channel", str(len(places.with_channel)))
    yield ("study", "observed municipalities", str(len(places.observed)))
    yield ("study", "confidence", str(results.confidence))
    yield ("study", "top set", f"those that may be among the best {results.top}")
    if results.internal:
        yield ("study", "publication", _INTERNAL)
    if results.withheld:
        yield ("study", "withheld", f"{results.withheld} channels: {_WITHHELD}")
    yield ("made by", "Torg", results.code_version)
    yield ("made from", "sources", results.archive_digest)
    for table, version in sorted(results.archive_versions.items()):
        yield ("made from", f"archive table {table}", f"version {version}")
    for name, note in _READING.items():
        yield ("reading", name, note)


_INTERNAL = "Internal: not for publication. Some figures are their owners' own."
_WITHHELD = (
    "what is known of them is their owner's own, who has not agreed to show it, or comes from a "
    "library that gives out totals only. The owner agrees with 'torg register agree'; the table "
    "totals has sums over at least five municipalities, in two figures."
)

_READING = {
    "measures": "One row per municipality and measure where channel and platform are empty; "
    "further rows per platform and channel. low and high are an interval at the confidence above, "
    "n is the number that base names.",
    "ranks": "rank_low to rank_high is the rank set: all places that cannot be excluded. "
    "Never quote rank without it.",
    "at_age_share": "Share of the posts whose reactions, comments and shares were read at seven "
    "days of age. The counts of the other posts are the latest that were read, so old posts had "
    "longer to collect them. Empty where age plays no part.",
    "access": "How a figure was got. Figures of different access tiers must not be compared.",
    "weeks": "One row per municipality and week (its Monday; days: how many of its days are in the "
    "window). Empty where the sources do not reach to the end of the week. Reactions to late posts "
    "had less time to come in; they are those of reactions_of posts.",
    "contrasts": "The top of the ranking against others of its size classes, by hypotheses that "
    "were registered before. Who is at the top was chosen by figures of the same weeks: an "
    "association and never an effect. in_ranking tells whether the measure, or one of its family, "
    "made the ranking.",
    "missing": "A value that cannot be known, with its reason. It is not zero.",
}


def _measures(results: Results) -> Iterator[tuple[str, str, str]]:
    """Each measure with what it is, how many have it, and of what it is a share or mean."""
    have = whole(results).filter(pl.col("value").is_not_null()).group_by("measure").len("n")
    counts = dict(have.iter_rows())
    for id_, meaning in sorted(results.definitions.items()):
        note = (
            f"{meaning.title}. Base: {meaning.base}. Unit: {meaning.unit}. "
            f"Formula: {meaning.formula}. Municipalities that have it: {counts.get(id_, 0)}."
        )
        yield ("measure", id_, note)


def _rules(results: Results) -> Iterator[tuple[str, str, str]]:
    """How often a question rule is right, on every sample that it was tried on."""
    for rule in results.question_rules:
        right, found = (
            "none there" if share is None else f"{share:.3f}"
            for share in (rule.precision, rule.recall)
        )
        note = (
            f"Of the comments that it calls questions, this share are: {right}. Of all questions "
            f"it finds: {found}. Tried on {rule.n} comments: {rule.sample}."
        )
        yield ("question rule", rule.rule, note)


def _reasons(results: Results) -> Iterator[tuple[str, str, str]]:
    for code, sentence in sorted(results.reasons.items()):
        yield ("missing because", code, sentence)


def _write_csv(frame: pl.DataFrame, path: Path) -> None:
    frame.write_csv(path, line_terminator="\n")


def _write_json(frame: pl.DataFrame, path: Path) -> None:
    text = json.dumps(
        [_plain(row) for row in frame.iter_rows(named=True)],
        ensure_ascii=False,
        allow_nan=False,
        indent=1,
        default=str,
    )
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Areas are nested in JSON, as they are where they come from."""
    areas = row.get("areas")
    return {**row, "areas": json.loads(areas)} if isinstance(areas, str) else row


def _write_parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", statistics=True)


_WRITERS: Mapping[str, Callable[[pl.DataFrame, Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
}
