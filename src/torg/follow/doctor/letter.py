"""The diagnosis in words, for somebody who has ten minutes: on the terminal and in a mail."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from torg.follow.doctor.diagnosis import Diagnosis, Health
from torg.follow.doctor.finding import Finding, command, number

MOST_NAMED = 5  # of many alike


def headline(diagnosis: Diagnosis) -> str:
    """Whether somebody is needed, in one line."""
    groups = len(_grouped(diagnosis.needed))
    if not groups:
        return f"{diagnosis.title}: nobody is needed."
    return f"{diagnosis.title}: you are needed for {number(groups, 'thing')}."


def letter(diagnosis: Diagnosis) -> str:
    """The whole of it: a line for each platform, then what to do, then what is good to know."""
    return "\n".join(_lines(diagnosis)) + "\n"


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    yield headline(diagnosis)
    yield f"Looked at on {diagnosis.at:%Y-%m-%d %H:%M} UTC."
    if diagnosis.platforms:
        yield ""
        yield from (_platform(health) for health in diagnosis.platforms)
    lists = command(diagnosis.folder, "doctor --json")
    notes = [finding for finding in diagnosis.findings if not finding.needs_person]
    for title, findings in (("What to do", diagnosis.needed), ("Good to know", notes)):
        if findings:
            yield from ("", title, "-" * len(title))
            yield from _numbered(findings, lists)


def _platform(health: Health) -> str:
    if not health.channels:
        return f"{health.platform}: comes by exports."
    answered = f"{health.answered} of {health.channels} channels answered lately"
    last = f", last at {health.last_answer:%Y-%m-%d %H:%M} UTC" if health.last_answer else ""
    left = "" if health.units_left is None else f"; {health.units_left:,} units left today"
    return f"{health.platform}: {answered}{last}{left}."


def _numbered(findings: Iterable[Finding], lists: str) -> Iterator[str]:
    """Findings, those alike under one number; `lists` is the command that lists them all."""
    for place, group in enumerate(_grouped(findings), start=1):
        first = group[0]
        where = f"[{first.platform}] " if first.platform else ""
        if len(group) == 1:
            yield f"{place}. {where}{first.message}"
        else:
            yield f"{place}. {where}{len(group)} alike:"
            yield from _each(group, lists)
        if first.remedy and _is_one_remedy(group):
            yield f"   {first.remedy}"


def _each(group: list[Finding], lists: str) -> Iterator[str]:
    for finding in group[:MOST_NAMED]:
        yield f"   - {finding.message}"
        if finding.remedy and not _is_one_remedy(group):
            yield f"     {finding.remedy}"
    if len(group) > MOST_NAMED:
        yield f"   - and {len(group) - MOST_NAMED} more: {lists} lists them"


def _is_one_remedy(group: list[Finding]) -> bool:
    return len({finding.remedy for finding in group}) == 1


def _grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Those of one kind and platform together; what concerns the machine comes first."""

    def alike(finding: Finding) -> tuple[str, str]:
        return finding.platform or "", finding.kind

    return [list(group) for _, group in groupby(sorted(findings, key=alike), key=alike)]
