"""Which interval a figure gets, and which words of warning. The policy on one page.

Constants with their reasons stand first; what is done with them is four functions.
"""

from dataclasses import dataclass

import numpy as np

from torg.survey.estimating.cells import Cells
from torg.survey.estimating.groups import Mask
from torg.survey.intervals import NO_SPREAD, Ends, Floats, hypergeometric, korn_graubard, student

# With fewer than five of a kind the effective number of answers says little: counts are exact.
FEW_OF_A_KIND = 5
# Relaxed from 30 for small populations, of which a third or more answer (Parker et al. 2017).
FEW_ANSWERS = 10
# Of a share, from end to end (Parker et al. 2017): flagged here, not hidden.
WIDE, NARROW, WIDE_FOR_ITS_SHARE = 0.30, 0.05, 1.30
# A third of the answers are lost to unequal weights (Kish 1965).
EXTREME = 1.5

_EQUAL = 1e-9


@dataclass(frozen=True, eq=False)
class Bounded:
    """Figures with their ends and warnings, side by side."""

    estimates: Floats
    low: Floats
    high: Floats
    flags: tuple[str, ...]


def bounded(cells: Cells, *, confidence: float) -> Bounded:
    """Each figure held within what is still possible, its interval, and its flags."""
    is_exact = _is_exact(cells)
    low, high = _ends(cells, is_exact, confidence)
    least, most = cells.possible
    low, high = np.fmax(low, least), np.fmin(high, most)
    estimates = np.clip(cells.linear.estimates, least, most)
    has = np.isfinite(estimates) & (cells.n > 0)
    low, high = (np.where(has & np.isfinite(end), end, np.nan) for end in (low, high))
    low, high = np.minimum(low, estimates), np.maximum(high, estimates)
    unknown = ~(np.isfinite(low) & np.isfinite(high))
    return Bounded(
        estimates=np.where(has, estimates, np.nan),
        low=low,
        high=high,
        flags=words(
            wide=has & (unknown | is_wide(low, high, np.abs(estimates), cells.is_share)),
            few=has & (cells.unknown > 0) & (cells.n / cells.kish < FEW_ANSWERS),
            exact=has & is_exact,
            extreme_weights=has & (cells.kish > EXTREME),
        ),
    )


def is_wide(low: Floats, high: Floats, share: Floats, is_share: Mask) -> Mask:
    """Whether an interval is too wide to be read without a warning."""
    width = high - low
    with np.errstate(invalid="ignore", divide="ignore"):
        of_itself = width > WIDE_FOR_ITS_SHARE * share
    return np.where(is_share, (width >= WIDE) | ((width > NARROW) & of_itself), of_itself)


def words(**masks: Mask) -> tuple[str, ...]:
    """The names of the masks that hold, apart by blanks, for each figure."""
    columns = [np.where(mask, name, "") for name, mask in masks.items()]
    return tuple(" ".join(filter(None, row)) for row in zip(*columns, strict=True))


def _is_exact(cells: Cells) -> Mask:
    """Shares whose answers all weigh the same, or of which few are of one kind.

    And those without spread: where each stratum is of one mind, the formula knows no doubt.
    """
    no = cells.n - cells.yes
    few = (cells.yes < FEW_OF_A_KIND) | (no < FEW_OF_A_KIND)
    has_spread = (cells.linear.errors > NO_SPREAD) & (cells.linear.df > 0)
    return cells.is_share & ((cells.kish < 1 + _EQUAL) | few | ~has_spread)


def _ends(cells: Cells, is_exact: Mask, confidence: float) -> Ends:
    linear = cells.linear
    shares = korn_graubard(
        linear.estimates, linear.errors, n=cells.n, df=linear.df, confidence=confidence
    )
    means = student(linear.estimates, linear.errors, df=linear.df, confidence=confidence)
    ends = [np.where(cells.is_share, s, m) for s, m in zip(shares, means, strict=True)]
    if is_exact.any():
        low, high = _counted(cells, is_exact, confidence)
        ends[0][is_exact], ends[1][is_exact] = low, high
    return ends[0], ends[1]


def _counted(cells: Cells, chosen: Mask, confidence: float) -> Ends:
    """Hypergeometric ends; where weights differ, of as many answers as they are worth.

    Those are a share of a whole number of answers only by rounding, so the lower end is that of
    the count below and the upper end that of the count above.
    """
    n = np.maximum(
        np.floor(cells.n[chosen] / cells.kish[chosen] + _EQUAL), np.minimum(cells.n[chosen], 1)
    )
    count = np.nan_to_num(cells.linear.estimates[chosen]) * n
    size = np.maximum(cells.size[chosen], n)
    below, above = np.floor(count + _EQUAL), np.ceil(count - _EQUAL)
    low, _ = hypergeometric(below, n=n, size=size, confidence=confidence)
    _, high = hypergeometric(above, n=n, size=size, confidence=confidence)
    return low, high
