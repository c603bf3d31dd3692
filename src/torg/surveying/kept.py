"""What a study's folder holds beside its questionnaire: figures of an original, hypotheses."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from torg.errors import SurveyError
from torg.report.survey import PRINTED, RegisteredHypothesis
from torg.study import Study
from torg.survey import Questionnaire

PUBLISHED_FILE = "published.csv"
HYPOTHESES_FILE = "hypotheses.toml"


def printed(study: Study, questionnaire: Questionnaire) -> pl.DataFrame:
    """What an original printed, with the columns of PRINTED: of the waves and items there are.

    Raises SurveyError where the file cannot be read or lacks a column.
    """
    path = study.folder / PUBLISHED_FILE
    if not path.is_file():
        return pl.DataFrame(schema=dict(PRINTED))
    rows = _read(path)
    waves = [wave.id for wave in questionnaire.waves]
    return rows.filter(
        pl.col("wave").is_in(waves) & pl.col("item").is_in(list(questionnaire.items))
    )


def _read(path: Path) -> pl.DataFrame:
    try:
        rows = pl.read_csv(path, infer_schema=False)
        return rows.select(*PRINTED)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0]
        raise SurveyError(
            f"{path} cannot be read ({said}): it needs the columns {', '.join(PRINTED)}."
        ) from error


class _Hypothesis(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: dict[str, str]
    measure: str
    direction: Literal["higher", "lower", "different"]
    registered_on: dt.date
    top: int | None = None
    contrast: str = ""


class _Hypotheses(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    hypothesis: tuple[_Hypothesis, ...] = ()


def hypotheses(study: Study) -> tuple[RegisteredHypothesis, ...]:
    """The hypotheses that were registered before anything was tested. Raises SurveyError."""
    path = study.folder / HYPOTHESES_FILE
    if not path.is_file():
        return ()
    try:
        found = _Hypotheses.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise SurveyError(f"{path}: {error}. Mend that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SurveyError(f"{path}: {place}: {first['msg']}.") from error
    return tuple(_registered(each) for each in found.hypothesis)


def _registered(found: _Hypothesis) -> RegisteredHypothesis:
    return RegisteredHypothesis(
        id=found.id,
        texts=found.text,
        measure=found.measure,
        direction=found.direction,
        registered_on=found.registered_on,
        top=found.top,
        contrast=found.contrast,
    )
