"""Every address of the site, as its own table has it, with something put into each gap."""

from dataclasses import dataclass

ROLES = ("public", "municipality", "reader", "editor", "analyst")

# What is put into the gaps of addresses, by the gap's name: things that are there, or could be.
FILLED = {
    "language": "en",
    "place": "XX-0101",
    "country": "XX",
    "unit": "0101",
    "number": 1,
    "measure": "posts_per_week",
    "token": "not-a-token",
    "wave": "2024",
    "kind": "channels",
    "question": "channels",
    "item": "ai",
    "table": "measures",
    "ending": "bib",
    "page": 1,
    "letter": "invitation",
    "name": "measures.csv",
    "file": 1,
    "word": "not-a-word",
}


@dataclass(frozen=True)
class Address:
    """One address: its pattern, what is called, and the pattern filled."""

    pattern: str
    view: object
    path: str

    @property
    def door(self):
        return getattr(self.view, "door", None)

    @property
    def methods(self):
        return getattr(self.view, "methods", ("GET",))

    @property
    def is_of_the_api(self):
        return self.pattern.startswith("api/")


def addresses(release, **further):
    """All addresses; a gap that FILLED does not know is the number of something: the first."""
    from django.urls import get_resolver

    filled = {**FILLED, "release": release, **further}
    found = []
    for pattern, view, gaps in _walk(get_resolver().url_patterns):
        parts = {gap: filled.get(gap, 1) for gap in gaps}
        found.append(Address(pattern, view, _path(pattern, parts)))
    return found


def _walk(patterns, before="", gaps=()):
    from django.urls import URLPattern
    from django.urls.resolvers import RegexPattern

    for each in patterns:
        if isinstance(each.pattern, RegexPattern) and "(?P<" in str(each.pattern):
            continue  # takes what no other address does: it has no gaps to fill
        route = before + str(each.pattern)
        own = (*gaps, *each.pattern.converters)
        if isinstance(each, URLPattern):
            yield route, each.callback, own
        else:
            yield from _walk(each.url_patterns, route, own)


def _path(pattern, parts):
    import re

    def fill(found):
        name = found.group(1).rpartition(":")[2]
        return str(parts[name])

    return "/" + re.sub(r"<([^>]+)>", fill, pattern)
