"""Who may see what: which figures may be shown to everybody, and which stay with their owner.

`for_everybody` gives what a release and a report may show, `for_analysts` what those who make the
study may see. The rules are one table, RULES. `protect` takes the small cells out of a survey's
estimates, and those that would give them away; its policy is one page, `small_cells`.
"""

from torg.disclose.comparisons import (
    protect_flows,
    protect_nowcasts,
    protect_panel,
    protect_stated,
)
from torg.disclose.disclosure import Disclosure, for_analysts, for_everybody
from torg.disclose.figures import WITHHELD, withhold
from torg.disclose.ledger import ledger
from torg.disclose.protect import Guard, guard, protect
from torg.disclose.public import PublicReading
from torg.disclose.rules import RULES, Rule, judged
from torg.disclose.small_cells import SUPPRESSED, WHY_SUPPRESSED
from torg.disclose.totals import LEAST_OWNERS, TOTALS, totals

REASONS = {
    WITHHELD: "It rests on what is its owner's own, who has not agreed to show it, or on a library "
    "that gives out totals only.",
    SUPPRESSED: WHY_SUPPRESSED,
}

__all__ = [
    "LEAST_OWNERS",
    "REASONS",
    "RULES",
    "SUPPRESSED",
    "TOTALS",
    "WITHHELD",
    "Disclosure",
    "Guard",
    "PublicReading",
    "Rule",
    "for_analysts",
    "for_everybody",
    "guard",
    "judged",
    "ledger",
    "protect",
    "protect_flows",
    "protect_nowcasts",
    "protect_panel",
    "protect_stated",
    "totals",
    "withhold",
]
