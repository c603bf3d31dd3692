"""What the doctor looks for in the register and in the exports that people send."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from torg.follow.doctor.facts import Facts
from torg.follow.doctor.finding import Finding, number
from torg.follow.doctor.networks import KEEP_DAYS, Rule
from torg.register import Channel

DAY = dt.timedelta(days=1)
LEAST_LISTED = 3  # channels from which a file is taken for a list of pages, not for one owner's
AGREEMENT_DAYS = 30


def overdue_exports(facts: Facts) -> Iterator[Finding]:
    """Channels that come by files only, and of which no file came for too long."""
    asked_about = frozenset(facts.asked_about)
    for channel, moment in facts.seen_in_files.items():
        days = (facts.now - moment) // DAY
        has_all = facts.study.window.end is not None and moment.date() > facts.study.window.end
        wanted = channel in asked_about and not facts.is_followed(channel) and not has_all
        if wanted and days > facts.study.follow.exports_every_days:
            page = channel.address or channel.known_as
            yield Finding(
                needs_person=True,
                kind="export_overdue",
                platform=channel.platform,
                channel=page,
                message=f"{page}: the last export is of {moment:%Y-%m-%d}, {days} days ago.",
                remedy="Ask its owner for a new export, and type: " + facts.command("import FILE"),
            )


def unseen_channels(facts: Facts) -> Iterator[Finding]:
    """Channels that are not followed, and that no file has told of either."""
    unseen: dict[str, list[Channel]] = defaultdict(list)
    for channel in facts.asked_about:
        if channel not in facts.seen_in_files and not facts.is_followed(channel):
            unseen[channel.platform].append(channel)
    for platform, channels in sorted(unseen.items()):
        can_be_asked = platform in facts.platforms
        yield Finding(
            needs_person=False,
            kind="no_way_in" if can_be_asked else "files_only",
            platform=platform,
            channel=None,
            message=f"{number(len(channels), 'channel')} never seen: "
            + (_NO_TOKEN if can_be_asked else f"{platform} cannot be asked, it comes by exports."),
            remedy=(f"A token: {facts.command(f'connect {platform}')}. " if can_be_asked else "")
            + f"An export: {facts.command('import FILE')}. Where neither will come, leave the "
            "platform out: platforms under [channels] in study.toml.",
        )


_NO_TOKEN = "there is neither a token of theirs nor an export."  # noqa: S105 -- no password


def missing_from_lists(facts: Facts) -> Iterator[Finding]:
    """Pages that the last list of a kind had and the newest lacks: deleted, renamed, left out."""
    for (kind,), rows in sorted(facts.exports.group_by("format"), key=lambda part: part[0]):
        for before, after in _neighbours(rows):
            lost = sorted(before.pages - after.pages)
            for platform, name in lost:
                channel = facts.by_name.get((platform, name))
                page = channel.address if channel and channel.address else name
                yield Finding(
                    needs_person=True,
                    kind="left_the_list",
                    platform=platform,
                    channel=page,
                    message=f"{page} was in {before.name} and is not in {after.name} ({kind}).",
                    remedy="See whether the page is still there. Deleted: write the day into "
                    "valid_to in register/channels.csv. Renamed: type "
                    f"{facts.command('register claim')} with the new name. Left out by mistake: "
                    "export the list again.",
                )


class _List:
    """A file that tells of several pages."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.name = str(rows["name"][0])
        self.pages = frozenset(rows.select("platform", "channel").iter_rows())
        self.exported_at = rows["exported_at"][0]


def _neighbours(rows: pl.DataFrame) -> Iterator[tuple[_List, _List]]:
    """The newest list and the one before, where most pages of the two are the same."""
    lists = [_List(part) for _, part in rows.drop_nulls("exported_at").group_by("source_id")]
    several = sorted(
        (each for each in lists if len(each.pages) >= LEAST_LISTED),
        key=lambda each: (each.exported_at, each.name),
    )
    for before, after in list(pairwise(several))[-1:]:
        if 2 * len(before.pages & after.pages) >= len(before.pages):
            yield before, after


def kept_for_a_while(facts: Facts) -> Iterator[Finding]:
    """Files whose last day comes: what is in them is taken out then."""
    near = facts.exports.filter(
        pl.col("keep_until").is_between(facts.today, facts.today + KEEP_DAYS * DAY)
    )
    for name, until, platform in (
        near.select("name", "keep_until", "platform").unique().sort(pl.all()).iter_rows()
    ):
        yield Finding(
            needs_person=False,
            kind="kept_until",
            platform=platform,
            channel=None,
            message=f"{name} may be kept until {until}: what is in it and nowhere else is taken "
            "out then.",
            remedy=f"Import a newer one before that day: {facts.command('import FILE')}",
        )


def undeclared_persons(facts: Facts) -> Iterator[Finding]:
    """Officials' own channels that nobody has declared."""
    for channel in facts.register.channels:
        if channel.scope == "person" and channel.is_valid(facts.today) and not channel.declared:
            page = channel.address or channel.known_as
            yield Finding(
                needs_person=False,
                kind="undeclared",
                platform=channel.platform,
                channel=page,
                message=f"{page} is an official's own and not declared, so it is not followed.",
                remedy="Where the official has said that it serves the office, write the day into "
                "'declared' in register/channels.csv.",
            )


def ending_agreements(facts: Facts) -> Iterator[Finding]:
    """Agreements that end soon: from then on the owner's figures are withheld."""
    last = facts.today + AGREEMENT_DAYS * DAY
    for agreement in facts.register.agreements:
        if agreement.is_in_force(facts.today) and agreement.ends_on and agreement.ends_on <= last:
            yield Finding(
                needs_person=False,
                kind="agreement_ends",
                platform=agreement.platform,
                channel=agreement.channel,
                message=f"{agreement.channel}: what its owner agreed to holds until "
                f"{agreement.ends_on}; from then on its figures are withheld.",
                remedy="Ask the owner again, and type: "
                + facts.command(
                    f"register agree {agreement.platform} {agreement.channel} --evidence WHERE"
                ),
            )


EXPORT_RULES: tuple[Rule, ...] = (
    overdue_exports,
    missing_from_lists,
    kept_for_a_while,
    unseen_channels,
    undeclared_persons,
    ending_agreements,
)
