"""Observations by hand from small drawn tables, and the slow twin of Krippendorff's alpha."""

from itertools import permutations

import numpy as np

from tests.lib.answering import COUNTRY, answers, frame, options, question, questionnaire, wave
from tests.lib.registers import drawn, register_of
from torg.archive import Archive
from torg.collect import ByHand
from torg.survey.observing import observed_values
from torg.survey.questionnaire import Condition

WAVE = wave("look", mode="observation")
FORM = questionnaire(
    question("has_page", "many", options=options("facebook", "twitter")),
    question(
        "followers_facebook",
        "number",
        low=0,
        allows_dont_know=True,
        shown_if=Condition("has_page.facebook", ("yes",)),
    ),
    question("tone_facebook", "scale", options=options("cold", "mild", "warm")),
    question("remark", "text"),
    waves=(WAVE,),
)
UNITS = frame("unit\n1\n2\n3", of="look")
REGISTER = register_of(
    municipalities="country | code | name\nXX | 1 | Vika\nXX | 2 | Moen\nXX | 3 | Nyby",
    channels="""
country | code | platform | address                          | platform_id | scope
XX      | 1    | facebook | https://www.facebook.com/vika    | 77          | municipality
XX      | 1    | facebook | https://www.facebook.com/vikalib | 78          | service
XX      | 2    | facebook | https://www.facebook.com/moen    |             | municipality
""",
)


def seen(table):
    """What observers saw, as ANSWERS: unit, respondent (a number), item, value, at."""
    told = answers(table, of="look")
    return told.with_columns(respondent="observer-" + told["respondent"])


def values(table):
    """The rows for the archive."""
    return observed_values(seen(table), FORM, WAVE, frame=UNITS, register=REGISTER)


def kept(archive: Archive, rows, *, wave_="look"):
    """Take observations into an archive."""
    source = ByHand(study="drawn", wave=wave_, rows=rows)
    return archive.append(
        source,
        source.batches(),
        pseudonyms=None,
        languages=lambda _platform, _channel: (),
        text_days=0,
    )


def counts_of(matrix):
    """Counts and values of a drawn matrix: a line for each observer, "*" where nothing was said."""
    said = [line.split() for line in matrix.strip().splitlines()]
    order = sorted({float(cell) for line in said for cell in line if cell != "*"})
    counts = np.zeros((len(said[0]), len(order)))
    for line in said:
        for unit, cell in enumerate(line):
            if cell != "*":
                counts[unit, order.index(float(cell))] += 1
    return counts, np.array(order)


def slow_alpha(units, level):
    """Alpha as it is defined, from the coincidences: `units` are lists of values."""
    paired = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in paired for value in unit})
    coincidences = dict.fromkeys(((c, k) for c in values for k in values), 0.0)
    for unit in paired:
        for c, k in permutations(unit, 2):
            coincidences[c, k] += 1 / (len(unit) - 1)
    n_of = {c: sum(coincidences[c, k] for k in values) for c in values}
    n = sum(n_of.values())
    squared = {(c, k): _squared(c, k, n_of, values, level) for c in values for k in values}
    expected = sum(n_of[c] * n_of[k] * squared[c, k] for c in values for k in values)
    observed = sum(coincidences[pair] * squared[pair] for pair in coincidences)
    return None if expected == 0 else 1 - (n - 1) * observed / expected


def _squared(c, k, n_of, values, level):
    if level == "nominal":
        return float(c != k)
    if level == "interval":
        return (c - k) ** 2
    if level == "ratio":
        return ((c - k) / (c + k)) ** 2 if c + k else 0.0
    between = [n_of[g] for g in values if min(c, k) <= g <= max(c, k)]
    return (sum(between) - (n_of[c] + n_of[k]) / 2) ** 2 if c != k else 0.0


__all__ = [
    "COUNTRY", "FORM", "REGISTER", "UNITS", "WAVE", "counts_of", "drawn", "kept", "seen",
    "slow_alpha", "values",
]  # fmt: skip
