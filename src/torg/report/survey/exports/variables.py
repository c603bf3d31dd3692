"""Items as variables of a statistics program: names, numbers for codes, labels, missing values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from torg.locale import shipped, translate
from torg.report.survey.phrases import Phrases
from torg.report.survey.results import SurveyResults
from torg.survey import Item, Wave
from torg.survey.questionnaire import DONT_KNOW

LONGEST_NAME = 64  # bytes, SPSS
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120

# Below anything that a number item can be answered with; "don't know" of a choice is an answer
# with a number of its own, and no missing value.
MISSING = {"no_answer": -9991, "not_applicable": -9992, "not_asked": -9993, "disagreed": -9994}
UNSURE_OF_A_NUMBER = -9990
MISSING_LABELS = {
    "no_answer": "no answer",
    "not_applicable": "not applicable",
    "not_asked": "not asked",
    "disagreed": "respondents disagreed",
}
RESERVED = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
)


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One item as a column of numbers."""

    name: str
    item: Item
    label: str
    values: Mapping[int, str] = field(hash=False)  # number -> label, the missing ones too
    codes: Mapping[str, int] = field(hash=False)  # code -> number


def phrases_of(survey: SurveyResults, language: str) -> Phrases:
    """Words in the language; where Torg has none, the questionnaire's are still in it."""
    spoken = language if language in shipped() else language.split("-")[0]
    return Phrases(survey, translate(spoken if spoken in shipped() else "en"))


def variables(survey: SurveyResults, *, language: str) -> tuple[Variable, ...]:
    """Every item whose answers are public facts, in the order of the questionnaire."""
    phrases = phrases_of(survey, language)
    asked = survey.questionnaire
    public = [asked.items[name] for name in asked.items if name in asked.facts]
    public = [item for item in public if item.question.kind != "text"]
    names = _names(item.id for item in public)
    return tuple(_variable(item, names[item.id], phrases) for item in public)


def _variable(item: Item, name: str, phrases: Phrases) -> Variable:
    codes = {code: at for at, code in enumerate(item.codes, start=1)}
    if item.is_number and item.question.allows_dont_know:
        codes = {DONT_KNOW: UNSURE_OF_A_NUMBER}
    answers = {
        number: _cut(phrases.answer(item, code), LONGEST_VALUE_LABEL)
        for code, number in codes.items()
    }
    missing = {number: MISSING_LABELS[state] for state, number in MISSING.items()}
    return Variable(
        name=name,
        item=item,
        label=_cut(phrases.whole(item), LONGEST_LABEL),
        values={**answers, **missing},
        codes=codes,
    )


def _names(ids: Iterable[str]) -> Mapping[str, str]:
    """A name for each item that every program takes: unique whatever the case of letters."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", id_).strip("_") or "item"
        plain = plain if plain[0].isalpha() and plain.lower() not in RESERVED else f"v_{plain}"
        name, at = plain[:LONGEST_NAME], 1
        while name.lower() in taken:
            at += 1
            name = f"{plain[: LONGEST_NAME - len(str(at)) - 1]}_{at}"
        found[id_] = name
        taken.add(name.lower())
    return found


def _cut(text: str, most: int) -> str:
    """At most so many bytes, and no letter cut in two."""
    return text.encode()[:most].decode(errors="ignore")


UNIT_COLUMNS = ("country", "unit", "kind", "name", "county", "population", "size_class")


def cases(survey: SurveyResults, wave: Wave, found: Iterable[Variable]) -> pl.DataFrame:
    """A row for each unit that answered the wave: what the register says, and a column an item."""
    facts = survey.facts.filter(wave=wave.id)
    units = survey.frame.filter(wave=wave.id).unique(("country", "unit"), keep="first")
    answered = facts.select("country", "unit").unique()
    frame = answered.join(units, on=("country", "unit"), how="left").select(UNIT_COLUMNS)
    frame = frame.sort("country", "unit")
    for variable in found:
        column = _column(facts.filter(item=variable.item.id), variable)
        frame = frame.join(column, on=("country", "unit"), how="left", maintain_order="left")
    return frame


def _column(facts: pl.DataFrame, variable: Variable) -> pl.DataFrame:
    kind = pl.Float64()
    coded = pl.col("code").replace_strict(variable.codes, default=None, return_dtype=kind)
    answer = pl.coalesce("number", coded) if variable.item.is_number else coded
    missing = pl.col("state").replace_strict(MISSING, default=None, return_dtype=kind)
    value = pl.when(pl.col("state") == "answered").then(answer).otherwise(missing)
    return facts.select("country", "unit", value.alias(variable.name)).unique(
        ("country", "unit"), keep="first", maintain_order=True
    )
