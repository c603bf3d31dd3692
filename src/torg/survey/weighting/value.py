"""The weights of one wave, with what is to be known of them."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from torg.survey.weighting.design import Design

Method = Literal["rake", "poststratify", "propensity", "none"]


@dataclass(frozen=True, eq=False)
class Weighting:
    """How those who answered stand for all: a weight for each, and what it was made of."""

    wave: str
    method: Method
    by: str  # "size + region"; crossed: "size x region"; "" where nothing is weighted on
    weights: pl.DataFrame  # WEIGHTS, by country and unit; they sum to the frame's size
    classes: pl.DataFrame  # margin, class, frame_n, n, weighted: the weights' sum
    memberships: pl.DataFrame  # country, unit, margin, class: of every unit of the frame
    joined: tuple[str, ...]  # what was joined with what, and what was left out and why
    kish: float  # n sum(w^2) / (sum w)^2 (Kish 1965): what unequal weights cost
    effective_n: float  # n / kish
    least: float  # the smallest weight
    most: float  # the largest
    trimmed: int  # weights that are held at a bound
    respondents: int
    design: Design  # rows in the order of `weights`
