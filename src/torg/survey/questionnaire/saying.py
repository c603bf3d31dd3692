"""What is wrong with a table of questionnaire.toml, as a sentence with its remedy."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from torg.survey.questionnaire.shape import (
    CODE,
    FRAME,
    LANGUAGE,
    LONGEST_ID,
    NAME,
    WORD,
    OptionTable,
    Table,
    TopTable,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

HELP = "docs/reference/questionnaire.md has all keys"


def meant(word: str, among: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """'; did you mean ...?' where something like the word is there, else what is there."""
    near = get_close_matches(word, among, n=1)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f": write one of {', '.join(among)}." if among else "."


_KINDS_OF_VALUE = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "float_type": "a number",
    "date_type": "a date without quotes, as 2026-01-15",
    "dict_type": 'a text, or a text for each language as { sv = "..", fi = ".." }',
    "tuple_type": "a list in square brackets",
    "model_type": "a table",
    "no_text": "a text that is not empty and has no control characters",
    "too_short": "something: it is empty",
    "finite_number": "a finite number",
    "string_too_long": f"at most {LONGEST_ID} signs long",
}

_WRITTEN = {
    WORD: "small letters, digits, - and _, beginning with a letter",
    CODE: "small letters, digits, - and _",
    NAME: "letters, digits, - and _",
    FRAME: "all, top:30 or answered:2025",
    LANGUAGE: "a language as 'sv', or with its country as 'sv-FI'",
}


def said(shape: type[Table], fault: "ErrorDetails", written: Sequence[str | int]) -> str:
    """A fault as a sentence with its remedy. `written`: the steps to it in the file."""
    key = ".".join(str(step + 1 if isinstance(step, int) else step) for step in written) or "this"
    if fault["type"] == "extra_forbidden":
        name, keys = str(fault["loc"][-1]), _keys(shape, fault)
        return f"no key is called '{name}'{meant(name, keys)}"
    if fault["type"] == "missing":
        return f"'{fault['loc'][-1]}' must be there; {HELP}."
    if fault["type"] == "string_pattern_mismatch":
        rule = _WRITTEN[fault["ctx"]["pattern"]]
        return f"{key} is '{fault['input']}' and must be written so: {rule}."
    if fault["type"] == "literal_error":
        allowed = [word.strip("' ") for word in fault["ctx"]["expected"].split(" or ")]
        offered = [part.strip("' ") for word in allowed for part in word.split(",")]
        return f"{key} cannot be {fault['input']!r}{meant(str(fault['input']), offered)}"
    wanted = _KINDS_OF_VALUE.get(fault["type"])
    return f"{key} must be {wanted}." if wanted else f"{key}: {fault['msg']}; {HELP}."


def _keys(shape: type[Table], fault: "ErrorDetails") -> tuple[str, ...]:
    in_option = shape is not TopTable and len(fault["loc"]) > 1
    of = OptionTable if in_option or fault["loc"][0] == "lists" else shape
    return tuple(of.model_fields)
