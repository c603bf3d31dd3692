"""How answers came about, as arrays: what every variance of an estimate is worked out from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Design:
    """Those who answered as a sample of the frame, stratum by stratum, calibrated on margins.

    All arrays but `sizes` have one value for each respondent, in the order of `Weighting.weights`.
    """

    weights: Floats  # after calibration: units of the frame that each stands for
    base: Floats  # before it: N_h / n_h
    strata: Codes  # the stratum, counted from 0
    sizes: Floats  # units of the frame in each stratum (N_h)
    margins: tuple[Codes, ...] = ()  # the class in each margin that was calibrated on
    is_corrected: bool = False  # see `factors`

    def __post_init__(self) -> None:
        """Refuse what cannot be: arrays of several lengths, more answers than units."""
        lengths = {len(a) for a in (self.weights, self.base, self.strata, *self.margins)}
        if len(lengths) != 1:
            raise ValueError(f"the arrays of a design have several lengths: {sorted(lengths)}")
        if np.any(self.answers > self.sizes + 1e-9):
            raise ValueError("a stratum has more answers than units")

    @property
    def answers(self) -> Floats:
        """Answers in each stratum (n_h)."""
        return np.bincount(self.strata, minlength=len(self.sizes)).astype(np.float64)

    @cached_property
    def membership(self) -> Floats:
        """A column of zeros and ones for each stratum."""
        return _columns(self.strata, np.arange(len(self.sizes)))

    @cached_property
    def basis(self) -> Floats:
        """Orthonormal columns for what is regressed on, each row times the root of `metric`."""
        columns = [_columns(margin, np.unique(margin)) for margin in self.margins]
        if self.is_corrected:
            columns = [self.membership, *columns]
        if not columns:
            return np.empty((len(self.weights), 0))
        known = np.sqrt(self.metric)[:, None] * np.concatenate(columns, axis=1)
        return _orthonormal(known)

    @property
    def metric(self) -> Floats:
        """The weights of that regression: those before post-stratification; raked, all the same.

        So have it R's package survey and svy, which the tests compare with.
        """
        return self.base if len(self.margins) == 1 else np.ones(len(self.base))

    @cached_property
    def factors(self) -> Floats:
        """What each respondent's squared score counts for in a variance.

        As sampled: (1 - n_h/N_h) n_h/(n_h - 1) of its stratum, with scores as deviations from the
        stratum's mean. Corrected: (1 - 1/w) / (1 - leverage) of its own. Answering is no draw at a
        rate known beforehand, so the finite population correction is the unit's own (Poisson
        sampling, Särndal, Swensson and Wretman 1992, 3.5); and with some twenty classes on 150
        answers the fit takes up what has to be given back (MacKinnon and White 1985, HC2). For
        strata alone both are the same.
        """
        if self.is_corrected:
            leverage = np.sum(self.basis**2, axis=1)
            left = np.maximum(1 - leverage, _LEAST_LEFT)
            return np.where(self.weights > 1, (1 - 1 / self.weights) / left, 0.0)
        n, sizes = self.answers, self.sizes
        with np.errstate(invalid="ignore", divide="ignore"):
            own = np.where(n < sizes, (1 - n / sizes) * n / np.where(n > 1, n - 1, np.nan), 0.0)
        return np.asarray(own[self.strata])


_NOTHING = 1e-8  # of a column's length, when it is a sum of others
_LEAST_LEFT = 0.05  # of a residual, where a respondent is all but alone in its classes


def _columns(codes: Codes, classes: npt.NDArray[np.intp]) -> Floats:
    return np.asarray(codes[:, None] == classes[None, :], dtype=np.float64)


def _orthonormal(columns: Floats) -> Floats:
    """The columns made orthogonal one after the other (Gram and Schmidt), without what they repeat.

    Not by a decomposition of the matrix library: its threads cost more than the sums, and their
    number would show in the last digits.
    """
    found = np.empty_like(columns)
    has = 0
    for column in columns.T:
        left = column[:, None]
        for _ in range(2):  # the second time takes away what rounding left of the first
            left = left - product(found[:, :has], product(found[:, :has].T, left))
        length = np.sqrt(np.sum(left**2))
        if length > _NOTHING * np.sqrt(np.sum(column**2)):
            found[:, has], has = left[:, 0] / length, has + 1
    return found[:, :has]


def simple(size: float, respondents: int) -> Design:
    """Everybody as likely to answer as everybody else: `respondents` of `size` units."""
    weights = np.full(respondents, size / respondents)
    strata = np.zeros(respondents, dtype=np.intp)
    return Design(weights=weights, base=weights, strata=strata, sizes=np.array([size]))


def stratified(strata: Codes, sizes: Floats) -> Design:
    """Post-stratified: within a stratum all stand for as many (N_h / n_h)."""
    answers = np.bincount(strata, minlength=len(sizes))
    weights = (sizes / np.maximum(answers, 1))[strata]
    return Design(weights=weights, base=weights, strata=strata, sizes=sizes)


def product(left: Floats, right: Floats) -> Floats:
    """The matrix product, summed in one order whatever the number of cores."""
    return np.asarray(np.einsum("ij,jk->ik", left, right))
