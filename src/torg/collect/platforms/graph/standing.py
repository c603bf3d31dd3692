"""Whether what is not there is gone, or only no longer shown to us."""

from torg.collect.platforms.graph.client import Graph
from torg.collect.platforms.payloads import words
from torg.collect.platforms.refused import Refusal, Refused

_NOT_SHOWN = Refusal(
    "Meta shows neither it nor the page itself to this token: whether it is gone is not known."
)


def confirmed(graph: Graph, refusal: Refusal, *, owner: str) -> Refusal:
    """The refusal itself, if the owner's page still answers to the token; else: not known.

    Meta says in one breath that a post was deleted and that a token may not see it (code 100, 33).
    None must be taken for deleted because a permission was taken back.
    """
    if not refusal.is_missing:
        return refusal
    try:
        found = words(graph.get(owner, fields=("id",)), "id")
    except Refused:
        return _NOT_SHOWN
    return refusal if found == owner else _NOT_SHOWN
