"""What the report is made from: one frozen value of frames and facts.

Every frame is brought to the columns below when the value is made: known columns in this order,
others dropped, rows sorted. So the same results give the same files whatever order they came in.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from torg.report.survey import SurveyResults

INSTANT = pl.Datetime("us", "UTC")

Schema = Mapping[str, pl.DataType]

MEASURES: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),  # the official code
    "channel": pl.String(),  # null: the whole municipality
    "platform": pl.String(),  # null: all platforms
    "measure": pl.String(),
    "period": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n": pl.Int64(),
    "base": pl.String(),
    "access": pl.String(),  # access tier of the sources of the figures used
    "missing": pl.String(),  # the reason's code; null where there is a value
    "at_age_share": pl.Float64(),  # share of posts read at seven days; null: age plays no part
}

RANKS: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "group": pl.String(),  # "all", "size:2-5k", "county:NAME", "access:TIER", "classic:LIST"
    "set": pl.String(),  # "simultaneous", "marginal", "none"
    "score": pl.Float64(),
    "rank": pl.Int64(),
    "rank_low": pl.Int64(),
    "rank_high": pl.Int64(),
    "band": pl.String(),  # "B", or every band that the rank set touches: "B-D"
    "areas": pl.String(),  # JSON: area -> points or null
    "missing": pl.String(),
}

CRITERIA: Schema = {
    "area": pl.String(),
    "measure": pl.String(),
    "weight": pl.Float64(),
    "transform": pl.String(),
    "reference": pl.Float64(),  # the median that points are counted from, on the transformed scale
    "kept": pl.Boolean(),
    "reason": pl.String(),  # why it was dropped
}

POINTS: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "area": pl.String(),
    "measure": pl.String(),
    "points": pl.Float64(),
}

NOT_RANKED: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "reason": pl.String(),
}

MUNICIPALITIES: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "name": pl.String(),
    "county": pl.String(),
    "population": pl.Int64(),
    "population_date": pl.Date(),
    "size_class": pl.String(),
    "lat": pl.Float64(),  # degrees in WGS84; null: not in the register
    "lon": pl.Float64(),
}

NAMES: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "language": pl.String(),
    "name": pl.String(),
}

CHANNELS: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "platform": pl.String(),
    "address": pl.String(),
    "scope": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
}

SOURCES: Schema = {
    "name": pl.String(),
    "format": pl.String(),
    "sha256": pl.String(),
    "exported_at": INSTANT,
    "exported_at_basis": pl.String(),
    "rows_read": pl.Int64(),
    "rows_accepted": pl.Int64(),
    "rows_rejected": pl.Int64(),
    "access": pl.String(),
    "may_publish": pl.Boolean(),  # whether figures of it may be shown to everybody
}

CORRECTIONS: Schema = {
    "what": pl.String(),  # one sentence: which figure or page, and what it was set to
    "who": pl.String(),
    "when": pl.Date(),
    "why": pl.String(),
}

TOTALS: Schema = {
    "country": pl.String(),
    "measure": pl.String(),
    "access": pl.String(),
    "owners": pl.Int64(),  # municipalities that the sum is of
    "total": pl.Float64(),  # rounded to two significant figures
}

UNCLAIMED: Schema = {
    "platform": pl.String(),
    "channel": pl.String(),
    "channel_name": pl.String(),
    "posts": pl.Int64(),
    "replies": pl.Int64(),
}

WEEKS: Schema = {
    "country": pl.String(),
    "municipality": pl.String(),
    "week": pl.Date(),  # its Monday
    "days": pl.Int64(),  # of the week in the window
    "posts": pl.Int64(),
    "posts_missing": pl.String(),  # the reason's code; null where there is a figure
    "reactions": pl.Int64(),  # to the posts of the week; null where several platforms have posts
    "reactions_of": pl.Int64(),  # posts whose reactions are known
    "reactions_missing": pl.String(),
    "comments": pl.Int64(),  # by citizens, on the top level
    "comments_missing": pl.String(),
    "owner_replies": pl.Int64(),
    "owner_replies_missing": pl.String(),
}

# The same as torg.compare has, which the report does not know: a test holds them together.
CONTRASTS: Schema = {
    "hypothesis": pl.String(),
    "measure": pl.String(),
    "direction": pl.String(),  # expected of the top: "higher", "lower", "different"
    "registered_by": pl.String(),  # "study", "torg"
    "top": pl.Int64(),  # the first so many; null: the ranking's top set
    "access": pl.String(),
    "n_top": pl.Int64(),
    "n_contrast": pl.Int64(),
    "top_median": pl.Float64(),
    "contrast_median": pl.Float64(),
    "difference": pl.Float64(),  # of a pair of the same size class, in the middle
    "low": pl.Float64(),
    "high": pl.Float64(),
    "delta": pl.Float64(),  # share of pairs with the top above, less share with it below
    "p_value": pl.Float64(),
    "p_holm": pl.Float64(),
    "in_ranking": pl.String(),  # "criterion", "family"; null: no part in the ranking
    "missing": pl.String(),
}

FINDINGS: Schema = {
    "kind": pl.String(),
    "country": pl.String(),
    "code": pl.String(),
    "message": pl.String(),
}

CONSTRUCTED = "constructed sample"  # what torg.coding calls the sentences written for the purpose

SIZE_CLASSES = ("<2k", "2-5k", "5-10k", "10-20k", "20-50k", ">50k")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a measure is, in the words of its definition file (English: the catalogues' msgids)."""

    title: str
    unit: str  # "share" is shown in per cent
    base: str
    formula: str
    why: str
    source: str = ""
    about_citizens: bool = False  # n counts what citizens wrote

    @property
    def cited(self) -> str:
        """Whose the formula is: without the file of Torg's docs, which no reader of a page has."""
        return self.source.partition("; method of docs/")[0]


