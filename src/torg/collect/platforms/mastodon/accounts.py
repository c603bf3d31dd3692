"""Who an account is: one name wherever it is seen, and where its own server answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from torg.collect.platforms.shape import Followed

Json = Mapping[str, Any]


def said(value: object) -> str | None:
    """Words of a server, without the halves of letters that JSON can hold and no file can."""
    return value.encode("utf-8", "replace").decode() or None if isinstance(value, str) else None


def account_name(account: Json) -> str | None:
    """The name "name@server", lower case, with the server that shows the account's page.

    The same account is "name" at home and "name@server" elsewhere, and a town may give its
    accounts another domain than its server's. The page's address is the same everywhere, and it
    is what a register holds.
    """
    name = (said(account.get("username")) or "").casefold()
    host = _server(said(account.get("url")) or said(account.get("uri")) or "")
    if name and host:
        return f"{name}@{host}"
    whole = (said(account.get("acct")) or "").casefold()
    return whole if "@" in whole else None


def _server(address: str) -> str:
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:  # "http://[" is no address
        return ""


def channel_id(account: Json) -> str | None:
    """The channel that an account is, as the register names it: "@name@server"."""
    name = account_name(account)
    return f"@{name}" if name else None


@dataclass(frozen=True)
class Home:
    """The server of an account, and the account's name there."""

    base: str  # "https://server"
    name: str

    @property
    def server(self) -> str:
        """The host, with its port where the address has one."""
        return urlsplit(self.base).netloc

    @property
    def channel(self) -> str:
        """The channel's id."""
        return f"@{self.name}@{self.server}"

    def is_of(self, account: Json) -> bool:
        """Whether an answer is about this account and no other."""
        return channel_id(account) == self.channel


def home_of(followed: Followed) -> Home:
    """Where a followed account lives; the address, where there is one, says how it is reached."""
    handle = (followed.handle or followed.channel).removeprefix("@").casefold()
    name, _, server = handle.partition("@")
    address = urlsplit(followed.address)
    if address.netloc and not server:
        server = address.netloc.casefold()
    scheme = address.scheme if address.netloc.casefold() == server else "https"
    return Home(base=f"{scheme or 'https'}://{server}", name=name)
