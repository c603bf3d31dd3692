"""Observation by hand: a wave whose respondents are observers, with a form for each channel."""

from torg.survey.observing.agreeing import AGREEMENT, agreement
from torg.survey.observing.assigning import ASSIGNED, FORM, assignments, forms
from torg.survey.observing.reliability import alpha, bootstrap_interval, gwet_ac1, raw_agreement
from torg.survey.observing.things import PLATFORMS, Thing, platforms_of, thing_of
from torg.survey.observing.values import OBSERVATION, observed_measures, observed_values

__all__ = [
    "AGREEMENT",
    "ASSIGNED",
    "FORM",
    "OBSERVATION",
    "PLATFORMS",
    "Thing",
    "agreement",
    "alpha",
    "assignments",
    "bootstrap_interval",
    "forms",
    "gwet_ac1",
    "observed_measures",
    "observed_values",
    "platforms_of",
    "raw_agreement",
    "thing_of",
]
