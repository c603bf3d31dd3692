"""Change between two waves that were partly answered by the same units."""

from torg.survey.change.changes import change
from torg.survey.change.choosing import base_of, chosen
from torg.survey.change.flows import FLOWS, MOVES, Flows, gross_flows
from torg.survey.change.overlap import overlap_variance

__all__ = [
    "FLOWS",
    "MOVES",
    "Flows",
    "base_of",
    "change",
    "chosen",
    "gross_flows",
    "overlap_variance",
]
