"""about.json: what holds for a whole folder of results and is in none of its tables.

One JSON object, keys sorted, days as ISO 8601; `layout` counts the changes of its form.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import TypeAdapter, ValidationError

from torg.errors import StudyError

ABOUT = "about.json"
LAYOUT = 1

F = TypeVar("F")


def write_about(facts: F, folder: Path, *, kind: type[F], tables: Iterable[str]) -> None:
    """Write the fields of `kind`, a dataclass that `facts` is of, and which tables there are.

    A table that is not named was unknown to the Torg that made the folder: then it is no damage
    that it lacks.
    """
    own = kind(**_own(facts, kind))
    told = {
        "layout": LAYOUT,
        "tables": sorted(tables),
        **_adapter(kind).dump_python(own, mode="json"),
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    (folder / ABOUT).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_about(folder: Path, *, kind: type[F]) -> dict[str, Any]:
    """The fields of `kind` as `write_about` wrote them.

    Raises StudyError where the file is not there, not whole, or made by a newer Torg.
    """
    path = folder / ABOUT
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(told, dict) and told.get("layout", 0) > LAYOUT:
            raise StudyError(f"{path} was written by a newer Torg: update Torg to read it.")
        return _own(_adapter(kind).validate_python(told), kind)
    except FileNotFoundError as error:
        raise StudyError(_lacking(folder)) from error
    except (OSError, ValueError, TypeError, ValidationError) as error:
        raise _damaged(path) from error


def read_frames(folder: Path, files: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """The tables, by name, of those that the folder has; `files` says what each is called there.

    Raises StudyError where one is not whole, or lacks though about.json names it.
    """
    named = _tables_named(folder)
    there = {
        name: folder / file
        for name, file in files.items()
        if name in named or (folder / file).exists()
    }
    return {name: _read_frame(path) for name, path in there.items()}


def _read_frame(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, use_statistics=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _damaged(path) from error


def _tables_named(folder: Path) -> frozenset[str]:
    told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return frozenset(told.get("tables", ()))


def _own(facts: Any, kind: type[F]) -> dict[str, Any]:  # noqa: ANN401 -- a dataclass of any kind
    return {each.name: getattr(facts, each.name) for each in fields(kind)}  # type: ignore[arg-type]


def _adapter(kind: type[F]) -> "TypeAdapter[F]":
    return TypeAdapter(kind)


def _lacking(folder: Path) -> str:
    if not folder.is_dir():
        return f"{folder} is not there: name the folder 'results' of a release."
    return (
        f"{folder} has no {ABOUT}: it was made by Torg 0.3 or before, or is no folder of results; "
        "make a new release with 'torg run'."
    )


def _damaged(path: Path) -> StudyError:
    return StudyError(
        f"{path} is damaged or lacking: restore the release from your copy, or make a new one with "
        "'torg run'."
    )
