"""What the columns of a file probably mean: by ids, by texts in any language, by what they hold.

An id, a text as it stands in the questionnaire, or a column that a tool always writes is sure. All
else is a proposal that somebody has to confirm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from torg.survey.elsewhere.likeness import candidates_of, headers_of, likely
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
from torg.survey.elsewhere.words import plain, unnumbered
from torg.survey.questionnaire import (
    DONT_KNOW,
    WORDS,
    Question,
    Questionnaire,
    Wave,
    items_of,
    limesurvey_names,
)

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
    candidates = candidates_of(questionnaire.asked_in(wave.id))
    first = [
        _of_limesurvey(Column(at, name), lime)
        or _known(Column(at, name), ids, texts)
        or likely(Column(at, name), table.column(at), candidates)
        for at, name in enumerate(table.header)
    ]
    return Meanings(table.fingerprint, tuple(_once(first)))


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
            for text in headers_of(item):
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


def _once(columns: Sequence[Column]) -> Iterator[Column]:
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
