"""Rebuild a release from its deposit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument

from torg import show
from torg.commands.app import app
from torg.deposit import Rebuilt
from torg.deposit import rebuild as rebuild_deposit
from torg.errors import UserError

_SHOWN = 5  # files that are named


@app.command()
def rebuild(
    archive: Annotated[Path, Argument(metavar="DEPOSIT", help="The archive: deposit.zip.")],
    into: Annotated[Path, Argument(metavar="DIR", help="A new folder for what is rebuilt.")],
) -> None:
    """Rebuild a release from its deposit alone, and compare every file with the release's."""
    _require_file(archive)
    with show.working("Rebuilding, and comparing every file; it takes about a minute"):
        rebuilt = rebuild_deposit(archive, into)
    for sentence in _told(rebuilt):
        show.line(sentence)
    if not rebuilt.is_equal:
        raise typer.Exit(UserError.exit_status)


def _require_file(archive: Path) -> None:
    if archive.is_dir():
        raise UserError(
            f"{archive} is a folder: name the release's deposit.zip, from the site's page of open "
            "data."
        )
    if not archive.exists():
        raise UserError(f"{archive} is not there: name a release's deposit.zip.")


def _told(rebuilt: Rebuilt) -> Iterator[str]:
    yield f"Rebuilt from the deposit alone, into {rebuilt.folder}."
    if rebuilt.is_equal:
        yield f"All {rebuilt.files} files are as they were in the release, byte for byte."
        return
    for files, what in (
        (rebuilt.differ, "not as they were"),
        (rebuilt.lacking, "not rebuilt"),
        (rebuilt.beyond, "not of the release"),
    ):
        if files:
            more = ", ..." if len(files) > _SHOWN else ""
            yield f"{len(files)} files are {what}: {', '.join(files[:_SHOWN])}{more}"
    if rebuilt.made_by != rebuilt.rebuilt_by:
        yield (
            f"The release was made by Torg {rebuilt.made_by}, this is {rebuilt.rebuilt_by}: "
            "rebuild it with that version."
        )
