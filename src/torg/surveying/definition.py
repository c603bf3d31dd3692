"""The questionnaire of a study: found, checked, shown."""

from pathlib import Path
from typing import Any

from torg.errors import SurveyError
from torg.report.questionnaire import write_blank, write_preview
from torg.study import Study
from torg.survey import Questionnaire, Wave
from torg.survey.questionnaire import (
    READY,
    faults,
    read_questionnaire,
    write_limesurvey,
    write_xlsform,
)
from torg.surveying.output import folder_for

Row = dict[str, Any]


def has_survey(study: Study) -> bool:
    """Whether the study asks anybody anything."""
    return study.questionnaire.is_file()


def questionnaire_of(study: Study) -> Questionnaire:
    """The study's questionnaire. Raises SurveyError where there is none, or it is at fault."""
    _require(study)
    return read_questionnaire(study.questionnaire)


def wave_of(questionnaire: Questionnaire, name: str | None) -> Wave:
    """The wave of that name; without a name the one that opens last. Raises SurveyError."""
    if name is None:
        return max(questionnaire.waves, key=lambda wave: (wave.opens, wave.id))
    found = {wave.id: wave for wave in questionnaire.waves}
    if name not in found:
        raise SurveyError(f"no wave is called '{name}': there are {', '.join(sorted(found))}.")
    return found[name]


def check(study: Study) -> list[Row]:
    """Every fault of questionnaire.toml with its line; none where it is sound."""
    _require(study)
    return [{"line": f.line, "message": f.message} for f in faults(study.questionnaire)]


def preview(study: Study, folder: Path, *, wave: str | None = None) -> list[Row]:
    """Write a wave's questionnaire as pages and as a blank PDF, one of each for a language."""
    questionnaire = questionnaire_of(study)
    asked = wave_of(questionnaire, wave)
    with folder_for(folder):
        write_preview(questionnaire, asked, folder, languages=questionnaire.languages)
        return [
            row
            for language in questionnaire.languages
            for row in _previewed(questionnaire, asked, folder, language)
        ]


def _previewed(
    questionnaire: Questionnaire, wave: Wave, folder: Path, language: str
) -> tuple[Row, Row]:
    blank = folder / f"{language}.pdf"
    write_blank(questionnaire, wave, blank, language=language)
    page = folder / f"{language}.html"
    return (
        {"language": language, "what": "page", "path": str(page)},
        {"language": language, "what": "blank form", "path": str(blank)},
    )


def write_forms(questionnaire: Questionnaire, wave: Wave, folder: Path) -> list[Path]:
    """The wave's questionnaire for other programs that ask: an XLSForm, and LimeSurvey's own."""
    paths = [folder / f"{wave.id}-xlsform.xlsx", folder / f"{wave.id}-limesurvey.txt"]
    with folder_for(folder):
        write_xlsform(questionnaire, wave, paths[0])
        write_limesurvey(questionnaire, wave, paths[1])
    return paths


def _require(study: Study) -> None:
    if not has_survey(study):
        raise SurveyError(
            f"{study.folder} has no questionnaire.toml: write one, or begin with a line "
            f'ready = "NAME" (one of {", ".join(sorted(READY))}) and a [[wave]] table.'
        )
