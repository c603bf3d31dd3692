"""The bank of experience in a test: what somebody wrote, who, and the way to a publication."""

import datetime as dt

from torg.site.accounts.visiting import Visitor
from torg.site.experience import actions
from torg.site.experience.content import Content

FJORDBY = Visitor(role="municipality", is_named="room link 1", country="XX", unit="0101")
SUNDBY = Visitor(role="municipality", is_named="room link 2", country="XX", unit="0102")
EDITOR = Visitor(role="editor", is_named="account 1")
READER = Visitor(role="reader", is_named="account 2")

WHOLE = {
    "language": "en",
    "title": "Evening watch for questions",
    "area": "dialogue",
    "group": "residents",
    "channel": "facebook",
    "service": "central",
    "hours": 40,
    "begins": dt.date(2026, 3, 2),
    "ends": dt.date(2026, 4, 26),
    "went": "good",
    "tried": "Two of us answered until eight.",
    "happened": "Questions were answered the same day.",
    "contact": "post@fjordby.example",
}


def content(**said):
    """What an author wrote: whole, but for what is said otherwise."""
    return Content(**{**WHOLE, **said})


def waiting(by=FJORDBY, **said):
    """The number of an experience that waits for review."""
    number = actions.begin_experience(by, content(**said))
    actions.send_experience(by, number)
    return number


def published(by=FJORDBY, **said):
    """The number of a published experience."""
    number = waiting(by, **said)
    actions.accept_experience(EDITOR, number)
    return number
