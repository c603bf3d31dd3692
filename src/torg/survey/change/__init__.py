"""Change between two waves that were partly answered by the same units."""

from torg.survey.change.changes import change
from torg.survey.change.overlap import overlap_variance

__all__ = ["change", "overlap_variance"]