@dataclass(frozen=True, kw_only=True)
class RuleAccuracy:
    """How well the rule that finds questions does on a hand-coded sample of `n` comments."""

    rule: str
    precision: float | None  # null where the sample has no case
    recall: float | None
    n: int
    sample: str

    @property
    def is_real(self) -> bool:
        """Tried on comments that people wrote, not on sentences made for the purpose."""
        return self.sample != CONSTRUCTED


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """What was expected of the top of the ranking, as it was registered before any test."""

    id: str
    texts: Mapping[str, str] = field(hash=False)  # language -> sentence
    measure: str
    direction: str  # "higher", "lower", "different"
    registered_on: dt.date
    registered_by: str  # "study", "torg"
    top: int | None = None  # None: the ranking's top set
    contrast: str = ""  # whom the top is held against, as it was registered
    outside: int | None = None  # after how many first places those begin


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What holds for a release as a whole: all of its results that is no table."""

    title: str
    study_id: str
    invented: bool  # a simulated country; every page says so
    start: dt.date  # the window's days, both included
    end: dt.date
    population_date: dt.date
    open_end: bool = False  # the study names no last day: it is that of the last record
    zone: str  # the reader's zone: days and weeks begin and end in it
    code_version: str
    archive_versions: Mapping[str, int]  # Delta table -> version
    archive_digest: str  # of the committed sources
    top: int  # the size of the top set asked for: the best `top`
    confidence: float  # of rank sets and intervals, 0.95
    definitions: Mapping[str, Meaning]
    reasons: Mapping[str, str] = field(default_factory=dict)  # code -> English sentence
    question_rules: tuple[RuleAccuracy, ...] = ()
    internal: bool = False  # for those who make the study only; every page says so
    withheld: int = 0  # channels of which something is not shown, because it is their owner's
    top_set: tuple[tuple[str, str], ...] = ()  # (country, municipality) that may be among the best
    # (country, municipality, how many): channels of persons in official roles that are counted
    # and no longer in `channels`.
    persons: tuple[tuple[str, str, int], ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()  # about the top of the ranking: see `contrasts`


@dataclass(frozen=True, kw_only=True)
class Results(Facts):
    """All that a release shows. Pure values: no clock, no network, no archive behind them.

    Raises ValueError where a frame lacks a column that the report needs.
    """

    measures: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(MEASURES)))
    ranks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(RANKS)))
    criteria: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(CRITERIA)))
    points: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(POINTS)))
    not_ranked: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(NOT_RANKED)))
    municipalities: pl.DataFrame
    names: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(NAMES)))
    channels: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(CHANNELS)))
    sources: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(SOURCES)))
    corrections: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=dict(CORRECTIONS))
    )
    totals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(TOTALS)))
    unclaimed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(UNCLAIMED)))
    weeks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(WEEKS)))
    contrasts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(CONTRASTS)))
    findings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(FINDINGS)))
    survey: "SurveyResults | None" = None

    def __post_init__(self) -> None:
        for name in FRAMES:
            object.__setattr__(self, name, _shaped(name, getattr(self, name)))
        for name in ("top_set", "persons"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name))))


FRAMES: Mapping[str, Schema] = {
    "measures": MEASURES,
    "ranks": RANKS,
    "criteria": CRITERIA,
    "points": POINTS,
    "not_ranked": NOT_RANKED,
    "municipalities": MUNICIPALITIES,
    "names": NAMES,
    "channels": CHANNELS,
    "sources": SOURCES,
    "corrections": CORRECTIONS,
    "totals": TOTALS,
    "unclaimed": UNCLAIMED,
    "weeks": WEEKS,
    "contrasts": CONTRASTS,
    "findings": FINDINGS,
}

# Releases from before there were coordinates have none.
_MAY_LACK: Mapping[str, tuple[str, ...]] = {"municipalities": ("lat", "lon")}


def _shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Bring a frame to exactly the columns of its schema, sorted by all of them."""
    absent = [column for column in _MAY_LACK.get(name, ()) if column not in frame.columns]
    frame = frame.with_columns(pl.lit(None).alias(column) for column in absent)
    lacking = [column for column in FRAMES[name] if column not in frame.columns]
    if lacking:
        raise ValueError(f"results.{name} lacks the column(s) {', '.join(lacking)}")
    columns: list[Any] = [
        _as_text(frame, column) if dtype == pl.String() else pl.col(column).cast(dtype)
        for column, dtype in FRAMES[name].items()
    ]
    return frame.select(columns).sort(list(FRAMES[name]), nulls_last=False)


def _as_text(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Areas may come as a struct: in files and pages they are JSON."""
    if isinstance(frame.schema[column], pl.Struct):
        return pl.col(column).struct.json_encode()
    return pl.col(column).cast(pl.String())
