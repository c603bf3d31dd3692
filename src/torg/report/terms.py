"""Codes and their plain words: reasons, access tiers, areas, transforms, platforms, scopes."""

from collections.abc import Mapping

from torg.locale import Words, message

AREAS = {
    "dialogue": message("Dialogue"),
    "reputation": message("Reputation"),
    "crisis": message("Crisis and preparedness"),
}

ABOUT_AREAS = {
    "dialogue": message("Do residents get answers, and how fast?"),
    "reputation": message("Is there activity that people respond to?"),
    "crisis": message("Does the municipality tell about incidents fast, and keep people updated?"),
}

ACCESS = {
    "owner": message("From the municipality itself: its own access or its own export"),
    "public_page": message("From the public page: what anybody can see"),
    "aggregate": message("From a research library that gives out totals only"),
    "open_network": message("From an open network that lets everybody read"),
    "manual": message("Read off the page by hand"),
    "mixed": message("From several kinds of access"),
}

TRANSFORMS = {
    "linear": message("Counted as it is"),
    "log1p": message("Logarithm: each doubling counts the same"),
    "enough": message("Up to a level that is enough; more earns nothing"),
}

BASES_OF_EXPORT = {
    "content": message("said in the file"),
    "option": message("said by whoever imported it"),
    "name": message("from the file's name"),
    "latest instant": message("at the earliest; the latest time in the file"),
}

SCOPES = {
    "municipality": message("the whole municipality"),
    "service": message("a service"),
    "campaign": message("a campaign"),
    "person": message("a person in an official role"),
}

PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "snapchat": "Snapchat",
    "flickr": "Flickr",
}

# The reasons that readers meet most, in their words; the others come with the results.
REASONS = {
    "no_channel": message(
        "No channel of the municipality is known. That does not mean that it has none."
    ),
    "few_citizens": message(
        "Made from fewer than five comments: not shown, to protect those who wrote them."
    ),
    "withheld": message(
        "It is the municipality's own figure and is not shown, because the municipality has not "
        "agreed; or it comes from a library that gives out totals only."
    ),
    "no_posts": message("No posts were read from its channels in this period."),
}


def term(table: Mapping[str, str], code: str | None, words: Words) -> str:
    """Say a code in words; a code without words is shown as it is, and nothing as a dash."""
    if code is None:
        return "–"
    return words.say(table[code]) if code in table else code.replace("_", " ")


def reason(code: str | None, reasons: Mapping[str, str], words: Words) -> str:
    """Say why a value is missing. `reasons`: the sentences that came with the results."""
    return term({**reasons, **REASONS}, code, words)
