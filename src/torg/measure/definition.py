"""What each measure is: one reviewed file a measure, checked when it is read."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Family = Literal["activity", "media", "audiences", "engagement", "medians", "dialogue", "answers"]
Parameter = str | int | float


class Definition(BaseModel):
    """A measure in words: what it says, how it is computed, who answers for it, until when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=3)
    why: str = Field(min_length=10)  # why anybody should look at it
    family: Family
    parameters: dict[str, Parameter] = {}
    formula: str = Field(min_length=3)
    unit: str = Field(min_length=1)
    direction: Literal["higher", "lower", "neither"]  # which way is better, if one is
    base: str = Field(min_length=3)  # what n counts
    about_citizens: bool = False  # n counts what citizens wrote: small figures are not published
    additive: bool  # value = sum of weekly numerators / sum of weekly denominators
    author: str
    checked_by: str
    reviewed: dt.date
    next_review: dt.date
    source: str  # the paper or page that it comes from

    @model_validator(mode="after")
    def _review_is_ahead(self) -> "Definition":
        if self.next_review <= self.reviewed:
            raise ValueError("next_review must lie after reviewed")
        return self


def read_definitions() -> Mapping[str, Definition]:
    """All definitions that come with Torg, by id, sorted; each file is named after its measure."""
    folder = files("torg.measure") / "definitions"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            definition = Definition(**tomllib.loads(file.read_text(encoding="utf-8")))
            if definition.id != file.name.removesuffix(".toml"):
                raise ValueError(f"{file.name} defines '{definition.id}': name it after its id")
            found[definition.id] = definition
    return MappingProxyType(found)


DEFINITIONS: Mapping[str, Definition] = read_definitions()
