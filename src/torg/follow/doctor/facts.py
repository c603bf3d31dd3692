"""What the doctor looks at: all facts brought together, so that the looking itself is pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from torg.archive import Reading
from torg.collect import VISITS, empty
from torg.collect.platforms import Followed, Platform
from torg.follow.doctor.finding import command
from torg.follow.units import quota_used
from torg.follow.whom import whom
from torg.register import Channel, Register
from torg.study import Study
from torg.tokens import Grant

HOUR = dt.timedelta(hours=1)

VISITED = {**VISITS, "ok_at": pl.Datetime("us", "UTC")}
EXPORTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_id": pl.String,
    "name": pl.String,
    "format": pl.String,
    "exported_at": pl.Datetime("us", "UTC"),
    "keep_until": pl.Date,
    "platform": pl.String,
    "channel": pl.String,
}
RUNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "platform": pl.String,
    "committed_at": pl.Datetime("us", "UTC"),
}
GONE: dict[str, pl.DataType | type[pl.DataType]] = {
    "platform": pl.String,
    "channel": pl.String,
    "what": pl.String,
    "noticed_at": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, kw_only=True)
class Quota:
    """The units of a platform's day: used, and all that there are."""

    used: int
    units: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the doctor knows.

    visits    the latest of each channel, what and subject, with `ok_at`: VISITED
    runs      every committed chunk of collecting, in the order of the commits: RUNS
    exports   a row for each file and channel that it told of: EXPORTS
    gone      what is known to have vanished: GONE
    """

    study: Study
    register: Register
    platforms: Mapping[str, Platform]
    now: dt.datetime
    visits: pl.DataFrame = field(default_factory=lambda: empty(VISITED))
    runs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RUNS))
    exports: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EXPORTS))
    gone: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GONE))
    grants: tuple[Grant, ...] = ()
    tokens_closed: str | None = None  # why the store of tokens cannot be opened
    quotas: Mapping[str, Quota] = field(default_factory=dict)

    def command(self, said: str) -> str:
        """What to type about this study: `said` with the study's folder before it."""
        return command(self.study.folder, said)

    @property
    def today(self) -> dt.date:
        """The day in the study's zone."""
        return self.now.astimezone(self.study.zone).date()

    @property
    def is_over(self) -> bool:
        """Whether the window has ended, and its last posts have come of their last age."""
        end = self.study.window.end
        return end is not None and self.today - end > self.study.follow.ages_hours[-1] * HOUR

    @property
    def interval(self) -> dt.timedelta:
        """How often new posts are looked for."""
        return self.study.follow.posts_hours * HOUR

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """The channels that are followed on the networks: there is a way in, or there was one."""
        wanted = whom(
            self.register,
            study=self.study,
            platforms=self.platforms,
            visits=self.visits,
            today=self.today,
        )
        return tuple(each for each in wanted if self._has_a_way_in(each))

    def is_followed(self, channel: Channel) -> bool:
        """Whether a registered channel is one of those."""
        return any((channel.platform, name) in self._followed_names for name in channel.names)

    @cached_property
    def _followed_names(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.platform, each.channel) for each in self.followed)

    def _has_a_way_in(self, followed: Followed) -> bool:
        """A page that wants a token of its own, and never had one, comes by exports."""
        platform = self.platforms[followed.platform]
        is_own = platform.needs_token == "channel"  # noqa: S105 -- whose, not which
        if not is_own or self.last_answer(followed) is not None:
            return True
        names = {followed.channel, f"@{followed.handle or ''}"}
        stands_in = platform.otherwise is not None
        return any(
            any(map(grant.is_for, names)) or (stands_in and grant.channel is None)
            for grant in self.grants
            if grant.platform == followed.platform
        )

    def last_answer(self, followed: Followed) -> dt.datetime | None:
        """When a look at its posts or profile last went well."""
        looks = (
            self.last.get((followed.platform, followed.channel, what))
            for what in ("posts", "profile")
        )
        moments = [look["ok_at"] for look in looks if look is not None]
        return max((m for m in moments if isinstance(m, dt.datetime)), default=None)

    @cached_property
    def asked_about(self) -> tuple[Channel, ...]:
        """The channels of the register that the study counts, on whatever platform."""
        asked = self.study.channels
        return tuple(
            channel
            for channel in self.register.channels
            if channel.is_valid(self.today)
            and channel.scope in asked.scopes
            and (not asked.platforms or channel.platform in asked.platforms)
            and self.study.country in (None, channel.country)
        )

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], Channel]:
        """Registered channels by each of their names."""
        return {(c.platform, name): c for c in self.register.channels for name in c.names}

    @cached_property
    def last(self) -> Mapping[tuple[str, str, str], dict[str, Any]]:
        """The latest visit of each channel as a whole, by platform, channel and what."""
        rows = self.visits.filter(pl.col("subject").is_null()).iter_rows(named=True)
        return {(row["platform"], row["channel"], row["what"]): row for row in rows}

    @cached_property
    def last_run(self) -> dt.datetime | None:
        """When collecting last brought anything, or noted that nothing came."""
        moment = self.runs["committed_at"].max()
        return moment if isinstance(moment, dt.datetime) else None

    @cached_property
    def first_run(self) -> dt.datetime | None:
        """When collecting began."""
        moment = self.runs["committed_at"].min()
        return moment if isinstance(moment, dt.datetime) else None

    @cached_property
    def last_heard(self) -> dt.datetime | None:
        """When any server last gave an answer; of a moment that is yet to come, none is told."""
        moment = self.visits.filter(
            pl.col("outcome").is_in(("ok", "partial", "gone")),
            pl.col("what") != "file",  # a file's moment is when it was exported
            (pl.col("what") != "replies") | pl.col("subject").is_not_null(),  # and so are these
            pl.col("visited_at") <= self.now,
        )["visited_at"].max()
        return moment if isinstance(moment, dt.datetime) else None

    @cached_property
    def seen_in_files(self) -> Mapping[Channel, dt.datetime]:
        """When each registered channel was last exported."""
        rows = self.exports.drop_nulls("exported_at").group_by("platform", "channel")
        latest = rows.agg(pl.col("exported_at").max()).sort("platform", "channel").iter_rows()
        found: dict[Channel, dt.datetime] = {}
        for platform, name, moment in latest:
            channel = self.by_name.get((platform, name))
            if channel:
                found[channel] = max(moment, found.get(channel, moment))
        return found


