"""The doctor on real rounds: a small network, an archive, and a clock that tests wind."""

import datetime as dt

import pytest

from tests.lib.doors import answer
from tests.lib.following import Follower
from tests.lib.platforms import board_platform
from torg.collect.transport import Quota
from torg.errors import TokenError
from torg.follow import doctor, letter
from torg.tokens import Grant


def looked_at(town, *, granted=tuple):
    return doctor(
        town.study,
        platforms={town.platform.name: town.platform},
        granted=granted,
        clock=town.hands.clock,
    )


def kinds(diagnosis):
    return [(finding.kind, finding.needs_person) for finding in diagnosis.findings]


def test_before_the_first_round_and_after_it(tmp_path):
    town = Follower(tmp_path, "town", "isle")
    before = looked_at(town)
    assert (kinds(before), before.exit_status) == ([("not_begun", False)], 0)
    town.board.post("did:town", "a")
    town.round()
    after = looked_at(town)
    assert (kinds(after), after.exit_status) == ([], 0)
    [health] = after.platforms
    assert (health.channels, health.answered) == (2, 2)


def test_the_timer_that_was_off_is_told_and_is_a_gap_afterwards(tmp_path):
    town = Follower(tmp_path, "town")
    town.round()
    town.hours(13)
    assert kinds(looked_at(town)) == [("standing_still", True)]
    town.round()
    assert kinds(looked_at(town)) == [("gap", False)]


def test_an_outage_needs_a_person_once_it_lasts(tmp_path):
    town = Follower(tmp_path, "town")
    town.round()
    found = []
    for _ in range(4):
        town.hours(6)
        town.round(send=lambda call: answer(503))
        found.append({needed for kind, needed in kinds(looked_at(town)) if kind == "failed"})
    assert found[0] == {False}  # six hours ago it answered
    assert found[-1] == {True}


def test_a_channel_that_is_renamed(tmp_path):
    town = Follower(tmp_path, "town")
    town.round()
    town.board.handles["did:town"] = "town.kommune.example"
    town.hours(25)
    town.round()
    found = [f for f in looked_at(town).findings if f.kind == "renamed"]
    assert [f.remedy for f in found] == [
        f"Type: torg -C {town.study.folder} register claim bluesky did:town 0301 "
        "--address @town.kommune.example"
    ]


def test_a_post_that_was_taken_away(tmp_path):
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.round()
    town.board.delete("a")
    for _ in range(9):
        town.hours(6)
        town.round()
    messages = [f.message for f in looked_at(town).findings if f.kind == "vanished_posts"]
    assert len(messages) == 1
    assert "town.example: 1 post vanished" in messages[0]


def test_tokens_that_end_and_a_store_that_is_closed(tmp_path):
    town = Follower(tmp_path, "town")
    town.round()
    grant = Grant(
        platform="facebook",
        channel="111",
        title="Oslo kommune",
        may=(),
        granted_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 3, 5),
        by="head of communication",
    )
    assert kinds(looked_at(town, granted=lambda: (grant,))) == [("token_ends", True)]

    def closed():
        raise TokenError("The key does not fit: set TORG_TOKENS_KEY.")

    assert "TORG_TOKENS_KEY" in letter(looked_at(town, granted=closed))


@pytest.mark.parametrize("times", [1, 2])
def test_looking_changes_nothing(tmp_path, times):
    town = Follower(tmp_path, "town")
    town.round()
    before = town.archive.reading().versions
    letters = {letter(looked_at(town)) for _ in range(times)}
    assert len(letters) == 1
    assert town.archive.reading().versions == before


def test_a_server_that_lets_nobody_in_for_weeks_is_told(tmp_path):
    """Each round is asked to leave the server alone before a single channel had its turn."""
    towns = Follower(tmp_path, *(f"n{n}" for n in range(4)))
    towns.round()
    for _ in range(6):
        towns.hours(6)
        towns.round(send=lambda call: answer(429, headers={"retry-after": "9000"}, url=call.url))
    found = looked_at(towns)
    assert found.exit_status == 3
    assert {f.channel for f in found.needed} == {
        f"https://bsky.app/profile/n{n}.example" for n in range(4)
    }


def test_a_day_whose_quota_is_used_up_writes_no_runs_of_nothing(tmp_path):
    town = Follower(tmp_path, "town")
    town.platform = board_platform(quota=Quota(units=1))
    town.round()
    before = town.archive.reading().sources.height
    town.hours(1)
    town.round()
    assert town.archive.reading().sources.height == before
