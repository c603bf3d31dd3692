"""Claiming: saying whose a page is that an import met and the register did not know."""

import datetime as dt
from dataclasses import replace

from torg.errors import RegisterError
from torg.register.addresses import normalise_address
from torg.register.codes import unknown_municipality
from torg.register.model import Channel, Scope
from torg.register.platforms import platform_called
from torg.register.register import Register


def claim(
    register: Register,
    *,
    platform: str,
    platform_id: str,
    country: str,
    code: str,
    address: str | None = None,
    owner_name: str | None = None,
    scope: Scope = "municipality",
    on: dt.date | None = None,
) -> Register:
    """The register in which the page is a channel of the municipality, from `on` or always.

    `platform_id` is what imports list as unclaimed: the platform's id, or "@handle". A channel of
    the municipality that has the address but no id is given the id; one that has the id is given
    the `address` that is said, because pages change their names and keep their ids. Raises
    RegisterError for an unknown municipality and for a page that is another's.
    """
    if register.municipality(country, code) is None:
        raise RegisterError(unknown_municipality(register, code, country=country))
    claimed = _channel(platform, platform_id, country, code, address)
    claimed = replace(claimed, owner_name=owner_name, scope=scope, valid_from=on)
    claimed = replace(claimed, evidence="claimed by hand")
    _require_free(register, claimed)
    known = next((c for c in register.channels if _is_same_page(c, claimed)), None)
    if known is None:
        return replace(register, channels=(*register.channels, claimed))
    others = tuple(c for c in register.channels if c is not known)
    return replace(register, channels=(*others, _completed(known, claimed, address)))


def _channel(
    platform: str, platform_id: str, country: str, code: str, address: str | None
) -> Channel:
    name = platform_called(platform)
    is_handle = platform_id.startswith("@")
    where = address or (platform_id if is_handle else _address_of_id(name, platform_id))
    return Channel(country, code, name, where, None if is_handle else platform_id)


def _address_of_id(platform: str, platform_id: str) -> str:
    """The address that an id alone makes; "" where the platform has no such address."""
    try:
        found = normalise_address(platform_id, platform=platform)
    except RegisterError:
        return ""
    return found.address if found.platform_id == platform_id else ""


def _require_free(register: Register, claimed: Channel) -> None:
    owners = {
        (c.country, c.code)
        for c in register.channels
        if c.platform == claimed.platform
        and (c.platform_id is not None and c.platform_id == claimed.platform_id)
        and c.valid_to is None
    }
    others = sorted(owners - {(claimed.country, claimed.code)})
    if others:
        raise RegisterError(
            f"{claimed.platform} {claimed.platform_id} is already a channel of "
            f"{' '.join(others[0])}: if it stands there by mistake, delete its line from "
            "channels.csv; if it changed hands, write the day into its valid_to."
        )


def _is_same_page(known: Channel, claimed: Channel) -> bool:
    if (known.country, known.code, known.platform) != (
        claimed.country,
        claimed.code,
        claimed.platform,
    ):
        return False
    if known.platform_id and claimed.platform_id:
        return known.platform_id == claimed.platform_id
    return bool(claimed.address) and known.address == claimed.address


def _completed(known: Channel, claimed: Channel, said: str | None) -> Channel:
    return replace(
        known,
        address=claimed.address if said else known.address or claimed.address,
        platform_id=known.platform_id or claimed.platform_id,
        owner_name=claimed.owner_name or known.owner_name,
        scope=claimed.scope if claimed.scope != "municipality" else known.scope,
        evidence=known.evidence or claimed.evidence,
    )
