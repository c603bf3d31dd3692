"""Measures, ranks, the report and releases."""

from typing import Annotated

from typer import Option

from torg import main, show, site
from torg.commands.answers import AsOf, Engine, Json, day, moment
from torg.commands.app import app, chosen_study


@app.command()
def measure(
    *,
    start: Annotated[str | None, Option("--from", metavar="DATE", help="First day.")] = None,
    end: Annotated[str | None, Option("--to", metavar="DATE", help="Last day.")] = None,
    engine: Engine = "duckdb",
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Measure every municipality; each missing value carries its reason."""
    days = {"start": day(start), "end": day(end)}
    study = chosen_study()
    with show.working("Measuring"):
        rows = main.measure(study, **days, engine=engine, as_of=moment(as_of))
    show.measures(rows, as_json=json)


@app.command()
def rank(
    *,
    group: Annotated[
        str | None, Option(help="Only one group: all, 'size:2-5k', 'county:NAME', ...")
    ] = None,
    engine: Engine = "duckdb",
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Rank, with the places that each municipality cannot be excluded from."""
    study = chosen_study()
    with show.working("Measuring and ranking"):
        ranked = main.rank(study, group=group, engine=engine, as_of=moment(as_of))
    show.ranks(ranked, as_json=json)


@app.command()
def report(
    *,
    internal: Annotated[
        bool,
        Option("--internal", help="With what is withheld from others, into internal-report/."),
    ] = False,
    json: Json = False,
) -> None:
    """Write the report's pages and tables into the study's folder report/."""
    study = chosen_study()
    with show.working("Measuring, ranking and writing the report"):
        written = main.report(
            study, internal=internal, survey=site.answered_survey(study, internal=internal)
        )
    show.rows(written, as_json=json)


@app.command()
def run(*, json: Json = False) -> None:
    """Do all that the study says and make a release, if anything has changed."""
    study = chosen_study()
    with show.working("Measuring, ranking and writing a release"):
        made = main.run(study, survey=site.answered_survey(study))
    show.release(made, as_json=json)
    if made.is_new and not json and not site.is_made_up(study, made.folder):
        show.preview(study)
