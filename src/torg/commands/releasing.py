"""Releases on the site: tell municipalities of one, postpone it, withdraw it."""

import datetime as dt
from dataclasses import asdict
from typing import Annotated

import typer
from typer import Argument, Option

from torg import show, site
from torg.commands.answers import Json, day_said
from torg.commands.app import app, chosen_study
from torg.study import Study

release_app = typer.Typer(
    help="A release on the site: first each municipality sees its own page, then everybody.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(release_app, name="release")

Name = Annotated[
    str, Argument(metavar="NAME", help="The release's folder, as 'torg run' says it: 2026-11-21-1.")
]
Why = Annotated[str, Option(help="Why; those whom it concerns read it.")]


@release_app.command()
def announce(
    name: Name,
    *,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Send nothing; show one letter and say how many there are.")
    ] = False,
    json: Json = False,
) -> None:
    """Tell each municipality of a release in preview, with a link to its room; nobody twice."""
    study = chosen_study()
    site.offer_new(study)
    if dry_run:
        _show_letter(study, name, as_json=json)
        return
    with show.working("Writing letters"):
        told = site.announce_preview(study, name)
    show.rows([asdict(told)], as_json=json)


def _show_letter(study: Study, name: str, *, as_json: bool) -> None:
    shown = site.preview_of_announcement(study, name)
    if as_json:
        show.rows([asdict(shown)], as_json=True)
    elif not shown.letters:
        show.line("There is nobody to write to.")
    else:
        show.line(
            f"{shown.letters} letters to {shown.municipalities} municipalities; {shown.without} "
            f"have no address. The first:\n\n{shown.subject}\n\n{shown.text}"
        )


@release_app.command()
def postpone(
    name: Name,
    *,
    until: Annotated[str, Option(metavar="DATE", help="Everybody sees it from this day on.")],
    why: Why,
) -> None:
    """Let everybody see a release in preview on another day."""
    study = chosen_study()
    site.offer_new(study)
    moment = dt.datetime.combine(day_said(until), dt.time(), tzinfo=study.zone)
    site.postpone(study, site.COMMAND, name, public_from=moment, reason=why)
    show.line(f"Everybody sees {name} from {moment:%Y-%m-%d} on.")


@release_app.command()
def withdraw(name: Name, *, why: Why) -> None:
    """Let nobody see a release any more; its address says that it was withdrawn, and why."""
    study = chosen_study()
    site.offer_new(study)
    site.withdraw(study, site.COMMAND, name, reason=why)
    show.line(f"Nobody sees {name} any more.")
