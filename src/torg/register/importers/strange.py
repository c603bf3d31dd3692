"""What is said of a file that is no list for the register: what it may be, and the remedy."""

import re
from pathlib import Path

from torg.register.headers import column_fault, header_of, is_packed, nearest_file

# Beginnings of words in the columns of exports of posts, comments and followers.
_OF_EXPORTS = (
    "post",
    "innlegg",
    "inlägg",
    "opslag",
    "julkais",
    "publi",
    "comment",
    "kommentar",
    "status",
    "message",
    "reaction",
    "likes",
    "follower",
    "channel",
)
_WORDS = re.compile(r"[^\W_]+")


def said_of(path: Path) -> str:
    """One sentence on a file that is none of the lists that the register reads."""
    if is_packed(path):
        return (
            f"{path} is packed, as a spreadsheet's own files are: open it in the spreadsheet and "
            "save it as CSV (UTF-8)."
        )
    header = header_of(path)
    if not header:
        return f"{path} is no text in UTF-8: save it as UTF-8."
    if _is_export(header):
        return (
            f"{path} has the columns of an export of posts, comments or followers: give it to "
            "'torg import'."
        )
    near = nearest_file(header)
    if near:
        return f"{path}, line 1: {column_fault(header, near)}"
    return (
        f"{path} is no list that 'torg register import' reads: give it the columns of "
        "municipalities.csv (country,code,name,...) or channels.csv "
        "(country,code,platform,address,...)."
    )


def _is_export(header: tuple[str, ...]) -> bool:
    """Whether two of the columns, or more, speak of posts, comments or followers."""
    words = ([word.casefold() for word in _WORDS.findall(name)] for name in header)
    return sum(any(word.startswith(_OF_EXPORTS) for word in each) for each in words) > 1
