"""Weights by which those who answered stand for the whole frame."""

from torg.survey.weighting.design import Codes, Design, Floats, product, simple, stratified
from torg.survey.weighting.raking import is_met, raked
from torg.survey.weighting.value import Method, Weighting
from torg.survey.weighting.weigh import weigh

__all__ = [
    "Codes",
    "Design",
    "Floats",
    "Method",
    "Weighting",
    "is_met",
    "product",
    "raked",
    "simple",
    "stratified",
    "weigh",
]
