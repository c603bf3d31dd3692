"""The study's corrections.csv, to which accepted corrections are added: all of it, or nothing."""

import csv
import datetime as dt
import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from torg.archive import Archive
from torg.errors import MeasureError, SurveyError
from torg.locale import message
from torg.measure import Correction, read_corrections
from torg.register import Register, read_register
from torg.study import Study

COLUMNS = ("platform", "channel", "post", "field", "value", "who", "when", "why")

_BEGINNING = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)

NOT_OWN = message("The register has no such channel of this municipality.")
NO_POST = message("The archive has no such post of this channel.")
WITH_OTHERS = message(
    "corrections.csv has columns of its own, or not all that are needed: add the line by hand."
)


def check_line(study: Study, line: Mapping[str, str], *, country: str, unit: str) -> None:
    """Raise SurveyError or MeasureError where the line could not be applied.

    A line that fits nothing stops the next run, so it is looked up before it is written. One that
    stands there was looked up then.
    """
    if _stands_in(study.corrections, line):
        return
    written = _with_line(study, line)
    said = _read_aside(study, written)[-1]
    register = read_register(study.register_folder)
    names = _names(register, said, country, unit)
    if not names:
        raise SurveyError(NOT_OWN)
    if said.post and not _has_post(study, said, names):
        raise SurveyError(NO_POST)


def append(study: Study, line: Mapping[str, str]) -> None:
    """Add the line to corrections.csv, once: a line that stands there is not added again."""
    path = study.corrections
    if _stands_in(path, line):
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(_with_line(study, line))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _with_line(study: Study, line: Mapping[str, str]) -> str:
    """The file's text as it is, and the line behind it."""
    path = study.corrections
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    header = next(csv.reader(io.StringIO(text, newline="")), list(COLUMNS))
    if not set(COLUMNS) <= set(header):
        raise SurveyError(WITH_OTHERS)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    if not text:
        writer.writeheader()
    writer.writerow(dict(line))
    separator = "\n" if text and not text.endswith(("\n", "\r")) else ""
    return text + separator + out.getvalue()


def _read_aside(study: Study, text: str) -> tuple[Correction, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corrections.csv")
        path.write_text(text, encoding="utf-8", newline="")
        try:
            return read_corrections(path, zone=study.zone)
        except MeasureError as error:
            raise MeasureError(str(error).replace(f"{folder}{os.sep}", "")) from None


def _stands_in(path: Path, line: Mapping[str, str]) -> bool:
    if not path.is_file():
        return False
    text = path.read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return any(all((row.get(name) or "") == line[name] for name in COLUMNS) for row in rows)


def _names(register: Register, said: Correction, country: str, unit: str) -> set[str]:
    """All names of the municipality's channel that the line means; none where it has none."""
    written = {said.channel, "@" + said.channel.removeprefix("@").lower()}
    own = (
        set(channel.names)
        for channel in register.channels
        if (channel.country, channel.code, channel.platform) == (country, unit, said.platform)
    )
    return {name for names in own if names & written for name in names}


def _has_post(study: Study, said: Correction, names: set[str]) -> bool:
    posts = Archive(study.archive).reading().known_posts(since=_BEGINNING)
    found = posts.filter(platform=said.platform, native_id=said.post)
    return bool(set(found["channel"]) & names)
