"""What vanishes on the networks: the words go out of every file, the facts and counts stay."""

import datetime as dt

import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.folders import holding
from tests.lib.records import batch, posts, replies
from tests.lib.runs import KEY, VISITED, collected, vanished, visits
from tests.lib.sources import norwegian, put
from torg.archive import intake
from torg.collect import Batch, Run

POSTS = """
    native_id | text       | url                  | comments | published_at
    1         | Snow today | https://x.org/snow-1 | 3        | 2020-05-01 10:00
    2         | Ice today  | https://x.org/ice-2  | 4        | 2020-05-02 10:00
"""
REPLIES = """
    native_id | post_native_id | parent_native_id | author | text          | published_at
    11        | 1              |                  | Kari   | Why so late?  | 2020-05-01 11:00
    12        | 1              | 11               | Ola    | Money         | 2020-05-01 12:00
    21        | 2              |                  | Kari   | Who answers?  | 2020-05-02 11:00
    22        | 2              | 21               | Per    | Nobody ever   | 2020-05-02 12:00
"""
ALL_POSTS = {"Snow today", "Ice today"}
ALL_REPLIES = {"Why so late?", "Money", "Who answers?", "Nobody ever"}


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def told(archive, platform="facebook", id_space="comment", compacts=True):
    put(
        archive,
        batch(
            posts(POSTS, platform=platform),
            replies(REPLIES, platform=platform, id_space=id_space),
        ),
        pseudonyms=KEY,
        content=platform,
    )
    if compacts:
        archive.compact()


def said(archive):
    """The words that can be read."""
    found = {text for (text,) in rows(archive.reading(), "posts", "text")}
    return (found | {text for (text,) in rows(archive.reading(), "citizens", "text")}) - {None}


def words(archive):
    """The words that can be read, and those that lie in any file."""
    stored = {word for word in ALL_POSTS | ALL_REPLIES if holding(archive.folder, word)}
    assert said(archive) == stored
    return stored


@pytest.mark.parametrize(
    ("platform", "id_space", "notice", "gone"),
    [
        # Facebook takes the replies along with a post, and with the reply that they answer.
        ("facebook", "comment", ("post", "1", "post"), {"Snow today", "Why so late?", "Money"}),
        ("facebook", "comment", ("reply", "11", "comment"), {"Why so late?", "Money"}),
        ("facebook", "comment", ("reply", "22", "comment"), {"Nobody ever"}),
        ("facebook", "comment", ("channel", "", ""), ALL_POSTS | ALL_REPLIES),
        # On Bluesky and Mastodon a reply is its author's own, and goes by its own notice.
        ("bluesky", "post", ("post", "1", "post"), {"Snow today"}),
        ("bluesky", "post", ("reply", "11", "post"), {"Why so late?"}),
        # One numbering: a notice may not know whether it is of a post or of a reply.
        ("bluesky", "post", ("post", "11", "post"), {"Why so late?"}),
        ("mastodon", "post", ("channel", "", ""), ALL_POSTS),
    ],
)
def test_words_leave_every_file_and_the_facts_stay(archive, platform, id_space, notice, gone):
    told(archive, platform, id_space)
    before = rows(archive.reading(), "snapshots", "post_key", "comments")
    what, native_id, space = notice
    drawn = f"what | native_id | id_space\n {what} | {native_id} | {space}"
    collected(archive, vanished=vanished(drawn, platform=platform))
    # Nobody reads them any more, though they still lie in files.
    assert said(archive) == (ALL_POSTS | ALL_REPLIES) - gone
    blank = [url for (url,) in rows(archive.reading(), "posts", "url") if url is None]
    assert len(blank) == len(gone & ALL_POSTS)
    taken = archive.honour()
    assert taken.rows >= len(gone)
    assert words(archive) == (ALL_POSTS | ALL_REPLIES) - gone
    assert rows(archive.reading(), "snapshots", "post_key", "comments") == before
    assert len(rows(archive.reading(), "replies", "native_id")) == 4
    assert archive.reading().vanished()["what"].to_list() == [what]
    assert archive.check() == ()
    assert (archive.honour().rows, archive.honour().files) == (0, 0)


def test_a_later_file_does_not_bring_the_words_back_even_before_they_are_honoured(archive):
    collected(archive, vanished=vanished("native_id\n 1"))
    told(archive)
    assert words(archive) == {"Ice today", "Who answers?", "Nobody ever"}
    archive.honour()
    put(archive, batch(posts(POSTS), replies(REPLIES)), content="again", pseudonyms=KEY)
    assert words(archive) == {"Ice today", "Who answers?", "Nobody ever"}


def test_a_file_of_before_does_not_bring_a_vanished_channels_words_back(archive):
    collected(archive, vanished=vanished("what | native_id\n channel | "))
    archive.honour()
    told(archive)
    assert words(archive) == set()


def test_what_a_channel_publishes_after_it_came_back_is_kept(archive):
    collected(archive, vanished=vanished("what | native_id\n channel | "))
    archive.honour()
    drawn = "native_id | text | published_at\n 3 | Back again | 2020-06-02 10:00"
    collected(archive, posts=posts(drawn))
    archive.honour()
    assert rows(archive.reading(), "posts", "text") == [("Back again",)]


def test_a_channel_that_vanishes_twice_is_honoured_twice(archive):
    for day in (0, 5):
        at = VISITED + dt.timedelta(days=day)
        drawn = "native_id | text | published_at\n {} | Words {} | {}".format(
            day, day, f"2020-06-{1 + day:02} 10:00"
        )
        collected(archive, posts=posts(drawn))
        notice = vanished("what | native_id\n channel | ", noticed_at=at)
        collected(archive, vanished=notice)
        archive.honour()
        assert holding(archive.folder, f"Words {day}") == []


