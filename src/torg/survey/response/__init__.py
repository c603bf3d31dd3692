"""Who answered: rates by group, and how like the whole frame those who answered are."""

from torg.survey.response.propensity import Fitted, fit_propensities
from torg.survey.response.rates import RESPONSE, response
from torg.survey.response.representativity import (
    REPRESENTATIVITY,
    Representativity,
    representativity,
)

__all__ = [
    "REPRESENTATIVITY",
    "RESPONSE",
    "Fitted",
    "Representativity",
    "fit_propensities",
    "representativity",
    "response",
]
