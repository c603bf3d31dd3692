"""What silence costs: how far those who answered are from all, in what is known of all.

Of each measure that passed the gate, the mean over the respondents is held against the mean over
the whole frame, before weighting and after. For the second the weights are made anew without the
measure, and without its whole family: calibrated on itself, or on the posts of one platform, its
bias would be zero by construction and would say nothing of the stated items.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from torg.compare.seen import HAS_PAGE
from torg.measure import DEFINITIONS
from torg.survey import Weighting
from torg.survey.estimating import ratios

BIAS: Mapping[str, pl.DataType] = {
    "wave": pl.String(),
    "measure": pl.String(),
    "frame_n": pl.Int64(),  # municipalities of which it is known and defined
    "n": pl.Int64(),  # those of them that answered
    "all": pl.Float64(),  # mean over the frame
    "respondents": pl.Float64(),  # mean over those who answered
    "weighted": pl.Float64(),  # the same, weighted without this measure
    "before": pl.Float64(),  # respondents - all
    "after": pl.Float64(),  # weighted - all
    "error": pl.Float64(),  # standard error of `weighted`: what chance alone makes of `after`
    "spread": pl.Float64(),  # standard deviation over the frame, so that biases compare
    "largest": pl.Float64(),  # the most that `before` is as far as the R-indicator knows
    "weighted_by": pl.String(),
    "left_out": pl.String(),  # measures of the weighting that were left out, apart by blanks
}

Weigh = Callable[[pl.DataFrame], Weighting]

_NAMES = ("country", "unit")
_PRESENCE = "presence"


@dataclass(frozen=True)
class _Reweighed:
    """Weights by what is left of the activity they are made of, each made once."""

    activity: pl.DataFrame
    weigh: Weigh
    made: dict[frozenset[str], Weighting] = field(default_factory=dict)

    def without(self, family: str) -> tuple[Weighting, tuple[str, ...]]:
        """The weights without the measures of a family, and which those were."""
        names = self.activity["measure"].unique().sort()
        out = frozenset(name for name in names if family_of(name) == family)
        if out not in self.made:
            left = self.activity.filter(~pl.col("measure").is_in(list(out)))
            self.made[out] = self.weigh(left)
        return self.made[out], tuple(sorted(out))


def bias(
    observed: pl.DataFrame,
    frame: pl.DataFrame,
    respondents: pl.DataFrame,
    *,
    activity: Collection[str],
    weigh: Weigh,
    cv: float | None = None,
) -> pl.DataFrame:
    """The bias of each measure before and after weighting: BIAS rows, sorted by measure.

    `observed` are the OBSERVED rows that came through the gate, `activity` the measures of them
    that the study weights on. `weigh` makes the weights of the wave from such rows, as the study's
    own were made. `cv` is that of the R-indicator: were answering explained by what that was made
    of, the bias of a mean would be at most ``cv`` times its standard deviation (Schouten, Cobben
    and Bethlehem 2009). One that is larger says that silence has more reasons than it knows of.
    """
    known = observed.filter(pl.col("value").is_not_null()).join(
        frame.filter(pl.col("kind") != "county"), on=_NAMES, how="semi"
    )
    active = observed.filter(pl.col("measure").is_in(list(activity)))
    reweighed = _Reweighed(active, weigh)
    names = respondents.select(_NAMES).unique()
    rows = [
        _row(measure, known.filter(pl.col("measure") == measure), names, reweighed, cv)
        for measure in known["measure"].unique().sort()
    ]
    wave = frame["wave"][0] if frame.height else None
    return pl.DataFrame([{"wave": wave, **row} for row in rows], schema=dict(BIAS), orient="row")


def family_of(measure: str) -> str:
    """The family of a measure: "activity" of "posts_per_week" and "posts:bluesky" alike."""
    if measure.startswith(HAS_PAGE):
        return _PRESENCE
    name = measure.partition(":")[0]
    definition = DEFINITIONS.get(name)
    return definition.family if definition else name


def _row(
    measure: str,
    known: pl.DataFrame,
    respondents: pl.DataFrame,
    reweighed: _Reweighed,
    cv: float | None,
) -> dict[str, object]:
    weighting, left_out = reweighed.without(family_of(measure))
    whole = known["value"].to_numpy()
    own = known.join(respondents, on=_NAMES, how="semi")["value"].to_numpy()
    weighted, error = _weighted(known, weighting)
    mean, spread = float(whole.mean()), float(whole.std())
    answered = float(own.mean()) if len(own) else None
    return {
        "measure": measure,
        "frame_n": len(whole),
        "n": len(own),
        "all": mean,
        "respondents": answered,
        "weighted": weighted,
        "before": None if answered is None else answered - mean,
        "after": None if weighted is None else weighted - mean,
        "error": error,
        "spread": spread,
        "largest": None if cv is None else cv * spread,
        "weighted_by": weighting.by,
        "left_out": " ".join(left_out),
    }


def _weighted(known: pl.DataFrame, weighting: Weighting) -> tuple[float | None, float | None]:
    """The weighted mean over the respondents of whom it is known, and its standard error."""
    joined = weighting.weights.select(_NAMES).join(
        known.select(*_NAMES, "value"), on=_NAMES, how="left", maintain_order="left"
    )["value"]
    is_in = joined.is_not_null().to_numpy().astype(np.float64)[:, None]
    values = joined.fill_null(0.0).to_numpy()[:, None]
    found = ratios(weighting.design, values, is_in)
    if not found.n[0]:
        return None, None
    error = float(found.errors[0])
    return float(found.estimates[0]), error if np.isfinite(error) else None
