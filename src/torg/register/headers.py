"""The three plain files by their headers: which one a file is, and which column is at fault."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from torg.errors import RegisterError

_LONGEST = 65_536  # characters; what has a longer first line is no table
_SEPARATORS = ",;\t"
_NEAR = 0.7  # how like a known name a name must be to be a slip of the hand
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls


@dataclass(frozen=True)
class PlainFile:
    """One of the plain files: its name, its columns in order, and those that may be left out."""

    name: str
    columns: tuple[str, ...]
    may_lack: frozenset[str]

    @property
    def needed(self) -> frozenset[str]:
        """The columns that must be there."""
        return frozenset(self.columns) - self.may_lack


UNITS = PlainFile(
    "municipalities.csv",
    (
        "country",
        "code",
        "name",
        "name_lang",
        "county",
        "population",
        "population_date",
        "valid_from",
        "valid_to",
        "lat",
        "lon",
    ),
    frozenset(
        {
            "name_lang",
            "county",
            "population",
            "population_date",
            "valid_from",
            "valid_to",
            "lat",
            "lon",
        }
    ),
)
CHANNELS = PlainFile(
    "channels.csv",
    (
        "country",
        "code",
        "platform",
        "address",
        "platform_id",
        "owner_name",
        "scope",
        "valid_from",
        "valid_to",
        "evidence",
        "declared",
    ),
    frozenset(
        {"platform_id", "owner_name", "scope", "valid_from", "valid_to", "evidence", "declared"}
    ),
)
CHANGES = PlainFile(
    "changes.csv", ("country", "code", "successor", "date", "weight"), frozenset({"weight"})
)
AGREEMENTS = PlainFile(
    "agreements.csv",
    ("platform", "channel", "shows", "agreed_on", "ends_on", "evidence"),
    frozenset({"shows", "ends_on"}),
)
# What lists can bring; that an owner agreed is written by hand or by command, never imported.
PLAIN_FILES = (CHANNELS, CHANGES, UNITS)


def separator_of(header: str) -> str:
    """The separator of a table's first line: a comma, a semicolon or a tab."""
    return max(_SEPARATORS, key=header.count)


def header_of(path: Path) -> tuple[str, ...]:
    """The names of a delimited file's columns; empty for what is no text."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        first = lines.readline(_LONGEST)
    if "\0" in first:
        return ()
    return tuple(name.strip() for name in first.replace('"', "").split(separator_of(first)))


def is_packed(path: Path) -> bool:
    """Whether a file is packed, as a spreadsheet's own files are, whatever it is called."""
    with path.open("rb") as file:
        return file.read(4) in _PACKED


def is_note(name: str) -> bool:
    """Whether a column holds a user's own notes, which are passed over."""
    return name.casefold().startswith("note")


def nearest_file(header: tuple[str, ...]) -> PlainFile | None:
    """The plain file that a header is nearly one of; None where it is far from all."""
    hits = {file: len(_hits(header, file)) for file in PLAIN_FILES}
    near = [file for file in PLAIN_FILES if hits[file] >= max(2, len(file.needed) - 1)]
    return max(near, key=lambda file: hits[file] / len(file.needed), default=None)


def _hits(header: tuple[str, ...], file: PlainFile) -> set[str]:
    """The needed columns that a header has, rightly spelled or nearly so."""
    return {near for name in header if name and (near := _near(name, file.needed))}


def require_columns(path: Path, header: tuple[str, ...], file: PlainFile) -> None:
    """Raise RegisterError where a column is unknown, lacking, or there twice."""
    fault = column_fault(header, file)
    if fault:
        raise RegisterError(f"{path}, line 1: {fault}")


def column_fault(header: tuple[str, ...], file: PlainFile) -> str | None:
    """What is wrong with a header, as a sentence; a slip of the hand before all else."""
    names = [name for name in header if name and not is_note(name)]
    return (
        _misspelt(names, file) or _repeated(names) or _lacking(names, file) or _unknown(names, file)
    )


def _misspelt(names: list[str], file: PlainFile) -> str | None:
    free = frozenset(file.columns) - set(names)
    for name in names:
        near = None if name in file.columns else _near(name, free)
        if near:
            return f"no column is called '{name}': did you mean {near}?"
    return None


def _near(name: str, among: frozenset[str]) -> str | None:
    return next(iter(get_close_matches(name.casefold(), sorted(among), n=1, cutoff=_NEAR)), None)


def _repeated(names: list[str]) -> str | None:
    for name in names:
        if names.count(name) > 1:
            return f"the column '{name}' stands twice: keep one of the two."
    return None


def _lacking(names: list[str], file: PlainFile) -> str | None:
    lacking = [column for column in file.columns if column in file.needed - set(names)]
    if not lacking:
        return None
    apart = ", apart by commas, semicolons or tabs" if len(names) < 2 else ""
    return f"the column {lacking[0]} is lacking; the columns are {','.join(file.columns)}{apart}."


def _unknown(names: list[str], file: PlainFile) -> str | None:
    for name in names:
        if name not in file.columns:
            return (
                f"{file.name} has no column '{name}': take it out, or let its name begin with "
                "'note', as columns do that Torg is to pass over."
            )
    return None
