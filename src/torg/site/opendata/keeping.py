"""What was made from a release is kept in the study's folder, so that it is made only once.

Whoever cannot write there makes it anew each time; nothing is lost when the folder is removed.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from torg import __version__
from torg.deposit import Held, Terms
from torg.site.current import current_study
from torg.site.places import aside


def kept(held: Held, terms: Terms, name: str, make: Callable[[], bytes]) -> bytes:
    """The file of that name as it was made before, else as `make` makes it now."""
    path = _folder(held, terms) / name
    found = aside.taken(path)
    if found is not None:
        return found
    with aside.one_at_a_time(path):
        found = aside.taken(path)  # another may have made it meanwhile
        if found is None:
            found = make()
            aside.put(path, found)
    return found


def _folder(held: Held, terms: Terms) -> Path:
    """Another release, other terms or another Torg make other files."""
    of = hashlib.sha256(f"{held.digest} {__version__} {terms!r}".encode()).hexdigest()
    return aside.folder_of(current_study(), "open-data") / f"{held.name}-{of[:16]}"
