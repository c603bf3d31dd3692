"""What the doctor looks for in what the networks said: one short rule each, over the facts."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise

import polars as pl

from torg.follow.doctor.facts import Facts
from torg.follow.doctor.finding import Finding, moment_of, number, of_machine
from torg.follow.doctor.silence import (
    PATIENCE,
    collecting_stands_still,
    look_at_all,
    no_network,
    page_of,
    silent_channels,
    unasked_channels,
)

DAY = dt.timedelta(days=1)
LOOK_BACK = 30 * DAY  # gaps that are longer ago are no news
NEWS = 7 * DAY
TOKEN_DAYS = 14
KEEP_DAYS = 3
SKEW = dt.timedelta(minutes=5)
NEARLY_ALL = 0.9  # of a day's quota


def gone_channels(facts: Facts) -> Iterator[Finding]:
    """Channels of which the platform says that there is no such thing."""
    for followed in facts.followed:
        last = look_at_all(facts, followed)
        if last is not None and last["outcome"] == "gone":
            yield Finding(
                needs_person=True,
                kind="gone",
                platform=followed.platform,
                channel=page_of(followed),
                message=f"{page_of(followed)}: {followed.platform} says that it is not there."
                + (f" {last['detail']}" if last["detail"] else ""),
                remedy="Look at the page. Where it has ended, write the day into valid_to in "
                "register/channels.csv; where it has moved, enter the new one beside it.",
            )


def renamed_channels(facts: Facts) -> Iterator[Finding]:
    """Channels that the platform calls otherwise than the register does; they are followed on."""
    for followed in facts.followed:
        last = facts.last.get((followed.platform, followed.channel, "profile"))
        now = str((last or {}).get("handle") or "").removeprefix("@").casefold()
        channel = facts.by_name.get((followed.platform, followed.channel))
        if last is None or channel is None or last["outcome"] != "ok" or not now:
            continue
        if channel.handle and channel.handle != now:
            yield Finding(
                needs_person=False,
                kind="renamed",
                platform=followed.platform,
                channel=page_of(followed),
                message=f"{page_of(followed)} is called {now} now; it is followed on by its id.",
                remedy="Type: "
                + facts.command(
                    f"register claim {followed.platform} {followed.channel} {channel.code} "
                    f"--address @{now}"
                ),
            )


def gaps(facts: Facts) -> Iterator[Finding]:
    """Stretches of the last weeks in which a platform was not asked at all."""
    recent = facts.runs.filter(pl.col("committed_at") >= facts.now - LOOK_BACK)
    for (platform,), runs in sorted(recent.group_by("platform"), key=lambda part: part[0]):
        moments = sorted(runs["committed_at"].to_list())
        for before, after in pairwise(moments):
            if after - before > PATIENCE * facts.interval:
                yield Finding(
                    needs_person=False,
                    kind="gap",
                    platform=str(platform),
                    channel=None,
                    message=f"Nothing was collected from {moment_of(before)} to "
                    f"{moment_of(after)}. "
                    "Posts of that time came in afterwards; followers and counts were not read.",
                )


def vanished(facts: Facts) -> Iterator[Finding]:
    """Posts that were taken away lately, by channel. Replies are citizens' own affair."""
    news = facts.gone.filter(pl.col("what") == "post", pl.col("noticed_at") >= facts.now - NEWS)
    counted = news.group_by("platform", "channel").len("posts").sort("platform", "channel")
    for platform, name, posts in counted.iter_rows():
        channel = facts.by_name.get((platform, name))
        page = channel.address if channel and channel.address else name
        yield Finding(
            needs_person=False,
            kind="vanished_posts",
            platform=platform,
            channel=page,
            message=f"{page}: {number(posts, 'post')} vanished in the last {NEWS.days} days. The "
            "words are taken out, the counts stay.",
        )


def tokens(facts: Facts) -> Iterator[Finding]:
    """Tokens that end soon or have ended, and a store that cannot be opened."""
    if facts.tokens_closed:
        yield of_machine("tokens_closed", facts.tokens_closed, "")
    for grant in facts.grants:
        if grant.ends_on is None or grant.ends_on > facts.today + TOKEN_DAYS * DAY:
            continue
        has_ended = grant.ends_on < facts.today
        yield Finding(
            needs_person=True,
            kind="token_ended" if has_ended else "token_ends",
            platform=grant.platform,
            channel=grant.channel,
            message=f"{grant.title}: the token {'ended' if has_ended else 'ends'} on "
            f"{grant.ends_on}.",
            remedy="Ask for a new one and type: " + facts.command(f"connect {grant.platform}"),
        )


def replies_in_part(facts: Facts) -> Iterator[Finding]:
    """Posts to which fewer replies came than there are, by channel, with what was said of one."""
    cut = facts.visits.filter(what="replies", outcome="partial").filter(
        pl.col("subject").is_not_null(), pl.col("visited_at") >= facts.now - NEWS
    )
    by_channel = cut.sort("visited_at", "subject").group_by("platform", "channel")
    told = by_channel.agg(posts=pl.len(), said=pl.col("detail").drop_nulls().last())
    for platform, name, posts, said in told.sort("platform", "channel").iter_rows():
        channel = facts.by_name.get((platform, name))
        page = channel.address if channel and channel.address else name
        yield Finding(
            needs_person=False,
            kind="replies_in_part",
            platform=platform,
            channel=page,
            message=f"{page}: of {number(posts, 'post')} not all replies came."
            + (f" {said}" if said else ""),
        )


def quotas(facts: Facts) -> Iterator[Finding]:
    """Quotas of which little is left today."""
    for platform, quota in sorted(facts.quotas.items()):
        if quota.used >= NEARLY_ALL * quota.units:
            yield Finding(
                needs_person=False,
                kind="quota",
                platform=platform,
                channel=None,
                message=f"{quota.used:,} of the day's {quota.units:,} units are used: what is left "
                "over is asked for tomorrow.",
                remedy="Where it happens every day, look for posts less often: posts_hours under "
                "[follow] in study.toml.",
            )


def clocks(facts: Facts) -> Iterator[Finding]:
    """A clock that was set back, or that runs ahead."""
    latest: dt.datetime | None = None
    for moment in facts.runs["committed_at"]:
        if latest is not None and latest - moment > SKEW and facts.now - moment < NEWS:
            yield of_machine(
                "clock",
                f"The clock was set back: what was collected at {moment_of(moment)} came after "
                f"{moment_of(latest)}.",
                "Let the machine keep time by itself: timedatectl set-ntp true",
            )
            break
        latest = max(latest or moment, moment)
    ahead = facts.visits.filter(pl.col("visited_at") > facts.now + SKEW)
    if ahead.height:
        yield of_machine(
            "clock",
            "The clock ran ahead: visits are noted for moments that have not come yet.",
            "Let the machine keep time by itself: timedatectl set-ntp true",
        )


Rule = Callable[[Facts], Iterator[Finding]]
NETWORK_RULES: tuple[Rule, ...] = (
    collecting_stands_still,
    no_network,
    tokens,
    gone_channels,
    silent_channels,
    unasked_channels,
    clocks,
    renamed_channels,
    gaps,
    quotas,
    replies_in_part,
    vanished,
)
