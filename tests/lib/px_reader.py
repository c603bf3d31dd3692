"""A slow, plain reader of PX files: keyword by keyword, text by text. For tests only."""

import itertools
import re
from dataclasses import dataclass


@dataclass
class Px:
    entries: dict  # "VALUES[nb](Svar)" -> list of texts
    cells: list

    def one(self, key):
        (text,) = self.entries[key]
        return text

    def cell(self, **codes):
        """The cell of one code of each variable, by the codes of the default language."""
        variables = self.entries["STUB"] + self.entries["HEADING"]
        every = [self.entries[f"CODES({name})"] for name in variables]
        wanted = tuple(codes[name] for name in variables)
        return self.cells[list(itertools.product(*every)).index(wanted)]


def read_px(path):
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    head, _, data = text.partition("\nDATA=")
    entries = {}
    for statement in _statements(head + "\n"):
        key, _, value = statement.partition("=")
        entries[key.strip().replace('"', "")] = _texts(value)
    assert data.rstrip().endswith(";"), "DATA must end with a semicolon"
    return Px(entries, data.strip().removesuffix(";").split())


def _statements(text):
    """What stands between semicolons that are not inside quotation marks."""
    found, inside, start = [], False, 0
    for at, sign in enumerate(text):
        inside ^= sign == '"'
        if sign == ";" and not inside:
            found.append(text[start:at])
            start = at + 1
    assert not text[start:].strip(), f"left over: {text[start:]!r}"
    return found


def _texts(value):
    """The texts of a value: apart by commas; those with no comma between them are one text."""
    value = value.strip()
    if not value.startswith('"'):
        return [value]
    parts, at = [], 0
    for found in re.finditer(r'"([^"]*)"', value):
        joins = parts and "," not in value[at : found.start()]
        if joins:
            parts[-1] += found[1]
        else:
            parts.append(found[1])
        at = found.end()
    return parts
