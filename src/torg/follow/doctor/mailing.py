"""When the doctor writes: on something new, on a person still needed a day later, on all well."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from torg.errors import MailError
from torg.follow.doctor.diagnosis import Diagnosis
from torg.follow.doctor.letter import headline, letter
from torg.mail import MAIL_PASSWORD, letter_to, posted
from torg.study import Study
from torg.tokens import secret_named

AGAIN_AFTER = dt.timedelta(hours=23)  # a daily mail, though the timer comes a little early
FILE = "doctor.json"

Told = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class LastMail:
    """What the last mail told, and when."""

    at: dt.datetime | None = None
    told: Told = frozenset()


def is_due(diagnosis: Diagnosis, last: LastMail) -> bool:
    """Whether there is something to write: it changed, or a person is needed still after a day."""
    now = _told(diagnosis)
    if now != last.told:
        return True
    return bool(now) and (last.at is None or diagnosis.at - last.at >= AGAIN_AFTER)


def mail_diagnosis(
    study: Study, diagnosis: Diagnosis, *, post: Callable[[EmailMessage], None] | None = None
) -> bool:
    """Write a mail if one is due; whether it was sent. `post` sends it.

    Raises MailError where it cannot be sent; then the next call tries again.
    """
    path = study.folder / FILE
    made = _letter(study, diagnosis)
    if not is_due(diagnosis, _read(path)):
        return False
    send = post or partial(posted, mail=study.mail, password=secret_named(MAIL_PASSWORD))
    send(made)
    _write(path, LastMail(at=diagnosis.at, told=_told(diagnosis)))
    return True


def _letter(study: Study, diagnosis: Diagnosis) -> EmailMessage:
    if not study.follow.mail_to:
        raise MailError(
            'study.toml names nobody to write to: add mail_to = ["you@example.no"] under [follow].'
        )
    return letter_to(
        study.follow.mail_to,
        sender=study.mail.sender,
        subject=headline(diagnosis),
        text=letter(diagnosis),
    )


def _told(diagnosis: Diagnosis) -> Told:
    return frozenset(finding.key for finding in diagnosis.needed)


def _read(path: Path) -> LastMail:
    """What the file says; one that is lost or damaged costs one mail too many."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        at = dt.datetime.fromisoformat(said["at"])
        return LastMail(at=at, told=frozenset((k, p, c) for k, p, c in said["told"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LastMail()


def _write(path: Path, last: LastMail) -> None:
    said = {"at": last.at.isoformat() if last.at else None, "told": sorted(last.told)}
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    aside.replace(path)
