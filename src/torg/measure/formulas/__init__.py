"""The families of measures: a module each."""

from torg.measure.formulas import audiences, dialogue, engagement, medians, posting
from torg.measure.views import Formula

FORMULAS: tuple[Formula, ...] = (
    posting.ACTIVITY,
    posting.MEDIA_SHARES,
    audiences.FORMULA,
    engagement.FORMULA,
    medians.FORMULA,
    *dialogue.FORMULAS,
)

__all__ = ["FORMULAS"]