def facts(
    study: Study,
    *,
    reading: Reading,
    register: Register,
    platforms: Mapping[str, Platform],
    now: dt.datetime,
    grants: tuple[Grant, ...] = (),
    tokens_closed: str | None = None,
) -> Facts:
    """The facts as an archive's reading, a register and a study have them."""
    return Facts(
        study=study,
        register=register,
        platforms=platforms,
        now=now,
        visits=reading.visits(),
        runs=_runs(reading.sources),
        exports=_exports(reading),
        gone=reading.vanished(),
        grants=grants,
        tokens_closed=tokens_closed,
        quotas=_quotas(study, reading, platforms, now),
    )


def _runs(sources: pl.DataFrame) -> pl.DataFrame:
    return sources.filter(kind="run").select("committed_at", platform="format").select(*RUNS)


def _exports(reading: Reading) -> pl.DataFrame:
    files = reading.sources.filter(kind="file")
    if files.is_empty():
        return pl.DataFrame(schema=EXPORTS)
    told = reading.held().join(files, on="source_id", how="inner")
    return told.select(*EXPORTS).sort(pl.all())


def _quotas(
    study: Study, reading: Reading, platforms: Mapping[str, Platform], now: dt.datetime
) -> Mapping[str, Quota]:
    """What today's calls have used; where the last ones were on another day, nothing."""
    own = {budget.server: budget.units for budget in study.follow.budget}
    found = {}
    for name, platform in platforms.items():
        if platform.quota is not None:
            used = quota_used(reading, platform)
            is_today = used is not None and used.day == platform.quota.day(now)
            found[name] = Quota(
                used=used.units if used is not None and is_today else 0,
                units=own.get(name) or platform.quota.units,
            )
    return found
