"""From measures to places, each with the places that it cannot be told from.

`rank` ranks a study's municipalities; `rank_sets` makes the sets from any estimates and variances.
"""

from torg.score.classic import CLASSIC_LISTS
from torg.score.criteria import DEFAULT_CRITERIA, STOCKS
from torg.score.page import criteria_page
from torg.score.ranking import Ranked, rank
from torg.score.ranksets import RankSets, rank_sets
from torg.score.reasons import REASONS
from torg.score.standing import RANK_COLUMNS

__all__ = [
    "CLASSIC_LISTS",
    "DEFAULT_CRITERIA",
    "RANK_COLUMNS",
    "REASONS",
    "STOCKS",
    "RankSets",
    "Ranked",
    "criteria_page",
    "rank",
    "rank_sets",
]
