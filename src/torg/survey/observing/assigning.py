"""Who observes what: evenly, by lot, and a share of it by two."""

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from torg.errors import SurveyError
from torg.register import Channel, Register
from torg.survey.observing.things import platforms_of
from torg.survey.questionnaire import Questionnaire, Wave
from torg.survey.tables import Schema

FORM: Schema = {
    "country": pl.String(),
    "unit": pl.String(),
    "platform": pl.String(),  # null: the form is about the whole municipality
    "address": pl.String(),  # of the channel in the register; null: it is to be looked for
}
ASSIGNED: Schema = {
    **FORM,
    "observer": pl.String(),  # "observer-1"
    "turn": pl.Int64(),  # 1, or 2 of who observes what somebody else observes as well
}


def forms(
    frame: pl.DataFrame, questionnaire: Questionnaire, wave: Wave, *, register: Register
) -> pl.DataFrame:
    """A form for each unit and platform of the wave: rows of FORM, sorted.

    A platform on which the register knows no channel has a form too: that there is no page is
    something to be seen.
    """
    channels: dict[tuple[str, str, str], Channel] = {}
    for channel in register.as_of(wave.frame_date).channels:
        if channel.scope == "municipality":
            channels.setdefault((channel.country, channel.code, channel.platform), channel)
    platforms = platforms_of(questionnaire, wave) or (None,)
    rows = []
    for country, unit in frame.select("country", "unit").iter_rows():
        for platform in platforms:
            known = channels.get((country, unit, platform or ""))
            rows.append((country, unit, platform, known.address if known else None))
    return pl.DataFrame(rows, schema=dict(FORM), orient="row").sort("country", "unit", "platform")


def assignments(
    forms: pl.DataFrame, observers: int, *, share_twice: float = 0.2, seed: int
) -> pl.DataFrame:
    """Who observes which form: rows of ASSIGNED, sorted; the same seed gives the same.

    Every form has one observer, and `share_twice` of them, drawn by lot, a second one who does not
    know what the first has seen. No observer has many more forms than another. Raises SurveyError
    where two are needed and there is one.
    """
    if observers < 1 or not 0 <= share_twice <= 1:
        raise SurveyError(
            f"{observers} observers and a share of {share_twice} observed twice cannot be: write "
            "at least 1 observer, and a share from 0 to 1."
        )
    if share_twice and observers == 1:
        raise SurveyError(
            "what two are to observe needs two observers: write --observers 2, or a share of 0 "
            "(and then nobody knows how well they agree)."
        )
    ordered = forms.sort("country", "unit", "platform")
    first = _dealt(ordered.height, observers, np.random.Generator(np.random.PCG64(seed)))
    twice = math.ceil(share_twice * ordered.height)
    second = _second(first, observers, twice)
    rows = pl.concat(
        [_turn(ordered, first, 1), _turn(ordered[sorted(second)], _by_form(second), 2)]
    )
    return rows.select(list(ASSIGNED)).sort("country", "unit", "platform", "turn")


def _dealt(size: int, observers: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    """(form, observer), dealt like cards from a shuffled pack, in the order of dealing."""
    return [(int(form), nth % observers) for nth, form in enumerate(rng.permutation(size))]


def _second(first: Sequence[tuple[int, int]], observers: int, twice: int) -> dict[int, int]:
    """The second observer of each form that has one.

    The pack was shuffled, so its first cards are a sample by lot, and as many of each observer's.
    The observer that has least takes the next, unless it is the form's first.
    """
    load = [sum(observer == of for _, of in first) for observer in range(observers)]
    found = {}
    for form, of in first[:twice]:
        others = [observer for observer in range(observers) if observer != of]
        taker = min(others, key=lambda observer: (load[observer], (observer - of) % observers))
        load[taker] += 1
        found[form] = taker
    return found


def _by_form(second: dict[int, int]) -> list[tuple[int, int]]:
    return [(nth, second[form]) for nth, form in enumerate(sorted(second))]


def _turn(ordered: pl.DataFrame, dealt: Sequence[tuple[int, int]], turn: int) -> pl.DataFrame:
    observers = [f"observer-{observer + 1}" for _, observer in sorted(dealt)]
    named = pl.Series("observer", observers, dtype=pl.String)
    return ordered.with_columns(named, turn=pl.lit(turn, dtype=pl.Int64))
