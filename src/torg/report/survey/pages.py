"""The survey's pages: one for each wave, the latest as `survey.html`, and the press release's text.

No page asks the network for anything, and none runs a script. All text is escaped, because
questions and names come from files.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torg.locale import Words, translate
from torg.report import terms
from torg.report.figures import points
from torg.report.speech import environment, write_page
from torg.report.survey import terms_of_survey
from torg.report.survey.amounts import direction
from torg.report.survey.chapter import Block, Chapter, Course, Line
from torg.report.survey.files import file_of
from torg.report.survey.grids import grids
from torg.report.survey.lookup import BY_PLAN, Estimate, estimates, is_of_all
from torg.report.survey.phrases import Phrases
from torg.report.survey.press import press_release
from torg.report.survey.represented import about_r, partials
from torg.report.survey.results import SurveyResults
from torg.survey import Wave
from torg.survey.questionnaire import DONT_KNOW, NO, text_in

if TYPE_CHECKING:
    from torg.report.charts import Chart

MOST_CHANGES = 20  # in the picture; the table has all
PAGE = "survey.html"  # of the latest wave
MOST_SMALL_CHARTS = 6  # of one question by size, at the latest wave; the table has every figure


def write_survey(
    survey: SurveyResults,
    folder: Path,
    *,
    language: str,
    languages: Sequence[str] = (),
    index: str | None = None,
) -> None:
    """Write the survey's pages and `press-WAVE.txt` of each wave into the folder.

    `index`: the page beside them that the survey is a chapter of. Without one the survey is all
    there is, and the latest wave's page is `index.html`. `languages`: all in which
    the report is written, each into a folder of that name beside this one. The same results give
    the same bytes. Raises LackingPart where Torg has no words in `language`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = translate(language)
    phrases = Phrases(survey, words)
    for wave in survey.waves:
        chapter = Chapter(survey, phrases, wave)
        page = folder / _page_of(survey, wave, is_alone=index is None)
        _write_wave(chapter, page, languages=languages, index=index)
        press = folder / f"press-{file_of(wave)}.txt"
        write_page(press, press_release(chapter))


def _page_of(survey: SurveyResults, wave: Wave, *, is_alone: bool) -> str:
    if wave != survey.waves[-1]:
        return f"survey-{file_of(wave)}.html"
    return "index.html" if is_alone else PAGE


def _write_wave(
    chapter: Chapter, path: Path, *, languages: Sequence[str], index: str | None
) -> None:
    pages = environment(chapter.phrases.words)
    pages.globals.update(speech_of(chapter))
    pages.globals.update(languages=tuple(languages), results=chapter.survey)
    template = pages.get_template("survey.html.jinja")
    address = partial(_page_of, chapter.survey, is_alone=index is None)
    page = template.render(
        root="",
        page=path.name,
        index=index,
        press_address=f"press-{file_of(chapter.wave)}.txt",
        **values_of(chapter, address=address),
    )
    write_page(path, page)


def speech_of(chapter: Chapter) -> Mapping[str, Callable[..., Any]]:
    """What the template calls to say something of this survey."""
    phrases, items = chapter.phrases, chapter.survey.questionnaire.items
    words = phrases.words
    reasons = {**chapter.survey.reasons, **terms_of_survey.REASONS}
    return {
        "wave_name": phrases.wave,
        "tied": lambda text: text.replace("n = ", "n\u00a0=\u00a0"),  # stays on one line
        "file_of": file_of,
        "units": lambda: words.say(terms_of_survey.UNITS[phrases.kind_of()]),
        "pct1": lambda share: words.percent(share, decimals=1),
        "group_name": phrases.group,
        "of_base": lambda item: phrases.of_base(item, of_all=_is_weighted(chapter)),
        "why": lambda code: terms.term(reasons, code, words),
        "interval": partial(_interval, words.number),
        "shares_between": partial(_shares_between, words.number),
        "change": lambda each: points(each.estimate, words),
        "change_ends": lambda each: _points_ends(words, each.low, each.high),
        "points": lambda value: points(value, words),
        "points_ends": partial(_points_ends, words),
        "item_name": lambda id_: phrases.whole(items[id_]),
        "answer": lambda id_, code: phrases.answer(items[id_], code),
        "question_text": phrases.question,
        "measure": phrases.measure,
        "measured": phrases.measured,
        "lean": partial(_lean, phrases),
        "margin": lambda name: words.say(terms_of_survey.MARGINS.get(name, name or "")),
        "margins": phrases.margins,
        "class_name": phrases.classes,
        "joined": phrases.joined,
        "left_out": phrases.left_out,
        "method": lambda name: terms.term(terms_of_survey.METHODS, name, words),
        "expected_direction": lambda name: terms.term(terms_of_survey.DIRECTIONS, name, words),
        "text_of": lambda texts: text_in(texts, words.language),
        "period": lambda: words.say(
            terms_of_survey.PERIOD,
            start=words.date(chapter.wave.opens, form="medium"),
            end=words.date(chapter.wave.closes, form="medium"),
        ),
    }


def _interval(number: Callable[..., str], each: Estimate) -> str:
    if each.category is None:
        return f"{number(each.low, decimals=1)}–{number(each.high, decimals=1)}"
    return _shares_between(number, each.low, each.high)


