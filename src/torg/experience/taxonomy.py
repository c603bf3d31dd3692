"""The words of the bank of experience: areas, target groups, services, channels, measures."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a questionnaire asks that belongs to the bank: its questions, "" where it has none."""

    questionnaire: str
    good: str  # a matrix of areas and target groups
    answer: str  # to it: good experience
    teaches: str  # ticks by area: what a unit can teach
    asks: str  # ticks by area: what a unit wants to learn


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """Id -> English title of each list; `shown` has the measures of an area."""

    areas: Mapping[str, str]
    groups: Mapping[str, str]
    services: Mapping[str, str]
    channels: Mapping[str, str]  # names, the same in every language
    measures: Mapping[str, str]
    shown: Mapping[str, tuple[str, ...]]
    asked: tuple[Asked, ...]

    def measures_of(self, area: str) -> tuple[str, ...]:
        """The measures that are shown of an experience in the area."""
        return self.shown.get(area, self.shown["default"])

    def asked_by(self, questionnaire: str) -> Asked | None:
        """What a questionnaire asks of it; None where it asks nothing."""
        return next((each for each in self.asked if each.questionnaire == questionnaire), None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every title that a reader meets in their own language."""
        lists = (self.areas, self.groups, self.services, self.measures)
        return tuple(dict.fromkeys(title for each in lists for title in each.values()))


def _read() -> Taxonomy:
    told = tomllib.loads((files(__package__) / "taxonomy.toml").read_text(encoding="utf-8"))
    return Taxonomy(
        **{name: told[name] for name in ("areas", "groups", "services", "channels", "measures")},
        shown={area: tuple(names) for area, names in told["shown"].items()},
        asked=tuple(Asked(**each) for each in told["asked"]),
    )


TAXONOMY = _read()
