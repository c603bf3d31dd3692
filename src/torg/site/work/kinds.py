"""The kinds of work, and the function that does each.

A function is called with the study, a Progress, and what the job is about; what it gives must be
fit for JSON, and is the job's outcome.
"""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "make a release": "torg.site.staff.jobs.make_release",
    "send letters": "torg.site.staff.jobs.send_letters",
    "read a hand-in": "torg.site.room.actions.read_file",
    "take a hand-in": "torg.site.room.actions.take_file",
}
