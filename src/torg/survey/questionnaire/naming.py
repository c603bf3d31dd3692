"""Names for programs that allow fewer letters than an id has, each given once."""

import re
from collections.abc import Iterable, Mapping

_NO_LETTER_OR_DIGIT = re.compile(r"[^A-Za-z0-9]")


def shortened(names: Iterable[str], *, longest: int) -> Mapping[str, str]:
    """Each name as letters and digits only, at most so long, no two alike; in the order given.

    Where two become the same, the later ones end in a number.
    """
    found: dict[str, str] = {}
    for name in names:
        if name not in found:
            short = _NO_LETTER_OR_DIGIT.sub("", name)[:longest]
            found[name] = _free(short, set(found.values()), longest)
    return found


def _free(wanted: str, taken: set[str], longest: int) -> str:
    """The name, or the name with the first number that makes it one of its own."""
    n, name = 1, wanted
    while name.casefold() in {each.casefold() for each in taken}:
        n += 1
        name = f"{wanted[: longest - len(str(n))]}{n}"
    return name
