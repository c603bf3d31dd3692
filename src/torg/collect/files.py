"""Which files a person means by the paths they name."""

from collections.abc import Iterable
from pathlib import Path

from torg.errors import FileRefused


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files at `paths`, folders opened all the way down; sorted, hidden ones left out."""
    return tuple(sorted({file for path in paths for file in _files(Path(path))}))


def _files(path: Path) -> Iterable[Path]:
    if not path.exists():
        raise FileRefused(f"{path} does not exist: check the path")
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file())
    return [f for f in found if not any(p.startswith(".") for p in f.relative_to(path).parts)]
