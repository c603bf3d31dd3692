"""A new study folder from a template."""

import datetime as dt
import json
import secrets
from importlib.resources import files
from pathlib import Path
from string import Template

from torg.errors import StudyError
from torg.study.model import Study, read_study

_FOLDER = files("torg.study") / "templates"

TEMPLATES = tuple(sorted(f.name.removesuffix(".toml") for f in _FOLDER.iterdir()))

# Not fit for version control: too large, made anew from the rest, or with people's addresses.
_IGNORED = "archive/\ncache/\nhandins/\nreport/\ntorg.sqlite3*\n"


def create_study(
    folder: Path,
    *,
    template: str = "default",
    title: str | None = None,
    study_id: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
) -> Study:
    """A new study in `folder`, which is made where it is not there.

    Without a `window` (first and last day) the study covers all that is imported.

    Raises StudyError where the folder holds a study already or cannot be made, or no template has
    that name.
    """
    if template not in TEMPLATES:
        raise StudyError(f"no template is called '{template}': there are {', '.join(TEMPLATES)}.")
    path = folder / "study.toml"
    if path.exists():
        raise StudyError(f"{folder} holds a study already: choose another folder, or edit {path}.")
    try:
        _write(folder, template, title=title, study_id=study_id, window=window)
    except (FileExistsError, NotADirectoryError) as error:
        raise StudyError(f"{folder} is a file, not a folder: choose another name.") from error
    except PermissionError as error:
        raise StudyError(f"{folder} may not be written: choose a folder of your own.") from error
    except OSError as error:
        raise StudyError(
            f"{folder} cannot be made a study ({error.strerror}): choose another folder."
        ) from error
    return read_study(folder)


def _write(
    folder: Path,
    template: str,
    *,
    title: str | None,
    study_id: str | None,
    window: tuple[dt.date, dt.date] | None,
) -> None:
    (folder / "register").mkdir(parents=True, exist_ok=True)
    text = Template((_FOLDER / f"{template}.toml").read_text(encoding="utf-8")).substitute(
        id=study_id or secrets.token_hex(8),
        first=f"from = {window[0]}" if window else "# from = 2025-01-01",
        last=f"to = {window[1]}" if window else "# to = 2025-04-30",
        title=json.dumps(title or folder.resolve().name, ensure_ascii=False),
    )
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    (folder / "study.toml").write_text(text, encoding="utf-8")
