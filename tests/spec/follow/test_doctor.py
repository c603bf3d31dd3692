"""torg doctor: is a person needed, for what, and what is there to do?

It is 10 June 2026, 12:00 UTC. New posts are looked for every six hours, so what is older than
twelve is late.
"""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.lib.doctored import BLUESKY, NOW, QUOTA, asked, facts_of, found, study_of
from torg.follow import PERSON_NEEDED, Quota, examine, letter
from torg.study.model import Window
from torg.tokens import Grant

LATELY = "at\n2026-06-10 09:00"
WELL = """
    channel   | at
    did:plc:o | 2026-06-10 09:00
    did:plc:b | 2026-06-10 09:00
"""


def kinds(**tables):
    return {(finding.kind, finding.needs_person) for finding in found(**tables)}


def test_where_all_goes_well_nobody_is_needed():
    diagnosis = examine(facts_of(visits=WELL, runs=LATELY))
    assert diagnosis.needed == ()
    assert diagnosis.exit_status == 0
    assert letter(diagnosis).startswith("Drawn: nobody is needed.")


def test_the_exit_status_says_that_a_person_is_needed():
    diagnosis = examine(facts_of(visits=WELL, runs="at\n2026-06-01 09:00"))
    assert diagnosis.exit_status == PERSON_NEEDED == 3


def test_each_platform_says_how_it_does():
    visits = WELL.replace("did:plc:b | 2026-06-10 09:00", "did:plc:b | 2026-06-09 09:00")
    health = {h.platform: h for h in examine(facts_of(visits=visits, runs=LATELY)).platforms}
    assert (health["bluesky"].channels, health["bluesky"].answered) == (2, 1)
    assert health["bluesky"].last_answer == dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
    assert health["facebook"].channels == 0  # it comes by exports


@pytest.mark.parametrize(
    ("last", "kind", "needs_person"),
    [
        (None, "not_begun", False),
        ("2026-06-10 00:00", None, None),  # twelve hours ago: twice the interval
        ("2026-06-09 23:59", "standing_still", True),
    ],
)
def test_collecting_that_stands_still(last, kind, needs_person):
    tables = {"runs": f"at\n{last}"} if last else {}
    findings = [f for f in found(**tables) if f.kind in ("not_begun", "standing_still")]
    assert [(f.kind, f.needs_person) for f in findings] == ([(kind, needs_person)] if kind else [])
    assert all("torg -C study collect" in finding.remedy for finding in findings)


@pytest.mark.parametrize(
    ("outcome", "ok_at", "needs_person"),
    [
        ("failed", "2026-06-10 03:00", False),  # nine hours: it may come back by itself
        ("failed", "2026-06-09 23:00", True),  # thirteen
        ("refused", "2026-06-01 00:00", True),
        ("refused", "", True),  # from the first day: that does not mend itself
        ("partial", "2026-06-01 00:00", False),
    ],
)
def test_a_channel_that_gives_nothing(outcome, ok_at, needs_person):
    visits = f"""
        channel   | at               | outcome   | ok_at   | detail
        did:plc:o | 2026-06-10 11:00 | {outcome} | {ok_at} | Time-out.
    """
    (finding,) = found(outcome, visits=visits, runs=LATELY)
    assert finding.needs_person is needs_person
    assert finding.channel == "https://bsky.app/profile/oslo"
    assert "Time-out." in finding.message


@pytest.mark.parametrize(
    ("begun", "needs_person"),
    [("2026-06-10 00:01", False), ("2026-06-09 23:59", True)],
)
def test_a_channel_that_never_answered_is_late_once_collecting_is_old(begun, needs_person):
    visits = "channel|at|outcome|ok_at\ndid:plc:o|2026-06-10 11:00|failed|"
    (finding,) = found("failed", visits=visits, runs=f"at\n{begun}\n2026-06-10 11:00")
    assert finding.needs_person is needs_person
    assert "no answer so far" in finding.message


