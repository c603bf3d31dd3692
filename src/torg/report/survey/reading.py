"""A survey's exported tables, read back into the value that they were written from."""

from pathlib import Path
from typing import Any

from torg.errors import StudyError
from torg.report.about import read_about, read_frames
from torg.report.survey.exports.tables import UNITS
from torg.report.survey.results import FRAMES, SurveyFacts, SurveyResults


def read_survey_results(folder: Path) -> SurveyResults:
    """What `write_survey_tables` wrote into `folder`: pages and files made from it are the same.

    Its frame holds only the units that public facts are of. Raises StudyError where the folder is
    of another making, older than about.json, or damaged.
    """
    told: dict[str, Any] = read_about(folder, kind=SurveyFacts)
    files = {name: f"{name}.parquet" for name in FRAMES} | {"frame": UNITS}
    told |= read_frames(folder, files)
    try:
        return SurveyResults(**told)
    except (ValueError, TypeError) as error:
        raise StudyError(
            f"{folder}: {error}. It was made by another version of Torg; make a new release with "
            "'torg run'."
        ) from error
