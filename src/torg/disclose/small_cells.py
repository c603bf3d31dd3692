"""Which figures of a survey are too small to show: the policy, on one page.

Only items whose answers are *aggregate only* are looked at: what a question asks for as a public
fact is told unit by unit. Who has answered is not a secret, nor is the size of the frame.

Sources: Hundepool and others, Statistical Disclosure Control (2012), chapters 4 and 5; Fischetti
and Salazar, Solving the cell suppression problem on tabular data with linear constraints
(Management Science 47, 2001) for what an attacker can work out.
"""

from collections.abc import Mapping, Sequence

from torg.survey import Item, Question

SUPPRESSED = "suppressed"

# Of a cell with one or two units each of the two knows the other; three is the least that hides
# anybody (the default of most programs for tables).
LEAST_FACTS = 3

# What an office thinks of itself or of others is nearer to the one person who wrote it than what
# it has: five, as for cells about citizens.
LEAST_OPINIONS = 5
OPINIONS = ("scale",)

# Where all of a group say the same, each one's answer is known. Of ten and more that is a finding
# about the group; of fewer it is a list of names.
LEAST_ALIKE = 10

# What is suppressed may not be bounded more closely than this by what is shown, in units: as wide
# as the rule that suppressed it. So it stays open whether the cell was small at all.
WIDTH = {LEAST_FACTS: LEAST_FACTS, LEAST_OPINIONS: LEAST_OPINIONS}

# Of numbers (staff, money): a mean times its n is a sum, and a sum that two make up nearly alone
# tells each of them the other ((n,k) rule and p % rule).
DOMINANT = 2
DOMINANCE = 0.85
P_PERCENT = 0.10

# Weights follow from who has answered, which is no secret. A weighted share that is told to the
# last digit is then a sum of known weights, which one choice of units fits and no other: it tells
# who said yes. So where weights differ, shares are told in whole per cents (of ten answers a
# thousand choices, a hundred steps), means in three figures, and a group of fewer answers without
# weights. Nor is a group told both ways: two sums over the same answers tell what one does not.
LEAST_WEIGHTED = 10
PER_CENTS, FIGURES_OF_A_MEAN = 100, 3

# Stated against observed: in public only where so many say it and so many do not, and so many are
# looked at in all. Fewer would tell of some municipality that it says more than it does.
LEAST_COMPARED = 5

# An interval is wide where the figure says little; that is a flag, and no reason to hide it.
WHY_SUPPRESSED = (
    "It rests on so few answers that some could be told from it, or it would give away another"
    " figure that does."
)


def least_of(question: Question) -> int:
    """The fewest units that a shown cell of the question's items has."""
    is_opinion = question.kind in OPINIONS or (question.kind == "matrix" and question.options)
    return LEAST_OPINIONS if is_opinion else LEAST_FACTS


def is_guarded(item: Item) -> bool:
    """Whether the item's answers are shown as totals only."""
    return item.question.disclosure == "aggregate"


def sensitive(counts: Mapping[str, int], *, least: int) -> tuple[str, ...]:
    """The categories of one group that may not be shown, with their counts given; sorted.

    Those with fewer than `least` units, and none is not few; all, where the group itself is so
    small; and that which all have given, where they are fewer than LEAST_ALIKE.
    """
    n = sum(counts.values())
    if not n:
        return ()
    if n < least:
        return tuple(sorted(counts))
    few = {name for name, count in counts.items() if 0 < count < least}
    alike = {name for name, count in counts.items() if count == n < LEAST_ALIKE}
    return tuple(sorted(few | alike))


def is_dominated(values: Sequence[float], *, least: int) -> bool:
    """Whether the mean of these numbers tells too much of one of them."""
    sizes = sorted((abs(value) for value in values), reverse=True)
    total = sum(sizes)
    if len(sizes) < least:
        return bool(sizes)
    if not total:
        return len(sizes) < LEAST_ALIKE
    rest = total - sum(sizes[:DOMINANT])
    return sum(sizes[:DOMINANT]) > DOMINANCE * total or rest < P_PERCENT * sizes[0]


def width_of(count: float, *, least: int) -> float:
    """How wide a range must stay open for a suppressed cell, in units; `count` is its group's."""
    return min(float(WIDTH[least]), count)
