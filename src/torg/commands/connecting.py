"""Tokens: connect, list, revoke."""

from functools import partial
from typing import Annotated

from typer import Argument, Option

from torg import connecting, show
from torg.collect.platforms import GRANTINGS
from torg.commands.answers import Json
from torg.commands.app import app, chosen_study
from torg.errors import UserError
from torg.tokens import read_tokens


@app.command()
def connect(
    platform: Annotated[
        str | None, Argument(help=f"Where the token is from: {', '.join(sorted(GRANTINGS))}.")
    ] = None,
    channel: Annotated[
        str | None, Argument(help="Only this one of the channels that it opens.")
    ] = None,
    *,
    by: Annotated[
        str | None,
        Option(metavar="ROLE", help="Who granted it: 'head of communication', never a name."),
    ] = None,
    listed: Annotated[bool, Option("--list", help="Show which there are.")] = False,
    revoke: Annotated[
        str | None, Option(metavar="CHANNEL", help="Take the tokens of a channel back.")
    ] = None,
    json: Json = False,
) -> None:
    """Take in tokens, from standard input or without an echo; the platform is asked about each."""
    study = chosen_study()
    if listed:
        show.rows(connecting.connected(study), as_json=json, nothing="No token is held.")
    elif revoke is not None:
        show.rows(connecting.revoke(study, revoke), as_json=json)
    elif platform is None:
        raise UserError("say which platform the token is from, or --list, or --revoke CHANNEL.")
    elif by is None:
        raise UserError('say in which role it was granted: --by "head of communication".')
    else:
        read = partial(read_tokens, ask=show.asked_unseen)
        found = connecting.connect(study, platform, read, by=by, channel=channel)
        show.rows(found, as_json=json)
