"""Names of files for waves and questions: whatever an id holds, it cannot choose a folder."""

import re

from torg.survey import Question, Wave


def file_of(thing: Wave | Question) -> str:
    """The part of a file's name that an id makes: letters, digits, hyphens; never two the same."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found.group()):x}_", thing.id)
