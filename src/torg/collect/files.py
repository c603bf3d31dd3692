"""Which files a person means by the paths they name."""

from collections.abc import Iterable
from pathlib import Path

# What can hold data. Beside exports lie licences and notes, which are no faulty exports. A file
# that is named itself is always tried.
DATA_SUFFIXES = frozenset(
    {
        ".csv",
        ".tsv",
        ".txt",
        ".json",
        ".ndjson",
        ".jsonl",
        ".parquet",
        ".xlsx",
        ".ods",
        ".xml",
        ".rss",
        ".atom",
    }
)


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files at `paths`, sorted; folders are opened all the way down for files of data.

    A path that is not there stays among them: opening it says so, and the others go on.
    """
    return tuple(sorted({file for path in paths for file in _files(Path(path))}))


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    found = (f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in DATA_SUFFIXES)
    return [f for f in found if not any(p.startswith(".") for p in f.relative_to(path).parts)]
