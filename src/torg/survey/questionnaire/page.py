"""The reference page of questionnaire.toml, made from what may stand in it."""

from collections.abc import Iterator, Mapping

from torg.survey.questionnaire.checks import NEEDS
from torg.survey.questionnaire.model import DONT_KNOW, Kind
from torg.survey.questionnaire.reading import read_questionnaire
from torg.survey.questionnaire.ready import READY
from torg.survey.questionnaire.shape import OptionTable, QuestionTable, Table, TopTable, WaveTable

_HEAD = """\
<!-- Made from the code by `make docs`: do not edit. -->

# questionnaire.toml

A questionnaire is a file in the study's folder: what stands above the first table, then waves and
questions. Every fault is told with its line, and an unknown key is one. How to write one:
[Write a questionnaire](../how-to/write-a-questionnaire.md).

A text is written for each language, `{ sv = "Bibliotek", fi = "Kirjasto" }`, or once where it is
the same in all, `"Facebook"`. `id`, `title` and `languages` must be there, unless a ready
questionnaire brings them.
"""

_TABLES: Mapping[str, type[Table]] = {
    "Above the first table": TopTable,
    "`[[wave]]`": WaveTable,
    "`[[question]]`": QuestionTable,
    "An option": OptionTable,
}

_STORED: Mapping[Kind, str] = {
    "one": "the id of an option",
    "many": "for each option, as the item `question.option`: `yes` or `no`",
    "planned": "`yes`, `planned` or `no`",
    "scale": "the id of a step",
    "number": "a number in decimal form, `12.5`; its bounds are `low` and `high`",
    "text": "the text",
    "matrix": "for each cell, as the item `question.row.column`: the id of an option, or `yes` and "
    "`no` where the question has no options",
}


def questionnaire_page() -> str:
    """Every key of questionnaire.toml, the kinds of question and the ready ones, as Markdown."""
    parts = [_HEAD]
    for title, table in _TABLES.items():
        parts += [f"## {title}\n", *_keys(table), ""]
    parts += ["## Kinds of question\n", *_kinds(), "", "## Ready questionnaires\n", *_ready()]
    return "\n".join(parts) + "\n"


def _keys(table: type[Table]) -> Iterator[str]:
    yield "| key | without it | meaning |"
    yield "|---|---|---|"
    for name, field in table.model_fields.items():
        default = "" if field.default in (None, ()) or field.default_factory else field.default
        without = "must be there" if field.is_required() else f"`{_toml(default)}`"
        meaning = " ".join((field.description or "").split()).replace("|", "\\|")
        yield f"| `{name}` | {without if without != '``' else ''} | {meaning} |"


def _toml(value: object) -> str:
    """A default as it would be written."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) and value else ""


def _kinds() -> Iterator[str]:
    yield "| kind | needs | what is stored |"
    yield "|---|---|---|"
    for kind, (needed, _) in NEEDS.items():
        keys = ", ".join(f"`{key}`" for key in needed)
        yield f"| `{kind}` | {keys} | {_STORED[kind]} |"
    yield ""
    yield (
        f"Where `dont_know` is true, `{DONT_KNOW}` can be stored too. What a wave does not ask is "
        "stored as not asked, what a condition spares somebody as not applicable: neither is a no."
    )


def _ready() -> Iterator[str]:
    yield '`ready = "NAME"` above the first table begins with one of these.\n'
    yield "| name | title | languages | waves |"
    yield "|---|---|---|---|"
    for name, path in READY.items():
        made = read_questionnaire(path)
        title = made.titles.get("en") or made.titles[made.languages[0]]
        waves = ", ".join(wave.id for wave in made.waves)
        yield f"| `{name}` | {title} | {', '.join(made.languages)} | {waves} |"