def test_without_a_contact_a_person_is_needed_with_the_line_to_add():
    (finding,) = examine(facts_of(study=study_of(contact=None))).needed
    assert finding.kind == "no_contact"
    assert 'contact = "..."' in finding.remedy and "study.toml" in finding.remedy
    assert found("not_begun", study=study_of(contact=None)) == []
    nobody = facts_of(study=study_of(contact=None), platforms={})
    assert examine(nobody).needed == ()  # who follows nobody need not be named


SERVERS = {
    "bluesky": asked("bluesky", server=lambda _followed: "a.example"),
    "mastodon": asked("mastodon", server=lambda _followed: "b.example"),
}
BOTH = """
    country | code | platform | address              | platform_id
    NO      | 0301 | bluesky  | bsky.app/profile/oslo | did:plc:o
    NO      | 0301 | mastodon | b.example/@oslo      | 7
"""


@pytest.mark.parametrize(
    ("of_the_first", "ok_at", "begun", "told"),
    [
        # Both fail, for the first time or for a while.
        ("2026-06-10 11:00 | failed", "", "2026-06-10 11:00", [("no_network", False)]),
        ("2026-06-10 11:00 | failed", "", "2026-06-09 11:00", [("no_network", True)]),
        # One answered after the other failed: it is that one's server.
        ("2026-06-10 11:30 | ok", "2026-06-10 11:30", "2026-06-10 11:00", [("failed", False)]),
    ],
)
def test_where_no_server_answers_it_is_the_machine(of_the_first, ok_at, begun, told):
    visits = f"""
        platform | channel   | at               | outcome | ok_at
        mastodon | 7         | 2026-06-10 11:10 | failed  |
        bluesky  | did:plc:o | {of_the_first} | {ok_at}
    """
    tables = {"channels": BOTH, "platforms": SERVERS, "visits": visits}
    findings = found(**tables, runs=f"platform|at\nbluesky|{begun}\nmastodon|2026-06-10 11:10")
    assert [(f.kind, f.needs_person) for f in findings if f.kind != "gap"] == told


@pytest.mark.parametrize(
    ("visits", "told"),
    [
        (WELL, []),
        (WELL.replace("did:plc:b | 2026-06-10 09:00", "did:plc:b | 2026-06-09 09:00"), ["b"]),
        ("channel | at\ndid:plc:o | 2026-06-10 09:00", ["b"]),  # the other was never asked
    ],
)
def test_a_channel_that_has_no_turn_for_long_is_told(visits, told):
    """Rounds are made, and others answer; a budget or a limit keeps it from being asked."""
    runs = "at\n2026-06-01 00:00\n2026-06-10 09:00"
    pages = {"b": "https://bsky.app/profile/bergen"}
    findings = found("unasked", visits=visits, runs=runs)
    assert [(f.channel, f.needs_person) for f in findings] == [(pages[t], True) for t in told]


@pytest.mark.parametrize(
    ("needs", "remedy"),
    [
        ("never", "closed to others"),
        ("study", "docs/how-to/follow-bluesky.md"),
        ("channel", "torg -C study connect bluesky"),
    ],
)
def test_who_is_refused_is_told_what_to_do(needs, remedy):
    visits = "channel|at|outcome|ok_at\ndid:plc:o|2026-06-10 11:00|refused|2026-06-01 00:00"
    platforms = {"bluesky": asked("bluesky", needs_token=needs)}
    assert remedy in found("refused", visits=visits, platforms=platforms)[0].remedy


def test_a_channel_that_is_gone():
    visits = "channel|what|at|outcome\ndid:plc:o|profile|2026-06-10 11:00|gone"
    (finding,) = found("gone", visits=visits, runs=LATELY)
    assert finding.needs_person
    assert "valid_to" in finding.remedy


def test_what_a_platform_says_of_a_channel_that_is_gone_is_told():
    visits = "channel|what|at|outcome|detail\ndid:plc:o|profile|2026-06-10 11:00|gone|It moved."
    assert found("gone", visits=visits, runs=LATELY)[0].message.endswith("not there. It moved.")


