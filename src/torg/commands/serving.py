"""The site: show it, and do the work behind it."""

from typing import Annotated

from typer import Option

from torg import show, site
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
    show.line(f"The site of '{study.title}' is at http://{host}:{port}/ (Ctrl-C ends it).")
    site.serve(study, host=host, port=port, workers=workers, works=works)


@app.command()
def work(
    *,
    until_empty: Annotated[
        bool, Option("--until-empty", help="Stop when nothing is left to do.")
    ] = False,
) -> None:
    """Do what the site asks for in the background: releases, hand-ins."""
    site.work(chosen_study(), until_empty=until_empty)
