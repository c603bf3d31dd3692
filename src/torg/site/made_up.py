"""What is made up: it says so on every page, and there is nobody who must see it first."""

from functools import lru_cache
from pathlib import Path

from torg.deposit import read_held
from torg.errors import StudyError, UserError
from torg.register import read_register
from torg.study import Study


def is_made_up(study: Study, release: Path) -> bool:
    """Whether a release of the study is: the study says so, or the release's own results do.

    A register that a simulation made up leaves its word in the results, whatever study.toml says.
    """
    return study.is_invented or _says_so(release)


def is_made_up_study(study: Study) -> bool:
    """Whether all that is shown of the study is: it says so, or its register was simulated."""
    if study.is_invented:
        return True
    try:
        at = (study.register_folder / "channels.csv").stat()
    except OSError:
        return False
    return _is_simulated(study.register_folder, study.country, (at.st_mtime_ns, at.st_size))


def _says_so(release: Path) -> bool:
    try:
        return read_held(release).is_invented
    except StudyError:  # it is damaged: what cannot be read is taken as real
        return False


@lru_cache(maxsize=4)
def _is_simulated(register: Path, country: str | None, stamp: tuple[int, int]) -> bool:
    """Read once for each `stamp` of the table of channels."""
    _ = stamp
    try:
        found = read_register(register)
    except UserError:  # a fault in it is said where it is worked with, not on every page
        return False
    return found.in_country(country).is_invented
