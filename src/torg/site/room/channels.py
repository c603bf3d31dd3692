"""A municipality's channels in the register, and the register in which a proposal holds."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from torg.errors import SurveyError
from torg.locale import message
from torg.register import (
    Channel,
    Register,
    Scope,
    normalise_address,
    read_register,
    write_register,
)
from torg.site.alone import alone
from torg.study import Study

PATIENCE = 20.0  # seconds that one who changes the register waits for another

ANOTHERS = message(
    "The register has this channel as another municipality's. If it is yours, write to those who "
    "make the study."
)
KNOWN = message("The register has this channel as yours already.")
NOT_IN_REGISTER = message("The register has no such channel of yours any more.")
UNDECLARED = message(
    "The own channel of a person in an official role needs the day on which that person said that "
    "it may be followed."
)
NO_END = message("Say on which day the channel ended.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a proposal says of a channel; `meant` is a channel of the register, or ""."""

    kind: str
    platform: str
    meant: str = ""
    address: str = ""
    platform_id: str = ""
    owner_name: str = ""
    scope: Scope = "municipality"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    declared: dt.date | None = None
    remark: str = ""


def channels_of(register: Register, country: str, unit: str) -> tuple[Channel, ...]:
    """The municipality's channels, those too that have ended."""
    return tuple(c for c in register.channels if (c.country, c.code) == (country, unit))


def name_in_register(channel: Channel) -> str:
    """What a proposal calls a channel that is there: its address, else its id."""
    return channel.address or channel.known_as


def named_in_log(channel: Channel) -> str:
    """What the log calls a channel; of a person's no more than the platform: it has no names."""
    if channel.scope == "person":
        return channel.platform
    return f"{channel.platform} {channel.known_as}"


def checked(register: Register, said: Said, *, country: str, unit: str) -> Said:
    """What is said, in the register's own form.

    Raises SurveyError or RegisterError where the register could not say so.
    """
    plain = _APPLY[said.kind](register, said, country, unit)
    found = next(iter(set(plain.channels) - set(register.channels)), None)
    if found is None or said.kind in {"end", "disown"}:
        return said
    return replace(
        said, platform=found.platform, address=found.address, platform_id=found.platform_id or ""
    )


def applied(register: Register, said: Said, *, country: str, unit: str, evidence: str) -> Register:
    """The register in which it holds. Raises SurveyError or RegisterError where it cannot.

    Where it holds already, the register is the same: who was stopped in between can go on.
    """
    after = _APPLY[said.kind](register, said, country, unit)
    new = set(after.channels) - set(register.channels)
    marked = (replace(c, evidence=c.evidence or evidence) if c in new else c for c in
              after.channels)  # fmt: skip
    return replace(after, channels=tuple(marked))


@contextmanager
def changing(study: Study) -> Iterator[None]:
    """Hold off everybody else who would change the register by the site."""
    with alone("register", patience=PATIENCE):
        yield


def write(study: Study, register: Register) -> None:
    """Write the register's plain files; each is replaced whole."""
    write_register(study.register_folder, register)


def read(study: Study) -> Register:
    """The register as it is."""
    return read_register(study.register_folder)


def _add(register: Register, said: Said, country: str, unit: str) -> Register:
    new = _channel(said, country, unit)
    _require_nobodys(register, new)
    if new in _without_evidence(register, country, unit):
        return register
    if any(_is_same(each, new) and each.valid_to is None for each in
           channels_of(register, country, unit)):  # fmt: skip
        raise SurveyError(KNOWN)
    return replace(register, channels=(*register.channels, new))


def _change(register: Register, said: Said, country: str, unit: str) -> Register:
    new = _channel(said, country, unit)
    old = _meant(register, said, country, unit)
    if old is None:
        if new in _without_evidence(register, country, unit):
            return register
        raise SurveyError(NOT_IN_REGISTER)
    _require_nobodys(register, new)
    kept = replace(
        new, platform_id=new.platform_id or (old.platform_id if _is_same(old, new) else None),
        evidence=old.evidence,
    )  # fmt: skip
    return _in_place_of(register, old, kept)


def _end(register: Register, said: Said, country: str, unit: str) -> Register:
    old = _meant(register, said, country, unit)
    if old is None:
        raise SurveyError(NOT_IN_REGISTER)
    if said.valid_to is None:
        raise SurveyError(NO_END)
    return _in_place_of(register, old, replace(old, valid_to=said.valid_to))


def _disown(register: Register, said: Said, country: str, unit: str) -> Register:
    old = _meant(register, said, country, unit)
    return register if old is None else _in_place_of(register, old)


_APPLY: Mapping[str, Callable[[Register, Said, str, str], Register]] = {
    "add": _add,
    "change": _change,
    "end": _end,
    "disown": _disown,
}


def _channel(said: Said, country: str, unit: str) -> Channel:
    if said.scope == "person" and said.declared is None:
        raise SurveyError(UNDECLARED)
    return Channel(
        country=country, code=unit, platform=said.platform,
        address=_whole(said), platform_id=said.platform_id or None,
        owner_name=said.owner_name or None, scope=said.scope, valid_from=said.valid_from,
        valid_to=said.valid_to, declared=said.declared if said.scope == "person" else None,
    )  # fmt: skip


def _whole(said: Said) -> str:
    """The address in its one form; raises RegisterError where no page can be read from it."""
    if not said.address:
        return ""
    return normalise_address(said.address, platform=said.platform or None).address or said.address


def _without_evidence(register: Register, country: str, unit: str) -> set[Channel]:
    return {replace(each, evidence=None) for each in channels_of(register, country, unit)}


def _meant(register: Register, said: Said, country: str, unit: str) -> Channel | None:
    """The channel of the municipality that is meant, the one that has not ended first."""
    found = [
        each
        for each in channels_of(register, country, unit)
        if each.platform == said.platform and said.meant in (each.address, *each.names)
    ]
    return min(found, key=lambda each: each.valid_to is not None, default=None)


def _require_nobodys(register: Register, new: Channel) -> None:
    others = (c for c in register.channels if (c.country, c.code) != (new.country, new.code))
    if any(_is_same(each, new) and _both_hold(each, new) for each in others):
        raise SurveyError(ANOTHERS)


def _both_hold(one: Channel, other: Channel) -> bool:
    """Whether there is a day on which both are valid."""
    begins = max(one.valid_from or dt.date.min, other.valid_from or dt.date.min)
    return begins < min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)


def _is_same(one: Channel, other: Channel) -> bool:
    if one.platform != other.platform:
        return False
    return bool(set(one.names) & set(other.names)) or bool(
        one.address and one.address == other.address
    )


def _in_place_of(register: Register, old: Channel, *new: Channel) -> Register:
    others = tuple(each for each in register.channels if each is not old)
    return replace(register, channels=(*others, *new))
