"""What is said of a column of a table."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "integer", "boolean", "date", "instant"]


@dataclass(frozen=True)
class Column:
    """A column of a table. `about` and `unit` are English, and keys of the catalogues."""

    kind: Kind
    about: str
    unit: str = ""
