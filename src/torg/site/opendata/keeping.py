"""What was made from a release is kept in the study's folder, so that it is made only once.

Whoever cannot write there makes it anew each time; nothing is lost when the folder is removed.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from torg import __version__
from torg.deposit import Held, Terms
from torg.site.current import current_study

FOLDER = Path("cache") / "open-data"  # in the study's folder

_log = logging.getLogger("torg.site.opendata")


def kept(held: Held, terms: Terms, name: str, make: Callable[[], bytes]) -> bytes:
    """The file of that name as it was made before, else as `make` makes it now."""
    path = _folder(held, terms) / name
    try:
        return path.read_bytes()
    except OSError:
        made = make()
    _put(path, made)
    return made


def _folder(held: Held, terms: Terms) -> Path:
    """Another release, other terms or another Torg make other files."""
    of = hashlib.sha256(f"{held.digest} {__version__} {terms!r}".encode()).hexdigest()
    return current_study().folder / FOLDER / f"{held.name}-{of[:16]}"


def _put(path: Path, content: bytes) -> None:
    """In one step: who reads meanwhile finds the whole file or none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, aside = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(aside).replace(path)
    except OSError as error:
        _log.warning("%s cannot be kept (%s)", path, error.strerror)
