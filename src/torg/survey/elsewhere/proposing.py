"""What the columns of a file probably mean: by ids, by texts in any language, by what they hold.

An id, a text as it stands in the questionnaire, or a column that a tool always writes is sure. All
else is a proposal that somebody has to confirm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product

from torg.survey.elsewhere.meanings import (
    AT,
    COUNTRY,
    ITEM,
    LEFT_OUT,
    NAME,
    QUESTION,
    RESPONDENT,
    SURE,
    UNIT,
    UNKNOWN,
    Column,
    Meanings,
    holds_several,
)
from torg.survey.elsewhere.reading import Answered
from torg.survey.elsewhere.values import texts_of
from torg.survey.elsewhere.words import is_blank, plain, unnumbered
from torg.survey.questionnaire import (
    DONT_KNOW,
    WORDS,
    Item,
    Question,
    Questionnaire,
    Wave,
    items_of,
    limesurvey_names,
)

NEAR = 0.8  # likeness of a header and a text that is worth a proposal
_MOST_OPTIONS = 60  # different cells of a column that are compared with the options

# Headers that say what they are, in plain form; then what LimeSurvey, Webropol and Questback always
# write and nobody needs.
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(
        ("unit", "code", "municipalitycode", "kommunenr", "kommunenummer", "kommunkod",
         "kommunekode", "kommunnummer", "kuntanumero", "kuntakoodi", "kommunnr", "fylkesnr"), UNIT),
    **dict.fromkeys(
        ("municipality", "kommune", "kommun", "kunta", "kommunenavn", "kommunnamn", "kunnannimi",
         "kuntannimi", "municipalityname", "kommunensnavn", "kommunensnamn", "name"), NAME),
    **dict.fromkeys(("country", "land", "maa"), COUNTRY),
    **dict.fromkeys(
        ("id", "responseid", "respondentid", "respondent", "svarid", "vastaajaid", "vastaaja",
         "respondentnumber"), RESPONDENT),
    **dict.fromkeys(
        ("submitdate", "datesubmitted", "completed", "submitted", "svardato", "besvart",
         "svarsdatum", "vastausaika", "enddate", "tidsstempel", "timestamp", "tidsstämpel"), AT),
    **dict.fromkeys(
        ("lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl", "token",
         "firstname", "lastname", "email", "datelastaction", "datestarted", "ipaddress",
         "referrerurl", "lastaction", "interviewtime", "emailaddress", "collectorid"), LEFT_OUT),
}  # fmt: skip


def proposed(
    table: Answered,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    remembered: Iterable[Meanings] = (),
) -> Meanings:
    """What each column of a file means, and how sure that is; `open` are those to ask about.

    A file with the same header as one of `remembered` means what was said then.
    """
    for known in remembered:
        if known.fingerprint == table.fingerprint:
            return known
    ids, texts = _names_of(questionnaire.asked_in(wave.id))
    lime = _limesurvey(questionnaire, wave)
    first = [
        _of_limesurvey(Column(at, name), lime)
        or _known(Column(at, name), ids, texts)
        or _by_content(Column(at, name), table, questionnaire, wave)
        for at, name in enumerate(table.header)
    ]
    return Meanings(table.fingerprint, tuple(_once(first, texts)))


def _known(column: Column, ids: Mapping[str, str], texts: Mapping[str, str]) -> Column | None:
    """The column where its header alone says what it is."""
    name = plain(column.name)
    if not name:
        return replace(column, means=LEFT_OUT, sure="tool")
    code, _, rest = column.name.partition(". ")
    for key in (name, plain(code) if rest else name):
        if key in ids:
            return replace(column, means=ids[key], sure="id")
    for key in (name, plain(unnumbered(column.name))):
        if key in texts:
            return replace(column, means=texts[key], sure="text")
    means = _ROLES.get(name)
    return replace(column, means=means, sure="tool") if means else None


@dataclass(frozen=True)
class _Lime:
    """Columns by their headings in LimeSurvey's export, in plain form, with what its codes mean."""

    means: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def _limesurvey(questionnaire: Questionnaire, wave: Wave) -> _Lime:
    names = limesurvey_names(questionnaire, wave)
    means: dict[str, set[str]] = defaultdict(set)
    for heading, item in names.items.items():
        means[plain(heading)].add(f"{ITEM}{item}")
    for heading, items in names.dont_know.items():
        question = questionnaire.items[items[0]].question.id
        means[plain(heading)].add(f"{UNKNOWN}{question}")
    codes = {
        f"{ITEM}{item}": {plain(short): code for short, code in of.items()}
        for item, of in names.codes.items()
    }
    return _Lime(_clear(means), codes)


