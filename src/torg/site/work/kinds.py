"""The kinds of work, and the function that does each.

A function is called with the study, a Progress, and what the job is about; what it gives must be
fit for JSON, and is the job's outcome.
"""

from collections.abc import Mapping

from torg.locale import message

KINDS: Mapping[str, str] = {
    message("make a release"): "torg.site.staff.jobs.make_release",
    message("send letters"): "torg.site.staff.jobs.send_letters",
    message("tell of a preview"): "torg.site.staff.jobs.tell_of_preview",
    message("read a hand-in"): "torg.site.room.actions.read_file",
    message("take a hand-in"): "torg.site.room.actions.take_file",
}
