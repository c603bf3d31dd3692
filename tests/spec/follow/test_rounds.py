"""What a round does: a small network, a register, and what the archive holds afterwards.

Every test begins at noon on 2 March 2026, with the channels did:<name>, called <name>.example.
"""

import datetime as dt
from dataclasses import replace

import filelock
import pytest

from tests.lib.clocks import START
from tests.lib.doors import answer
from tests.lib.following import Follower
from tests.lib.platforms import board_platform
from torg.collect.transport import Quota
from torg.errors import ArchiveError, StudyError
from torg.follow import Stop, collect_forever, collect_round, quota_used
from torg.register import read_register
from torg.study import read_study
from torg.tokens import Secret


def only(done):
    [platform] = done.platforms
    return platform


def hours_after(moments):
    return sorted(round((moment - START).total_seconds() / 3600) for (moment,) in moments)


def test_one_round_brings_followers_posts_and_the_replies_to_them(tmp_path):
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.board.reply("a", "r")
    done = only(town.round())
    assert (done.channels, done.tasks, done.done, done.failed, done.left_over) == (1, 3, 3, 0, 0)
    assert (done.posts_new, done.snapshots_new, done.replies_new) == (1, 1, 1)
    assert town.rows("posts", "channel", "native_id") == [("did:town", "a")]
    assert town.rows("audience", "channel", "followers") == [("did:town", 100)]
    assert town.rows("replies", "native_id", "is_owner") == [("r", False)]


def test_the_same_moment_has_nothing_more_to_ask(tmp_path):
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.round()
    asked = len(town.board.calls)
    assert only(town.round()).tasks == 0
    assert len(town.board.calls) == asked


def test_a_round_with_nothing_to_do_says_when_the_next_look_is(tmp_path):
    """Posts are looked for every six hours, a twentieth early; what failed, in a quarter of one."""
    towns = Follower(tmp_path, "a", "b")
    assert towns.round().next_look is None
    idle = towns.round()
    assert not idle.had_tasks
    assert abs(idle.next_look - START - dt.timedelta(hours=6 * 0.95)) < dt.timedelta(seconds=1)
    towns.hours(6)
    towns.round(send=failing(towns.board, when=lambda url: "did:b" in url))
    again = towns.round().next_look
    assert again - towns.hands.now() <= dt.timedelta(minutes=15)


def test_counts_are_read_at_a_day_a_week_and_a_month(tmp_path):
    """Besides what the looks at new posts show, which go back for a day."""
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    at = 0
    for hour in (0, 12, 24, 30, 160, 168, 200, 700, 720, 900):
        town.hours(hour - at)
        at = hour
        town.round()
    assert hours_after(town.rows("snapshots", "read_at")) == [0, 12, 24, 168, 720]


def test_what_was_missed_is_read_late_at_its_real_age(tmp_path):
    """The machine was off from the first hour to the tenth day."""
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.round()
    town.hours(240)
    town.board.posts["did:town"][0]["reactions"] = 9
    town.round()
    assert hours_after(town.rows("snapshots", "read_at")) == [0, 240]
    assert town.rows("snapshots", "reactions") == [(1,), (9,)]


def test_what_is_deleted_is_noticed_within_a_day(tmp_path):
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.board.reply("a", "r")
    for _ in range(2):
        town.round()
        town.hours(12)
    assert town.archive.reading().vanished().is_empty()
    town.board.delete("r")
    for _ in range(3):
        town.hours(8)
        town.round()
    gone = town.archive.reading().vanished()
    assert gone.select("native_id", "what", "basis").rows() == [("r", "reply", "missing")]
    assert town.rows("citizens", "text") == []


def test_a_handle_is_learned_and_written_into_the_register(tmp_path):
    town = Follower(tmp_path, "town", has_ids=False)
    town.board.post("did:town", "a")
    done = town.round()
    assert [(one.handle, one.channel) for one in done.learned] == [("town.example", "did:town")]
    assert [c.platform_id for c in read_register(town.study.register_folder).channels] == [
        "did:town"
    ]
    # Already in the first round the posts came under the id.
    assert town.rows("posts", "channel") == [("did:town",)]
    assert town.round().learned == ()


