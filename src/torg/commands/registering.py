"""The register: import, show, check, claim."""

from typing import Annotated, Literal

from typer import Argument, Option

from torg import registering, show
from torg.commands.answers import Day, Json, Paths, day
from torg.commands.app import chosen_study, register_app


@register_app.command("import")
def register_import(paths: Paths, *, json: Json = False) -> None:
    """Take municipalities and channels from files of any known format into the register."""
    show.rows(registering.register_import(chosen_study(), paths), as_json=json)


@register_app.command("show")
def register_show(*, on: Day = None, json: Json = False) -> None:
    """Show the municipalities of a day with their channels."""
    show.rows(registering.register_show(chosen_study(), on=day(on)), as_json=json)


@register_app.command("check")
def register_check(*, on: Day = None, json: Json = False) -> None:
    """List what is doubtful or unknown in the register."""
    show.rows(registering.register_check(chosen_study(), on=day(on)), as_json=json)


@register_app.command("claim")
def register_claim(
    platform: Annotated[str, Argument(help="As 'torg import' listed it: facebook, ...")],
    channel: Annotated[str, Argument(help="The channel's id on the platform.")],
    municipality: Annotated[str, Argument(help="The municipality's official code.")],
    *,
    country: Annotated[str | None, Option(help="Where several countries share the code.")] = None,
    address: Annotated[str | None, Option(help="The page's address.")] = None,
    owner_name: Annotated[
        str | None, Option(help="The name under which the page answers; without it none is known.")
    ] = None,
    scope: Annotated[
        Literal["municipality", "service", "person", "campaign"],
        Option(help="For whom the channel speaks."),
    ] = "municipality",
    json: Json = False,
) -> None:
    """Say whose an unclaimed channel is."""
    claimed = registering.register_claim(
        chosen_study(),
        platform=platform,
        channel=channel,
        code=municipality,
        country=country,
        address=address,
        owner_name=owner_name,
        scope=scope,
    )
    show.claimed(claimed, as_json=json)


Network = Annotated[str, Argument(help="The platform's name: facebook, ...")]
Whose = Annotated[str, Argument(help="The channel's id, @handle or address.")]


@register_app.command("agree")
def register_agree(
    platform: Network,
    channel: Whose,
    *,
    evidence: Annotated[str, Option(help="Where the agreement is written down.")],
    on: Annotated[str | None, Option(metavar="DATE", help="From which day; else today.")] = None,
    until: Annotated[str | None, Option(metavar="DATE", help="The first day without it.")] = None,
    json: Json = False,
) -> None:
    """Enter that a channel's owner agreed to its figures being shown."""
    entered = registering.register_agree(
        chosen_study(),
        platform=platform,
        channel=channel,
        evidence=evidence,
        on=day(on),
        until=day(until),
    )
    show.rows(entered, as_json=json)


@register_app.command("withdraw")
def register_withdraw(
    platform: Network,
    channel: Whose,
    *,
    on: Annotated[str | None, Option(metavar="DATE", help="From which day; else today.")] = None,
    json: Json = False,
) -> None:
    """Enter that a channel's owner no longer agrees; what follows is made without its figures."""
    withdrawn = registering.register_withdraw(
        chosen_study(), platform=platform, channel=channel, on=day(on)
    )
    show.rows(withdrawn, as_json=json)
