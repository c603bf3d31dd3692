"""Exports into the archive."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Option

from torg import importing, main, show
from torg.commands.answers import Json, Paths, moment
from torg.commands.app import app, chosen_study
from torg.errors import UserError


@app.command("import")
def import_files(
    paths: Paths,
    *,
    format_: Annotated[str | None, Option("--format", help="Skip recognition: the format.")] = None,
    timezone: Annotated[
        str | None, Option(metavar="ZONE", help="Of times that carry no zone: Europe/Oslo.")
    ] = None,
    exported_at: Annotated[
        str | None, Option(metavar="MOMENT", help="When the file was exported: 2025-01-31.")
    ] = None,
    decimal: Annotated[
        Literal["point", "comma"] | None,
        Option(help="The decimal sign, where numbers can be read in two ways."),
    ] = None,
    dates: Annotated[
        Literal["month-first", "day-first"] | None,
        Option(help="The order, where 03/04/2025 can be two days."),
    ] = None,
    aliases: Annotated[
        Path | None, Option(metavar="FILE", help="Your own table of column names (TOML).")
    ] = None,
    json: Json = False,
) -> None:
    """Take exports into the archive; a file that is refused does not stop the others."""
    study = chosen_study()
    options = main.import_options(
        study,
        format=format_,
        timezone=timezone,
        exported_at=moment(exported_at, hour=12),
        aliases=aliases,
        decimal=decimal,
        dates=dates,
    )
    with show.progress() as progress:
        outcome = importing.import_files(study, paths, options=options, progress=progress)
    show.imported(outcome, as_json=json)
    if outcome.refusals:
        raise typer.Exit(UserError.exit_status)
