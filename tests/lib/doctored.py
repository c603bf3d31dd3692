"""What the doctor is shown, drawn small: visits, runs, exports and vanished posts as tables."""

import datetime as dt
from pathlib import Path

import polars as pl

from tests.lib.registers import drawn, register_of
from torg.collect.platforms import Platform
from torg.collect.transport import Quota as DailyQuota
from torg.follow import Facts, examine
from torg.study import Study

NOW = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)
TOWNS = """
    country | code | platform | address                   | platform_id | scope
    NO      | 0301 | bluesky  | bsky.app/profile/oslo     | did:plc:o   |
    NO      | 4601 | bluesky  | bsky.app/profile/bergen   | did:plc:b   |
    NO      | 0301 | facebook | facebook.com/oslo         | 111         |
    NO      | 4601 | facebook | facebook.com/bergen       | 222         |
    NO      | 5001 | facebook | facebook.com/trondheim    | 333         |
    NO      | 0301 | linkedin | linkedin.com/company/oslo |             |
"""


def asked(name: str, **more) -> Platform:
    """A platform that can be asked for posts and profiles; nobody asks it here."""
    return Platform(
        name=name,
        title=name.title(),
        visits={"profile": _nothing, "posts": _nothing},
        access="open_network",
        may_publish=True,
        keep_days=None,
        **{"needs_token": "never", "server": lambda _followed: "example.org", **more},
    )


def _nothing(task, means):
    yield from ()


BLUESKY = {"bluesky": asked("bluesky")}
QUOTA = DailyQuota(10_000)


def study_of(**follow) -> Study:
    """A study of everything, with these settings under [follow]."""
    named = {"contact": "https://example.org", **follow}
    return Study(folder=Path("study"), id="drawn", title="Drawn", follow=named)


def facts_of(*, channels=TOWNS, platforms=BLUESKY, study=None, now=NOW, **tables) -> Facts:
    """The facts: `visits`, `runs`, `exports`, `gone` are drawn, the rest as `Facts` has it."""
    made = {name: _MADE[name](tables.pop(name)) for name in list(tables) if name in _MADE}
    register = register_of(
        municipalities="country|code|name\nNO|0301|Oslo\nNO|4601|Bergen\nNO|5001|Trondheim",
        channels=channels,
        **{name: tables.pop(name) for name in list(tables) if name == "agreements"},
    )
    study = study or study_of()
    return Facts(study=study, register=register, platforms=platforms, now=now, **made, **tables)


def found(kind=None, **tables):
    """The findings of one kind, or all."""
    findings = examine(facts_of(**tables)).findings
    return [finding for finding in findings if kind in (None, finding.kind)]


def _visits(text):
    rows = [
        {
            "platform": "bluesky",
            "what": "posts",
            "outcome": "ok",
            **{name: cell or None for name, cell in row.items()},
            "visited_at": _at(row["at"]),
            "ok_at": _at(
                row.get("ok_at") or (row["at"] if row.get("outcome") in (None, "ok", "") else "")
            ),
        }
        for row in drawn(text)
    ]
    return _frame(rows, Facts.__dataclass_fields__["visits"].default_factory().schema)


def _runs(text):
    rows = [
        {"platform": row.get("platform", "bluesky"), "committed_at": _at(row["at"])}
        for row in drawn(text)
    ]
    return _frame(rows, Facts.__dataclass_fields__["runs"].default_factory().schema)


def _exports(text):
    rows = [
        {
            "source_id": row["name"],
            "format": "crowdtangle_facebook",
            "platform": "facebook",
            **row,
            "exported_at": _at(row["at"]),
            "keep_until": _day(row.get("keep_until")),
            "channel": channel,
        }
        for row in drawn(text)
        for channel in row["channels"].split()
    ]
    return _frame(rows, Facts.__dataclass_fields__["exports"].default_factory().schema)


def _gone(text):
    rows = [
        {"platform": "bluesky", "what": "post", **row, "noticed_at": _at(row["at"])}
        for row in drawn(text)
    ]
    return _frame(rows, Facts.__dataclass_fields__["gone"].default_factory().schema)


_MADE = {"visits": _visits, "runs": _runs, "exports": _exports, "gone": _gone}


def _frame(rows, schema):
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def _at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None


def _day(text):
    return dt.date.fromisoformat(text) if text else None
