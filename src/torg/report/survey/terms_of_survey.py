"""Codes of the survey and their plain words: why a figure is missing, margins, methods."""

from torg.locale import message
from torg.report.survey.phrases import MARGINS, UNITS

REASONS = {
    "suppressed": message("not shown"),
    "not_asked": message("not asked"),
    "no_answers": message("nobody answered"),
    "not_applicable": message("asked of nobody"),
    "too_few_observed": message("too few of the frame were observed"),
}

METHODS = {
    "rake": message("each of these is brought to the whole frame in turn (raking)"),
    "poststratify": message("each class of these crossed is brought to the whole frame"),
    "propensity": message("by classes of how likely they were to answer"),
    "none": message("no weights"),
}

DIRECTIONS = {
    "higher": message("higher"),
    "lower": message("lower"),
    "different": message("different"),
}

SUPPRESSED = message(
    "Where it says “not shown”, the figure rests on so few that it would tell of single "
    "municipalities, or would give such a figure away."
)
PERIOD = message("Answers from %(start)s to %(end)s.")
WIDE = message("Figures called wide have an interval so wide that they say little.")
PRINTED = message(
    "“The original printed” is what the study that this one repeats printed (%(source)s). It is "
    "the original's figure, not one of this survey."
)

__all__ = [
    "DIRECTIONS",
    "MARGINS",
    "METHODS",
    "PERIOD",
    "PRINTED",
    "REASONS",
    "SUPPRESSED",
    "UNITS",
    "WIDE",
]
