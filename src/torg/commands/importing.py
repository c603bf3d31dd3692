"""Exports into the archive."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Option

from torg import importing, main, show
from torg.collect import anchor_of, channel_of
from torg.commands.answers import Json, Paths, moment
from torg.commands.app import app, chosen_study
from torg.errors import UserError
from torg.study import Study


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
    channel: Annotated[
        str | None,
        Option(metavar="PLATFORM:ID", help="Whose the file is, where it does not say."),
    ] = None,
    anchor: Annotated[
        list[str] | None,
        Option(metavar="DATE=FOLLOWERS", help="Followers read on a day, for daily new ones."),
    ] = None,
    zone_is_sure: Annotated[
        bool, Option("--zone-is-sure", help="Keep the zone though posts fall into the night.")
    ] = False,
    teach: Annotated[
        bool, Option("--teach", help="First be asked, column by column, what a new file holds.")
    ] = False,
    json: Json = False,
) -> None:
    """Take exports into the archive; a file that is refused does not stop the others."""
    study = chosen_study()
    if teach:
        _teach(study, paths, format_=format_)
    options = main.import_options(
        study,
        format=format_,
        timezone=timezone,
        exported_at=moment(exported_at, hour=12),
        aliases=aliases,
        decimal=decimal,
        dates=dates,
        channel=None if channel is None else channel_of(channel),
        anchors=tuple(map(anchor_of, anchor)) if anchor else None,
        zone_is_sure=zone_is_sure or None,
    )
    with show.progress() as progress:
        outcome = importing.import_files(study, paths, options=options, progress=progress)
    show.imported(outcome, as_json=json)
    if outcome.refusals:
        raise typer.Exit(UserError.exit_status)


def _teach(study: Study, paths: list[Path], *, format_: str | None) -> None:
    """Learn the columns of one file, in a conversation; what was learnt serves all."""
    if len(paths) != 1 or not paths[0].is_file():
        raise UserError("--teach asks about one file: name one, and the others after it is known.")
    lesson = show.taught(importing.begin_lesson(study, paths[0], format_=format_))
    show.remembered(importing.end_lesson(study, lesson))
