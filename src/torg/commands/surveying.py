"""The survey: its questionnaire, answers from elsewhere, and what they say."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from torg import main, show, site, surveying
from torg.commands.answers import Json
from torg.commands.app import chosen_study, survey_app
from torg.commands.inviting import Wave
from torg.errors import SurveyError, UserError
from torg.study import Study
from torg.surveying import Collected

Folder = Annotated[Path, Argument(metavar="DIR", help="Where to write.")]
Items = Annotated[
    list[str] | None, Option("--item", metavar="ID", help="Only this item; may be said again.")
]
Group = Annotated[
    list[str] | None,
    Option(help="Groups to tell apart: all, size, county, kind, or item:ID for a cross table."),
]


@survey_app.command()
def check(*, json: Json = False) -> None:
    """Say every fault of questionnaire.toml, with its line."""
    found = surveying.check(chosen_study())
    show.rows(found, as_json=json, nothing="The questionnaire is sound.")
    if found:
        raise typer.Exit(UserError.exit_status)


@survey_app.command()
def preview(folder: Folder, *, wave: Wave = None, json: Json = False) -> None:
    """Write the questionnaire as pages, and blank as PDF, in every language."""
    show.rows(surveying.preview(chosen_study(), folder, wave=wave), as_json=json)


@survey_app.command("import")
def import_answers(
    path: Annotated[Path, Argument(metavar="FILE", help="CSV or workbook, one row a respondent.")],
    *,
    wave: Wave = None,
    column: Annotated[
        list[str] | None,
        Option(metavar="LETTER=MEANS", help="What a column means, as B=guidelines or A=unit."),
    ] = None,
    timezone: Annotated[
        str | None, Option(metavar="ZONE", help="Of times that carry no zone: Europe/Oslo.")
    ] = None,
    teach: Annotated[
        bool, Option("--teach", help="Be asked what each unknown column and answer means.")
    ] = False,
    json: Json = False,
) -> None:
    """Take in answers that were collected elsewhere; bad values are listed by cell."""
    study = chosen_study()
    questionnaire = surveying.questionnaire_of(study)
    asked = surveying.wave_of(questionnaire, wave)
    file = surveying.open_file(study, questionnaire, asked, path, columns=column or ())
    if teach:
        file = show.taught_answers(file)
    taken = surveying.take(study, file, frame=site.drawn(study, asked), zone=timezone)
    kept = site.store_answers(study, taken.answers, name=path.name, sha256=file.sha256)
    show.answers_taken(taken, new=kept.new, known=kept.known, as_json=json)


@survey_app.command()
def estimate(
    *,
    wave: Wave = None,
    item: Items = None,
    group: Group = None,
    between: Annotated[
        str | None,
        Option(metavar="KIND", help="Differences between the groups of a kind instead: size ..."),
    ] = None,
    json: Json = False,
) -> None:
    """Estimate shares and means of all units, with their intervals.

    For those who make the study: each call is guarded by itself, so what two calls tell together
    may point at a few. What is published comes from `torg run` and `torg survey export`.
    """
    study = chosen_study()
    with show.working("Estimating"):
        rows = surveying.estimate(
            study, _answers(study), wave=wave, items=item, groups=group, between=between
        )
    show.estimates(rows, as_json=json)


@survey_app.command()
def trend(*, item: Items = None, json: Json = False) -> None:
    """Say how each item went over the waves, where it was not asked, and where it breaks."""
    study = chosen_study()
    with show.working("Estimating every wave"):
        rows = surveying.trend_of(study, _answers(study), items=item)
    show.estimates(rows, as_json=json)


@survey_app.command()
def change(
    *,
    before: Annotated[
        str | None, Option("--from", metavar="WAVE", help="The earlier wave.")
    ] = None,
    after: Annotated[str | None, Option("--to", metavar="WAVE", help="The later wave.")] = None,
    item: Items = None,
    flows: Annotated[
        bool, Option("--flows", help="Who went from which answer to which, instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what changed between two waves, of all and of those that answered both."""
    study = chosen_study()
    tell = surveying.flows_between if flows else surveying.change_between
    with show.working("Comparing waves"):
        rows = tell(study, _answers(study), before, after, items=item)
    show.estimates(rows, as_json=json)


@survey_app.command()
def compare(
    *,
    what: Annotated[
        str, Option(help=f"One of {', '.join(surveying.COMPARISONS)}.")
    ] = surveying.COMPARISONS[0],
    wave: Wave = None,
    json: Json = False,
) -> None:
    """Hold answers against what was observed, of those too that did not answer."""
    study = chosen_study()
    with show.working("Measuring and comparing"):
        rows = surveying.compared(study, _answers(study), what=what, wave=wave)
    nothing = "Nothing was observed of enough units: see 'torg survey compare --what coverage'."
    show.rows(rows.to_dicts(), as_json=json, nothing=nothing)


@survey_app.command()
def export(
    folder: Folder,
    *,
    forms: Annotated[
        bool, Option("--forms", help="The questionnaire for XLSForm and LimeSurvey instead.")
    ] = False,
    wave: Wave = None,
    json: Json = False,
) -> None:
    """Write results for spreadsheets, SPSS, archives and statistics databases."""
    study = chosen_study()
    if forms:
        questionnaire = surveying.questionnaire_of(study)
        asked = surveying.wave_of(questionnaire, wave)
        written = surveying.write_forms(questionnaire, asked, folder)
    else:
        written = surveying.export(study, _survey(study), folder)
    show.rows([{"path": str(path)} for path in written], as_json=json)


def _answers(study: Study) -> Collected:
    return site.collected(study, surveying.questionnaire_of(study))


def _survey(study: Study) -> main.AnsweredSurvey:
    found = site.answered_survey(study)
    if found is None:
        surveying.questionnaire_of(study)
        raise SurveyError(f"{study.folder} has no answers yet: there is nothing to export.")
    return found
