"""Listening: commits with their cursor, outages, two at once, and ending cleanly."""

import datetime as dt
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.lib.archives import rows
from tests.lib.bluesky_fake import (
    KARI,
    OLA,
    TOWN,
    as_jetstream,
    as_refused,
    as_repos,
    later,
    uri,
    written,
)
from tests.lib.visits import START, Time
from torg.archive import Archive, Pseudonyms
from torg.collect.platforms.bluesky import JETSTREAM, REPOS
from torg.collect.transport import Door
from torg.follow import Keeping, Listener, Rhythm, Stop, Stream

SERVER = "wss://stream.example"
POST = uri(TOWN, "p0")
KEY = Pseudonyms(bytes(range(32)))


def no_answer(_call):
    raise OSError("nobody is asked here")


class Server:
    """A stream that remembers: frames by their cursor, and for each connection what it gives.

    A script is a list: a number of frames to give, "cut", "quiet" (time passes), "stop".
    """

    def __init__(self, frames, wire=JETSTREAM):
        self.frames, self.wire = list(frames), wire
        self.time, self.stop = Time(at=later(600)), Stop()
        self.cursors = []
        self.scripts = []

    @contextmanager
    def connect(self, url, _headers, _quiet):
        cursor = parse_qs(urlsplit(url).query).get("cursor", [None])[0]
        self.cursors.append(cursor)
        if not self.scripts:
            self.stop.now()
            raise OSError("the script is over")
        yield self.told(cursor, self.scripts.pop(0))

    def told(self, cursor, script):
        waiting = [
            frame
            for frame in self.frames
            if cursor is None or int(self.wire.cursor(frame) or 0) >= int(cursor)
        ]
        for step in script:
            if isinstance(step, int):
                yield from waiting[:step]
                waiting = waiting[step:]
            elif step == "quiet":
                self.time.wait(400)
                yield None
            elif step == "stop":
                self.stop.now()
                yield None
            else:
                raise ConnectionError(step)

    def listen(self, folder, *scripts, told=None, rhythm=None, channels=(TOWN,)):
        self.scripts = list(scripts)
        self.stop = Stop()
        archive = Archive(folder / "archive", now=lambda: self.time.at)
        Listener(
            archive=archive,
            stream=Stream(self.wire, SERVER),
            keeping=Keeping(KEY, lambda *_: ("nb",), 90, lambda: frozenset(channels)),
            door=Door(send=no_answer, connect=self.connect, clock=self.time.clock),
            stop=self.stop,
            told=told or (lambda _heard: None),
            rhythm=rhythm or Rhythm(),
        ).run()
        return archive


def posts(count, first=0, make=as_jetstream):
    return [
        make("create", TOWN, f"p{n}", written(f"post {n}"), at=later(n))
        for n in range(first, first + count)
    ]


def keys(archive):
    return [key.rpartition("/")[2] for (key,) in rows(archive.reading(), "posts", "native_id")]


def test_what_is_heard_is_in_the_archive_when_listening_ends(tmp_path):
    archive = Server(posts(3)).listen(tmp_path, [3, "stop"])
    assert keys(archive) == ["p0", "p1", "p2"]
    assert rows(archive.reading(), "posts", "text", "published_at")[0] == (
        "post 0",
        dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC),
    )


def test_the_next_listener_goes_on_from_the_cursor_that_was_committed(tmp_path):
    server = Server(posts(5))
    server.listen(tmp_path, [3, "stop"])
    archive = server.listen(tmp_path, [9, "stop"])
    third = str(int(later(2).timestamp() * 1_000_000))
    assert server.cursors == [None, third]
    assert keys(archive) == ["p0", "p1", "p2", "p3", "p4"]


def test_a_cut_connection_is_made_anew_from_the_last_frame_that_was_heard(tmp_path):
    server = Server(posts(6))
    archive = server.listen(tmp_path, [2, "cut"], ["cut"], ["cut"], [3, "cut"], [9, "stop"])
    heard = [cursor and int(cursor) - int(later(0).timestamp() * 1e6) for cursor in server.cursors]
    minute = 60_000_000
    assert heard == [None, minute, minute, minute, 3 * minute]
    assert keys(archive) == [f"p{n}" for n in range(6)]


