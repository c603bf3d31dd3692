"""Hypotheses as they were registered, before anything was tested: the study's, or Torg's own."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from torg.errors import SurveyError
from torg.study import Study

HYPOTHESES_FILE = "hypotheses.toml"

Direction = Literal["higher", "lower", "different"]
RegisteredBy = Literal["study", "torg"]

_CONTRAST = re.compile(r"same size(?:, outside the top ([1-9]\d{0,5}))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """What is expected of the top of a ranking against the others of its size classes."""

    id: str
    texts: Mapping[str, str] = field(hash=False)  # language -> sentence
    measure: str
    direction: Direction  # of the top
    registered_on: dt.date
    top: int | None = None  # how many of the best it speaks of; None: the ranking's top set
    contrast: str = ""  # whom they are held against, as it was registered
    registered_by: RegisteredBy = "study"

    @property
    def outside(self) -> int | None:
        """After how many first places the others begin; None: after those of the top."""
        found = _CONTRAST.fullmatch(self.contrast)
        return int(found[1]) if found and found[1] else None


_TORGS_DAY = dt.date(2026, 11, 22)


def _own(id_: str, measure: str, direction: Direction, text: str) -> Hypothesis:
    return Hypothesis(
        id=id_,
        texts={"en": text},
        measure=measure,
        direction=direction,
        registered_on=_TORGS_DAY,
        registered_by="torg",
    )


# Few, because each more makes every one harder to tell from chance (Holm 1979).
TORGS_OWN: tuple[Hypothesis, ...] = (
    _own(
        "torg-1",
        "office_answered_24h",
        "higher",
        "The first places answer more of the comments within 24 office hours.",
    ),
    _own("torg-2", "two_way_ratio", "higher", "Of what the first places write, more are replies."),
    _own("torg-3", "media_share_video", "higher", "More of the first places' posts are videos."),
    _own(
        "torg-4",
        "longest_silence_days",
        "lower",
        "The longest silence of the first places is shorter.",
    ),
)


def _understood(contrast: str) -> str:
    """What is not understood would be compared with others than was registered."""
    if contrast and not _CONTRAST.fullmatch(contrast):
        raise ValueError(
            "write 'same size' or, as an example, 'same size, outside the top 30', or leave it out"
        )
    return contrast


def _told_apart(rows: tuple["_Row", ...]) -> tuple["_Row", ...]:
    ids = [row.id for row in rows]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise ValueError(f"several hypotheses have the id '{twice[0]}': give each its own")
    return rows


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: dict[str, str]
    measure: str
    direction: Direction
    registered_on: dt.date
    top: int | None = Field(None, ge=1)
    contrast: Annotated[str, AfterValidator(_understood)] = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    hypothesis: Annotated[tuple[_Row, ...], AfterValidator(_told_apart)] = ()


def registered(study: Study) -> tuple[Hypothesis, ...]:
    """What the study's hypotheses.toml holds; nothing without one. Raises SurveyError."""
    path = study.folder / HYPOTHESES_FILE
    if not path.is_file():
        return ()
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SurveyError(f"{path}: {error}. Mend that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SurveyError(f"{path}: {place}: {first['msg']}.") from error
    return tuple(_hypothesis(row) for row in found.hypothesis)


def to_be_tested(study: Study) -> tuple[Hypothesis, ...]:
    """The study's own hypotheses where it registered any, else those registered with Torg.

    Torg's own speak of as many first places as the study's top set is made for: the set itself may
    be most of the country, and leave nobody to hold it against.
    """
    own = tuple(replace(each, top=study.ranking.top) for each in TORGS_OWN)
    return registered(study) or own


def _hypothesis(row: _Row) -> Hypothesis:
    return Hypothesis(
        id=row.id,
        texts=row.text,
        measure=row.measure,
        direction=row.direction,
        registered_on=row.registered_on,
        top=row.top,
        contrast=row.contrast,
    )
