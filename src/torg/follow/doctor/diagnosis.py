"""The doctor: whether somebody is needed, for what, and what there is to do."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from torg.archive import Archive
from torg.collect.platforms import PLATFORMS, Platform
from torg.collect.transport import Clock
from torg.errors import TokenError
from torg.follow.doctor.exports import EXPORT_RULES
from torg.follow.doctor.facts import Facts, facts
from torg.follow.doctor.finding import Finding
from torg.follow.doctor.networks import NETWORK_RULES
from torg.follow.doctor.silence import PATIENCE
from torg.register import read_register
from torg.study import Study
from torg.tokens import Grant, TokenStore

PERSON_NEEDED = 3  # the exit status; 1 is a fault of Torg's, 2 one of the call


@dataclass(frozen=True, kw_only=True)
class Health:
    """How a platform does."""

    platform: str
    channels: int  # that are followed
    answered: int  # of these within the last two intervals
    last_answer: dt.datetime | None
    units_left: int | None  # of the day's quota; None where there is no quota
    needed: int  # findings for which a person is needed
    notes: int


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What was found, those things first for which a person is needed, and how platforms do."""

    title: str
    folder: Path  # of the study
    at: dt.datetime
    findings: tuple[Finding, ...]
    platforms: tuple[Health, ...]

    @property
    def needed(self) -> tuple[Finding, ...]:
        """What a person is needed for."""
        return tuple(finding for finding in self.findings if finding.needs_person)

    @property
    def exit_status(self) -> int:
        """0 where nobody is needed, else PERSON_NEEDED."""
        return PERSON_NEEDED if self.needed else 0

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """All of it, fit for JSON but for the moments."""
        return {
            "platforms": [asdict(health) for health in self.platforms],
            "findings": [asdict(finding) for finding in self.findings],
        }


def doctor(
    study: Study,
    *,
    platforms: Mapping[str, Platform] = PLATFORMS,
    granted: Callable[[], tuple[Grant, ...]] | None = None,
    clock: Clock | None = None,
) -> Diagnosis:
    """Look a study over: nothing is changed, and no network is asked.

    `granted` lists the tokens; without it the study's own store does.
    """
    now = (clock or Clock()).now()
    grants, closed = _grants(granted or TokenStore.of(study.id).listing)
    return examine(
        facts(
            study,
            reading=Archive(study.archive).reading(),
            register=read_register(study.register_folder),
            platforms=platforms,
            now=now,
            grants=grants,
            tokens_closed=closed,
        )
    )


def examine(known: Facts) -> Diagnosis:
    """What the facts tell: a pure function."""
    found = [finding for rule in (*NETWORK_RULES, *EXPORT_RULES) for finding in rule(known)]
    in_order = sorted(found, key=lambda finding: not finding.needs_person)
    return Diagnosis(
        title=known.study.title,
        folder=known.study.folder,
        at=known.now,
        findings=tuple(in_order),
        platforms=tuple(_health(known, found, name) for name in _platforms(known, found)),
    )


def _grants(listing: Callable[[], tuple[Grant, ...]]) -> tuple[tuple[Grant, ...], str | None]:
    try:
        return listing(), None
    except TokenError as error:
        return (), str(error)


def _platforms(known: Facts, found: list[Finding]) -> list[str]:
    """Those with channels, or of which something was found."""
    names = {channel.platform for channel in known.asked_about}
    names |= {followed.platform for followed in known.followed}
    return sorted(names | {finding.platform for finding in found if finding.platform})


def _health(known: Facts, found: list[Finding], platform: str) -> Health:
    followed = [each for each in known.followed if each.platform == platform]
    answers = [known.last_answer(each) for each in followed]
    late = known.now - PATIENCE * known.interval
    quota = known.quotas.get(platform)
    here = [finding for finding in found if finding.platform == platform]
    needed = sum(finding.needs_person for finding in here)
    return Health(
        platform=platform,
        channels=len(followed),
        answered=sum(moment is not None and moment >= late for moment in answers),
        last_answer=max((moment for moment in answers if moment), default=None),
        units_left=quota.units - quota.used if quota else None,
        needed=needed,
        notes=len(here) - needed,
    )