def test_waits_between_attempts_grow(tmp_path):
    server = Server(posts(1))
    server.listen(tmp_path, *[["cut"]] * 8)
    waits = [4, 16, 60, 60, 60, 60, 60, 60]  # seconds, of each of which chance takes up to half
    assert sum(waits) / 2 <= sum(server.time.waited) <= sum(waits)
    assert max(server.time.waited) <= 0.5  # so that a signal is heard at once


def test_records_are_committed_while_listening_goes_on(tmp_path):
    heard = []
    server = Server(posts(4))
    server.listen(tmp_path, [2, "quiet", 2, "quiet", "quiet", "stop"], told=heard.append)
    assert [(one.frames, one.posts_new) for one in heard] == [(2, 2), (2, 2)]
    assert heard[-1].mark == str(int(later(3).timestamp() * 1_000_000))


def test_a_stream_that_tells_nothing_of_us_moves_the_cursor_now_and_then(tmp_path):
    heard = []
    others = [as_jetstream("create", OLA, f"x{n}", written("hei"), at=later(n)) for n in range(3)]
    server = Server(others)
    archive = server.listen(
        tmp_path, [2, "quiet", "quiet", 1, *["quiet"] * 3, "stop"], told=heard.append
    )
    assert [(one.frames, one.posts_new) for one in heard] == [(3, 0)]
    assert archive.reading().mark("bluesky jetstream", "bluesky stream.example") == str(
        int(later(2).timestamp() * 1_000_000)
    )


def test_a_replayed_stream_changes_nothing(tmp_path):
    frames = [
        *posts(2),
        as_jetstream("create", OLA, "r", written("Når?", under=POST), at=later(3)),
        as_jetstream("update", TOWN, "p1", written("post 1, rettet"), at=later(4)),
        as_jetstream("delete", TOWN, "p0", None, at=later(5)),
    ]

    def state(archive):
        reading = archive.reading()
        return (
            rows(reading, "posts", "native_id", "text"),
            rows(reading, "replies", "native_id", "parent_key", "is_owner"),
            rows(reading, "citizens", "author_key", "text"),
            reading.vanished()
            .select("native_id", "what", "basis")
            .unique()
            .sort("native_id")
            .rows(),
        )

    once = state(Server(frames).listen(tmp_path / "once", [9, "stop"]))
    server = Server(frames)
    server.listen(tmp_path / "twice", [5, "cut"], [5, "cut"], ["stop"])
    server.listen(tmp_path / "twice", [4, "stop"])
    assert state(Server(frames).listen(tmp_path / "twice", [9, "stop"])) == once
    assert once[0] == [(uri(TOWN, "p0"), None), (uri(TOWN, "p1"), "post 1, rettet")]


def test_a_kill_between_two_commits_loses_nothing(tmp_path):
    class Killed(BaseException):
        pass

    def killed(heard):
        if heard.frames == 3:
            raise Killed

    server = Server(posts(7))
    with pytest.raises(Killed):
        server.listen(tmp_path, [2, "quiet", 3, "quiet", 1, "quiet"], told=killed)
    archive = server.listen(tmp_path, [9, "stop"])
    assert keys(archive) == [f"p{n}" for n in range(7)]


def test_a_kill_before_the_commit_is_told_again(tmp_path):
    class Killed(BaseException):
        pass

    class Torn(Server):
        def told(self, cursor, script):
            yield from super().told(cursor, [2])
            raise Killed

    with pytest.raises(Killed):
        Torn(posts(3)).listen(tmp_path, ["x"])
    assert keys(Server(posts(3)).listen(tmp_path, [3, "stop"])) == ["p0", "p1", "p2"]