def _shares_between(number: Callable[..., str], low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{number(low * 100)}–{number(high * 100)}"


def _points_ends(words: Words, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{_end(low, words)} … {_end(high, words)}"


def _end(end: float, words: Words) -> str:
    """An end near zero keeps a decimal, so that it is seen on which side of zero it lies."""
    in_points = end * 100
    if not in_points or round(in_points):
        return points(end, words)
    return ("+" if in_points > 0 else "\u2212") + words.number(abs(in_points), decimals=1)


def _lean(phrases: Phrases, measure: str, value: float | None) -> str:
    if value is None or phrases.unit(measure) == "share":
        return points(value, phrases.words)
    sign = "+" if value > 0 else ""
    return sign + phrases.words.number(value, decimals=2)


def _is_weighted(chapter: Chapter) -> bool:
    return bool(chapter.weighting and chapter.weighting.method != "none")


def values_of(chapter: Chapter, *, address: Callable[[Wave], str]) -> Mapping[str, Any]:
    """What the template shows of one wave; `address`: where the page of another wave is."""
    is_latest = chapter.wave == chapter.survey.waves[-1]
    return {
        **overview_of(chapter, address=address),
        **pictures_of(chapter, chapter.blocks, chapter.courses if is_latest else ()),
    }


def pictures_of(
    chapter: Chapter, blocks: Sequence[Block], courses: Sequence[Course]
) -> Mapping[str, Any]:
    """Questions with their pictures, and items over the waves: what takes long to draw."""
    return {
        "blocks": [_block(chapter, block) for block in blocks],
        "courses": [(each, course_chart(each, chapter.phrases)) for each in courses],
    }


def overview_of(chapter: Chapter, *, address: Callable[[Wave], str]) -> Mapping[str, Any]:
    """What the template shows of one wave beside its questions one by one."""
    from torg.report.survey import charts  # slow to load, and most commands draw nothing

    survey, phrases = chapter.survey, chapter.phrases
    is_latest = chapter.wave == survey.waves[-1]
    by_size = chapter.responding.by_size
    changed = _changed(chapter)
    return {
        "chapter": chapter,
        "is_weighted": _is_weighted(chapter),
        "others": _editions(chapter, address),
        "response_chart": charts.response(by_size, phrases=phrases) if by_size else None,
        "about_r": about_r(chapter),
        "partials": partials(chapter),
        "changed": changed,
        "change_chart": charts.changes(changed, words=phrases.words) if changed else None,
        "printed_response": chapter.figures.printed.get((chapter.wave.id, "response", None)),
        "plans": [
            each
            for each in estimates(survey.plans)
            if each.wave == chapter.wave.id and each.category == BY_PLAN
        ],
        "nowcasts": survey.nowcasts.to_dicts() if is_latest else [],
        "printed_plans": {
            each.item: chapter.figures.printed.get((each.wave, each.item, BY_PLAN))
            for each in estimates(survey.plans)
        },
        "flows": [
            row for row in survey.flows.to_dicts() if row["wave"].endswith(f" - {chapter.wave.id}")
        ],
        **{name: chapter.rows(name) for name in _FRAMES},
    }


def course_chart(course: Course, phrases: Phrases) -> "Chart":
    """The picture of an item over the waves."""
    from torg.report.survey import charts

    return charts.course(course, phrases=phrases)


def _changed(chapter: Chapter) -> list[tuple[Estimate, str]]:
    """The shares that have changed among all, those that changed most first."""
    found = [
        (each, label)
        for each, label in chapter.changes
        if is_of_all(each) and each.category not in {None, NO, DONT_KNOW}
        if direction(each) and not each.is_break
    ]
    return sorted(found, key=lambda pair: (-abs(pair[0].estimate or 0), pair[1]))[:MOST_CHANGES]


_FRAMES = ("stated", "bias", "coverage", "classes", "agreement", "disagreements")


def _editions(chapter: Chapter, address: Callable[[Wave], str]) -> list[tuple[str, str | None]]:
    """The other waves' pages, the latest first; none where there is one wave."""
    waves = chapter.survey.waves
    if len(waves) < 2:
        return []
    return [
        (
            text_in(wave.titles, chapter.phrases.words.language) or wave.id,
            None if wave == chapter.wave else address(wave),
        )
        for wave in reversed(waves)
    ]


def _block(chapter: Chapter, block: Block) -> Mapping[str, Any]:
    from torg.report.survey import charts

    words = chapter.phrases.words
    told = [line for line in block.there if line.category not in {NO, DONT_KNOW}]
    is_latest = chapter.wave == chapter.survey.waves[-1]
    drawn = [line for line in told if is_latest and _has_groups(line)][:MOST_SMALL_CHARTS]
    return {
        "value": block,
        "chart": charts.shares(block, words=words) if block.there else None,
        "grids": grids(block, chapter.phrases) if block.is_grid else (),
        "by_group": ()
        if block.is_grid
        else [charts.by_group(c, phrases=chapter.phrases) for c in drawn],
        "remarks": list(_remarks(chapter, block)),
    }


def _has_groups(line: Line) -> bool:
    return any(pair and pair.main.is_there for _, pair in line.by_group)


def _remarks(chapter: Chapter, block: Block) -> list[str]:
    """What a reader must know beside the figures of a question."""
    words = chapter.phrases.words
    found = []
    if block.has_suppressed:
        found.append(words.say(terms_of_survey.SUPPRESSED))
    if block.has_wide:
        found.append(words.say(terms_of_survey.WIDE))
    if block.disagreed:
        found.append(
            words.count(
                "On this, the respondents of at least %(n)s unit gave different answers.",
                "On this, the respondents of at least %(n)s units gave different answers.",
                block.disagreed,
            )
        )
    if block.sources:
        found.append(words.say(terms_of_survey.PRINTED, source="; ".join(block.sources)))
    return found
