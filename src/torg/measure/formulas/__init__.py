"""The families of measures: a module each."""

from ibis import Table

from torg.measure.formulas import audiences, dialogue, engagement, medians, posting
from torg.measure.formulas.answer_tallies import of_weeks, replies_by_week
from torg.measure.formulas.totals import by_week as posts_by_week
from torg.measure.views import Formula, Views

FORMULAS: tuple[Formula, ...] = (
    posting.ACTIVITY,
    posting.MEDIA_SHARES,
    audiences.FORMULA,
    engagement.FORMULA,
    medians.FORMULA,
    *dialogue.FORMULAS,
)


def replies_of_weeks(views: Views) -> Table:
    """Replies by municipality's own group and week: of_citizens, of_owner, of_unknown."""
    return of_weeks(replies_by_week(views), views)


__all__ = ["FORMULAS", "posts_by_week", "replies_of_weeks"]
