"""Look after the archive."""

from typing import Annotated

from typer import Option

from torg import main, show
from torg.commands.answers import Json
from torg.commands.app import archive_app, chosen_study
from torg.errors import UserError


@archive_app.command("check")
def archive_check(*, json: Json = False) -> None:
    """Look whether the archive is whole."""
    findings = main.archive_check(chosen_study())
    show.rows(findings, as_json=json, nothing="The archive is whole.")


@archive_app.command("rejects")
def archive_rejects(*, json: Json = False) -> None:
    """List every rejected row with its file, line and reason."""
    found = main.archive_rejects(chosen_study())
    show.rows(found, as_json=json, nothing="No row was rejected.")


@archive_app.command("compact")
def archive_compact(*, json: Json = False) -> None:
    """Join many small files into few, and clear away what killed imports left."""
    show.rows(main.archive_compact(chosen_study()), as_json=json)


@archive_app.command("forget")
def archive_forget(
    *,
    author: Annotated[str | None, Option(help="A name, as the platform shows it.")] = None,
    post: Annotated[
        str | None, Option(metavar="PLATFORM:CHANNEL:ID", help="A post and all said to it.")
    ] = None,
    reply: Annotated[
        str | None, Option(metavar="PLATFORM:CHANNEL:ID", help="A single reply.")
    ] = None,
    json: Json = False,
) -> None:
    """Take the words and author keys of one author, post or reply out, everywhere and for good."""
    if sum(said is not None for said in (author, post, reply)) != 1:
        raise UserError(
            "say what to forget: --author NAME, --post PLATFORM:CHANNEL:ID or --reply "
            "PLATFORM:CHANNEL:ID."
        )
    forgotten = main.archive_forget(chosen_study(), author=author, post=post, reply=reply)
    show.forgotten(forgotten, as_json=json)
