"""One item over the editions: its trend, its level today, and what is planned."""

from torg.survey.trend.nowcast import NOWCASTS, nowcast
from torg.survey.trend.plans import by_plan
from torg.survey.trend.trend import TREND, trend

__all__ = [
    "NOWCASTS",
    "TREND",
    "by_plan",
    "nowcast",
    "trend",
]
