"""What was said of the columns of a study's files, in `answers-mapping.toml` of its folder."""

import json
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from torg.errors import SurveyError
from torg.survey.elsewhere.meanings import Column, Meanings, meaning_of
from torg.survey.elsewhere.reading import letter
from torg.survey.questionnaire import Questionnaire, Wave

FILE = "answers-mapping.toml"

_HEAD = """\
# What the columns of files with answers from elsewhere mean. 'torg survey import' wrote what it was
# told; a file with the same header is read the same way without being asked about again.
"""


def read_mappings(path: Path, questionnaire: Questionnaire, wave: Wave) -> tuple[Meanings, ...]:
    """The mappings in a file, those that the wave can use; none where there is no such file.

    Raises SurveyError where it is no TOML or a table lacks something.
    """
    if not path.exists():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        read = [_mapping(table, questionnaire, wave) for table in content.get("file", [])]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise SurveyError(
            f"{path} cannot be read ({error}): mend it, or delete it and say again what the "
            "columns mean."
        ) from error
    return tuple(mapping for mapping in read if mapping is not None)


def _mapping(table: dict[str, Any], questionnaire: Questionnaire, wave: Wave) -> Meanings | None:
    """The mapping, or None where a column answers what this wave does not ask."""
    try:
        columns = tuple(
            Column(
                at,
                str(column["name"]),
                meaning_of(column["means"], questionnaire, wave),
                "told",
                {str(text): str(code) for text, code in column.get("values", {}).items()},
            )
            for at, column in enumerate(table["column"])
        )
    except SurveyError:
        return None
    return Meanings(str(table["header"]), columns)


def remember(path: Path, mapping: Meanings, *, example: str) -> None:
    """Put a mapping into the file, in the place of the one that the same header had before.

    `example`: the name of a file that has the header. Raises SurveyError where a column is open.
    """
    if mapping.open:
        raise SurveyError(f"column '{mapping.open[0].name}' is open: say what it means first.")
    kept = [
        table
        for table in (tomllib.loads(path.read_text("utf-8")) if path.exists() else {}).get(
            "file", []
        )
        if table.get("header") != mapping.fingerprint
    ]
    tables = [*kept, _table(mapping, example)]
    text = _HEAD + "".join(line for table in tables for line in _lines(table))
    _replace(path, text)


def _table(mapping: Meanings, example: str) -> dict[str, Any]:
    columns = [
        {"name": c.name, "means": c.means, "values": dict(sorted(c.values.items()))}
        for c in mapping.columns
    ]
    return {"header": mapping.fingerprint, "example": example, "column": columns}


def _lines(table: dict[str, Any]) -> Iterator[str]:
    yield f"\n[[file]]\nheader = {_quoted(table['header'])}\n"
    yield f"example = {_quoted(table.get('example', ''))}\n"
    for at, column in enumerate(table["column"]):
        yield f"\n[[file.column]]  # {letter(at)}\n"
        yield f"name = {_quoted(column['name'])}\nmeans = {_quoted(column['means'])}\n"
        if column.get("values"):
            pairs = (f"{_quoted(t)} = {_quoted(code)}" for t, code in column["values"].items())
            yield f"values = {{ {', '.join(pairs)} }}\n"


def _quoted(text: str) -> str:
    """A TOML string: JSON's, but that DEL is not allowed bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """Write the whole file or none of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 -- a handle is no path
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
