"""What people see in a terminal, and the JSON that programs see.

With --json, one array goes to standard output and people's text to standard error.
"""

from torg.show.asking import asked_unseen
from torg.show.following import diagnosis, heard, round_done
from torg.show.lessons import remembered, taught
from torg.show.outcomes import (
    claimed,
    forgotten,
    imported,
    measures,
    new_study,
    preview,
    ranks,
    release,
)
from torg.show.printing import fault, is_watched, line, progress, rows, working
from torg.show.surveys import answers_taken, estimates, taught_answers
from torg.show.usage import usage_fault

__all__ = [
    "answers_taken",
    "asked_unseen",
    "claimed",
    "diagnosis",
    "estimates",
    "fault",
    "forgotten",
    "heard",
    "imported",
    "is_watched",
    "line",
    "measures",
    "new_study",
    "preview",
    "progress",
    "ranks",
    "release",
    "remembered",
    "round_done",
    "rows",
    "taught",
    "taught_answers",
    "usage_fault",
    "working",
]