def test_a_post_that_came_by_two_ways_goes_both_ways(archive):
    text = "Snow today"
    put(archive, batch(posts(f"native_id | text | published_at\n 1 | {text} | 2020-05-01 10:00")))
    other = f"native_id | id_space | text | published_at\n x | url | {text} | 2020-05-01 10:00"
    put(archive, batch(posts(other)), content="b")
    assert len(rows(archive.reading(), "links", "reason")) == 1
    collected(archive, vanished=vanished("native_id\n 1"))
    archive.honour()
    assert holding(archive.folder, text) == []
    assert len(rows(archive.reading(), "posts", "native_id")) == 2


def test_edited_words_of_a_vanished_post_go_too(archive):
    drawn = "native_id | edited_at | text\n 1 | {} | {}"
    collected(archive, posts=posts(drawn.format("", "First words")))
    collected(archive, posts=posts(drawn.format("2020-05-01 10:00", "Second words")))
    collected(archive, vanished=vanished("native_id\n 1"))
    archive.honour()
    collected(archive, posts=posts(drawn.format("2020-05-01 11:00", "Third words")))
    assert rows(archive.reading(), "posts", "text") == [(None,)]
    for word in ("First words", "Second words", "Third words"):
        assert holding(archive.folder, word) == []


def test_who_knows_posts_and_replies_no_longer_asks_for_what_vanished(archive):
    told(archive)
    notices = vanished("what | native_id | id_space\n post | 1 | post\n reply | 21 | comment")
    collected(archive, vanished=notices)
    since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert archive.reading().known_posts(since=since)["native_id"].to_list() == ["2"]
    assert archive.reading().kept_replies()["native_id"].to_list() == ["11", "12", "22"]
    collected(archive, vanished=vanished("native_id | basis\n 1 | missing"))
    assert archive.reading().vanished()["basis"].to_list() == ["said", "said"]


LISTED = "native_id | post_native_id | author | text\n 11 | 1 | Kari | Why so late?"
LOOKED = "what | subject | outcome\n replies | 1 | ok\n replies | 2 | partial"


def test_a_known_reply_that_a_whole_list_does_not_name_is_gone_where_none_can_be_asked_for(archive):
    """Where ids name authors they are hidden, and no reply can be asked for by its id."""
    place = {"platform": "bluesky", "channel": "town"}
    further = {"about": {"ids_name_authors": True}, "visits": visits(LOOKED, **place)}
    known = replies(REPLIES, **place, id_space="post")
    collected(archive, posts=posts(POSTS, **place), replies=known, about=further["about"])
    listed = replies(LISTED, **place, id_space="post")
    done = collected(archive, replies=listed, **further)
    assert done.vanished == 1
    [notice] = archive.reading().vanished().rows(named=True)
    assert (notice["basis"], notice["what"], notice["noticed_at"]) == ("missing", "reply", VISITED)
    archive.honour()
    assert "Money" not in words(archive)
    again = collected(archive, replies=listed, **further)
    assert again.vanished == 0


def test_a_whole_list_that_is_longer_than_a_chunk_is_compared_as_one(archive, monkeypatch):
    monkeypatch.setattr(intake, "ROW_GROUP", 1)
    place = {"platform": "bluesky", "channel": "town"}
    known = [
        replies(f"native_id | post_native_id\n {number} | 1", **place, id_space="post")
        for number in range(3)
    ]
    for identity in "ab":
        run = Run(
            name="a", format="b", access="owner", exported_at=VISITED, ids_name_authors=True,
            identity=identity,
        )  # fmt: skip
        told = [*(batch(replies=one) for one in known), Batch(visits=visits(LOOKED, **place))]
        done = archive.append(run, told, pseudonyms=KEY, languages=norwegian, text_days=365)
        assert done.vanished == 0


def test_elsewhere_a_list_that_does_not_name_a_known_reply_is_no_verdict(archive):
    """A list by page is no picture of one moment: what it leaves out is asked for by id first."""
    told(archive)
    done = collected(archive, replies=replies(LISTED), visits=visits(LOOKED))
    assert done.vanished == 0
    archive.honour()
    assert "Money" in words(archive)


def test_hidden_ids_are_found_gone(archive):
    about = {"ids_name_authors": True}
    drawn = "native_id | post_native_id | text\n at://kari/1 | at://town/1 | Why so late?"
    place = {"platform": "bluesky", "channel": "town", "id_space": "post"}
    collected(archive, replies=replies(drawn, **place), about=about)
    notice = vanished("what | native_id\n reply | at://kari/1", platform="bluesky", channel="town")
    collected(archive, vanished=notice, about=about)
    archive.honour()
    assert holding(archive.folder, "Why so late?") == []
    assert holding(archive.folder, "at://kari/1") == []


def test_one_reply_is_forgotten_by_its_id_hidden_or_not(archive):
    told(archive)
    archive.forget(reply="facebook:1:12")
    assert "Money" not in words(archive)
    drawn = "native_id | post_native_id | text\n at://did:kari/1 | at://did:town/1 | Nobody ever"
    place = {"platform": "bluesky", "channel": "did:plc:town", "id_space": "post"}
    collected(archive, replies=replies(drawn, **place), about={"ids_name_authors": True})
    archive.forget(reply="bluesky:did:plc:town:at://did:kari/1", pseudonyms=KEY)
    stored = rows(archive.reading(), "citizens", "text")
    assert sorted(text for (text,) in stored) == ["Nobody ever", "Who answers?", "Why so late?"]


def test_nothing_is_honoured_where_there_is_no_archive(archive):
    assert archive.honour().rows == 0
    assert not archive.folder.exists()
