"""Which channels are followed: those of the register that the study asks about."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from torg.collect.platforms import Followed, Platform
from torg.register import Channel, Register
from torg.study import Study


@dataclass(frozen=True, order=True)
class Learned:
    """A platform's id for a handle that the register has without one."""

    platform: str
    handle: str
    channel: str


def whom(
    register: Register,
    *,
    study: Study,
    platforms: Mapping[str, Platform],
    visits: pl.DataFrame,
    today: dt.date,
) -> tuple[Followed, ...]:
    """The channels to follow today, each once, sorted.

    They are valid today, on a platform that can be asked and that the study does not leave out, and
    of a scope that counts in it; officials' own only when declared. Where `visits` have told the id
    of a handle, the channel goes by it.
    """
    found = {
        (followed.platform, followed.channel): followed
        for channel in register.channels
        if _is_wanted(channel, study, platforms, today)
        for followed in [_followed(channel, _ids(visits))]
    }
    return tuple(found[key] for key in sorted(found))


def learned(
    register: Register, *, platforms: Mapping[str, Platform], visits: pl.DataFrame
) -> tuple[Learned, ...]:
    """The ids that visits have told and the register does not have yet."""
    return tuple(sorted(set(_learned(register, platforms, _ids(visits)))))


def _learned(
    register: Register, platforms: Mapping[str, Platform], ids: Mapping[tuple[str, str], str]
) -> Iterator[Learned]:
    for channel in register.channels:
        handle, platform = channel.handle, platforms.get(channel.platform)
        told = ids.get((channel.platform, (handle or "").lower()))
        if platform and platform.learns_ids and handle and told and not channel.platform_id:
            yield Learned(channel.platform, handle, told)


def _is_wanted(
    channel: Channel, study: Study, platforms: Mapping[str, Platform], today: dt.date
) -> bool:
    named = study.channels.platforms
    return (
        channel.platform in platforms
        and (not named or channel.platform in named)
        and (study.country is None or channel.country == study.country)
        and (channel.scope == "person" or channel.scope in study.channels.scopes)
        and channel.may_be_followed(today)
    )


def _followed(channel: Channel, ids: Mapping[tuple[str, str], str]) -> Followed:
    handle = channel.handle
    told = ids.get((channel.platform, (handle or "").lower()))
    return Followed(
        platform=channel.platform,
        channel=channel.platform_id or told or channel.known_as,
        handle=handle,
        address=channel.address,
    )


def _ids(visits: pl.DataFrame) -> Mapping[tuple[str, str], str]:
    """The id behind each handle, as the latest look at a profile that went well told it."""
    told = visits.filter(
        (pl.col("what") == "profile")
        & (pl.col("outcome") == "ok")
        & pl.col("handle").is_not_null()
        & ~pl.col("channel").str.starts_with("@")
    ).sort("visited_at", "channel")
    rows = told.select("platform", "handle", "channel").iter_rows()
    return {(platform, handle.removeprefix("@").lower()): id_ for platform, handle, id_ in rows}
