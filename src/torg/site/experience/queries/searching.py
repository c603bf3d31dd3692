"""Search: stems in the index, in all languages at once, ranked the same on every database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from torg.experience import LEAST_PREFIX, Hit, Posting, asked_stems, ranked
from torg.site.experience.models import Length, Term


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a question found: numbers, the best first; `has_all`: each has all of the words."""

    numbers: tuple[int, ...]
    has_all: bool


def search(question: str, *, kind: str = "experience", within: Collection[int]) -> Found:
    """Documents among `within` that have all words of the question; where none has, some of them.

    A word is looked for by its stem in each language, and as the beginning of longer words.
    """
    words = asked_stems(question)
    lengths = dict(
        Length.objects.filter(kind=kind, document__in=list(within)).values_list(
            "document", "length"
        )
    )
    hits = ranked([_postings(kind, stems) for stems in words], lengths=lengths)
    whole = [hit for hit in hits if hit.words == len(words)]
    return Found(numbers=_numbers(whole or hits), has_all=bool(whole) or not hits)


def _numbers(hits: Collection[Hit]) -> tuple[int, ...]:
    return tuple(hit.document for hit in hits)


def _postings(kind: str, stems: Mapping[str, str]) -> list[Posting]:
    """Where a word's stems stand. What is asked for is short, so they are one condition."""
    wanted = Q()
    for language, stem in stems.items():
        wanted |= Q(language=language, stem=stem)
        if len(stem) >= LEAST_PREFIX:
            wanted |= Q(language=language, stem__startswith=stem)
    rows = Term.objects.filter(wanted, kind=kind).values_list(
        "document", "language", "stem", "weight"
    )
    return [
        Posting(
            document=document, language=language, weight=weight, is_whole=stem == stems[language]
        )
        for document, language, stem, weight in rows.order_by("document", "language", "stem")
    ]
