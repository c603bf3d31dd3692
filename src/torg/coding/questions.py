"""Is a comment a question? One documented rule per language, as Polars expressions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import polars as pl

from torg.coding.grammar import CONNECTORS, GRAMMARS, GREETINGS, WORDS_IN_KO

VERSION = 1  # raise it when a pattern changes: the archive keeps which rule decided

# Taken out before anything is looked at: what is not the writer's own asking.
_LEFT_OUT = (
    (r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", " "),  # question marks inside links
    (r"(?m)^\s*>.*$", " "),  # quoted lines
    (r"\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|«[^»\n]{1,300}»|”[^”\n]{1,300}”", " "),  # quoted words
    (r"[?!]*(?:\?!|!\?)[?!]*", "! "),  # "?!" exclaims
    (r"\(\s*\?+\s*\)", " "),  # "(?)" doubts a word
    (r"(\p{L})\?(\p{Ll})", "$1’$2"),  # an apostrophe lost in a wrong encoding: "it?s"
)

_SIGN = r"[?？؟\u037e]"
_BEGINS = (
    rf"(?im)(?:^|[.!?…:;\n])[\s\-–]*(?:{GREETINGS}(?:\s+\p{{L}}+){{0,4}}\s*[,!.:]?\s+)?"
    rf"(?:{CONNECTORS},?\s+){{0,2}}"
)
# A sentence that ends with "!" does not ask; one with a comma after an inverted verb is a condition
# ("Er det glatt, strør vi").
_ENDS = r"\b[^.!?…\n]*(?:[.…\n]|$)"
_ENDS_WITHOUT_COMMA = r"\b[^.!?…,\n]*(?:[.…\n]|$)"


@dataclass(frozen=True)
class Rule:
    """One question rule.

    id: what the archive stores beside each decision, such as "nb+nn-1".
    languages: the languages whose grammar it knows; none for the rule by sign alone.
    """

    id: str
    languages: tuple[str, ...]


def question_rule(languages: tuple[str, ...]) -> Rule:
    """The rule for comments in these languages, in whatever order they are named.

    A language that Torg has no grammar for is passed over; with none left the rule goes by the
    question mark alone ("sign-1").
    """
    known = tuple(sorted(set(languages) & GRAMMARS.keys()))
    return Rule(id=f"{'+'.join(known) or 'sign'}-{VERSION}", languages=known)


def is_question(text: pl.Expr, *, rule: Rule) -> pl.Expr:
    """Whether each text is a question by `rule`; null where the text is null."""
    for pattern, replacement in _LEFT_OUT:
        text = text.str.replace_all(pattern, replacement)
    asks = text.str.contains(_SIGN)
    if not rule.languages:
        return asks
    if "fi" in rule.languages:
        text = text.str.replace_all(rf"(?i)\b{WORDS_IN_KO}\b", "-")
    return asks | text.str.contains(_without_sign(rule.languages))


@cache
def _without_sign(languages: tuple[str, ...]) -> str:
    """The pattern of a question without its mark, in any of the languages."""
    grammars = [GRAMMARS[language] for language in languages]
    asking = "|".join(grammar.asking for grammar in grammars)
    inverted = "|".join(grammar.inverted for grammar in grammars)
    phrases = "|".join(grammar.phrases for grammar in grammars)
    return (
        rf"{_BEGINS}(?:(?:{asking}){_ENDS}|(?:{inverted}){_ENDS_WITHOUT_COMMA})"
        rf"|(?i:\b(?:{phrases})\b)"
    )


_LANGUAGES_OF = {"NO": ("nb", "nn"), "FI": ("fi", "sv"), "SE": ("sv",), "DK": ("da",)}


def languages_of(country: str) -> tuple[str, ...]:
    """The languages that a country's citizens are expected to write; English where we know none."""
    return _LANGUAGES_OF.get(country, ("en",))


QUESTION_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in map(
            question_rule, [(), *((code,) for code in GRAMMARS), *_LANGUAGES_OF.values()]
        )
    }
)
