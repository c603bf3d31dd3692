"""The national picture as the front page shows it: values, before any word or mark-up."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from torg.locale import Words
from torg.report import Meaning, National, Overview, Results, Spread
from torg.report.survey import Chapter, Course, Phrases, SurveyResults, course_chart, speech_of
from torg.site.places import shelf
from torg.site.places.shelf import Shown

_RELEASES = 8  # that a trend goes back
_TRENDS = 6
_COURSES = 4
_SENTENCES = 5


@dataclass(frozen=True, kw_only=True)
class Use:
    """How many municipalities have a known channel on a platform, of all and by size class."""

    platform: str
    n: int
    of: int
    by_size: tuple[tuple[str | None, int, int], ...]  # size class, how many, of how many


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One figure of one release."""

    shown: Shown
    start: dt.date
    end: dt.date
    spread: Spread


@dataclass(frozen=True, kw_only=True)
class Trend:
    """The median of a measure over the releases, the oldest first."""

    measure: str
    meaning: Meaning
    stands: tuple[Stand, ...]

    @property
    def reach(self) -> float:
        """Where the drawing ends: it begins at zero."""
        return 1.1 * max(each.spread.median or 0.0 for each in self.stands) or 1.0


def uses(national: National) -> list[Use]:
    """The platforms, the most used first: channels of persons do not count."""
    results, places = national.results, national.places
    sizes = {place.id: place.size_class for place in places.by_id.values()}
    on = _municipalities_on(results)
    found = []
    for platform, ids in on.items():
        known = [sizes[id_] for id_ in ids if id_ in sizes]
        by_size = tuple(
            (size, known.count(size), sum(each == size for each in sizes.values()))
            for size in places.size_classes
        )
        found.append(Use(platform=platform, n=len(known), of=len(sizes), by_size=by_size))
    return sorted(found, key=lambda use: (-use.n, use.platform))


def _municipalities_on(results: Results) -> Mapping[str, set[tuple[str, str]]]:
    valid = (pl.col("valid_to").is_null() | (pl.col("valid_to") > results.end)) & (
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= results.end)
    )
    rows = results.channels.filter((pl.col("scope") != "person") & valid)
    found: dict[str, set[tuple[str, str]]] = {}
    for platform, country, code in rows.select("platform", "country", "municipality").iter_rows():
        found.setdefault(platform, set()).add((country, code))
    return found


def trends(now: Shown, *, language: str, told: Iterable[Overview]) -> list[Trend]:
    """The headline figures over the releases up to this one, where at least two have them."""
    there = [each for each in shelf.public() if (each.day, each.name) <= (now.day, now.name)]
    there = [each for each in there if each.is_readable]
    before = list(reversed(there[:_RELEASES]))
    found = (_trend(overview, before, language) for overview in told)
    return [trend for trend in found if len(trend.stands) > 1][:_TRENDS]


def _trend(overview: Overview, releases: Iterable[Shown], language: str) -> Trend:
    stands = []
    for release in releases:
        national = release.national(language)
        same = national.overviews.get(overview.measure, ()) if national else ()
        spread = next((e.everybody for e in same if e.access == overview.access), None)
        if national and spread and not spread.is_small:
            results = national.results
            stands.append(Stand(shown=release, start=results.start, end=results.end, spread=spread))
    return Trend(measure=overview.measure, meaning=overview.meaning, stands=tuple(stands))


def of_survey(survey: SurveyResults, words: Words) -> Mapping[str, Any]:
    """What the front page tells of the latest wave."""
    chapter = Chapter(survey, Phrases(survey, words), survey.waves[-1])
    stated = [row for row in chapter.rows("stated") if row["group"] in {"all", None}]
    return {
        **speech_of(chapter),
        "chapter": chapter,
        "sentences": chapter.brief[:_SENTENCES],
        "stated": [row for row in stated if not row["missing"]],
        "courses": _courses(chapter),
    }


def _courses(chapter: Chapter) -> list[tuple[Course, Any]]:
    """A few items over the waves: those that most waves asked, the most common first."""

    def order(course: Course) -> tuple[int, float]:
        there = [each.estimate or 0.0 for _, each in course.points if each and each.is_there]
        return (-len(there), -there[-1])

    shares = (course for course in chapter.courses if course.category is not None)
    first = sorted(shares, key=order)[:_COURSES]
    return [(each, course_chart(each, chapter.phrases)) for each in first]
