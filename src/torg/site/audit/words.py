"""What stands in the log of things that were done, so that each reader finds it in their language.

The log keeps the English words, which no change of language alters; pages say them through the
catalogues. A test looks that whatever is noted anywhere stands here. Who did it, and to what, is a
name of NAMED with its number.
"""

import re

from torg.locale import message

DONE: tuple[str, ...] = (
    # accounts and links
    message("made an account"),
    message("made a link to set a password"),
    message("set a password by a link"),
    message("changed a password"),
    message("ended an account"),
    message("asked for an account"),
    message("granted an account"),
    message("turned an account down"),
    message("signed in"),
    message("set up a second factor"),
    message("took a second factor away"),
    message("took the own second factor away"),
    message("made new recovery codes"),
    message("made a link to a room"),
    message("took a link to a room back"),
    # the survey
    message("drew a frame"),
    message("took addresses in"),
    message("took reports of failed delivery in"),
    message("sent letters"),
    message("replaced an address"),
    message("took a unit's links back"),
    message("noted a refusal"),
    message("sent answers in"),
    message("said no to the survey"),
    message("passed the survey on"),
    # runs and releases
    message("started a run"),
    message("offered a release"),
    message("postponed a release"),
    message("withdrew a release"),
    message("asked to tell of a preview"),
    message("told of a preview"),
    message("proposed a correction"),
    message("withdrew a correction"),
    message("accepted a correction"),
    message("refused a correction"),
    message("wrote a statement"),
    message("withdrew a statement"),
    message("accepted a statement"),
    message("refused a statement"),
    # a municipality's room
    message("handed in a file"),
    message("answered what a file asks"),
    message("read a file"),
    message("accepted a file"),
    message("refused a file"),
    message("withdrew a file"),
    message("took a file into the archive"),
    message("could not take a file"),
    message("deleted an upload"),
    message("proposed a channel"),
    message("withdrew a proposal"),
    message("accepted a proposal"),
    message("refused a proposal"),
    message("agreed to publish"),
    message("took back an agreement"),
    # experiences
    message("began an experience"),
    message("saved an experience"),
    message("attached a file"),
    message("took a file out"),
    message("sent an experience for review"),
    message("took an experience back from review"),
    message("accepted an experience"),
    message("returned an experience"),
    message("withdrew an experience"),
    message("asked a question"),
    message("answered a question"),
    message("gave thanks"),
    message("hid a remark"),
    message("began a campaign"),
    message("joined a campaign"),
    message("left a campaign"),
    message("hid a campaign"),
    message("asked for knowledge"),
    message("answered a request"),
    message("entered an agency's answer"),
    message("made a link for an agency"),
    message("linked an experience"),
    message("set a request to open"),
    message("set a request to answered"),
    message("hid a request"),
    message("hid an answer"),
    message("added an agency"),
    message("ended an agency"),
    # the data of people
    message("gave out what is kept of a person"),
    message("forgot a person"),
    message("let go what was too old"),
)

NAMED: dict[str, str] = {
    "account": message("account %(n)s"),
    "agency": message("agency %(n)s"),
    "campaign": message("campaign %(n)s"),
    "correction": message("correction %(n)s"),
    "experience": message("experience %(n)s"),
    "form": message("answers %(n)s"),
    "hand-in": message("file %(n)s"),
    "job": message("work %(n)s"),
    "proposal": message("proposal %(n)s"),
    "request": message("request %(n)s"),
    "room link": message("link to the room %(n)s"),
    "statement": message("statement %(n)s"),
    "survey link": message("link to the survey %(n)s"),
    "wish": message("wish for an account %(n)s"),
    "the site": message("the site itself"),
    "the command line": message("who runs the site"),
    "the demo": message("the demo"),
    "an agency's link": message("an agency"),
}

_NUMBERED = re.compile(r"(.+?)(?: (\d+))?")


def named(text: str) -> tuple[str | None, str]:
    """The sentence for who did it or to what, and its number; None for what has no sentence."""
    found = _NUMBERED.fullmatch(text)
    name, number = found.groups() if found else (text, None)
    return NAMED.get(name), number or ""
