"""What the doctor looks for where nothing comes: the study, the machine, a server, a channel."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from torg.collect.platforms import Followed
from torg.follow.doctor.facts import Facts
from torg.follow.doctor.finding import Finding, moment_of, number, of_machine

PATIENCE = 2  # intervals: what is late by less is only busy
SEVERAL = 2  # servers that fail together are not all down: it is the machine

TIMER = "See whether the timer runs ('systemctl list-timers', or 'crontab -l'), or type: "


def collecting_stands_still(facts: Facts) -> Iterator[Finding]:
    """Nothing is asked at all: nobody is named, nobody has begun, or the timer is off."""
    if not facts.followed or facts.is_over:
        return
    if facts.study.follow.contact is None:
        yield of_machine(
            "no_contact",
            "study.toml names nobody whom those who run the servers can write to, and until it "
            "does nothing is asked.",
            'Add contact = "..." (a web page or mail address of yours) under [follow] in '
            "study.toml.",
        )
    elif facts.last_run is None:
        yield of_machine(
            "not_begun",
            f"{number(len(facts.followed), 'channel')} can be followed, and nothing was collected "
            "yet.",
            "Type: " + facts.command("collect"),
            needs_person=False,
        )
    elif _stands_still(facts):
        yield of_machine(
            "standing_still",
            f"Nothing was collected since {moment_of(facts.last_run)}; it should be every "
            f"{facts.interval.total_seconds() / 3600:g} hours.",
            TIMER + facts.command("collect"),
        )


def no_network(facts: Facts) -> Iterator[Finding]:
    """Several servers were asked since the last answer, and none gave one."""
    if not _is_cut_off(facts):
        return
    since = facts.last_heard
    yield of_machine(
        "no_network",
        "No server at all answered "
        + ("so far" if since is None else f"since {moment_of(since)}")
        + ": this machine seems to have no network.",
        "See to its cable, or to the proxy that your house wants (the variable HTTPS_PROXY); Torg "
        "asks again by itself.",
        needs_person=_is_late(facts, since),
    )


def silent_channels(facts: Facts) -> Iterator[Finding]:
    """Channels that were asked and have given nothing for longer than twice the interval."""
    is_cut_off = _is_cut_off(facts)
    for followed in facts.followed:
        last = _latest(facts, followed)
        kind = str(last["outcome"]) if last is not None else ""
        is_told = _is_gone(facts, followed) or (is_cut_off and kind == "failed")
        if last is None or kind not in _SAID or is_told:
            continue
        since = _ok_at(last)
        detail = f" {last['detail']}" if last["detail"] else ""
        yield Finding(
            needs_person=_needs_person(facts, kind, since),
            kind=kind,
            platform=followed.platform,
            channel=page_of(followed),
            message=f"{page_of(followed)}: {_SAID[kind]} {_since(since)}.{detail}",
            remedy=_remedy(facts, kind, followed.platform),
        )


def unasked_channels(facts: Facts) -> Iterator[Finding]:
    """Channels that have had no turn for long, though others have: a budget is too small."""
    if facts.is_over or _stands_still(facts) or _is_cut_off(facts):
        return
    for followed in facts.followed:
        last = _latest(facts, followed)
        since = _ok_at(last) if last is not None else None
        went_well = last is None or last["outcome"] in ("ok", "partial")
        if went_well and _is_late(facts, since) and not _is_gone(facts, followed):
            yield Finding(
                needs_person=True,
                kind="unasked",
                platform=followed.platform,
                channel=page_of(followed),
                message=f"{page_of(followed)}: not asked {_since(since)}.",
                remedy=f"Type {facts.command('collect')} and read what it says: most often a "
                "server lets itself be asked less, or a day's quota is smaller, than so many "
                "channels need.",
            )


def look_at_all(facts: Facts, followed: Followed) -> dict[str, Any] | None:
    """The look that says whether the channel is there: where it has no profile, that at posts."""
    looks = facts.platforms[followed.platform].visits
    what = "profile" if "profile" in looks else "posts"
    return facts.last.get((followed.platform, followed.channel, what))


def page_of(followed: Followed) -> str:
    """What a person opens to see the channel."""
    return followed.address or followed.channel


def _needs_person(facts: Facts, kind: str, since: dt.datetime | None) -> bool:
    """What was refused from the first day does not mend itself; what failed may be back soon."""
    if kind == "partial":
        return False
    return (kind == "refused" and since is None) or _is_late(facts, since)


def _is_late(facts: Facts, since: dt.datetime | None) -> bool:
    """Whether it is too long since it went well, or since all began where it never did."""
    last = since or facts.first_run
    return last is not None and facts.now - last > PATIENCE * facts.interval


def _stands_still(facts: Facts) -> bool:
    return _is_late(facts, facts.last_run)


def _is_cut_off(facts: Facts) -> bool:
    """Whether all that was asked since the last answer failed, at several servers."""
    heard = facts.last_heard
    failed = facts.visits.filter(pl.col("outcome") == "failed")
    after = failed if heard is None else failed.filter(pl.col("visited_at") > heard)
    channels = set(after.select("platform", "channel").iter_rows())
    servers = {
        facts.platforms[followed.platform].server(followed)
        for followed in facts.followed
        if (followed.platform, followed.channel) in channels
    }
    return len(servers) >= SEVERAL


def _is_gone(facts: Facts, followed: Followed) -> bool:
    look = look_at_all(facts, followed)
    return look is not None and look["outcome"] == "gone"


def _latest(facts: Facts, followed: Followed) -> dict[str, Any] | None:
    """The last look at its posts, or what has kept one from coming about since."""
    posts, profile = (
        facts.last.get((followed.platform, followed.channel, what)) for what in ("posts", "profile")
    )
    if posts is None or profile is None:
        return posts or profile
    is_kept = profile["outcome"] in _SAID and profile["visited_at"] > posts["visited_at"]
    return {**profile, "ok_at": posts.get("ok_at")} if is_kept else posts


def _ok_at(look: dict[str, Any]) -> dt.datetime | None:
    moment = look.get("ok_at")
    return moment if isinstance(moment, dt.datetime) else None


def _since(moment: dt.datetime | None) -> str:
    return "so far" if moment is None else f"since {moment_of(moment)}"


_SAID = {
    "failed": "no answer",
    "refused": "it was refused",
    "partial": "less came than there is",
}
_REMEDIES = {
    "failed": "Most often the network is down for a while, and Torg asks again by itself. Where it "
    "lasts for days, see whether the page opens in a browser.",
    "partial": "",
}
_REFUSED = {
    "never": "Look at the page in a browser: it may be closed to others.",
    "channel": "Most often the token has ended or was taken back. Type: {connect}",
    "study": "Most often the study's own key is lacking or has ended: see docs/how-to/"
    "follow-{platform}.md.",
}


def _remedy(facts: Facts, kind: str, platform: str) -> str:
    if kind != "refused":
        return _REMEDIES[kind]
    connect = facts.command(f"connect {platform}")
    said = _REFUSED[facts.platforms[platform].needs_token]
    return said.format(platform=platform, connect=connect)
