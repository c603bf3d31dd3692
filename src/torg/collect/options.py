"""What only the user can know about a file."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DecimalSign = Literal["point", "comma"]
DateOrder = Literal["month-first", "day-first"]


@dataclass(frozen=True)
class ImportOptions:
    """The user's answers; each is None until a file asks for it.

    `exported_at` must carry an offset: an instant without one is not an instant.
    """

    format: str | None = None  # a key of FORMATS, instead of recognising the file by its content
    timezone: str | None = None  # IANA name, for times that the file gives without a zone
    exported_at: dt.datetime | None = None
    aliases: Path | None = None  # TOML: further header names, see docs/reference/formats.md
    decimal: DecimalSign | None = None  # "comma": 1.234 is one thousand two hundred thirty-four
    dates: DateOrder | None = None  # for dates such as 03/04/2024

    def __post_init__(self) -> None:
        if self.exported_at is not None and self.exported_at.tzinfo is None:
            raise ValueError("exported_at needs an offset, such as 2024-05-13T12:00:00+02:00")