def test_posts_of_which_not_all_replies_came_are_counted_by_channel():
    visits = """
        channel   | what    | subject | at               | outcome | ok_at | detail
        did:plc:o | replies | a       | 2026-06-10 10:00 | partial |       | It counts 3 more.
        did:plc:o | replies | b       | 2026-06-10 11:00 | partial |       | It counts 15 more.
        did:plc:o | replies | c       | 2026-06-10 11:00 | ok      |       |
        did:plc:b | replies | d       | 2026-05-01 11:00 | partial |       | Long ago.
    """
    (finding,) = found("replies_in_part", visits=visits, runs=LATELY)
    assert not finding.needs_person
    assert finding.message.endswith("oslo: of 2 posts not all replies came. It counts 15 more.")


def test_a_handle_that_was_changed_comes_with_the_command():
    visits = """
        channel   | what    | at               | handle
        did:plc:o | profile | 2026-06-10 11:00 | oslo.kommune.no
        did:plc:b | profile | 2026-06-10 11:00 | @Bergen
    """
    (finding,) = found("renamed", visits=visits, runs=LATELY)
    assert not finding.needs_person  # it is followed on by its id
    assert finding.remedy == (
        "Type: torg -C study register claim bluesky did:plc:o 0301 --address @oslo.kommune.no"
    )


def test_gaps_of_the_last_weeks_are_told():
    runs = "at\n2026-04-01 00:00\n2026-06-01 00:00\n2026-06-01 12:00\n2026-06-02 01:00"
    messages = [finding.message for finding in found("gap", runs=runs)]
    assert len(messages) == 1  # thirteen hours; two months ago is no news
    assert "from 2026-06-01 12:00 UTC to 2026-06-02 01:00 UTC" in messages[0]


@pytest.mark.parametrize(
    ("ends_on", "kind"),
    [
        ("2026-06-09", "token_ended"),
        ("2026-06-10", "token_ends"),  # it works today still
        ("2026-06-24", "token_ends"),
        ("2026-06-25", None),
        (None, None),
    ],
)
def test_tokens_that_end(ends_on, kind):
    findings = [f for f in found(grants=(grant("111", ends_on),)) if f.kind.startswith("token")]
    assert [f.kind for f in findings] == ([kind] if kind else [])
    assert all(f.needs_person and "torg -C study connect facebook" in f.remedy for f in findings)


def test_a_store_of_tokens_that_cannot_be_opened():
    (finding,) = found("tokens_closed", tokens_closed="The key fits not.")
    assert (finding.needs_person, finding.message) == (True, "The key fits not.")


@pytest.mark.parametrize(("used", "says"), [(8_999, False), (9_000, True)])
def test_a_quota_that_is_nearly_used_up(used, says):
    platforms = {"youtube": asked("youtube", quota=QUOTA)}
    findings = found(
        "quota", platforms=platforms, quotas={"youtube": Quota(used=used, units=10_000)}
    )
    assert bool(findings) is says
    assert not any(finding.needs_person for finding in findings)


def test_posts_that_vanished_are_counted_by_channel():
    gone = """
        channel   | at               | what
        did:plc:o | 2026-06-09 00:00 | post
        did:plc:o | 2026-06-08 00:00 | post
        did:plc:o | 2026-06-09 00:00 | reply
        did:plc:b | 2026-06-01 00:00 | post
    """
    (finding,) = found("vanished_posts", gone=gone)
    assert "https://bsky.app/profile/oslo: 2 posts vanished" in finding.message


@pytest.mark.parametrize(
    ("runs", "is_told"),
    [
        ("at\n2026-06-10 09:00\n2026-06-10 10:00", False),
        ("at\n2026-06-10 10:00\n2026-06-10 09:58", False),  # two minutes: clocks are set right
        ("at\n2026-06-10 10:00\n2026-06-10 09:00", True),
    ],
)
def test_a_clock_that_was_set_back(runs, is_told):
    assert (("clock", True) in kinds(runs=runs)) is is_told