def test_two_listeners_keep_everything_once(tmp_path):
    """The second begins while the first has heard and not committed."""
    frames = [*posts(3), as_jetstream("create", OLA, "r", written("Når?", under=POST), at=later(4))]
    second = Server(frames)

    class First(Server):
        def told(self, cursor, script):
            yield from super().told(cursor, [4])
            second.listen(tmp_path, [4, "stop"])
            yield from super().told(cursor, ["stop"])

    archive = First(frames).listen(tmp_path, ["x"])
    assert keys(archive) == ["p0", "p1", "p2"]
    assert len(rows(archive.reading(), "replies", "native_id")) == 1
    assert archive.check() == ()


def test_a_reply_that_its_author_takes_back_loses_words_and_key(tmp_path):
    server = Server(
        [
            *posts(1),
            as_jetstream("create", OLA, "r", written("Når?", under=POST), at=later(2)),
            as_jetstream("create", KARI, "s", written("Hvor?", under=POST), at=later(3)),
        ]
    )
    server.listen(tmp_path, [9, "stop"])
    server.frames.append(as_jetstream("delete", OLA, "r", None, at=later(4)))
    server.frames.append(as_jetstream("delete", OLA, "not ours", None, at=later(5)))
    archive = server.listen(tmp_path, [9, "stop"])
    assert [
        text for _, text in rows(archive.reading(), "citizens", "author_key", "text") if text
    ] == ["Hvor?"]
    assert len(rows(archive.reading(), "replies", "native_id")) == 2
    assert archive.reading().vanished()["what"].to_list() == ["reply"]


@pytest.mark.parametrize("at_once", [True, False])
def test_who_closes_an_account_takes_words_and_key_along(tmp_path, at_once):
    """Both where the replies were committed before, and where they were not."""
    server = Server(
        [
            *posts(1),
            as_jetstream("create", OLA, "r", written("Når?", under=POST), at=later(2)),
            as_jetstream("create", KARI, "s", written("Hvor?", under=POST), at=later(3)),
            as_jetstream("account", OLA, None, "deleted", at=later(4)),
        ]
    )
    scripts = [[9, "stop"]] if at_once else [[3, "stop"], [9, "stop"]]
    for script in scripts:
        archive = server.listen(tmp_path, script)
    kept = rows(archive.reading(), "citizens", "author_key", "text")
    assert [row for row in kept if any(row)] == [(KEY.author_key(KARI), "Hvor?")]
    assert len(rows(archive.reading(), "replies", "native_id")) == 2


def test_no_file_of_the_archive_names_who_replied(tmp_path):
    server = Server(
        [*posts(1), as_jetstream("create", OLA, "r", written("Når?", under=POST), at=later(2))]
    )
    archive = server.listen(tmp_path, [9, "stop"])
    assert len(rows(archive.reading(), "replies", "native_id")) == 1
    named = [p for p in tmp_path.rglob("*") if p.is_file() and OLA.encode() in _plain(p)]
    assert named == []


def _plain(path):
    import pyarrow.parquet as pq

    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict()).encode()
    return path.read_bytes()


def test_a_new_handle_is_noted_and_the_channel_stays_the_same(tmp_path):
    server = Server([*posts(1), as_jetstream("handle", TOWN, None, "new.example", at=later(2))])
    visits = server.listen(tmp_path, [9, "stop"]).reading().visits()
    assert visits.select("channel", "what", "handle").rows() == [(TOWN, "stream", "new.example")]


def test_a_cursor_of_another_server_is_given_up(tmp_path):
    Server(posts(3, make=as_repos), REPOS).listen(tmp_path, [3, "stop"])

    class Anew(Server):
        def told(self, cursor, script):
            if cursor is not None:
                yield as_refused("FutureCursor")
            else:
                yield from super().told(cursor, script)

    anew = Anew(posts(2, first=7, make=as_repos), REPOS)
    archive = anew.listen(tmp_path, [9], [9, "stop"])
    assert [cursor is None for cursor in anew.cursors] == [False, True]
    assert keys(archive) == ["p0", "p1", "p2", "p7", "p8"]


def test_a_silent_stream_ends_when_it_is_told_to(tmp_path):
    server = Server([])
    archive = server.listen(tmp_path, ["quiet", "stop"])
    assert archive.reading().sources.height == 0
    assert server.time.at > START
