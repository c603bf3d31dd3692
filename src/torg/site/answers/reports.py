"""Reports of failed delivery, as mail servers send them back (RFC 3464), read from files."""

import email
import mailbox
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from torg.errors import SurveyError

_FAILED, _DELAYED = "failed", "delayed"
_LETTER_PARTS = ("message/rfc822", "text/rfc822-headers")


@dataclass(frozen=True)
class Report:
    """What one report says of one recipient. It is kept nowhere: it holds an address."""

    action: str  # "failed", "delayed", "delivered" ...; "" where it is no report
    message_id: str | None  # of the letter that it is about
    address: str | None

    @property
    def is_failure(self) -> bool:
        """Whether the letter will not arrive."""
        return self.action == _FAILED

    @property
    def is_delay(self) -> bool:
        """Whether it is still tried."""
        return self.action == _DELAYED


def read_reports(paths: Sequence[Path]) -> Iterator[Report]:
    """The reports in .eml files, mbox files, maildirs, and folders of any of them.

    A letter that is no report gives one Report without action. Raises SurveyError with the path
    where nothing is there.
    """
    for path in paths:
        if not path.exists():
            raise SurveyError(f"{path} is not there: name an .eml or mbox file, or a maildir.")
        for raw in _letters(path):
            yield from _told_in(raw)


def _told_in(raw: bytes) -> list[Report]:
    """What a letter reports; of one that no program of good will wrote, nothing."""
    try:
        return list(_reports(_parsed(raw)))
    except (LookupError, RecursionError, ValueError):  # an unknown encoding, nested without end
        return [Report("", None, None)]


def _letters(path: Path) -> Iterator[bytes]:
    if (path / "cur").is_dir() or (path / "new").is_dir():
        for folder in ("cur", "new"):
            yield from (file.read_bytes() for file in _files(path / folder))
    elif path.is_dir():
        for inner in sorted(path.iterdir()):
            yield from _letters(inner)
    elif _begins(path, b"From "):
        yield from _in_mbox(path)
    else:
        yield path.read_bytes()


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []


def _begins(path: Path, with_: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(with_)) == with_


def _in_mbox(path: Path) -> Iterator[bytes]:
    box = mailbox.mbox(path, create=False)
    try:
        yield from (box.get_bytes(key) for key in box.keys())  # noqa: SIM118 -- no dict
    finally:
        box.close()


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=policy.default)


def _reports(letter: EmailMessage) -> Iterator[Report]:
    parts = list(letter.walk())
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not statuses:
        yield Report("", None, None)
    message_id = next((found for part in parts if (found := _id_of_letter(part))), None)
    for status in statuses:
        for block in status.iter_parts():
            action = str(block.get("Action", "")).split(";")[0].strip().lower()
            if action:
                yield Report(action, message_id, _address(block))


def _id_of_letter(part: MIMEPart) -> str | None:
    """The id of the letter that came back, whole or as its headers."""
    kind = part.get_content_type()
    if kind not in _LETTER_PARTS:
        return None
    if kind == "message/rfc822":
        inner = next(iter(part.iter_parts()), None)
        return _stripped(inner.get("Message-ID") if inner is not None else None)
    headers = email.message_from_string(str(part.get_content()), policy=policy.default)
    return _stripped(headers.get("Message-ID"))


def _stripped(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _address(block: MIMEPart) -> str | None:
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, _, address = str(block.get(name, "")).partition(";")
        if kind.strip().lower() == "rfc822" and "@" in address:
            return address.strip().strip("<>")
    return None
