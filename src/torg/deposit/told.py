"""What is said of a table: its title, what it holds, and its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.deposit.columns import COMMON, Column


@dataclass(frozen=True, kw_only=True)
class Told:
    """A table in words. `key`: the columns that tell its rows apart, where they are never empty."""

    title: str
    about: str
    columns: Mapping[str, Column] = field(hash=False)
    key: tuple[str, ...] = ()


def told(title: str, about: str, names: str, /, *, key: str = "", **own: Column) -> Told:
    """A table whose columns are `names`: those of `own` words, the others as everywhere."""
    columns = {name: own.get(name) or COMMON[name] for name in names.split()}
    return Told(title=title, about=about, columns=columns, key=tuple(key.split()))
