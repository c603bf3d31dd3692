"""Which answer is held against which measure: one reviewed file a pair, checked when it is read."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, model_validator

from torg.compare.seen import HAS_PAGE
from torg.measure import DEFINITIONS
from torg.survey import Questionnaire

_PLATFORM = "{platform}"


class PairDefinition(BaseModel):
    """An answer and the measure that it is held against, in words, with who answers for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=3)
    why: str = Field(min_length=10)
    items: tuple[str, ...] = Field(min_length=1)  # the first that the questionnaire has
    codes: tuple[str, ...] = Field(min_length=1)  # the answers that say it
    measure: str  # "has_page:{platform}" stands for one pair a platform
    at_least: float  # from which value on it is observed to be so
    why_at_least: str = Field(min_length=10)
    caution: str = Field(min_length=10)  # what the observation cannot see
    author: str
    checked_by: str
    reviewed: dt.date
    next_review: dt.date
    source: str

    @model_validator(mode="after")
    def _holds_together(self) -> "PairDefinition":
        if self.next_review <= self.reviewed:
            raise ValueError("next_review must lie after reviewed")
        name = self.measure.partition(":")[0]
        if name not in DEFINITIONS and not self.measure.startswith(HAS_PAGE):
            raise ValueError(f"no measure is called '{self.measure}'")
        return self


@dataclass(frozen=True)
class Pair:
    """One item of a questionnaire, the answers to it that say something, and how that shows."""

    definition: PairDefinition
    item: str
    measure: str

    @property
    def id(self) -> str:
        """The definition's id, with the platform where there is one for each."""
        return ":".join([self.definition.id, *re.findall(f"{HAS_PAGE}(.+)", self.measure)])

    @property
    def category(self) -> str:
        """The answers that say it, as one text."""
        return " or ".join(self.definition.codes)


def read_pairs() -> Mapping[str, PairDefinition]:
    """All pairs that come with Torg, by id, sorted; each file is named after its pair."""
    found = {}
    folder = files("torg.compare") / "pairs"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            pair = PairDefinition(**tomllib.loads(file.read_text(encoding="utf-8")))
            if pair.id != file.name.removesuffix(".toml"):
                raise ValueError(f"{file.name} defines '{pair.id}': name it after its id")
            found[pair.id] = pair
    return MappingProxyType(found)


PAIRS: Mapping[str, PairDefinition] = read_pairs()


def pairs_of(
    questionnaire: Questionnaire,
    measures: Iterable[str],
    *,
    wave: str,
    definitions: Mapping[str, PairDefinition] = PAIRS,
) -> tuple[Pair, ...]:
    """The pairs of which the wave asks the item and the measure is there, by definition and item.

    Of an item that a definition does not know by name nothing is guessed.
    """
    there = sorted(set(measures))
    asked = {
        name: set(item.codes)
        for name, item in questionnaire.items.items()
        if item.question.is_asked_in(wave)
    }
    found = (
        pair
        for _, definition in sorted(definitions.items())
        for measure in there
        for pair in _pair(definition, measure, asked)
    )
    return tuple(found)


def _pair(
    definition: PairDefinition, measure: str, asked: Mapping[str, set[str]]
) -> Iterable[Pair]:
    platform = _matched(definition.measure, measure)
    if platform is None:
        return
    for name in definition.items:
        item = name.replace(_PLATFORM, platform)
        if asked.get(item, set()).intersection(definition.codes):
            yield Pair(definition, item, measure)
            return


def _matched(pattern: str, measure: str) -> str | None:
    """The platform that a measure's name has in the pattern's place; "" where there is none."""
    start, has_place, _ = pattern.partition(_PLATFORM)
    if not has_place:
        return "" if measure == pattern else None
    return measure.removeprefix(start) if measure.startswith(start) else None
