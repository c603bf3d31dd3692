"""Keep the index of stems in step with what is shown, within the transaction that shows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from torg.experience import STEMMERS, TAXONOMY, stems_of
from torg.locale import translate
from torg.site.experience.models import Length, Request, Term, Version

TITLE, TAG, TEXT = 3.0, 2.0, 1.0  # what a word weighs in each field
_LONGEST = 80  # letters of a stem that is kept

Field = tuple[str, str, float]  # text, language, weight


def index_version(version: Version) -> None:
    """Let a version be found in place of what was shown before of its experience."""
    own = [
        (version.title, version.language, TITLE),
        (f"{version.tried}\n{version.happened}", version.language, TEXT),
    ]
    chosen = (version.area, version.group, version.service, version.channel)
    _index("experience", version.experience_id, own, tags=_titles(chosen))


def index_request(request: Request) -> None:
    """Let a request be found."""
    own = [(request.title, request.language, TITLE), (request.text, request.language, TEXT)]
    _index("request", request.pk, own, tags=_titles((request.area, request.group)))


def forget(kind: str, document: int) -> None:
    """Let a document not be found any more."""
    Term.objects.filter(kind=kind, document=document).delete()
    Length.objects.filter(kind=kind, document=document).delete()


def _titles(chosen: Iterable[str]) -> list[str]:
    lists = (TAXONOMY.areas, TAXONOMY.groups, TAXONOMY.services, TAXONOMY.channels)
    found = (each[one] for one, each in zip(chosen, lists, strict=False) if one in each)
    return list(found)


def _index(kind: str, document: int, own: Sequence[Field], *, tags: Sequence[str]) -> None:
    """The words of its own count for its length; those of its lists are found in all languages."""
    forget(kind, document)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    length = 0.0
    for text, language, weight in own:
        for stem in stems_of(text, language):
            weights[STEMMERS[language], stem[:_LONGEST]] += weight
            length += weight
    for key in _of_tags(tags):
        weights[key] += TAG
    Length.objects.create(kind=kind, document=document, length=length)
    Term.objects.bulk_create(
        Term(kind=kind, document=document, language=key[0], stem=key[1], weight=weight)
        for key, weight in sorted(weights.items())
    )


def _of_tags(titles: Sequence[str]) -> set[tuple[str, str]]:
    return {
        (STEMMERS[language], stem[:_LONGEST])
        for language in STEMMERS
        for title in titles
        for stem in stems_of(translate(language).say(title), language)
    }
