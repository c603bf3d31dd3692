"""The reference page of study.toml, made from the model itself."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from torg.study.following import Follow, OwnBudget
from torg.study.mailing import Mail
from torg.study.model import (
    Criterion,
    Eligible,
    ImportDefaults,
    OfficeHours,
    OwnHours,
    Ranking,
    Study,
    Window,
)
from torg.study.serving import Site
from torg.study.surveying import Simulated, Survey

_TABLES: dict[str, type[BaseModel]] = {
    "[window]": Window,
    "[channels]": Eligible,
    "[import]": ImportDefaults,
    "[follow]": Follow,
    "[[follow.budget]]": OwnBudget,
    "[mail]": Mail,
    "[survey]": Survey,
    "[site]": Site,
    "[simulated]": Simulated,
    "[office]": OfficeHours,
    "[[office.own]]": OwnHours,
    "[ranking]": Ranking,
    "[[criteria]]": Criterion,
}

_HEAD = """\
<!-- Made from the code by `make docs`: do not edit. -->

# study.toml

A study is a folder with a `study.toml`. `torg init DIR` writes one in which every line is
explained; an unknown key is refused, so that a typing error is never silent.

## Top level
"""


def study_page() -> str:
    """Every key of study.toml with its kind, default and meaning, as Markdown."""
    parts = [_HEAD, *_rows(Study)]
    for name, model in _TABLES.items():
        parts += [f"\n## `{name}`\n", f"{model.__doc__}\n", *_rows(model)]
    return "\n".join(parts) + "\n"


def _rows(model: type[BaseModel]) -> Iterator[str]:
    yield "| key | kind | without it | meaning |"
    yield "|---|---|---|---|"
    kinds = get_type_hints(model)  # without the checks that Annotated carries
    for name, field in model.model_fields.items():
        if field.description:
            key, kind = f"`{field.alias or name}`", _kind(kinds[name])
            yield f"| {key} | {kind} | {_default(field)} | {_line(field.description)} |"


_SHORTER = {
    "typing.": "",
    "torg.study.model.": "",
    "torg.study.following.": "",
    "torg.study.surveying.": "",
    "datetime.": "",
    " | None": "",
    "|": "or",
    "Literal": "one of ",
}


def _kind(kind: Any) -> str:  # noqa: ANN401 -- a type, or what typing makes of several
    text = kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)
    for long, short in _SHORTER.items():
        text = text.replace(long, short)
    text = text.removeprefix("Optional[").removesuffix("]") if "Optional" in text else text
    return f"`{text}`"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be there"
    return "" if field.default in (None, ()) or field.default_factory else f"`{field.default}`"


def _line(description: str) -> str:
    """A description as one line of a table."""
    return " ".join(description.split())