def test_a_clock_that_ran_ahead():
    visits = "channel|at\ndid:plc:o|2026-06-10 13:00"
    assert ("clock", True) in kinds(visits=visits, runs=LATELY)


LISTS = """
    name    | at               | channels
    may.csv | 2026-05-01 00:00 | 111 222 333
"""


@pytest.mark.parametrize(
    ("newest", "lost"),
    [
        ("111 222", []),  # two pages are no list: it may be somebody's own export
        ("111 222 444", ["https://www.facebook.com/trondheim"]),
        ("111 222 333", []),
        ("444 555 666", []),  # another list
    ],
)
def test_a_page_that_left_the_newest_list(newest, lost):
    exports = LISTS + f"june.csv | 2026-06-01 00:00 | {newest}\n"
    findings = found("left_the_list", exports=exports)
    assert [finding.channel for finding in findings] == lost
    assert all(f.needs_person and "may.csv" in f.message for f in findings)


@pytest.mark.parametrize(("day", "is_told"), [("2026-04-26", False), ("2026-04-25", True)])
def test_exports_that_are_overdue(day, is_told):
    """Forty-five days without a new one, unless the study says otherwise."""
    findings = found("export_overdue", exports=f"name|at|channels\na.csv|{day} 12:00|111")
    assert [(f.channel, f.needs_person) for f in findings] == (
        [("https://www.facebook.com/oslo", True)] if is_told else []
    )


@pytest.mark.parametrize(("end", "kinds_told"), [("2026-02-28", set()), ("2026-03-01", {True})])
def test_an_export_made_after_the_window_has_it_all(end, kinds_told):
    study = study_of().model_copy(update={"window": Window.model_validate({"to": end})})
    exports = "name|at|channels\na.csv|2026-03-01 12:00|111"
    told = {f.needs_person for f in found("export_overdue", exports=exports, study=study)}
    assert told == kinds_told


@pytest.mark.parametrize(("end", "is_told"), [("2026-05-11", True), ("2026-05-10", False)])
def test_collecting_may_stand_still_a_month_after_the_window(end, is_told):
    study = study_of().model_copy(update={"window": Window.model_validate({"to": end})})
    told = found("standing_still", runs="at\n2026-06-01 09:00", study=study)
    assert bool(told) is is_told


def test_how_often_exports_are_expected_is_the_studys():
    exports = "name|at|channels\na.csv|2026-06-01 12:00|111"
    assert found("export_overdue", exports=exports, study=study_of(exports_every_days=7))


def test_what_is_followed_on_the_network_is_expected_of_nobody():
    exports = "name|platform|at|channels\na.json|bluesky|2026-01-01 00:00|did:plc:o"
    assert found("export_overdue", exports=exports, visits=WELL) == []


def test_platforms_that_cannot_be_asked_and_were_never_exported():
    exports = "name|at|channels\na.csv|2026-06-01 12:00|111 222 333"
    (finding,) = found("files_only", exports=exports)
    assert (finding.platform, finding.needs_person) == ("linkedin", False)
    assert finding.message.startswith("1 channel never seen: linkedin cannot be asked")


WITH_FACEBOOK = {**BLUESKY, "facebook": asked("facebook", needs_token="channel")}  # noqa: S106
REFUSED = "platform|channel|at|outcome\n" + "\n".join(
    f"facebook|{page}|2026-06-10 11:00|refused" for page in ("111", "222", "333")
)


def grant(channel, ends_on=None):
    return Grant(
        platform="facebook",
        channel=channel,
        title="A town",
        may=("pages_read_engagement",),
        granted_on=dt.date(2026, 4, 1),
        ends_on=ends_on and dt.date.fromisoformat(ends_on),
        by="head of communication",
    )


