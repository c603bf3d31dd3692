"""What the latest release says of the weeks before and after an experience."""

import datetime as dt
from dataclasses import dataclass

from torg.experience import (
    MOST_WEEKS,
    TAXONOMY,
    Change,
    PeersChange,
    change_of,
    change_of_peers,
)
from torg.site.experience.observed import Key, access_of, hidden_of, spots, weeks_of
from torg.site.experience.queries.own import OwnExperience
from torg.site.experience.queries.published import PublicExperience, overlapping


@dataclass(frozen=True, kw_only=True)
class Around:
    """One measure: how it changed here, and the same change among the peers."""

    measure: str
    title: str
    change: Change
    peers: PeersChange


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """All measures of one experience, and what else went on in the same weeks."""

    measures: tuple[Around, ...]
    others: tuple[PublicExperience, ...]


def surroundings(experience: PublicExperience | OwnExperience, *, language: str) -> Surroundings:
    """What changed around an experience, as the latest public release has it."""
    begins = experience.content.begins
    if begins is None:
        return Surroundings(measures=(), others=())
    names = [name for name in experience.content.shown_measures if name in TAXONOMY.measures]
    peers = _peers(experience.place, language)
    return Surroundings(
        measures=tuple(_around(experience, name, peers, begins=begins) for name in names),
        others=tuple(overlapping(experience, weeks=MOST_WEEKS)),
    )


def _around(
    experience: PublicExperience | OwnExperience,
    measure: str,
    peers: frozenset[Key],
    *,
    begins: dt.date,
) -> Around:
    weeks, hidden = weeks_of(measure), hidden_of(measure)

    def changed(place: Key) -> Change:
        return change_of(
            weeks.get(place, {}), begins=begins, ends=experience.content.ends,
            hidden=hidden.get(place, frozenset()),
        )  # fmt: skip

    return Around(
        measure=measure,
        title=TAXONOMY.measures[measure],
        change=changed(experience.place),
        peers=change_of_peers(changed(peer) for peer in sorted(peers)),
    )


def _peers(place: Key, language: str) -> frozenset[Key]:
    """Others of the same country and size class whose posts were got in the same way."""
    known, access = spots(language), access_of()
    mine = known.get(place)
    if mine is None or mine.size_class is None or place not in access:
        return frozenset()
    return frozenset(
        key
        for key, spot in known.items()
        if key != place
        and (spot.country, spot.size_class) == (mine.country, mine.size_class)
        and access.get(key) == access[place]
    )
