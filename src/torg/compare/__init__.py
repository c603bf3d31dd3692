"""What is said held against what is done, and what silence costs: survey and observation joined.

`observed_of` tells what was observed of every unit of a frame, `gate` which of it covers the frame,
`through` what of it may be joined. `bias` measures what those who did not answer would have
changed, `stated` holds answers against what was observed, and `own` shows a unit its own.
`contrasts` holds the top of a ranking against others of its size, by registered hypotheses.
"""

from torg.compare.bias import BIAS, bias, family_of
from torg.compare.contrasts import CONTRAST_REASONS, CONTRASTS, Order, contrasts
from torg.compare.coverage import (
    COUNTING_TIERS,
    COVERAGE,
    GATE_REASONS,
    LEAST_COVERED,
    gate,
    through,
)
from torg.compare.dominance import Dominance, dominance, holm
from torg.compare.pairs import PAIRS, Pair, PairDefinition, pairs_of
from torg.compare.registered import TORGS_OWN, Hypothesis, registered, to_be_tested
from torg.compare.seen import HAS_PAGE, NO_PAGE, observed_of
from torg.compare.stated import STATED, own, stated

__all__ = [
    "BIAS",
    "CONTRASTS",
    "CONTRAST_REASONS",
    "COUNTING_TIERS",
    "COVERAGE",
    "GATE_REASONS",
    "HAS_PAGE",
    "LEAST_COVERED",
    "NO_PAGE",
    "PAIRS",
    "STATED",
    "TORGS_OWN",
    "Dominance",
    "Hypothesis",
    "Order",
    "Pair",
    "PairDefinition",
    "bias",
    "contrasts",
    "dominance",
    "family_of",
    "gate",
    "holm",
    "observed_of",
    "own",
    "pairs_of",
    "registered",
    "stated",
    "through",
    "to_be_tested",
]
