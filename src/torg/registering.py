"""The register's use cases: one function per command of `torg register`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from torg.errors import RegisterError
from torg.importing import unclaimed_channels
from torg.register import (
    Register,
    Scope,
    agree,
    check,
    claim,
    import_register,
    read_register,
    unknown_municipality,
    withdraw,
    write_register,
)
from torg.study import Study

Row = dict[str, Any]


def register_import(study: Study, paths: Sequence[Path]) -> list[Row]:
    """Take municipalities and channels from files into the register; a row per file."""
    before = read_register(study.register_folder)
    imported = import_register(paths, register=before)
    write_register(study.register_folder, imported.register)
    return [asdict(row) for row in imported.rows]


def register_show(study: Study, *, on: dt.date | None = None) -> list[Row]:
    """The municipalities of a day, each with the addresses of its channels."""
    register = asked_about(study)
    day = on or _today()
    channels = (
        register.channel_frame(day)
        .group_by("country", "municipality")
        .agg(pl.col("address").sort().alias("channels"))
    )
    frame = register.municipality_frame(day).join(
        channels, on=["country", "municipality"], how="left", maintain_order="left"
    )
    return frame.with_columns(pl.col("channels").fill_null([])).to_dicts()


def register_check(study: Study, *, on: dt.date | None = None) -> list[Row]:
    """What is doubtful or unknown in the register on a day."""
    return [asdict(finding) for finding in check(asked_about(study), on=on or _today())]


def register_claim(
    study: Study,
    *,
    platform: str,
    channel: str,
    code: str,
    country: str | None = None,
    address: str | None = None,
    owner_name: str | None = None,
    scope: Scope = "municipality",
) -> list[Row]:
    """Enter an unclaimed channel into the register as a municipality's."""
    register = read_register(study.register_folder)
    unclaimed = unclaimed_channels(study)
    claimed = claim(
        register,
        platform=platform,
        platform_id=channel,
        country=country or _country_of(register, study, code),
        code=code,
        address=address,
        owner_name=owner_name,
        scope=scope,
    )
    write_register(study.register_folder, claimed)
    seen = (platform, channel) in set(unclaimed.select("platform", "channel").iter_rows())
    made = [asdict(c) for c in claimed.channels if c not in register.channels]
    return [{**row, "in_archive": seen} for row in made]


def register_agree(
    study: Study,
    *,
    platform: str,
    channel: str,
    evidence: str,
    on: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Row]:
    """Enter that a channel's owner agreed to its figures being shown."""
    register = read_register(study.register_folder)
    agreed = agree(
        register,
        platform=platform,
        channel=channel,
        on=on or _today(),
        ends_on=until,
        evidence=evidence,
    )
    return _with_agreements(study, register, agreed)


def register_withdraw(
    study: Study, *, platform: str, channel: str, on: dt.date | None = None
) -> list[Row]:
    """Enter that a channel's owner no longer agrees."""
    register = read_register(study.register_folder)
    withdrawn = withdraw(register, platform=platform, channel=channel, on=on or _today())
    return _with_agreements(study, register, withdrawn)


def _with_agreements(study: Study, before: Register, after: Register) -> list[Row]:
    write_register(study.register_folder, after)
    known = list(map(asdict, before.agreements))
    return [row for row in map(asdict, after.agreements) if row not in known]


def _country_of(register: Register, study: Study, code: str) -> str:
    countries = {m.country for m in register.municipalities if m.code == code}
    if study.country in countries:
        return study.country
    if not countries:
        raise RegisterError(unknown_municipality(register, code, country=study.country))
    if len(countries) > 1:
        raise RegisterError(
            f"municipality code {code}: {', '.join(sorted(countries))} have it: say --country."
        )
    return countries.pop()


def asked_about(study: Study) -> Register:
    """The register without the countries that the study does not ask about."""
    register = read_register(study.register_folder)
    return register.in_country(study.country)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
