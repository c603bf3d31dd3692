"""Listening for a study: what it needs, and the stream that the study names."""

import pytest

from tests.lib.archives import rows
from tests.lib.bluesky_fake import TOWN, as_jetstream, as_repos, later, written
from tests.lib.following import following
from tests.unit.bluesky.test_listening import Server, no_answer
from torg.archive import Archive
from torg.collect.platforms.bluesky import REPOS
from torg.errors import LackingPart, StudyError
from torg.follow import Stop, Ways, listen
from torg.study import read_study


def heard(study, server, *scripts):
    """What listening for the study puts into its archive."""
    server.scripts, server.stop = list(scripts), Stop()
    ways = Ways(send=no_answer, connect=server.connect, clock=server.time.clock)
    listen(study, stop=server.stop, ways=ways)
    return Archive(study.archive).reading()


def with_follow(study, text):
    path = study.folder / "study.toml"
    settings = path.read_text("utf-8").replace("[follow]", f"[follow]\n{text}")
    path.write_text(settings, encoding="utf-8")
    return read_study(study.folder)


def test_a_study_hears_its_own_channels_and_goes_on_next_time(tmp_path):
    study = following(tmp_path, {"town.example": TOWN})
    frames = [
        as_jetstream("create", TOWN, f"p{n}", written(f"post {n}"), at=later(n)) for n in range(4)
    ]
    server = Server(frames)
    heard(study, server, [2, "stop"])
    reading = heard(study, server, [9, "stop"])
    assert [text for (text,) in rows(reading, "posts", "text")] == [f"post {n}" for n in range(4)]
    assert [cursor is None for cursor in server.cursors] == [True, False]
    assert reading.sources["name"].to_list() == ["bluesky jetstream2.us-east.bsky.network"] * 2


def test_a_study_may_name_another_stream(tmp_path):
    told = 'stream = "repos"\nstream_server = "wss://relay.example"'
    study = with_follow(following(tmp_path, {"town.example": TOWN}), told)
    server = Server([as_repos("create", TOWN, "p", written("hei"), at=later(1))], REPOS)
    reading = heard(study, server, [1, "stop"])
    assert reading.sources.select("format", "name").rows() == [
        ("bluesky repos", "bluesky relay.example")
    ]


def test_a_study_without_known_channels_is_told_to_collect_first(tmp_path):
    study = following(tmp_path, {"town.example": None})
    with pytest.raises(StudyError, match="torg collect"):
        heard(study, Server([]), ["stop"])


def test_without_the_author_key_nothing_is_heard(tmp_path, monkeypatch):
    study = following(tmp_path, {"town.example": TOWN})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    with pytest.raises(LackingPart, match="author key"):
        heard(study, Server([]), ["stop"])
