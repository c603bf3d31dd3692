"""What a study's folder holds beside its questionnaire: figures of an original, hypotheses."""

from pathlib import Path

import polars as pl

from torg.compare import Hypothesis, registered
from torg.errors import SurveyError
from torg.report.survey import PRINTED, RegisteredHypothesis
from torg.study import Study
from torg.survey import Questionnaire

PUBLISHED_FILE = "published.csv"


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


def hypotheses(study: Study) -> tuple[RegisteredHypothesis, ...]:
    """The hypotheses that were registered before anything was tested. Raises SurveyError."""
    return tuple(_registered(each) for each in registered(study))


def _registered(found: Hypothesis) -> RegisteredHypothesis:
    return RegisteredHypothesis(
        id=found.id,
        texts=found.texts,
        measure=found.measure,
        direction=found.direction,
        registered_on=found.registered_on,
        top=found.top,
        contrast=found.contrast,
    )
