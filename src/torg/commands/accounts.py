"""Accounts of the site, links to rooms, and how long what people did is kept."""

from dataclasses import asdict
from typing import Annotated

import typer
from typer import Argument, Option

from torg import show, site
from torg.commands.answers import Json, Port
from torg.commands.app import app, chosen_study
from torg.errors import UserError
from torg.study import Study

account_app = typer.Typer(
    help="Who may sign in to the site, and links to municipalities' rooms.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(account_app, name="account")

Known = Annotated[
    str,
    Argument(metavar="ACCOUNT", help="Its address, or its number as 'torg account list' says it."),
]
ROLES = "reader (sees), editor (reviews), analyst (runs), or municipality"


@account_app.command()
def add(
    address: Annotated[str, Argument(metavar="ADDRESS", help="The mail address to sign in with.")],
    *,
    role: Annotated[str | None, Option(help=f"One of {ROLES}; it must be said.")] = None,
    unit: Annotated[
        str | None, Option(metavar="COUNTRY:CODE", help="Of a municipality's: which, as NO:0301.")
    ] = None,
    name: Annotated[str, Option(help="Whose it is, where that is needed.")] = "",
    port: Port = 8000,
) -> None:
    """Make an account; prints the link by which its owner sets a password, once."""
    study = chosen_study()
    if role is None:
        raise UserError(f"say what {address} may do: add --role, and one of {ROLES}.")
    if (there := _account_of(study, address)) is not None:
        raise UserError(
            f"{address} has an account already: 'torg account renew {there}' makes it a new link."
        )
    if role == "municipality" and not unit:
        raise UserError("an account of a municipality needs to know which: add --unit NO:0301.")
    country, code = _unit(unit) if unit else ("", "")
    made = site.add_account(study, address, role=role, country=country, unit=code, name=name)
    show.line(f"Account {made.account}. The link to set its password, once, within 7 days:")
    show.line(_whole(study, site.account_path(made.token), port=port))


@account_app.command()
def renew(account: Known, *, port: Port = 8000) -> None:
    """Print a new link to set an account's password; those before open nothing more."""
    study = chosen_study()
    made = site.link_account(study, _number(study, account))
    show.line(_whole(study, site.account_path(made.token), port=port))


@account_app.command()
def end(account: Known) -> None:
    """Let an account sign in no more; what it did stays in the log."""
    study = chosen_study()
    number = _number(study, account)
    site.end_account(study, number)
    show.line(f"Account {number} has ended.")


@account_app.command()
def link(
    unit: Annotated[str, Argument(metavar="COUNTRY:CODE", help="A municipality, as NO:0301.")],
    *,
    days: Annotated[int, Option(min=1, max=366, help="For how long it opens.")] = 90,
    revoke: Annotated[
        int | None, Option(metavar="NUMBER", help="Take this link back instead.")
    ] = None,
    port: Port = 8000,
) -> None:
    """Print a new link that opens a municipality's room."""
    study = chosen_study()
    country, code = _unit(unit)
    if revoke is not None:
        site.revoke_room_link(study, revoke)
        show.line(f"Link {revoke} opens nothing any more.")
        return
    token = site.make_room_link(study, country, code, days=days)
    show.line(_whole(study, site.room_path(token), port=port))


@account_app.command("list")
def list_accounts(
    *,
    links: Annotated[bool, Option("--links", help="Links to rooms instead.")] = False,
    json: Json = False,
) -> None:
    """List accounts, or links to rooms."""
    study = chosen_study()
    found = site.room_links(study) if links else site.accounts_known(study)
    nothing = "No links yet." if links else "Nobody can sign in yet: see 'torg account add'."
    show.rows(found.to_dicts(), as_json=json, nothing=nothing)


@app.command()
def keep(*, json: Json = False) -> None:
    """Let go what people did longer ago than study.toml's [site] keep_years.

    Answers, frames, releases and what municipalities said of them stay for good.
    """
    show.rows([asdict(each) for each in site.keep(chosen_study())], as_json=json)


def _whole(study: Study, path: str, *, port: int) -> str:
    return str(site.address_on_site(study, path, served=f"http://127.0.0.1:{port}"))


def _number(study: Study, said: str) -> int:
    """The number of an account that is named by it, or by its address."""
    number = int(said) if said.isdecimal() else _account_of(study, said)
    if number is None:
        raise UserError(f"nobody signs in as '{said}': see 'torg account list'.")
    return number


def _account_of(study: Study, address: str) -> int | None:
    known = site.accounts_known(study).iter_rows(named=True)
    wanted = address.strip().casefold()
    return next((row["account"] for row in known if row["address"].casefold() == wanted), None)


def _unit(text: str) -> tuple[str, str]:
    country, _, code = text.partition(":")
    if not country or not code:
        raise UserError(f"'{text}' is no municipality: write COUNTRY:CODE, as NO:0301.")
    return country, code
