"""What a server keeps at hand while its files stay as they are: questionnaire and register."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from torg.register import Register, read_register
from torg.site.answers.permissions import LinkRefused
from torg.study import Study
from torg.survey.questionnaire import Questionnaire, prefilled, read_questionnaire

Stamp = tuple[tuple[str, int, int], ...]  # of files: name, time of change, size


def questionnaire_of(study: Study) -> Questionnaire:
    """The study's questionnaire, read again where its file has changed.

    Raises LinkRefused where it has none: then nobody is asked.
    """
    stamp = _stamp(study.questionnaire)
    if not stamp:
        raise LinkRefused
    return _questionnaire(study.questionnaire, stamp)


def facts_of(study: Study, *, country: str, unit: str, day: dt.date) -> Mapping[str, str]:
    """What the register knows of a unit on a day, as item -> value."""
    stamp = _stamp(*sorted(study.register_folder.glob("*.csv")))
    return _facts(study.questionnaire, _stamp(study.questionnaire), study.register_folder, stamp,
                  country, unit, day)  # fmt: skip


def _stamp(*paths: Path) -> Stamp:
    there = [(path, path.stat()) for path in paths if path.is_file()]
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in there)


@lru_cache(maxsize=2)
def _questionnaire(path: Path, _: Stamp) -> Questionnaire:
    return read_questionnaire(path)


@lru_cache(maxsize=2)
def _register(folder: Path, _: Stamp) -> Register:
    return read_register(folder)


@lru_cache(maxsize=1024)
def _facts(
    questionnaire: Path, asked: Stamp, register: Path, known: Stamp, country: str, unit: str,
    day: dt.date,
) -> Mapping[str, str]:  # fmt: skip
    return prefilled(
        _questionnaire(questionnaire, asked), _register(register, known),
        country=country, unit=unit, day=day,
    )  # fmt: skip
