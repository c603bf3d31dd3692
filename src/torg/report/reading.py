"""A release's folder of results, read back into the value that it was written from."""

from pathlib import Path
from typing import Any

from torg.errors import StudyError
from torg.report.about import ABOUT, read_about, read_frames
from torg.report.results import FRAMES, Facts, Results
from torg.report.survey import SurveyResults, read_survey_results

SURVEY = "survey"  # the folder of a survey's tables, within that of the results


def read_results(folder: Path) -> Results:
    """What `write_tables` wrote into `folder`, with the survey beside it where there is one.

    Pages made from it are the same, byte for byte. A table that there was not yet when the folder
    was made is empty. Raises StudyError where the folder is of another making, older than
    about.json, damaged, or holds a survey only.
    """
    survey = folder / SURVEY
    if (survey / ABOUT).exists() and not (folder / ABOUT).exists():
        raise StudyError(
            f"{folder} holds a survey and nothing that was observed: read it by read_shown."
        )
    told: dict[str, Any] = read_about(folder, kind=Facts)
    told |= read_frames(folder, {name: f"{name}.parquet" for name in FRAMES})
    try:
        return Results(**told, survey=read_survey_results(survey) if survey.is_dir() else None)
    except (ValueError, TypeError) as error:
        raise StudyError(
            f"{folder}: {error}. It was made by another version of Torg; make a new release with "
            "'torg run'."
        ) from error


def read_shown(folder: Path) -> Results | SurveyResults:
    """What a folder of results shows: results, or a survey where nothing was ever observed."""
    if (folder / SURVEY / ABOUT).exists() and not (folder / ABOUT).exists():
        return read_survey_results(folder / SURVEY)
    return read_results(folder)
