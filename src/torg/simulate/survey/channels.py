"""The channels of the register: of every unit that really uses a platform, and of no other."""

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np

from torg.register import INVENTED, Channel, Register, normalise_address
from torg.simulate.names import slug
from torg.simulate.survey.recipe import Recipe
from torg.simulate.survey.truth import State, Units, generator
from torg.simulate.world import COUNTRY
from torg.survey.questionnaire import YES, Questionnaire, Wave

_ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "facebook": "https://www.facebook.com/invented.{}".format,
    "x": "https://x.com/{}".format,
    "youtube": "https://www.youtube.com/@{}".format,
    "instagram": "https://www.instagram.com/{}".format,
    "linkedin": "https://www.linkedin.com/company/{}".format,
    "tiktok": "https://www.tiktok.com/@{}".format,
    "flickr": "https://www.flickr.com/people/{}".format,
}
_DAYS_BEFORE_FIRST = 900  # a channel that is there at the first wave was opened in these days
_SHARES = 0.999  # of the time between two waves: it is open when the later one begins


def draw_channels(
    recipe: Recipe,
    questionnaire: Questionnaire,
    register: Register,
    units: Units,
    found: Mapping[str, State],
    *,
    seed: int,
) -> tuple[Channel, ...]:
    """A channel for each unit and platform that the recipe names, where the last wave has it.

    It opened before the first wave that finds it. Counties' channels are not in the register.
    """
    names = {unit.code: unit.name() for unit in register.municipalities}
    return tuple(
        _channel(platform, unit, name=names[unit], opened=day)
        for platform, item in sorted(recipe.channels.items())
        for unit, day in _opened(questionnaire, units, found, item=item, seed=seed)
        if unit in names
    )


def _opened(
    questionnaire: Questionnaire,
    units: Units,
    found: Mapping[str, State],
    *,
    item: str,
    seed: int,
) -> list[tuple[str, dt.date]]:
    waves = sorted(questionnaire.waves, key=lambda wave: wave.opens)
    asking = [wave for wave in waves if item in found[wave.id].codes]
    if not asking:
        return []
    yes = questionnaire.items[item].codes.index(YES)
    uses = np.array([found[wave.id].codes[item] == yes for wave in asking])
    drawn = generator(seed, "opened", item).random(len(units.ids))
    there = np.flatnonzero(uses[-1])
    first = uses.argmax(axis=0)
    return [(units.ids[i], _day(asking, int(first[i]), float(drawn[i]))) for i in there.tolist()]


def _day(asking: list[Wave], first: int, drawn: float) -> dt.date:
    """A day before wave number `first` opens, and after the one before it closed."""
    until = asking[first].opens
    days = (until - asking[first - 1].closes).days if first else _DAYS_BEFORE_FIRST
    return until - dt.timedelta(days=1 + int(drawn * _SHARES * max(days - 1, 1)))


def _channel(platform: str, unit: str, *, name: str, opened: dt.date) -> Channel:
    handle = slug(name).replace(" ", "")
    return Channel(
        country=COUNTRY,
        code=unit,
        platform=platform,
        address=normalise_address(_ADDRESSES[platform](handle)).address,
        owner_name=name,
        valid_from=opened,
        evidence=INVENTED,
    )
