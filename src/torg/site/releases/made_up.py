"""Whether a release is made up: then there is nobody who must see it before everybody does."""

from pathlib import Path

from torg.errors import StudyError
from torg.report import read_shown
from torg.study import Study


def is_made_up(study: Study, release: Path) -> bool:
    """Whether the study says so, or the release in this folder does, as its report's banner has it.

    A simulated register makes every release invented, whatever the study.toml says.
    """
    return study.invented or study.simulated is not None or _says_so(release)


def _says_so(release: Path) -> bool:
    try:
        return read_shown(release / "results").invented
    except StudyError:  # made by a Torg that wrote it in another form: it is taken as real
        return False
