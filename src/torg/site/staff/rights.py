"""Who of the staff may do what: a sentence for every address, beside the door that it has."""

from collections.abc import Iterator, Mapping

from torg.site.doors import ROLES

STAFF = ("reader", "editor", "analyst")

MAY: Mapping[str, str] = {
    "staff": "see what waits, the last jobs and the next dates",
    "staff_survey": "see all waves",
    "staff_wave": "see the response of a wave, by size class and county",
    "staff_frame": "see the frame of a wave",
    "staff_silent": "see which units have not answered",
    "staff_addresses": "see how many addresses each unit has",
    "staff_letters": "see the letters as they would go out",
    "staff_unit": "see who is asked for a unit, without names and addresses",
    "staff_releases": "see all releases, and who sees them",
    "staff_release": "see what changed in a release",
    "staff_announcement": "see the letter that would tell municipalities of a release in preview",
    "staff_jobs": "see all jobs",
    "staff_job": "see a job's progress, log and outcome",
    "staff_reviews": "see what waits for review",
    "staff_review": "see one thing that waits for review",
    "staff_log": "see the log",
    "staff_log_csv": "take the log away as CSV",
    "staff_decide": "accept channels, files, corrections, replies and experiences, or turn them "
    "down",
    "staff_draw_frame": "draw the frame of a wave",
    "staff_take_addresses": "take addresses in",
    "staff_take_bounces": "take reports of failed delivery in",
    "staff_send": "send invitations and reminders",
    "staff_replace": "ask at another address",
    "staff_revoke": "take a unit's links back",
    "staff_refuse": "note that a unit refused",
    "staff_run": "start a run",
    "staff_announce": "tell the municipalities of a release in preview",
    "staff_postpone": "postpone a release",
    "staff_withdraw": "withdraw a release",
    "staff_accounts": "see all accounts",
    "staff_make_account": "make an account",
    "staff_renew_link": "make a new link to set a password",
    "staff_decide_wish": "grant an account that a municipality asks for",
    "staff_end_account": "end an account",
    "staff_take_factor": "take away the second factor of who lost the telephone",
    "staff_links": "see which links to rooms there are",
    "staff_make_link": "make a link to a municipality's room",
    "staff_revoke_link": "take a link to a room back",
    "staff_persons": "see the page about a person's data",
    "staff_export_person": "give out all that is kept about a person",
    "staff_forget_person": "forget a person",
}


def table_of(doors: Mapping[str, str]) -> Iterator[str]:
    """The rows of the table, given the door of each address by its name."""
    yield "| | " + " | ".join(STAFF) + " |"
    yield "|---|" + "---|" * len(STAFF)
    for name, sentence in MAY.items():
        opens = ROLES[doors[name]]  # type: ignore[index]
        yield f"| {sentence} | " + " | ".join("yes" if r in opens else "–" for r in STAFF) + " |"
