"""Words as they are searched for: in small letters, without marks, and down to their stem.

The stemmers are Snowball's (Porter 2001). Marks are folded before stemming, in what is kept and in
what is asked alike, so that who types "okonomi" finds "økonomi", and a Swede's "ö" a Dane's "ø".
"""

import re
import unicodedata
from collections.abc import Mapping

import snowballstemmer

# bokmål and nynorsk have one stemmer, and so one index: who asks in the one finds the other.
STEMMERS: Mapping[str, str] = {
    "nb": "norwegian",
    "nn": "norwegian",
    "sv": "swedish",
    "fi": "finnish",
    "da": "danish",
    "en": "english",
}
LEAST_PREFIX = 4  # letters of a stem that may begin a compound word
MOST_WORDS = 12  # of a question; what comes after is not looked for

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "đ": "d", "ð": "d", "þ": "th"})


def words_of(text: str) -> list[str]:
    """The words of a text, folded; single letters are none, single figures are."""
    folded = fold(text)
    return [word for word in _WORD.findall(folded) if len(word) > 1 or word.isdigit()]


def fold(text: str) -> str:
    """In small letters and without marks: "Økonomi" and "Ökonomi" are "okonomi"."""
    # Apart first: some signs come apart into capitals, and marks stand on letters like ø.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.translate(_LETTERS)


def stems_of(text: str, language: str) -> list[str]:
    """The stems of a text in a language, in order, as often as they stand there."""
    return _stemmed(words_of(text), STEMMERS[language])


def asked_stems(text: str) -> list[Mapping[str, str]]:
    """For each word that is asked for its stem in each language (by the name of its stemmer)."""
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    by_stemmer = {name: _stemmed(words, name) for name in sorted(set(STEMMERS.values()))}
    return [{name: stems[at] for name, stems in by_stemmer.items()} for at in range(len(words))]


def _stemmed(words: list[str], stemmer: str) -> list[str]:
    # A stemmer keeps its word while it works: one for each call, because threads share modules.
    return [str(stem) for stem in snowballstemmer.stemmer(stemmer).stemWords(words)]
