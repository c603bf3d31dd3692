"""Results to pages: one for the country, one for each municipality; each a file of its own.

No page asks the network for anything, and none runs a script: a policy in its head forbids both.
All text is escaped, because names and titles come from files.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from torg.locale import Words, translate
from torg.report.cards import cards
from torg.report.contrasts import contrasts
from torg.report.naming import CLASSIC, naming_of
from torg.report.national import Gap, Line, National, Overview, meaning
from torg.report.places import Place
from torg.report.results import Results
from torg.report.shown import shown
from torg.report.speech import environment, write_page
from torg.report.standing import Standing
from torg.report.survey import PAGE, write_survey

if TYPE_CHECKING:
    from torg.report.charts import Chart

WIDE, NARROW = 820, 270  # the plot's width in CSS pixels, above and below 40 rem
FIRST_OF_A_LIST = 20


def write_report(
    results: Results, folder: Path, *, language: str, languages: Sequence[str] = ()
) -> None:
    """Write `index.html` and `municipalities/COUNTRY-CODE.html` into the folder.

    With a survey in the results its pages and press texts stand beside them; where nothing was
    observed, the survey is the whole report and its latest wave is `index.html`.

    `languages`: all in which the report is written, each into a folder of that name beside this
    one, to which every page then links. The same results give the same bytes. Raises LackingPart
    where Torg has no words in `language`.
    """
    words = translate(language)
    if results.survey is not None:
        is_chapter = _has_archive(results)
        write_survey(
            results.survey,
            folder,
            language=language,
            languages=languages,
            index="index.html" if is_chapter else None,
        )
        if not is_chapter:
            return
    national = National.of(shown(results), words)
    pages = _environment(results, words)
    pages.globals.update(languages=tuple(languages))
    (folder / "municipalities").mkdir(parents=True, exist_ok=True)
    index = pages.get_template("national.html.jinja")
    write_page(
        folder / "index.html",
        index.render(**_links("", page="index.html"), **_national(national, words)),
    )
    template = pages.get_template("card.html.jinja")
    for card in cards(national):
        page = f"municipalities/{card.place.file}"
        write_page(
            folder / page,
            template.render(**_links("../", page=page), card=card, national=national),
        )


def _links(root: str, *, page: str) -> Mapping[str, Any]:
    """Where a page's links go, from a page that lies `root` below the report's folder."""
    return {
        "root": root,
        "page": page,
        "home_address": f"{root}index.html",
        "how_address": f"{root}index.html#how",
        "meaning_address": lambda measure: f"{root}index.html#m-{measure}",
        "place_address": lambda place: f"{root}municipalities/{place.file}",
    }


def _has_archive(results: Results) -> bool:
    """Whether anything was observed; without it a survey is all that there is to show."""
    return not (results.measures.is_empty() and results.sources.is_empty())


def _environment(results: Results, words: Words) -> Environment:
    made = environment(words)
    made.globals.update(naming_of(results, words))
    made.globals.update(results=results)
    return made


def _national(national: National, words: Words) -> Mapping[str, Any]:
    results = national.results
    sources = results.sources
    findings = results.findings.to_dicts()
    return {
        "national": national,
        "survey_page": PAGE if results.survey else None,
        "top_set": set(results.top_set),
        **_set_charts(national, words),
        "charts": {area: _area_charts(national, area, words) for area in national.areas},
        "sections": _sections(national),
        "lists": classic_lists(national),
        "headlines": national.headlines,
        "gaps": _gaps(national),
        "apart": contrasts(results),
        "criteria": results.criteria.to_dicts(),
        "at_age": national.at_age,
        "sources": sources.to_dicts(),
        "rows_read": sources["rows_read"].sum(),
        "rows_rejected": sources["rows_rejected"].sum(),
        "corrections": results.corrections.to_dicts(),
        "totals": [(meaning(results, row["measure"]), row) for row in results.totals.to_dicts()],
        "unclaimed": results.unclaimed.to_dicts(),
        # Those without a known channel stand among the municipalities without a place.
        "findings": [row for row in findings if row["kind"] != "unknown_channels"],
        "definitions": [(id_, meaning(results, id_)) for id_ in national.overviews],
    }


def _set_charts(national: National, words: Words) -> "Mapping[str, Chart]":
    # The chart library takes half a second to load, which no other command should wait for.
    from torg.report.charts import rank_sets

    if not national.lines:
        return {}
    draw = partial(rank_sets, national.lines, words=words)
    return {"sets": draw(width=WIDE), "narrow_sets": draw(width=NARROW)}


def _area_charts(national: National, area: str, words: Words) -> "list[tuple[Overview, Chart]]":
    from torg.report.charts import by_size

    measures = national.criteria(area)
    overviews = [each for name in measures for each in national.overviews.get(name, ())]
    return [(overview, by_size(overview, words=words)) for overview in overviews]


def _sections(national: National) -> list[tuple[str | None, list[Line], list[Place]]]:
    """By size class: those with a place, in the order of their sets, and the others by name."""
    placed = {line.place.id for line in national.lines}
    others = national.places.named(set(national.places.by_id) - placed)
    return [
        (
            size_class,
            [line for line in national.lines if line.place.size_class == size_class],
            [place for place in others if place.size_class == size_class],
        )
        for size_class in national.places.size_classes
    ]


def classic_lists(national: National) -> list[tuple[str, list[tuple[Place, Standing]]]]:
    """The classic lists by title, where the study asks for them: the first twenty of each."""
    return [
        (national.places.words.say(title), _first_of_list(national, group))
        for group, title in CLASSIC.items()
        if group in national.standings.groups
    ]


def _first_of_list(national: National, group: str) -> list[tuple[Place, Standing]]:
    """The first twenty of a classic list, the best first."""
    places = national.places.by_id
    members = national.standings.of_group(group).items()
    found = [(places[id_], standing) for id_, standing in members if id_ in places]
    found.sort(key=lambda each: (each[1].rank, *national.places.order(each[0])))
    return [each for each in found if each[1].rank <= FIRST_OF_A_LIST]


def _gaps(national: National) -> Mapping[str, list[Gap]]:
    """The criteria's measures apart: what is missing there moves the ranking."""
    asked = {measure for area in national.areas for measure in national.criteria(area)}
    return {
        "counted": [gap for gap in national.gaps if gap.measure in asked],
        "others": [gap for gap in national.gaps if gap.measure not in asked],
    }
