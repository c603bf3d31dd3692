"""What a file is by its content, never by its name: the few kinds that the bank takes in."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable

from torg.errors import UserError
from torg.locale import message

LARGEST = 2_000_000  # bytes
MOST_FILES = 5  # of one experience
MOST_KEPT = 100 * LARGEST  # bytes of one municipality, those that were taken out too
_LONGEST_NAME = 100

ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TOO_LARGE = message("The file is larger than 2 MB: make it smaller, or give a link to it.")
TOO_MANY = message("There are five files already: take one away first.")
NO_ROOM = message("The files of your municipality take up all the room that there is for them: give a link in place of the file.")  # fmt: skip  # noqa: E501
UNKNOWN = message("Only PDF, PNG, JPEG, ODT, DOCX and CSV are taken, and this is none of them by its content.")  # fmt: skip  # noqa: E501


def media_of(content: bytes) -> str:
    """The kind of file. Raises UserError where it is too large or of no kind that is taken."""
    if len(content) > LARGEST:
        raise UserError(TOO_LARGE)
    found = next((media for media, is_it in _KINDS if is_it(content)), None)
    if found is None:
        raise UserError(UNKNOWN)
    return found


def clean_name(name: str) -> str:
    """The last part of a name without what could mislead: control and direction marks, slashes."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    return kept[-_LONGEST_NAME:] or "file"


def _is_odt(content: bytes) -> bool:
    return _in_zip(content, lambda packed: _read(packed, "mimetype") == ODT.encode())


def _is_docx(content: bytes) -> bool:
    """A document of Word's without macros."""

    def is_it(packed: zipfile.ZipFile) -> bool:
        names = set(packed.namelist())
        has_macros = any("vbaproject" in name.lower() for name in names)
        return {"[Content_Types].xml", "word/document.xml"} <= names and not has_macros

    return _in_zip(content, is_it)


def _in_zip(content: bytes, is_it: Callable[[zipfile.ZipFile], bool]) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return is_it(packed)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError):
        return False


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(100)  # enough for a kind: what is packed may be far larger


def _is_csv(content: bytes) -> bool:
    """Plain text with a separator in its first line, and not the beginning of a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    first = text.lstrip().partition("\n")[0]
    is_plain = not any(unicodedata.category(c) == "Cc" and c not in "\t\r\n" for c in text)
    return is_plain and not first.startswith(("<", "%", "#!")) and any(c in first for c in ",;\t")


_KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("application/pdf", lambda content: content.startswith(b"%PDF-")),
    ("image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    (ODT, _is_odt),
    (DOCX, _is_docx),
    ("text/csv", _is_csv),
)
