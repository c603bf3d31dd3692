"""What readers see, in their language: sentences from the catalogues, numbers and dates from CLDR.

A sentence in the code is English and is its own key. `nb.po` beside this module holds the
Norwegian of each; a further language is a further file.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from torg.errors import LackingPart

CATALOGUES = Path(__file__).parent

# All six form two numbers, one and many, so one rule serves: the many unless it is one.
LANGUAGES = ("en", "nb", "nn", "sv", "fi", "da")

Key = str | tuple[str, ...]

_DANISH = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
_SWEDISH = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"})
_LAST_LETTERS = {
    **dict.fromkeys(("en", "nb", "nn", "da"), _DANISH),
    **dict.fromkeys(("sv", "fi"), _SWEDISH),
}


def shipped() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(name for name in LANGUAGES if (CATALOGUES / f"{name}.po").is_file())


def own_name(language: str) -> str:
    """What a language calls itself: 'norsk bokmål'."""
    return str(Locale.parse(language).get_display_name(language))


def message(text: str) -> str:
    """Mark a sentence that stands in a table, so that it is found for the catalogues."""
    return text


@dataclass(frozen=True)
class Words:
    """The words of one language. Missing numbers are a dash, never zero."""

    language: str
    messages: Mapping[Key, tuple[str, ...]]

    def say(self, text: str, /, **values: object) -> str:
        """Say an English sentence in this language, with `%(name)s` filled in."""
        said = self.messages.get(text, (text,))[0]
        return said % values if values else said

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Say the sentence for one or for many; `%(n)s` is the number in this language."""
        forms = self.messages.get((one, many), (one, many))
        return forms[0 if n == 1 else 1] % {"n": self.number(n), **values}

    def number(self, value: float | None, *, decimals: int = 0) -> str:
        """Write a number with a fixed count of decimals."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(_no_minus_zero(value, decimals), pattern, locale=self.locale))

    def percent(self, share: float | None, *, decimals: int = 0) -> str:
        """Write a share in per cent, with the space (or none) that the language wants."""
        if share is None:
            return "–"
        pattern = Locale.parse(self.locale).percent_formats[None].pattern
        fixed = pattern.replace("#,##0", "#,##0" + ("." + "0" * decimals if decimals else ""))
        return str(format_percent(_no_minus_zero(share, decimals + 2), fixed, locale=self.locale))

    def date(self, day: dt.date | None, *, form: str = "long") -> str:
        """Write a day: 'long' with the month's name, 'medium' or 'short' for tables."""
        return "–" if day is None else str(format_date(day, form, locale=self.locale))

    def moment(self, instant: dt.datetime | None) -> str:
        """Write a moment to the minute, in the zone that it carries."""
        if instant is None:
            return "–"
        return f"{self.date(instant, form='medium')} {self.time(instant)}"

    def time(self, instant: dt.datetime, *, form: str = "short") -> str:
        """Write the time of day: 'short' to the minute, 'medium' to the second."""
        return str(format_time(instant, form, locale=self.locale))

    def order(self, name: str) -> tuple[str, str]:
        """Sort names by this: the language's last letters come last, capitals do not matter."""
        return (name.casefold().translate(_LAST_LETTERS[self.language]), name)

    @property
    def locale(self) -> str:
        """The CLDR locale: English as in Britain, where the day comes before the month."""
        return {"en": "en_GB"}.get(self.language, self.language)


def _no_minus_zero(value: float, decimals: int) -> float:
    return 0.0 if round(value, decimals) == 0 else value


@cache
def translate(language: str) -> Words:
    """The words of a language.

    Raises LackingPart where Torg ships no catalogue for it.
    """
    if language not in shipped():
        raise LackingPart(
            f"Torg has no words in '{language}' yet: choose among {', '.join(shipped())}, "
            "under 'languages' in study.toml."
        )
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    said = {_key(each.id): _forms(each.string) for each in catalogue if _is_usable(each)}
    return Words(language, said)


def _key(id_: object) -> Key:
    return id_ if isinstance(id_, str) else _forms(id_)


def _is_usable(entry: Message) -> bool:
    """A sentence without a translation, or with a doubtful one, is said in English."""
    return bool(entry.id) and all(_forms(entry.string)) and not entry.fuzzy


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string),)