def test_a_register_with_notes_is_left_alone_and_nothing_is_lost(tmp_path):
    town = Follower(tmp_path, "town", has_ids=False)
    path = town.study.register_folder / "channels.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    with_notes = [f"{line},{'note' if n == 0 else 'ask Kari'}" for n, line in enumerate(lines)]
    path.write_text("\n".join(with_notes) + "\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    done = town.round()
    assert done.not_learned
    assert path.read_text(encoding="utf-8") == before
    town.hours(7)
    town.board.post("did:town", "a")
    town.round()
    assert town.rows("posts", "channel") == [("did:town",)]


def test_a_renamed_channel_stays_the_same_channel(tmp_path):
    town = Follower(tmp_path, "town")
    town.round()
    town.board.handles["did:town"] = "by.example"
    town.board.post("did:town", "a")
    town.hours(24)
    town.round()
    assert town.rows("posts", "channel") == [("did:town",)]
    visits = town.archive.reading().visits()
    assert visits.filter(what="profile")["handle"].to_list() == ["by.example"]


# -- what goes wrong --


def failing(board, *, when):
    """The board, but for calls whose path `when` says; those get 500."""
    return lambda call: answer(500, url=call.url) if when(call.url) else board(call)


def test_one_that_fails_stops_no_other(tmp_path):
    towns = Follower(tmp_path, "a", "b", "c")
    for name in "abc":
        towns.board.post(f"did:{name}", f"post-{name}")
    done = only(towns.round(send=failing(towns.board, when=lambda url: "did:b" in url)))
    assert [channel for (channel,) in towns.rows("posts", "channel")] == ["did:a", "did:c"]
    assert done.failed == 2  # of b its profile and, in the second pass, its posts
    assert done.why == (
        "board.example/channels/did:b answered 500.",
        "board.example/channels/did:b/posts answered 500.",
    )
    # It rests for a quarter of an hour, then for an hour, and so on.
    asked = len(towns.board.calls)
    assert only(towns.round()).tasks == 0
    towns.hours(0.25)
    towns.round()
    assert towns.board.calls[asked:] == ["/channels/did:b", "/channels/did:b/posts"]


def test_a_server_that_is_down_is_not_asked_by_everybody(tmp_path):
    names = [f"n{n}" for n in range(30)]
    towns = Follower(tmp_path, *names)
    calls = []

    def down(call):
        calls.append(call)
        raise ConnectionError

    done = only(towns.round(send=down))
    assert done.tasks == 60
    assert done.failed < 10
    assert done.left_over == done.tasks - done.failed
    assert len(calls) == 4 * done.failed


def turning_away(board, *, when, **headers):
    """The board, but calls whose path `when` says get 429, with these headers."""
    return lambda call: (
        answer(429, headers=headers, url=call.url) if when(call.url) else board(call)
    )


@pytest.mark.parametrize("headers", [{}, {"retry-after": "7200"}])
def test_one_that_is_asked_too_often_keeps_nobody_from_being_asked(tmp_path, headers):
    """A single account is limited for good; the wait that it asks for shuts the whole server."""
    names = [f"n{n:02}" for n in range(12)]
    towns = Follower(tmp_path, *names)
    limited = turning_away(towns.board, when=lambda url: "did:n00" in url, **headers)
    for _ in range(12):
        done = only(towns.round(send=limited))
        towns.hours(6)
    assert done.left_over <= 2  # of the one
    seen = towns.archive.reading().visits().filter(outcome="ok", what="profile")
    assert sorted(seen["channel"]) == [f"did:{name}" for name in names[1:]]
    [failed] = towns.archive.reading().visits().filter(channel="did:n00", what="profile").rows()
    assert "asked too often" in str(failed)


def test_a_server_that_turns_everybody_away_is_left_alone_after_a_few(tmp_path):
    towns = Follower(tmp_path, *(f"n{n}" for n in range(30)))
    done = only(towns.round(send=turning_away(towns.board, when=lambda _url: True)))
    assert 3 <= done.failed < 6
    assert done.left_over == done.tasks - done.failed
    # Those who had no turn come first in the next round, whoever was turned away before.
    towns.hours(1)
    asked = len(towns.board.calls)
    towns.round()
    first = towns.board.calls[asked : asked + 2 * (30 - done.failed)]
    turned_away = {"n0", "n1", "n10", "n11", "n12"}
    assert {path.split("/")[2].removeprefix("did:") for path in first} >= (
        {f"n{n}" for n in range(30)} - turned_away
    )


def test_what_came_before_a_failure_is_kept_and_asked_for_again(tmp_path):
    """Of seven posts the second page does not come; the next round goes back to the first."""
    town = Follower(tmp_path, "town")
    for n in range(7):
        town.board.post("did:town", f"p{n}")
    done = only(town.round(send=failing(town.board, when=lambda url: "from=3" in url)))
    assert (done.posts_new, done.failed) == (3, 1)
    town.hours(1)
    done = only(town.round())
    assert (done.posts_new, done.failed) == (4, 0)
    assert len(town.rows("posts", "native_id")) == 7


def test_an_answer_of_no_known_kind_is_noted_and_says_nothing_of_its_content(tmp_path):
    town = Follower(tmp_path, "town")

    def odd(call):
        return answer(body=b'{"id": "did:town", "secret": "Kari"}', url=call.url)

    done = only(town.round(send=odd))
    assert (done.failed, done.left_over) == (1, 1)
    assert "please tell Torg's authors" in done.why[0]
    assert "Kari" not in str(done)
    details = town.archive.reading().visits()["detail"].to_list()
    assert all("KeyError" in detail for detail in details)


def test_a_budget_that_is_used_up_leaves_the_rest_for_the_next_round(tmp_path):
    """Two units a day and three channels: those who waited longest come first on the next day."""
    towns = Follower(tmp_path, "a", "b", "c")
    platform = board_platform(quota=Quota(units=2))
    towns.platform = board_platform(
        quota=Quota(units=2), visits={"profile": platform.visits["profile"]}
    )
    done = only(towns.round())
    assert (done.done, done.failed, done.left_over) == (2, 0, 1)
    assert "quota of 2 units" in done.why[0]
    used = quota_used(towns.archive.reading(), towns.platform)
    assert (used.day, used.units) == (dt.date(2026, 3, 2), 2)
    # Another process, later that day: nothing is left.
    towns.hours(6)
    assert only(towns.round()).done == 0
    assert towns.board.calls == ["/channels/did:a", "/channels/did:b"]
    towns.hours(18)
    towns.round()
    assert towns.board.calls[2] == "/channels/did:c"


def test_without_a_contact_nobody_is_asked(tmp_path):
    town = Follower(tmp_path, "town")
    path = town.study.folder / "study.toml"
    path.write_text(path.read_text().replace("\ncontact = ", "\n# contact = "), encoding="utf-8")
    town.study = read_study(town.study.folder)
    with pytest.raises(StudyError, match=r'add contact = "\.\.\."'):
        town.round()
    assert town.board.calls == []


def test_a_token_that_lacks_is_said_once_and_not_asked_without(tmp_path):
    town = Follower(tmp_path, "town")
    town.platform = board_platform(needs_token="channel")  # noqa: S106 -- no password
    town.board.post("did:town", "a")
    done = only(town.round())
    assert town.board.calls == []
    assert done.why == (
        "Board wants the channel's own token, which is not there: type torg connect bluesky.",
    )
    outcomes = town.archive.reading().visits()["outcome"].unique().to_list()
    assert outcomes == ["refused"]
    assert only(town.round()).tasks == 0


def test_a_channel_without_a_token_of_its_own_is_asked_by_whoever_stands_in(tmp_path):
    towns = Follower(tmp_path, "a", "b")
    asked = []

    def noted(tier):
        return lambda followed: asked.append((tier, followed.channel)) or "board.example"

    own = {"a": Secret("x")}
    other = replace(board_platform(access="public_page"), server=noted("public_page"))
    towns.platform = replace(
        board_platform(access="owner"),
        needs_token="channel",  # noqa: S106 -- no password
        otherwise=other,
        server=noted("owner"),
    )
    ways = towns.ways(tokens=lambda _platform, channel: own.get(channel.removeprefix("did:")))
    towns.round(ways=ways)
    assert set(asked) == {("owner", "did:a"), ("public_page", "did:b")}
    tiers = towns.archive.reading().sources["access"].unique().sort().to_list()
    assert tiers == ["owner", "public_page"]


def test_a_platform_that_wants_the_studys_token_is_shown_no_channels(tmp_path):
    town, asked = Follower(tmp_path, "town"), []
    town.platform = board_platform(needs_token="study")  # noqa: S106 -- no password
    ways = town.ways(tokens=lambda *whose: asked.append(whose) or Secret("x"))
    assert only(town.round(ways=ways)).done == 2
    assert set(asked) == {("bluesky", None)}


def test_where_ids_name_people_they_are_hidden_and_without_the_key_not_asked_for(
    tmp_path, monkeypatch
):
    town = Follower(tmp_path, "town")
    town.platform = board_platform(ids_name_authors=True)
    town.board.post("did:town", "a")
    town.board.reply("a", "at://did:citizen/r")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert only(town.round()).why[0].startswith("There is no author key")
    assert town.rows("replies", "native_id") == []
    assert only(town.round()).replies_new == 1
    [(hidden,)] = town.rows("replies", "native_id")
    assert hidden.startswith("h:")
    assert "citizen" not in hidden


# -- one at a time, and to an end --


def test_two_rounds_at_once_are_one(tmp_path):
    town = Follower(tmp_path, "town")
    town.study.archive.mkdir(parents=True)
    with (
        filelock.FileLock(town.study.archive / "collecting.lock"),
        pytest.raises(ArchiveError, match="Another round of collecting is under way"),
    ):
        town.round()
    assert town.board.calls == []
    assert only(town.round()).done == 2


def test_who_is_stopped_keeps_what_is_in_hand(tmp_path):
    names = [f"n{n:02}" for n in range(30)]
    towns, stop = Follower(tmp_path, *names), Stop()

    def send(call):
        if len(towns.board.calls) >= 9:
            stop.now()
        return towns.board(call)

    done = towns.round(send=send, stop=stop)
    assert done.is_stopped
    platform = only(done)
    assert 9 <= platform.done < 60
    assert towns.archive.reading().visits().height == platform.done
    again = only(towns.round())
    assert again.done + platform.done == 60


def test_round_after_round_until_somebody_says_stop(tmp_path):
    town, stop, told = Follower(tmp_path, "town"), Stop(), []

    def tell(done):
        told.append(only(done))
        town.board.post("did:town", f"p{len(told)}")
        if len(told) == 8:
            stop.now()

    collect_forever(
        town.study,
        told=tell,
        failed=told.append,
        stop=stop,
        platforms={"bluesky": town.platform},
        ways=town.ways(),
        rest=3600,
    )
    # Posts are looked for every six hours: at the first round and at the seventh.
    assert [done.posts_new for done in told] == [0, 0, 0, 0, 0, 0, 6, 0]
    assert round(town.hands.elapsed) == 7 * 3600


def test_a_round_that_cannot_be_made_is_made_later(tmp_path):
    """Somebody is editing the register as the first one begins."""
    town, stop, told = Follower(tmp_path, "town"), Stop(), []
    channels = town.study.register_folder / "channels.csv"
    whole = channels.read_text(encoding="utf-8")
    channels.write_text(whole.splitlines()[1], encoding="utf-8")

    def mend(reason):
        told.append(reason)
        channels.write_text(whole, encoding="utf-8")

    def tell(done):
        told.append(only(done).done)
        stop.now()

    collect_forever(
        town.study,
        told=tell,
        failed=mend,
        stop=stop,
        platforms={"bluesky": town.platform},
        ways=town.ways(),
    )
    assert "channels.csv" in told[0]
    assert told[1:] == [2]


def test_a_platform_that_is_not_there_is_said_with_those_that_are(tmp_path):
    town = Follower(tmp_path, "town")
    with pytest.raises(StudyError, match="called 'x': there are bluesky"):
        town.round(only=("x",))


def test_a_clock_set_back_asks_once_more_and_then_as_ever(tmp_path):
    """It was a month ahead for one round."""
    town = Follower(tmp_path, "town")
    town.board.post("did:town", "a")
    town.hands.shift = dt.timedelta(days=30)
    town.round()
    town.hands.shift = dt.timedelta(0)
    assert only(town.round()).tasks > 0
    assert only(town.round()).tasks == 0
    town.hours(6)
    assert only(town.round()).tasks > 0


def test_servers_of_ones_own_are_asked_instead(tmp_path):
    town = Follower(tmp_path, "town")
    urls = []

    def send(call):
        urls.append(call.url)
        return town.board(call)

    town.platform = board_platform(elsewhere=board_platform)
    path = town.study.folder / "study.toml"
    text = path.read_text(encoding="utf-8").replace(
        "\n[follow]", '\n[follow]\nservers = { bluesky = "https://own.example" }\n#'
    )
    path.write_text(text, encoding="utf-8")
    town.study = read_study(town.study.folder)
    town.round(send=send)
    assert {url.startswith("https://own.example/") for url in urls} == {True}
    town.platform = board_platform()
    with pytest.raises(StudyError, match="has the one server only"):
        town.round()


def test_the_front_door_needs_nothing_but_a_study(tmp_path):
    """Without platforms of ones own it is those that the register has; none here is followed."""
    town = Follower(tmp_path)
    done = collect_round(town.study)
    assert {platform.tasks for platform in done.platforms} <= {0}
