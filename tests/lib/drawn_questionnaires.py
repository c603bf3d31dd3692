"""Questionnaires drawn by hypothesis, and how one is written as TOML: the reader's slow twin."""

import datetime as dt
import json
from dataclasses import replace

from hypothesis import strategies as st

from torg.survey.questionnaire import Condition, Option, Question, Questionnaire, Wave, items_of

LANGUAGES = ("en", "nb", "sv-FI")
UNITS = (("municipality", "county"), ("municipality",))
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
CODES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True).filter(lambda c: c != "dont_know")
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.just("\n"),
    min_size=1,
    max_size=12,
).filter(str.strip)
LEAST = {"one": 2, "scale": 2, "many": 1, "matrix": 1}


@st.composite
def texts(draw, languages):
    return {language: draw(TEXT) for language in languages}


@st.composite
def options(draw, languages, least=1):
    ids = draw(st.lists(CODES, min_size=least, max_size=4, unique=True))
    return tuple(Option(each, draw(texts(languages))) for each in ids)


@st.composite
def waves(draw, languages):
    """One after the other, with gaps."""
    starts = sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=3)))
    made = []
    for n in starts:
        opens = dt.date(2011, 1, 1) + dt.timedelta(days=100 * n)
        closes = opens + dt.timedelta(days=draw(st.integers(0, 90)))
        mode = draw(st.sampled_from(["questionnaire", "observation"]))
        titles = draw(st.just({}) | texts(languages))
        made.append(Wave(str(n), opens, closes, draw(st.dates()), mode=mode, titles=titles))
    return tuple(made)


@st.composite
def bare_questions(draw, id_, languages, names):
    kind = draw(st.sampled_from(["one", "many", "planned", "scale", "number", "text", "matrix"]))
    offers = kind in LEAST and (kind != "matrix" or draw(st.booleans()))
    low, high = sorted([draw(st.integers(-9, 9)) / 2, draw(st.integers(-9, 9)) / 2])
    return Question(
        id=id_,
        kind=kind,
        texts=draw(texts(languages)),
        options=draw(options(languages, LEAST[kind])) if offers else (),
        rows=draw(options(languages)) if kind == "matrix" else (),
        columns=draw(options(languages)) if kind == "matrix" else (),
        allows_dont_know=kind != "text" and draw(st.booleans()),
        disclosure=draw(st.sampled_from(["public", "aggregate"])),
        waves=tuple(sorted(draw(st.sets(st.sampled_from(names), max_size=2)), key=names.index)),
        units=draw(st.sampled_from(UNITS)),
        required=draw(st.booleans()),
        low=low if kind == "number" else None,
        high=high if kind == "number" else None,
        break_at=tuple(draw(st.sets(st.sampled_from(names), max_size=1))),
        helps=draw(st.just({}) | texts(languages)),
    )


@st.composite
def questionnaires(draw):
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    made = draw(waves(languages))
    names = [wave.id for wave in made]
    questions, items = [], []
    for id_ in draw(st.lists(IDS, min_size=1, max_size=6, unique=True)):
        question = draw(bare_questions(id_, languages, names))
        if items and draw(st.booleans()):
            question = hung(question, draw(st.sampled_from(items)), draw, names)
        questions.append(question)
        items += [item for item in items_of(question) if item.codes]
    return Questionnaire(
        draw(IDS), draw(texts(languages)), languages, made, tuple(questions), draw(texts(languages))
    )


def hung(question, item, draw, names):
    """The question on a condition, asked only where the condition's own question is."""
    above = item.question
    codes = draw(st.lists(st.sampled_from(item.codes), min_size=1, max_size=2, unique=True))
    asked = [w for w in names if question.is_asked_in(w) and above.is_asked_in(w)]
    if not asked:
        return question
    return replace(
        question,
        waves=tuple(asked),
        units=tuple(unit for unit in question.units if unit in above.units),
        shown_if=Condition(item.id, tuple(codes), above.shown_if),
    )


def as_toml(questionnaire):
    """The questionnaire as the text of a file; reading it gives the same value."""
    q = questionnaire
    lines = [
        f"id = {quoted(q.id)}",
        f"title = {table(q.titles)}",
        f"introduction = {table(q.introductions)}",
        f"languages = {json.dumps(q.languages)}",
    ]
    for wave in q.waves:
        lines += ["", "[[wave]]", f"id = {quoted(wave.id)}", f"opens = {wave.opens}"]
        lines += [f"closes = {wave.closes}", f"frame_date = {wave.frame_date}"]
        lines += [f"mode = {quoted(wave.mode)}"]
        lines += [f"title = {table(wave.titles)}"] if wave.titles else []
    for question in q.questions:
        lines += ["", "[[question]]", *question_lines(question)]
    return "\n".join(lines) + "\n"


def question_lines(question):
    yield f"id = {quoted(question.id)}"
    yield f"kind = {quoted(question.kind)}"
    yield f"text = {table(question.texts)}"
    for key in ("options", "rows", "columns"):
        if getattr(question, key):
            yield f"{key} = [{', '.join(map(option, getattr(question, key)))}]"
    if question.shown_if:
        codes = "|".join(question.shown_if.codes)
        yield f"shown_if = {quoted(f'{question.shown_if.item} = {codes}')}"
    yield f"dont_know = {json.dumps(question.allows_dont_know)}"
    yield f"required = {json.dumps(question.required)}"
    yield f"disclosure = {quoted(question.disclosure)}"
    yield f"waves = {json.dumps(question.waves)}"
    yield f"units = {json.dumps(question.units)}"
    yield f"break_at = {json.dumps(question.break_at)}"
    for key in ("low", "high"):
        if getattr(question, key) is not None:
            yield f"{key} = {getattr(question, key)}"
    if question.helps:
        yield f"help = {table(question.helps)}"


def option(each):
    return f"{{ id = {quoted(each.id)}, text = {table(each.texts)} }}"


def table(said):
    return "{ " + ", ".join(f"{quoted(k)} = {quoted(v)}" for k, v in said.items()) + " }"


def quoted(text):
    """A basic string: TOML's escapes are JSON's, save that it wants one for DEL too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
