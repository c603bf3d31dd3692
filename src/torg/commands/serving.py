"""The site: show it, do the work behind it, and keep a copy of all of it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from torg import show, site
from torg.commands.answers import Json
from torg.commands.app import app, chosen_study


@app.command()
def serve(
    host: Annotated[str, Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, Option(min=1, max=65535, help="The port to listen at.")] = 8000,
    *,
    workers: Annotated[int, Option(min=1, help="How many processes answer.")] = 2,
    works: Annotated[
        bool, Option("--work/--no-work", help="Whether 'torg work' runs beside them.")
    ] = True,
) -> None:
    """Show the study's site, until Ctrl-C."""
    study = chosen_study()
    site.serve(study, host=host, port=port, workers=workers, works=works, tell=show.line)


@app.command()
def work(
    *,
    until_empty: Annotated[
        bool, Option("--until-empty", help="Stop when nothing is left to do.")
    ] = False,
) -> None:
    """Do what the site asks for in the background: releases, hand-ins."""
    site.do_work(chosen_study(), until_empty=until_empty)


@app.command()
def backup(
    file: Annotated[Path, Argument(metavar="FILE", help="The copy, as study.tar.gz.")],
    *,
    json: Json = False,
) -> None:
    """Copy the whole study, people's part and archive too, into one file."""
    study = chosen_study()
    with show.working("Copying the study"):
        made = site.back_up(study, file)
    show.rows([{**asdict(made), "path": str(made.path)}], as_json=json)


@app.command()
def restore(
    file: Annotated[Path, Argument(metavar="FILE", help="A copy that 'torg backup' made.")],
    folder: Annotated[Path, Argument(metavar="DIR", help="Where to put it: a new folder.")],
    *,
    json: Json = False,
) -> None:
    """Put a copy of a study back, into a new folder."""
    with show.working("Putting the study back"):
        made = site.restore(file, folder)
    show.rows([{**asdict(made), "path": str(folder)}], as_json=json)
