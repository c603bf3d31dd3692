"""How answers came about, as arrays: what every variance of an estimate is worked out from."""

from dataclasses import dataclass

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

    @property
    def indicators(self) -> Floats:
        """A column of zeros and ones for each class of each margin."""
        columns = [margin[:, None] == np.unique(margin)[None, :] for margin in self.margins]
        if not columns:
            return np.empty((len(self.weights), 0))
        return np.concatenate(columns, axis=1).astype(np.float64)


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
