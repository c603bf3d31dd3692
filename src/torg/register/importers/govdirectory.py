"""Lists of municipalities and of their accounts after Wikidata, as Govdirectory publishes them.

They have Wikidata's ids and no official codes. A municipality without an account in such a list is
a gap of the list: nothing follows from it.
"""

import datetime as dt
from functools import lru_cache
from pathlib import Path

import babel

from torg.errors import RegisterError
from torg.register.importers.facts import Facts, Listed
from torg.register.importers.rows import Row, rows_of
from torg.register.model import Channel

UNIT_COLUMNS = frozenset({"country", "qid", "name", "name_lang", "updated"})
ACCOUNT_COLUMNS = frozenset({"country", "qid", "name", "platform", "account", "url"})


def read_units(path: Path) -> Facts:
    """The municipalities of a list."""
    rows = list(rows_of(path))
    return Facts(read=len(rows), listed=tuple(_listed(row) for row in rows))


def read_accounts(path: Path) -> Facts:
    """The accounts of a list, each with its municipality; an unreadable address is left out."""
    rows = list(rows_of(path))
    listed, left_out = [], []
    for row in rows:
        try:
            account = _account(row)
        except RegisterError as error:
            left_out.append(f"line {row.line}: {error}")
        else:
            listed.append(_listed(row, account=account))
    return Facts(read=len(rows), listed=tuple(listed), left_out=tuple(left_out))


def _listed(row: Row, *, account: tuple[str, str] | None = None) -> Listed:
    source = f"Wikidata {row['qid']}"
    said = row.cells.get("wd_property")
    return Listed(
        country=_country(row),
        id=row["qid"],
        name=row["name"],
        detail=row.cells.get("description", ""),
        day=_day(row),
        account=account,
        evidence=f"{source} {said} ({row['name']})" if said else f"{source} ({row['name']})",
    )


def _account(row: Row) -> tuple[str, str]:
    # A channel made for a moment proves that platform and address fit each other.
    channel = Channel(_country(row), row["qid"], row["platform"], row["url"] or row["account"])
    return channel.platform, channel.address


def _day(row: Row) -> dt.date | None:
    text = row.cells.get("updated", "")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise row.fault(f"updated '{text}' is no date; mend the row.") from error


def _country(row: Row) -> str:
    text = row["country"]
    code = _codes_of_countries().get(text.replace("-", " ").casefold())
    if code is None:
        raise row.fault(f"no country is called '{text}'; write its English name or two letters.")
    return code


@lru_cache(maxsize=1)
def _codes_of_countries() -> dict[str, str]:
    territories = babel.Locale("en").territories
    codes = {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return {
        **{code.casefold(): code for code in codes},
        **{name.casefold(): code for code, name in codes.items()},
    }
