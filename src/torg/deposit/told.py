"""What codebook.toml says of every table: its title, what it holds, and its columns."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from torg.deposit.columns import Column


@dataclass(frozen=True, kw_only=True)
class Told:
    """A table in words. `key`: the columns that tell its rows apart, where they are never empty."""

    title: str
    about: str
    columns: Mapping[str, Column] = field(hash=False)
    key: tuple[str, ...] = ()

    @property
    def sentences(self) -> Iterator[str]:
        """All that a reader meets in their own language."""
        yield from (self.title, self.about)
        for column in self.columns.values():
            yield from (column.about, *filter(None, [column.unit]))


def _read() -> Mapping[str, Told]:
    book = tomllib.loads((files(__package__) / "codebook.toml").read_text(encoding="utf-8"))
    return {name: _told(told, book["common"]) for name, told in book["tables"].items()}


def _told(told: Mapping[str, Any], common: Mapping[str, Any]) -> Told:
    """A table whose columns have words of their own, or those that they have everywhere."""
    words = {**common, **told.get("own", {})}
    return Told(
        title=told["title"],
        about=told["about"],
        columns={name: Column(*words[name]) for name in told["columns"].split()},
        key=tuple(told.get("key", "").split()),
    )


TABLES: Mapping[str, Told] = _read()
"""Every table that a release may have, by its name, in the order in which they are shown."""

SENTENCES = frozenset(sentence for each in TABLES.values() for sentence in each.sentences)
