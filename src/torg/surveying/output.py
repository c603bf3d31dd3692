"""Say plainly where files that somebody asked for cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from torg.errors import SurveyError


@contextmanager
def folder_for(path: Path) -> Iterator[None]:
    """The folder is made where it is not there. Raises SurveyError where nothing can be written."""
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
        yield


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises SurveyError where what is done with the path or in it cannot be written."""
    try:
        yield
    except (OSError, FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]
        why = getattr(cause, "strerror", None) or cause
        raise SurveyError(
            f"{path} cannot be written ({why}): name another place, or make room there."
        ) from error
