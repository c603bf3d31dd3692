"""How a name is written when spelling does not count, and how far two spellings lie apart.

Two folded forms of each name: the *loose* one, in which å, aa and a are one letter, as are ø, oe, ö
and o, and æ, ae, ä and a; and the *plain* one, which only takes marks away. A slip of the hand is
looked for in both, because it may fall within such a pair of letters.
"""

import re
import unicodedata

# Letters that are no letter with a mark: Nordic, Sami, Icelandic and a few neighbours.
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "þ": "th"}
)
_PAIRS = re.compile("aa|ae|oe")
_NOT_A_WORD = re.compile(r"[\W_]+")

# What a municipality is called beside its name, in the languages of the site.
_KINDS = frozenset(
    {"kommune", "kommun", "kommunen", "kunta", "kaupunki", "municipality", "stad", "county"}
    | {"fylke", "lan", "region", "city", "of", "suohkan", "gielda"}
)


def plain(text: str) -> str:
    """The name without marks and signs, in small letters: "Kárášjohka – Karasjok"."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _NOT_A_WORD.sub(" ", bare).strip()


def loose(text: str) -> str:
    """The plain form, in which letters that are written as pairs too are one."""
    return _PAIRS.sub(lambda pair: pair.group()[0], plain(text))


def without_kind(folded: str) -> str:
    """What is left of "oslo kommune" without the word for what it is; itself where nothing is."""
    kept = [word for word in folded.split() if word not in _KINDS]
    return " ".join(kept) or folded


def letters_of(folded: str) -> int:
    """The letters that occur, as a set of bits: one edit changes at most two of them."""
    found = 0
    for sign in folded:
        found |= 1 << (ord(sign) % 64)
    return found


def apart(one: str, other: str, *, most: int) -> int:
    """Edits between two texts, neighbours changing places counted as one; `most` + 1 if more.

    The restricted Damerau-Levenshtein distance (Damerau 1964; optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        row = [i]
        for j, letter in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != letter))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == letter:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
