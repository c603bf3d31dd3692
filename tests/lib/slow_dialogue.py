"""The slow, obvious twin of the dialogue measures: loops, fractions, the office day by day."""

import datetime as dt
import statistics
from fractions import Fraction
from typing import Any

import holidays

LIMIT = 72 * 3600
MEASURES = ("answered", "answered_24h", "answered_72h")


def root_of(reply: dict[str, Any], by_key: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    """The comment on the top level above a reply; None where a reply between is not there."""
    seen = set()
    while reply["parent"] is not None:
        if reply["reply"] in seen or reply["parent"] not in by_key:
            return None
        seen.add(reply["reply"])
        reply = by_key[reply["parent"]]
    return reply


def first_answers(said: list[dict[str, Any]]) -> dict[int, int]:
    """The instant of the owner's first answer to each answered comment."""
    by_key = {reply["reply"]: reply for reply in said}
    answers: dict[int, int] = {}
    for reply in said:
        root = root_of(reply, by_key)
        if reply["by"] != "owner" or reply["parent"] is None or root is None:
            continue
        if reply["at"] >= root["at"]:
            known = answers.get(root["reply"], reply["at"])
            answers[root["reply"]] = min(known, reply["at"])
    return answers


def waits(
    said: list[dict[str, Any]], *, questions: bool, office: Any = None
) -> list[tuple[int | None, int]]:
    """For each comment the seconds to its answer (or None), and for how long it was followed."""
    passed = office or (lambda start, end: max(0, end - start))
    answers = first_answers(said)
    found = []
    for reply in said:
        is_comment = reply["parent"] is None and reply["by"] not in ("owner", "?")
        if not is_comment or not reply["in_window"] or (questions and not reply["asks"]):
            continue
        at = answers.get(reply["reply"])
        seconds = None if at is None else passed(reply["at"], at)
        followed = max(passed(reply["at"], reply["until"]), seconds or 0, 0)
        found.append((seconds, followed))
    return found


def office_clock(*, country: str, opens: str, closes: str, offset_hours: int = 0) -> Any:
    """A function of two instants: the seconds between in which the office is open, day by day."""
    first, last = (int(clock[:2]) * 3600 + int(clock[3:]) * 60 for clock in (opens, closes))
    known = holidays.country_holidays(country)
    offset = offset_hours * 3600

    def passed(start: int, end: int) -> int:
        total = 0
        for day in range((start + offset) // 86400, (end + offset) // 86400 + 1):
            date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
            if date.weekday() < 5 and date not in known:
                left = max(start + offset, day * 86400 + first)
                right = min(end + offset, day * 86400 + last)
                total += max(0, right - left)
        return total

    return passed


def answered_within(found: list[tuple[int | None, int]], hours: int) -> Fraction | None:
    old = [seconds for seconds, followed in found if followed >= hours * 3600]
    hits = [seconds for seconds in old if seconds is not None and seconds <= hours * 3600]
    return Fraction(len(hits), len(old)) if old else None


def answered(found: list[tuple[int | None, int]]) -> Fraction | None:
    return Fraction(sum(s is not None for s, _ in found), len(found)) if found else None


def answered_median(found: list[tuple[int | None, int]]) -> float | None:
    known = [seconds for seconds, _ in found if seconds is not None]
    return statistics.median(known) / 3600 if known else None


def survival(found: list[tuple[int | None, int]]) -> list[tuple[int, Fraction]]:
    """Kaplan and Meier (1958): each second at which something was answered, and S after it."""
    steps, left = [], Fraction(1)
    for time in sorted({seconds for seconds, _ in found if seconds is not None}):
        at_risk = sum((f if s is None else s) >= time for s, f in found)
        at_once = sum(s == time for s, _ in found)
        left *= 1 - Fraction(at_once, at_risk)
        steps.append((time, left))
    return steps


def median(found: list[tuple[int | None, int]]) -> float | None:
    return next((time / 3600 for time, left in survival(found) if left <= Fraction(1, 2)), None)


def restricted_mean(found: list[tuple[int | None, int]]) -> float | None:
    """The area under S from 0 to 72 hours, in hours; None where nothing was followed so long."""
    if not any(followed >= LIMIT for _, followed in found):
        return None
    area, at, left = Fraction(0), 0, Fraction(1)
    for time, after in survival(found):
        if time < LIMIT:
            area += left * (time - at)
            at, left = time, after
    return float(area + left * (LIMIT - at)) / 3600


def followed_until(sources: list[dict[str, Any]], *, since: int) -> dict[int, int]:
    """For each reply the last look that would have shown an answer: source by source, as taken in.

    A source is of an instant ("exported"), and "holds" replies: {reply: (channel, post)}. A file
    that holds known replies is taken to hold all posts of its channels; a run has all that stands
    under the posts that it "asked" for: {post: channel}.
    """
    known: dict[int, tuple[str, int]] = {}
    looks = []
    for source in sources:
        new = {reply: place for reply, place in source["holds"].items() if reply not in known}
        looks.append(_look(source, new))
        known |= new
    until: dict[int, int] = {}
    for reply, place in known.items():
        channel = place[0]
        seen_at = [at for at, seen, whole, _ in looks if place in seen or channel in whole]
        if max(at for at, _, _, touched in looks if channel in touched) >= since:
            until[reply] = max(seen_at)
    return until


def _look(source: dict[str, Any], new: dict[int, tuple[str, int]]) -> tuple[int, set, set, set]:
    """When it was, the posts and the channels that it saw whole, and all channels that it saw."""
    is_file = source["kind"] == "file"
    held = {channel for channel, _ in (source["holds"] if is_file else new).values()}
    repeats = is_file and len(new) < len(source["holds"])
    seen = {(channel, post) for post, channel in source["asked"].items()} | set(new.values())
    touched = held | {channel for channel, _ in seen}
    return source["exported"], seen, held if repeats else set(), touched