def _of_limesurvey(column: Column, lime: _Lime) -> Column | None:
    """The column where it is headed as LimeSurvey heads it."""
    code, _, rest = column.name.partition(". ")
    means = lime.means.get(plain(code if rest else column.name))
    if means is None:
        return None
    # Only codes that say something else than their text does have to be remembered.
    values = {short: c for short, c in lime.values.get(means, {}).items() if short != plain(c)}
    return replace(column, means=means, sure="id", values=values)


def _names_of(questions: Sequence[Question]) -> tuple[dict[str, str], dict[str, str]]:
    """What each id and each text in plain form means; those that could mean two things left out."""
    ids: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for item in items_of(question):
            ids[plain(item.id)].add(f"{ITEM}{item.id}")
            for text in _texts(item):
                texts[plain(text)].add(f"{ITEM}{item.id}")
        if question.allows_dont_know:
            ids[plain(f"{question.id}.{DONT_KNOW}")].add(f"{UNKNOWN}{question.id}")
            for text in question.texts.values():
                for word in WORDS[DONT_KNOW].values():
                    texts[plain(f"{text} {word}")].add(f"{UNKNOWN}{question.id}")
        if holds_several(question):
            ids[plain(question.id)].add(f"{QUESTION}{question.id}")
            for text in question.texts.values():
                texts[plain(text)].add(f"{QUESTION}{question.id}")
    return _clear(ids), _clear(texts)


def _clear(meanings: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(of)) for name, of in meanings.items() if name and len(of) == 1}


def _texts(item: Item) -> Iterator[str]:
    """The headers that an item may have: its question's text, and then its option's or cell's."""
    question = item.question
    tails = [part.texts.values() for part in (item.option, item.row, item.column) if part]
    for text in question.texts.values():
        yield from (" ".join((text, *tail)) for tail in product(*tails))


def _by_content(
    column: Column, table: Answered, questionnaire: Questionnaire, wave: Wave
) -> Column:
    """A proposal from how the header reads and from what the cells say."""
    cells = {plain(cell) for cell in table.column(column.at) if not is_blank(cell)}
    asked = [item for q in questionnaire.asked_in(wave.id) for item in items_of(q)]
    scored = [(_likeness(column.name, item), _fits(item, cells), item.id) for item in asked]
    near = [(like + fits, f"{ITEM}{name}") for like, fits, name in scored if like >= NEAR]
    # Where the header says nothing, cells that fit one item and no other are worth a question.
    fitting = [f"{ITEM}{name}" for _, fits, name in scored if fits]
    if near:
        return replace(column, means=max(near)[1], sure="near")
    if len(fitting) == 1:
        return replace(column, means=fitting[0], sure="near")
    return column


def _likeness(name: str, item: Item) -> float:
    said = plain(unnumbered(name))
    options = item.option.texts.values() if item.option else ()
    return max(
        (SequenceMatcher(None, said, plain(text)).ratio() for text in (*_texts(item), *options)),
        default=0.0,
    )


def _fits(item: Item, cells: set[str]) -> float:
    """How well cells fit an item that has codes: 1 where all are texts of its answers."""
    if not item.codes or not 1 < len(cells) <= _MOST_OPTIONS:
        return 0.0
    return float(cells <= texts_of(item).keys())


def _once(columns: Sequence[Column], texts: Mapping[str, str]) -> Iterator[Column]:
    """The columns, where two that seem sure of one meaning are both to be asked about.

    The same question under two headers is one thing, the name of the unit another: where there is
    no code, the name is what the unit is known by.
    """
    has_code = any(column.means == UNIT for column in columns)
    sure = [column.means for column in columns if column.sure in SURE]
    for column in columns:
        if column.means == NAME and not has_code and sure.count(NAME) == 1:
            yield replace(column, means=UNIT)
        elif column.means != LEFT_OUT and column.sure in SURE and sure.count(column.means) > 1:
            yield replace(column, sure="near")
        else:
            yield column
