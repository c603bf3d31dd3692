"""Experience, without a database: what changed around a trial, joint curves, search, matches."""

from torg.experience.change import (
    LEAST_PEERS,
    LEAST_WEEKS,
    MOST_WEEKS,
    REASONS,
    Change,
    PeersChange,
    Span,
    Weeks,
    change_of,
    change_of_peers,
    monday_of,
)
from torg.experience.joint import JointWeek, joint_curve
from torg.experience.matching import LEAST, Match, matches
from torg.experience.ranking import Hit, Posting, ranked
from torg.experience.stems import LEAST_PREFIX, STEMMERS, asked_stems, fold, stems_of
from torg.experience.taxonomy import TAXONOMY, Asked, Taxonomy

__all__ = [
    "LEAST",
    "LEAST_PEERS",
    "LEAST_PREFIX",
    "LEAST_WEEKS",
    "MOST_WEEKS",
    "REASONS",
    "STEMMERS",
    "TAXONOMY",
    "Asked",
    "Change",
    "Hit",
    "JointWeek",
    "Match",
    "PeersChange",
    "Posting",
    "Span",
    "Taxonomy",
    "Weeks",
    "asked_stems",
    "change_of",
    "change_of_peers",
    "fold",
    "joint_curve",
    "matches",
    "monday_of",
    "ranked",
    "stems_of",
]
