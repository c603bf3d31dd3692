"""Which document answers a question best: BM25 over weighted fields.

Score = sum over words of idf · tf (k1 + 1) / (tf + k1 (1 - b + b length / mean length)), with
idf = ln(1 + (N - n + 0.5) / (n + 0.5)), k1 = 1.2 and b = 0.75 (Robertson & Zaragoza 2009, The
Probabilistic Relevance Framework, Foundations and Trends in IR 3, 333-389). tf counts a word as
often as its field weighs; a word that only begins with the stem, as compounds do, counts half.
Where a word is found in several languages, the language that gives most counts.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

K1, B = 1.2, 0.75
OF_A_BEGINNING = 0.5


@dataclass(frozen=True, kw_only=True)
class Posting:
    """That a stem stands in a document: `weight` is how often, times what its field weighs."""

    document: int
    language: str
    weight: float
    is_whole: bool  # the stem itself, not only its beginning


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found: its score, and how many of the words it has."""

    document: int
    score: float
    words: int


def ranked(
    postings: Sequence[Iterable[Posting]], *, lengths: Mapping[int, float]
) -> tuple[Hit, ...]:
    """The documents that have a word, the best first; ties go by the document's number.

    `postings` are those of each word that is asked for; `lengths` are of all documents that may be
    found: others' postings are passed over.
    """
    mean = sum(lengths[number] for number in sorted(lengths)) / len(lengths) if lengths else 0.0
    scores: dict[int, float] = defaultdict(float)
    words: dict[int, int] = defaultdict(int)
    for each in postings:
        found = _frequencies(posting for posting in each if posting.document in lengths)
        rarity = math.log(1 + (len(lengths) - len(found) + 0.5) / (len(found) + 0.5))
        for document, frequency in sorted(found.items()):
            long = lengths[document] / mean if mean else 1.0
            scores[document] += (
                rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * long))
            )
            words[document] += 1
    hits = (Hit(document=one, score=scores[one], words=words[one]) for one in scores)
    return tuple(sorted(hits, key=lambda hit: (-hit.words, -hit.score, hit.document)))


def _frequencies(postings: Iterable[Posting]) -> dict[int, float]:
    """What a word weighs in each document, in the language where it weighs most."""
    of_language: dict[tuple[int, str], float] = defaultdict(float)
    for posting in postings:
        counted = posting.weight * (1.0 if posting.is_whole else OF_A_BEGINNING)
        of_language[posting.document, posting.language] += counted
    found: dict[int, float] = {}
    for (document, _), weight in of_language.items():
        found[document] = max(found.get(document, 0.0), weight)
    return found
