"""Texts in one plain form, and the words by which tools say yes, no, planned and don't know."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from torg.survey.questionnaire import DONT_KNOW, NO, PLANNED, WORDS, YES

_TAG = re.compile(r"<[^>]{1,200}>")
_NUMBERED = re.compile(r"^\s*(?:q|s|nr)?\s*\d{1,3}\s*[.):]\s*", re.IGNORECASE)
_APART = re.compile(r"[\W_]+")
_TICKS = str.maketrans("✓✔☑", "xxx")
_NOTHING = " \t\n\u00a0.-–—"  # signs that stand for a blank

# Nothing was answered. LimeSurvey writes N/A where a question was not shown.
BLANK = frozenset({"na", "notapplicable", "noanswer", "ikkebesvart", "ejbesvarad", "null"})

# In plain form, as what follows: what people and tools write beside the words of the forms.
SPELT: Mapping[str, frozenset[str]] = {
    YES: frozenset({"y", "j", "kylla"}),
    NO: frozenset({"n"}),
    PLANNED: frozenset({"planlagd", "planerat", "planerad", "suunniteltu"}),
    DONT_KNOW: frozenset({"donotknow", "vetej", "eiosaasanoa", "entiedä", "eitietoa"}),
}

# What tools write for a box. Of another question "1" may be its first answer or its second.
TICKED = frozenset({"1", "true", "x", "checked", "selected", "valgt", "vald", "valittu"})
NOT_TICKED = frozenset(
    {"0", "false", "unchecked", "notselected", "ikkevalgt", "ejvald", "intevald", "eivalittu"}
)


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Letters and digits alone, small: "Ja, delvis " and "<b>ja delvis</b>" are one text."""
    whole = unicodedata.normalize("NFKC", _TAG.sub(" ", text).translate(_TICKS))
    return _APART.sub("", whole.casefold())


def unnumbered(text: str) -> str:
    """A question's text without the number that tools put before it: "3. ", "Q3: "."""
    return _NUMBERED.sub("", text)


def said(code: str) -> frozenset[str]:
    """What is written, in plain form, for yes, no, planned or don't know, in any language."""
    return SPELT[code] | {plain(text) for text in (code, *WORDS[code].values())}


@lru_cache(maxsize=1 << 16)
def is_blank(cell: str) -> bool:
    """Whether a cell holds no answer."""
    return not cell.strip(_NOTHING) or plain(cell) in BLANK
