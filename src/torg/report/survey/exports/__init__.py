"""A survey's figures and public facts as files for other programs.

Everybody's formats (CSV, Parquet, a workbook), SPSS, a codebook for archives (DDI) and tables for
statistical databases (PX). The same results give the same bytes. Answers that are not public facts
are in no file unit by unit.
"""

from pathlib import Path

from torg.report.survey.exports.ddi import write_codebook
from torg.report.survey.exports.px import write_px
from torg.report.survey.exports.sav import write_sav
from torg.report.survey.exports.tables import write_tables
from torg.report.survey.results import SurveyResults

__all__ = ["write_survey_tables"]


def write_survey_tables(
    survey: SurveyResults, folder: Path, *, language: str | None = None
) -> None:
    """Write every export of a survey into the folder.

    `language`: of labels where a format has room for one (SPSS, codebook); without it the first of
    the questionnaire. PX tables have every language of the questionnaire that Torg speaks.
    """
    chosen = language or survey.questionnaire.languages[0]
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(survey, folder)
    for wave in survey.waves:
        write_sav(survey, wave, folder, language=chosen)
    write_codebook(survey, folder / "codebook.xml", language=chosen)
    write_px(survey, folder / "px")
