"""Which channel speaks for which municipality, and when: the register as the study asks for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl

from torg.measure.clock import midnight_s
from torg.register import Channel, Register
from torg.study import Study

ALWAYS = 2**40  # seconds; some 34,000 years from 1970, before as after
Period = tuple[int, int]  # from, to (no longer) in seconds since 1970-01-01T00:00Z
Place = tuple[str, str, str, str]  # country, municipality, platform, channel

MUNICIPALITIES = {"country": pl.String, "municipality": pl.String, "population": pl.Int64}
CHANNELS = {
    "channel_no": pl.Int32,
    "country": pl.String,
    "municipality": pl.String,
    "platform": pl.String,
    "channel": pl.String,
}
PERIODS = {
    "platform": pl.String,
    "channel": pl.String,  # as the archive may have it: the platform id, or "@handle"
    "channel_no": pl.Int32,
    "from_s": pl.Int64,
    "to_s": pl.Int64,
}


@dataclass(frozen=True, kw_only=True)
class Population:
    """The municipalities of a day, their eligible channels, and when each counts; all sorted."""

    municipalities: pl.DataFrame
    channels: pl.DataFrame
    periods: pl.DataFrame


def population(register: Register, study: Study, *, day: dt.date) -> Population:
    """Who is measured: municipalities valid on `day`, with the channels that speak for them.

    A channel of a municipality that has merged counts for its successor; after a split, for the one
    that carries most of it (of equals, the first code). Where one channel is registered twice for
    one municipality, its periods are joined.
    """
    units = register.municipality_frame(day).select(*MUNICIPALITIES)
    if study.country:
        units = units.filter(pl.col("country") == study.country)
    periods = _periods(register, study, day, zone=study.zone)
    numbered = {place: number for number, place in enumerate(sorted(periods))}
    rows = [
        (place[2], alias, numbered[place], start, stop)
        for place, (aliases, spans) in periods.items()
        for alias in sorted(aliases)
        for start, stop in _joined(spans)
    ]
    return Population(
        municipalities=units.sort("country", "municipality"),
        channels=pl.DataFrame(
            [(number, *place) for place, number in numbered.items()], CHANNELS, orient="row"
        ),
        periods=pl.DataFrame(rows, PERIODS, orient="row").sort(list(PERIODS)),
    )


def eligible(register: Register, study: Study) -> tuple[Channel, ...]:
    """The channels whose scope and platform the study counts; no study can name persons'."""
    asked = study.channels
    return tuple(
        channel
        for channel in register.channels
        if channel.scope in asked.scopes
        and (not asked.platforms or channel.platform in asked.platforms)
        and (study.country is None or channel.country == study.country)
    )


def _periods(
    register: Register, study: Study, day: dt.date, *, zone: ZoneInfo
) -> dict[Place, tuple[set[str], list[Period]]]:
    found: dict[Place, tuple[set[str], list[Period]]] = defaultdict(lambda: (set(), []))
    for channel in eligible(register, study):
        code = _carrier(register, channel, day)
        if code is None:
            continue
        aliases, spans = found[channel.country, code, channel.platform, channel.known_as]
        aliases.update(channel.names)
        spans.append(_span(channel, zone))
    return dict(found)


def _carrier(register: Register, channel: Channel, day: dt.date) -> str | None:
    carriers = register.successors(channel.country, channel.code, day)
    if not carriers:
        return None
    return min(carriers, key=lambda carrier: (-carrier[1], carrier[0]))[0]


def _span(channel: Channel, zone: ZoneInfo) -> Period:
    start = midnight_s(channel.valid_from, zone) if channel.valid_from else -ALWAYS
    stop = midnight_s(channel.valid_to, zone) if channel.valid_to else ALWAYS
    return start, stop


def _joined(spans: Iterable[Period]) -> list[Period]:
    joined: list[Period] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
