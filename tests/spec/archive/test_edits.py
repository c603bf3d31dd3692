"""The newest words count; of a reply they are the only ones that are kept."""

import datetime as dt

import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.folders import holding
from tests.lib.records import posts, replies
from tests.lib.runs import collected

POST = "native_id | edited_at | text | type | comments\n 1 | {} | {} | {} | 3"
REPLY = "native_id | post_native_id | edited_at | author | text\n 9 | 1 | {} | Kari | {}"
NINE, TEN, ELEVEN = (f"2020-05-01 {hour:02}:00" for hour in (9, 10, 11))


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


def told_posts(archive, *edits):
    for edited, text, of_type in edits:
        collected(archive, posts=posts(POST.format(edited, text, of_type)))


def told_replies(archive, *edits):
    for edited, text in edits:
        collected(archive, replies=replies(REPLY.format(edited, text)))


@pytest.mark.parametrize(
    ("edits", "text", "of_type"),
    [
        ([("", "Snow", "text"), (TEN, "Snow today", "photo")], "Snow today", "photo"),
        ([(TEN, "Snow today", "photo"), ("", "Snow", "text")], "Snow today", "photo"),
        ([(TEN, "B", "text"), (NINE, "A", "text"), (ELEVEN, "C", "text")], "C", "text"),
        ([(TEN, "B", "text"), (TEN, "again", "text")], "B", "text"),
        ([("", "Snow", "text"), (TEN, "", "text")], None, "text"),
    ],
)
def test_a_post_is_read_with_its_newest_words(archive, edits, text, of_type):
    told_posts(archive, *edits)
    assert rows(archive.reading(), "posts", "text", "type") == [(text, of_type)]
    assert archive.check() == ()


def test_the_past_is_read_with_the_words_of_then(archive):
    told_posts(archive, ("", "Snow", "text"))
    then = archive.now()
    told_posts(archive, (TEN, "Snow today", "text"))
    assert rows(archive.reading(as_of=then), "posts", "text") == [("Snow",)]


def test_two_edits_of_one_post_in_one_run_are_one_revision(archive):
    drawn = POST.format(TEN, "B", "text") + f"\n 1 | {ELEVEN} | C | text | 4"
    done = collected(archive, posts=posts(drawn))
    assert (done.posts_new, done.revised) == (1, 1)
    assert rows(archive.reading(), "posts", "text") == [("C",)]


@pytest.mark.parametrize(
    "edits",
    [
        [("", "Old words"), (TEN, "New words?")],
        [(NINE, "Old words"), (TEN, "New words?")],
        [(TEN, "New words?"), (NINE, "Older still")],
        [(TEN, "New words?"), ("", "Older still")],
    ],
)
def test_a_reply_is_read_with_its_newest_words_alone(archive, edits):
    told_replies(archive, *edits)
    assert [text for text, _ in rows(archive.reading(), "citizens", "text", "author_key")] == [
        "New words?"
    ]
    assert rows(archive.reading(), "replies", "is_question", "length") == [(True, 10)]
    archive.honour()
    assert rows(archive.reading(), "citizens", "text") == [("New words?",)]
    assert [words for words in ("Old words", "Older still") if holding(archive.folder, words)] == []
    assert archive.check() == ()


def test_older_words_of_a_reply_leave_every_file_with_the_next_honouring(archive):
    told_replies(archive, ("", "Old words"))
    archive.compact()
    told_replies(archive, (TEN, "New words"))
    assert holding(archive.folder, "Old words") != []
    assert archive.honour().rows == 1
    assert holding(archive.folder, "Old words") == []
    assert archive.honour().rows == 0
    told_replies(archive, (ELEVEN, "Newest words"))
    assert archive.honour().rows == 1
    assert rows(archive.reading(), "citizens", "text") == [("Newest words",)]


def test_a_reply_edited_twice_within_one_run_keeps_one_row(archive, monkeypatch):
    monkeypatch.setattr("torg.archive.intake.ROW_GROUP", 1)  # every batch is a chunk of its own
    from tests.lib.sources import put

    drawn = [("", "Old words"), (NINE, "New words"), (TEN, "Newest words")]
    from tests.lib.records import batch

    put(archive, *(batch(replies=replies(REPLY.format(*edit))) for edit in drawn))
    assert rows(archive.reading(), "citizens", "text") == [("Newest words",)]
    assert holding(archive.folder, "Old words") == []
    assert archive.check() == ()


def test_words_that_were_edited_away_are_gone(archive):
    told_replies(archive, ("", "Old words"), (TEN, ""))
    assert rows(archive.reading(), "citizens", "text") == [(None,)]
    archive.honour()
    assert holding(archive.folder, "Old words") == []


def test_a_file_read_anew_does_not_bring_older_words_back(archive):
    from tests.lib.records import batch
    from tests.lib.sources import put

    old = batch(replies=replies(REPLY.format("", "Old words")))
    put(archive, old, options="{}")
    told_replies(archive, (TEN, "New words"))
    archive.honour()
    put(archive, old, options='{"x": 1}')
    assert rows(archive.reading(), "citizens", "text") == [("New words",)]
    assert holding(archive.folder, "Old words") == []


def test_edits_expire_like_all_words(archive):
    told_replies(archive, ("", "Old words"), (TEN, "New words"))
    archive.now.today += dt.timedelta(days=500)
    archive.honour()
    assert rows(archive.reading(), "citizens", "text") == [(None,)]
    assert holding(archive.folder, "New words") == []
