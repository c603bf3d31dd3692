"""The slow twin of the reader of counts."""

import re

from torg.collect.reading.cells import LARGEST_COUNT


def slow_count(cell, signs):
    """A count by the letter of its rule: number, None for missing, "fault" or "question"."""
    text = re.sub(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3})", "", cell.strip()) if re.fullmatch(
        r"\d{1,3}([ \u00a0\u202f\u2009]\d{3})+", cell.strip()) else cell.strip()  # fmt: skip
    if text.lower() in ("", "-", "na"):
        return None
    if re.fullmatch(r"[+-]?\d+", text):
        return int(text) if 0 <= int(text) <= LARGEST_COUNT else "fault"
    for group, sign in ((",", "point"), (".", "comma")):
        decimal = "." if group == "," else ","
        if signs.decimal == sign:
            pattern = rf"(\d+|\d{{1,3}}(\{group}\d{{3}})+)(\{decimal}0*)?"
            if re.fullmatch(pattern, text):
                return int(text.split(decimal)[0].replace(group, ""))
    if signs.decimal is None:
        if re.fullmatch(r"\d{1,3}(,\d{3}){2,}|\d{1,3}(\.\d{3}){2,}", text):
            return int(re.sub(r"[.,]", "", text))
        if re.fullmatch(r"\d+[.,]0{1,2}", text):
            return int(re.split(r"[.,]", text)[0])
    doubtful = re.fullmatch(r"\d{1,3}[.,]\d{3}", text)
    return "question" if doubtful and not signs.told else "fault"