def test_pages_that_want_a_token_and_never_had_one_come_by_exports():
    """Of three pages one has a token, one has sent a file, and of one there is nothing."""
    found_here = found(
        platforms=WITH_FACEBOOK,
        visits=REFUSED,
        exports="name|at|channels\na.csv|2026-06-01 12:00|222",
        grants=(grant("111"),),
    )
    told = {(f.kind, f.channel) for f in found_here if f.platform == "facebook"}
    assert told == {("refused", "https://www.facebook.com/oslo"), ("no_way_in", None)}
    (unseen,) = [f for f in found_here if f.kind == "no_way_in"]
    assert unseen.message.startswith("1 channel never seen: there is neither a token")
    assert "torg -C study connect facebook" in unseen.remedy


def test_a_file_whose_last_day_comes():
    exports = "name|at|channels|keep_until\na.csv|2026-05-15 12:00|111|2026-06-12"
    (finding,) = found("kept_until", exports=exports)
    assert "a.csv may be kept until 2026-06-12" in finding.message


def test_officials_who_have_not_declared():
    channels = """
        country | code | platform | address      | scope  | declared
        NO      | 0301 | x        | x.com/mayor  | person |
        NO      | 0301 | x        | x.com/deputy | person | 2026-01-01
    """
    (finding,) = found("undeclared", channels=channels)
    assert finding.channel == "https://x.com/mayor"
    assert not finding.needs_person


def test_agreements_that_end_soon():
    agreements = """
        platform | channel | agreed_on  | ends_on    | evidence
        facebook | 111     | 2026-01-01 | 2026-07-01 | letter
        facebook | 222     | 2026-01-01 | 2026-12-31 | letter
    """
    (finding,) = found("agreement_ends", agreements=agreements)
    assert "torg -C study register agree facebook 111" in finding.remedy


def test_the_letter_says_what_to_do_first_and_many_alike_once():
    channels = "country | code | platform | address | platform_id\n" + "\n".join(
        f"NO | 0301 | bluesky | bsky.app/profile/c{n} | did:plc:{n}" for n in range(8)
    )
    visits = "channel | at | outcome | ok_at\n" + "\n".join(
        f"did:plc:{n} | 2026-06-10 11:00 | refused | 2026-06-01 00:00" for n in range(8)
    )
    diagnosis = examine(facts_of(channels=channels, visits=visits, runs=LATELY))
    text = letter(diagnosis)
    assert text.splitlines()[0] == "Drawn: you are needed for 1 thing."
    assert "bluesky: 0 of 8 channels answered lately, last at 2026-06-01 00:00 UTC." in text
    assert "1. [bluesky] 8 alike:" in text
    assert "and 3 more: torg -C study doctor --json lists them" in text
    assert text.count("Look at the page in a browser") == 1


def test_each_command_can_be_typed_anywhere():
    """It names the study's folder, whatever the folder is called."""
    study = study_of().model_copy(update={"folder": Path("/srv/Our study {1}")})
    findings = found(
        study=study,
        platforms=WITH_FACEBOOK,
        runs="at\n2026-06-01 09:00",
        visits=REFUSED,
        grants=(grant("111"), grant("222", "2026-06-09")),
        exports="name|at|channels|keep_until\na.csv|2026-04-01 12:00|333|2026-06-12",
    )
    told = {finding.kind for finding in findings if "torg" in finding.remedy}
    wanted = {"standing_still", "refused", "token_ended", "export_overdue", "kept_until"}
    assert told == wanted | {"files_only"}
    remedies = " ".join(finding.remedy for finding in findings)
    assert set(re.findall(r"\btorg (\S+)", remedies)) == {"-C"}
    assert "torg -C '/srv/Our study {1}' connect facebook" in remedies


def test_the_same_facts_give_the_same_letter_in_whatever_order_they_come():
    head, *rows = REFUSED.splitlines()
    letters = set()
    for drawn in (rows, rows[::-1]):
        visits = "\n".join([head, *drawn])
        grants = [grant(row.split("|")[1], "2026-06-09") for row in drawn]
        facts = facts_of(visits=visits, platforms=WITH_FACEBOOK, grants=tuple(grants), runs=LATELY)
        assert examine(facts).at == NOW
        letters.add(letter(examine(facts)))
    assert len(letters) == 1
