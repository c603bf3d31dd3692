"""What the survey's chapter and its exports are made from: one frozen value of frames and facts.

Every frame is brought to the columns below when the value is made: known columns in this order,
others dropped, rows sorted, a column that may be left out filled with nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import polars as pl

from torg.survey import ESTIMATES, FRAME, SHEET, Questionnaire, Wave

Schema = Mapping[str, pl.DataType]
Texts = Mapping[str, str]  # language -> text

_WORDS, _SHARE, _COUNT = pl.String(), pl.Float64(), pl.Int64()
_INTERVAL = {"low": _SHARE, "high": _SHARE}

RESPONSE: Schema = {
    "wave": _WORDS,
    "group": _WORDS,  # "all", "size:2-5k", "county:NAME", "kind:county"
    "asked": _COUNT,
    "answered": _COUNT,
    "rate": _SHARE,
    **_INTERVAL,  # where the rate is taken as drawn from a larger whole; else null
}

CLASSES: Schema = {
    "wave": _WORDS,
    "margin": _WORDS,  # "size", "region", "activity"
    "class": _WORDS,
    "frame_n": _COUNT,
    "n": _COUNT,
    "weighted": _SHARE,  # the sum of weights: equals frame_n where the margin was reached
}

REPRESENTATIVITY: Schema = {
    "wave": _WORDS,
    "figure": _WORDS,  # one of REPRESENTED
    "variable": _WORDS,  # null: of the whole model
    "category": _WORDS,  # null: of the whole variable
    "value": _SHARE,
    **_INTERVAL,
}

REPRESENTED = ("r", "cv", "largest_bias", "partial", "partial_conditional")

COVERAGE: Schema = {
    "wave": _WORDS,
    "measure": _WORDS,
    "observed": _COUNT,  # units of the frame that were observed
    "frame_n": _COUNT,
    "passed": pl.Boolean(),
    "reason": _WORDS,  # an English sentence or a code: why it did not pass
}

BIAS: Schema = {
    "wave": _WORDS,
    "measure": _WORDS,
    "frame_n": _COUNT,
    "n": _COUNT,  # units that answered
    "all": _SHARE,  # mean over the whole frame
    "respondents": _SHARE,  # mean over those that answered
    "weighted": _SHARE,  # the same, weighted without this measure
    "before": _SHARE,  # respondents - all
    "after": _SHARE,  # weighted - all
    "largest": _SHARE,  # the most that `before` can be, as far as the R-indicator knows
    "weighted_by": _WORDS,
}

STATED: Schema = {
    "wave": _WORDS,
    "item": _WORDS,
    "category": _WORDS,  # the answer that is held against what was observed
    "measure": _WORDS,
    "group": _WORDS,
    "stated": _SHARE,
    "observed": _SHARE,
    "difference": _SHARE,  # stated - observed
    **_INTERVAL,  # of the difference
    "n": _COUNT,  # units that said and of which it was observed
    "missing": _WORDS,
    "flags": _WORDS,
}

NOWCAST: Schema = {
    "item": _WORDS,
    "category": _WORDS,
    "group": _WORDS,
    "day": pl.Date(),  # the day that it is said of
    "estimate": _SHARE,
    **_INTERVAL,
    "n": _COUNT,  # answers of the latest wave
    "waves": _WORDS,  # "2008, 2010": what it rests on
    "missing": _WORDS,
    "flags": _WORDS,
}

FLOWS: Schema = {
    "wave": _WORDS,  # "2014 - 2015"
    "item": _WORDS,
    "before": _WORDS,  # the category then
    "after": _WORDS,  # and now
    "n": _COUNT,  # units of the matched panel
    "missing": _WORDS,
}

DISAGREEMENTS: Schema = {
    "wave": _WORDS,
    "item": _WORDS,
    "units": _COUNT,  # whose respondents gave different answers
}

AGREEMENT: Schema = {
    "wave": _WORDS,
    "item": _WORDS,
    "alpha": _SHARE,  # Krippendorff's, for the item's level of measurement
    **_INTERVAL,
    "agreement": _SHARE,  # share of pairs that are equal
    "n": _COUNT,  # units that two observers scored
}

PRINTED: Schema = {
    "wave": _WORDS,
    "item": _WORDS,
    "category": _WORDS,
    "printed": _WORDS,  # as it stands in the original: "89 %"
    "source": _WORDS,  # the original, so that a reader can find it
}

FRAMES: Mapping[str, Schema] = {
    "frame": FRAME,
    "facts": SHEET,
    "response": RESPONSE,
    "classes": CLASSES,
    "estimates": ESTIMATES,
    "trends": ESTIMATES,
    "changes": ESTIMATES,
    "flows": FLOWS,
    "nowcasts": NOWCAST,
    "plans": ESTIMATES,
    "representativity": REPRESENTATIVITY,
    "coverage": COVERAGE,
    "bias": BIAS,
    "stated": STATED,
    "disagreements": DISAGREEMENTS,
    "agreement": AGREEMENT,
    "printed": PRINTED,
}

FIGURES = frozenset({"estimate", "low", "high", "stated", "observed", "difference"})

# What is null where a frame does not bring it. Everything else has to be there.
MAY_LACK = frozenset({"low", "high", "missing", "flags", "group", "reason", "category", "largest"})


@dataclass(frozen=True, kw_only=True)
class WeightingNote:
    """How the answers of a wave were made to stand for all."""

    wave: str
    method: str  # "rake", "poststratify", "propensity", "none"
    by: str  # "size + region"
    kish: float  # the factor by which unequal weights widen a variance (Kish 1965): 1 or more
    effective_n: float  # answers divided by it
    least: float  # the least weight
    most: float
    trimmed: int = 0  # weights that met a bound
    joined: tuple[str, ...] = ()  # classes that were too small alone: "size:10-20k + 20-50k"


@dataclass(frozen=True, kw_only=True)
class MeasureWords:
    """What an observed measure is called (English) and counted in: "share", "posts" ..."""

    title: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class RegisteredHypothesis:
    """A hypothesis as it was registered, before anything was tested."""

    id: str
    texts: Texts = field(hash=False)
    measure: str
    direction: Literal["higher", "lower", "different"]
    registered_on: dt.date
    top: int | None = None  # how many of the best it speaks of
    contrast: str = ""  # whom they are held against, as it was registered


@dataclass(frozen=True, kw_only=True)
class SurveyFacts:
    """What holds for a survey as a whole: all of its results that is no table."""

    title: str
    study_id: str
    invented: bool  # simulated; every page and file says so
    code_version: str
    confidence: float  # of intervals, 0.95
    questionnaire: Questionnaire
    asker: str = ""  # who asks: a name
    country: str | None = None
    internal: bool = False
    measures: Mapping[str, MeasureWords] = field(default_factory=dict, hash=False)
    reasons: Mapping[str, str] = field(default_factory=dict, hash=False)  # code -> English sentence
    weightings: tuple[WeightingNote, ...] = ()
    hypotheses: tuple[RegisteredHypothesis, ...] = ()
    notes: tuple[Texts, ...] = field(default=(), hash=False)  # of those who make the study
    # Of the units of the frame, where `frame` no longer has them all.
    kinds: tuple[str, ...] = ()  # "municipality", "county", "both"
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurveyResults(SurveyFacts):
    """All that is shown of a survey. Pure values: no clock, no network, no database behind them.

    `estimates` (of every wave; rows without weights beside the weighted ones where both are wanted)
    have gone through the policy on disclosure; what has a reason in `missing` has no figure.
    `facts` are answers unit by unit: only those to questions whose answers are public facts are
    kept, whatever is given. `trends`, `changes` (wave "2014 - 2015": after minus before; group
    "all" or "panel") and `plans` (category "by_plan": now or planned) have the columns of
    estimates. `printed` are figures of the study that this one repeats, whichever it asked for
    (item "response": its response rate); pages show them only as the original's. Raises ValueError
    where a frame lacks a column, or has an item that the questionnaire does not have.
    """

    frame: pl.DataFrame  # of every wave
    facts: pl.DataFrame = field(default_factory=lambda: _none("facts"))
    response: pl.DataFrame
    classes: pl.DataFrame = field(default_factory=lambda: _none("classes"))
    estimates: pl.DataFrame
    trends: pl.DataFrame = field(default_factory=lambda: _none("trends"))
    changes: pl.DataFrame = field(default_factory=lambda: _none("changes"))
    flows: pl.DataFrame = field(default_factory=lambda: _none("flows"))
    nowcasts: pl.DataFrame = field(default_factory=lambda: _none("nowcasts"))
    plans: pl.DataFrame = field(default_factory=lambda: _none("plans"))
    representativity: pl.DataFrame = field(default_factory=lambda: _none("representativity"))
    coverage: pl.DataFrame = field(default_factory=lambda: _none("coverage"))
    bias: pl.DataFrame = field(default_factory=lambda: _none("bias"))
    stated: pl.DataFrame = field(default_factory=lambda: _none("stated"))
    disagreements: pl.DataFrame = field(default_factory=lambda: _none("disagreements"))
    agreement: pl.DataFrame = field(default_factory=lambda: _none("agreement"))
    printed: pl.DataFrame = field(default_factory=lambda: _none("printed"))

    def __post_init__(self) -> None:
        for name in FRAMES:
            object.__setattr__(self, name, _hidden(_shaped(name, getattr(self, name))))
        known = sorted(self.questionnaire.facts)
        object.__setattr__(self, "facts", self.facts.filter(pl.col("item").is_in(known)))
        self._refuse_unknown()
        for name, column in (("kinds", "kind"), ("countries", "country")):
            there = {*getattr(self, name), *self.frame[column].drop_nulls()}
            object.__setattr__(self, name, tuple(sorted(there)))

    def _refuse_unknown(self) -> None:
        """Raise ValueError where a figure is of an item that no question comes down to."""
        for name in ("estimates", "stated", "facts"):
            given = set(getattr(self, name)["item"].drop_nulls())
            strange = sorted(given - set(self.questionnaire.items))
            if strange:
                raise ValueError(f"survey.{name} has items unknown to the questionnaire: {strange}")

    @cached_property
    def waves(self) -> tuple[Wave, ...]:
        """The waves that somebody was asked in, by the day they closed: the latest is last."""
        asked = set(self.response["wave"]) | set(self.estimates["wave"])
        there = (wave for wave in self.questionnaire.waves if wave.id in asked)
        return tuple(sorted(there, key=lambda wave: (wave.closes, wave.id)))

    def weighting(self, wave: str) -> WeightingNote | None:
        """How the answers of a wave were weighted; None where nothing is said of it."""
        return next((note for note in self.weightings if note.wave == wave), None)


def _none(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=dict(FRAMES[name]))


def _shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Bring a frame to exactly the columns of its schema, sorted by all of them."""
    schema = FRAMES[name]
    _refuse_lacking(name, [c for c in schema if c not in frame.columns and c not in MAY_LACK])
    columns = [
        pl.col(column).cast(dtype)
        if column in frame.columns
        else pl.lit(None, dtype=dtype).alias(column)
        for column, dtype in schema.items()
    ]
    return frame.select(columns).sort(list(schema), nulls_last=False)


def _hidden(frame: pl.DataFrame) -> pl.DataFrame:
    """What is missing has no figure, whatever came with it: a suppressed one must not slip out."""
    if "missing" not in frame.columns:
        return frame
    figures = FIGURES & set(frame.columns) or {"n"}  # flows are counts
    there = pl.col("missing").is_null()
    return frame.with_columns(pl.when(there).then(name).alias(name) for name in sorted(figures))


def _refuse_lacking(name: str, lacking: Iterable[str]) -> None:
    if lacking:
        raise ValueError(f"survey.{name} lacks the column(s) {', '.join(lacking)}")
