"""After forgetting, every file of the folder is decoded, and what was forgotten is nowhere."""

import datetime as dt

import ibis
import pyarrow.parquet as pq
import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.folders import everything_in, holding
from tests.lib.records import batch, posts, replies
from tests.lib.sources import put
from torg.archive import Pseudonyms
from torg.errors import ArchiveError, LackingPart

PSEUDONYMS = Pseudonyms(bytes(range(32)))
NAME = "Kari Grødaas"
WORDS = "Hvorfor er brøytebilen alltid sen?"
UNDER_ANOTHER = "Enda en ting om brøytebilen."
POST_TEXT = "Kari Grødaas har fått prisen for årets nabo."
ADDRESS = "https://example.org/kari-grodaas-har-fatt-prisen"

TOLD = batch(
    posts(f"native_id | text | url\n 1 | {POST_TEXT} | {ADDRESS}\n 2 | Snø i dag | "),
    replies(f"""
        native_id | post_native_id | author   | text                | is_owner
        11        | 1              | {NAME}   | {WORDS}             | false
        12        | 1              | Per Lien | Enig med deg        | false
        13        | 2              | {NAME}   | {UNDER_ANOTHER}     | false
        14        | 2              | N/A      | Ingen vet hvem      | false
        15        | 2              | Kommunen | Vi ser på det       | true
    """),
)


@pytest.fixture
def archive(tmp_path):
    """An archive with all that could keep a word: two readings of a file, compacted, a dead run."""
    archive = archive_in(tmp_path)
    put(archive, TOLD, content="a", options="{}", pseudonyms=PSEUDONYMS, text_days=9000)
    put(archive, TOLD, content="a", options='{"x": 1}', pseudonyms=PSEUDONYMS, text_days=9000)
    put(archive, batch(posts("native_id\n 3")), content="b")
    archive.compact()
    with pytest.raises(OSError, match="pulled"):
        put(archive, TOLD, pulled(), content="c", pseudonyms=PSEUDONYMS)
    citizens = sorted((archive.folder / "citizens").glob("*.parquet"))
    stray = archive.folder / "citizens" / f"{'0' * 32}-citizens.parquet"
    stray.write_bytes(citizens[0].read_bytes())
    return archive


def pulled():
    class Pulled:
        rows_read = 0

        def __getattr__(self, name):
            raise OSError("the disk with the export was pulled")

    return Pulled()


def test_what_is_looked_for_is_found_before(archive):
    for word in (WORDS, UNDER_ANOTHER, POST_TEXT, ADDRESS, PSEUDONYMS.author_key(NAME)):
        assert holding(archive.folder, word), word


def test_the_log_never_holds_a_text_a_name_or_an_author_key(archive):
    for path, content in everything_in(archive.folder):
        if "_delta_log" in path.parts:
            for word in (WORDS, UNDER_ANOTHER, POST_TEXT, PSEUDONYMS.author_key(NAME)):
                assert word.encode() not in content
    text = pq.ParquetFile(next((archive.folder / "citizens").glob("*.parquet")))
    columns = [text.metadata.row_group(0).column(at) for at in range(text.metadata.num_columns)]
    assert [column.path_in_schema for column in columns if column.statistics] == []


def test_names_never_reach_the_disk(archive):
    assert holding(archive.folder, "Per Lien") == []
    assert holding(archive.folder, "Kommunen") == []


def test_an_author_is_forgotten(archive):
    done = archive.forget(author=NAME, pseudonyms=PSEUDONYMS)
    assert done.rows == 4  # two replies, in the file as it was read first and as it was read last
    for word in (WORDS, UNDER_ANOTHER, PSEUDONYMS.author_key(NAME)):
        assert holding(archive.folder, word) == []
    reading = archive.reading()
    assert len(rows(reading, "replies", "native_id")) == 5
    kept = {text for (text,) in rows(reading, "citizens", "text")}
    assert kept == {"Enig med deg", "Ingen vet hvem", "Vi ser på det"}
    assert archive.check() == ()


def test_a_post_is_forgotten_with_all_that_was_written_under_it(archive):
    archive.forget(post="facebook:1:1")
    for word in (WORDS, "Enig med deg", POST_TEXT, ADDRESS, PSEUDONYMS.author_key("Per Lien")):
        assert holding(archive.folder, word) == [], word
    reading = archive.reading()
    posts_left = rows(reading, "posts", "native_id", "text")
    assert posts_left == [("1", None), ("2", "Snø i dag"), ("3", None)]
    assert len(rows(reading, "snapshots", "post_key")) == 3
    assert len(rows(reading, "replies", "native_id")) == 5
    assert archive.check() == ()


def test_a_post_that_came_by_two_ways_is_forgotten_by_both(archive):
    other = posts(
        f"native_id | text | published_at\n a | {POST_TEXT} | 2020-01-01 10:00", id_space="pfbid"
    )
    first = posts(f"native_id | text | published_at\n 9 | {POST_TEXT} | 2020-01-01 10:00")
    put(archive, batch(first), content="first")
    put(archive, batch(other), content="other")
    archive.forget(post="facebook:1:9")
    archive.forget(post="facebook:1:1")
    assert holding(archive.folder, POST_TEXT) == []


def test_what_was_forgotten_stays_so_when_the_file_comes_again(archive):
    archive.forget(author=NAME, pseudonyms=PSEUDONYMS)
    put(archive, TOLD, content="a", options='{"x": 2}', pseudonyms=PSEUDONYMS)
    put(archive, TOLD, content="a copy with one more byte", pseudonyms=PSEUDONYMS)
    assert holding(archive.folder, WORDS) == []
    assert holding(archive.folder, PSEUDONYMS.author_key(NAME)) == []


def test_the_only_citizen_of_a_file_stays_forgotten(tmp_path):
    archive = archive_in(tmp_path)
    alone = batch(
        replies=replies(f"native_id | post_native_id | author | text\n 11 | 1 | {NAME} | {WORDS}")
    )
    put(archive, alone, options="{}", pseudonyms=PSEUDONYMS)
    archive.forget(author=NAME, pseudonyms=PSEUDONYMS)
    for again in (1, 2):
        put(archive, alone, options=f'{{"x": {again}}}', pseudonyms=PSEUDONYMS)
        assert holding(archive.folder, WORDS) == []
        assert holding(archive.folder, PSEUDONYMS.author_key(NAME)) == []
        assert archive.check() == ()


def test_a_forgotten_post_stays_so_however_its_file_is_read(archive):
    archive.forget(post="facebook:1:1")
    archive.compact()
    for again in (2, 3):
        put(archive, TOLD, content="a", options=f'{{"x": {again}}}', pseudonyms=PSEUDONYMS)
        for word in (POST_TEXT, ADDRESS, WORDS, PSEUDONYMS.author_key("Per Lien")):
            assert holding(archive.folder, word) == [], word
    assert ("2", "Snø i dag") in rows(archive.reading(), "posts", "native_id", "text")
    assert archive.check() == ()


def test_what_was_forgotten_stays_so_when_a_reading_between_did_not_hold_it(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, options="{}", pseudonyms=PSEUDONYMS)
    archive.forget(post="facebook:1:1")
    put(archive, batch(posts("native_id\n 2")), options='{"x": 1}', pseudonyms=PSEUDONYMS)
    put(archive, TOLD, options='{"x": 2}', pseudonyms=PSEUDONYMS)
    assert holding(archive.folder, POST_TEXT) == []
    assert holding(archive.folder, WORDS) == []


def test_what_is_said_later_under_a_forgotten_post_is_not_kept_either(archive):
    archive.forget(post="facebook:1:1")
    later = replies(f"native_id | post_native_id | author | text\n 21 | 1 | {NAME} | Og en til.")
    put(archive, batch(replies=later), content="later", pseudonyms=PSEUDONYMS)
    assert holding(archive.folder, "Og en til.") == []
    assert len(rows(archive.reading(), "replies", "native_id")) == 6


def test_what_had_no_text_before_is_not_taken_for_forgotten(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, batch(posts("native_id | text\n 1 | ")), options="{}")
    archive.forget(post="facebook:1:77")
    put(archive, batch(posts("native_id | text\n 1 | Snø")), options='{"aliases": 1}')
    assert rows(archive.reading(), "posts", "text") == [("Snø",)]


def test_a_forgotten_post_that_came_by_two_ways_is_still_counted_once(tmp_path):
    archive = archive_in(tmp_path)
    drawn = f"native_id | text | published_at\n 9 | {POST_TEXT} | 2020-01-01 10:00"
    put(archive, batch(posts(drawn.replace("9", "a", 1), id_space="pfbid")), content="first")
    put(archive, batch(posts(drawn)), content="second", options="{}")
    [tie] = rows(archive.reading(), "links", "post_key", "same_as_key")
    archive.forget(post="facebook:1:9")
    for again in (1, 2):
        put(archive, batch(posts(drawn)), content="second", options=f'{{"x": {again}}}')
        assert rows(archive.reading(), "links", "post_key", "same_as_key") == [tie]
        assert holding(archive.folder, POST_TEXT) == []


def test_texts_that_come_anew_where_all_were_forgotten_expire_as_the_first_would_have(tmp_path):
    archive = archive_in(tmp_path)
    row = "native_id | post_native_id | author | text\n"
    put(archive, batch(replies=replies(f"{row} 11 | 1 | {NAME} | {WORDS}")), text_days=30)
    archive.forget(post="facebook:1:1")
    archive.now.today += dt.timedelta(days=60)
    more = replies(f"{row} 11 | 1 | {NAME} | {WORDS}\n 12 | 2 | Per Lien | Enig")
    put(archive, batch(replies=more), options='{"x": 1}', pseudonyms=PSEUDONYMS, text_days=30)
    assert rows(archive.reading(), "citizens", "text") == [(None,)]


def test_a_text_expires_and_its_author_is_still_counted(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, pseudonyms=PSEUDONYMS, text_days=30)
    assert (WORDS,) in rows(archive.reading(), "citizens", "text")
    archive.now.today += dt.timedelta(days=60)
    assert {text for (text,) in rows(archive.reading(), "citizens", "text")} == {None}
    assert archive.compact().texts_expired == 5
    assert holding(archive.folder, WORDS) == []
    keys = {key for (key,) in rows(archive.reading(), "citizens", "author_key")}
    assert keys == {None, PSEUDONYMS.author_key(NAME), PSEUDONYMS.author_key("Per Lien")}


def test_an_expired_text_leaves_the_disk_with_the_next_import(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, pseudonyms=PSEUDONYMS, text_days=30)
    archive.now.today += dt.timedelta(days=60)
    put(archive, batch(posts("native_id\n 3")), content="another")
    assert holding(archive.folder, WORDS) == []
    assert holding(archive.folder, PSEUDONYMS.author_key(NAME)) != []
    assert archive.check() == ()


def test_an_expired_text_does_not_come_back_with_the_file(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, options="{}", pseudonyms=PSEUDONYMS, text_days=30)
    archive.now.today += dt.timedelta(days=60)
    archive.compact()
    put(archive, TOLD, options='{"x": 1}', pseudonyms=PSEUDONYMS, text_days=30)
    assert holding(archive.folder, WORDS) == []


def test_without_days_no_text_is_kept_and_without_a_key_no_author(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, text_days=0)
    assert rows(archive.reading(), "citizens", "text") == []
    assert holding(archive.folder, WORDS) == []
    [question] = {
        asked
        for n, asked in rows(archive.reading(), "replies", "native_id", "is_question")
        if n == "11"
    }
    assert question is True


@pytest.mark.parametrize("text_days", [0, 365])
def test_a_file_taken_without_the_key_brings_its_authors_once_the_key_is_there(tmp_path, text_days):
    archive = archive_in(tmp_path)
    about = {"has_authors": True, "text_days": text_days}
    put(archive, TOLD, **about)
    assert {key for (key,) in rows(archive.reading(), "citizens", "author_key")} <= {None}

    done = put(archive, TOLD, pseudonyms=PSEUDONYMS, **about)

    assert done.source_id is not None
    keys = {key for (key,) in rows(archive.reading(), "citizens", "author_key")}
    assert keys - {None} == {PSEUDONYMS.author_key(NAME), PSEUDONYMS.author_key("Per Lien")}
    assert len(rows(archive.reading(), "replies", "native_id")) == 5
    assert put(archive, TOLD, pseudonyms=PSEUDONYMS, **about).source_id is None
    assert archive.reading().sources["supersedes"].null_count() == 0
    assert holding(archive.folder, PSEUDONYMS.key.hex()) == []


def test_authors_are_not_lost_when_the_file_comes_again_without_the_key(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, pseudonyms=PSEUDONYMS, has_authors=True)
    assert put(archive, TOLD, has_authors=True).source_id is None


def test_a_file_without_authors_is_the_same_with_and_without_the_key(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD, has_authors=False)
    assert put(archive, TOLD, pseudonyms=PSEUDONYMS, has_authors=False).source_id is None


def test_nothing_but_the_authors_depends_on_the_key(tmp_path):
    found = []
    for key in (b"a" * 32, b"b" * 32):
        archive = archive_in(tmp_path / key.decode())
        put(archive, TOLD, pseudonyms=Pseudonyms(key))
        tables = ("posts", "snapshots", "replies", "links")
        backend = ibis.duckdb.connect()
        read = archive.reading().tables(backend)
        found.append(
            [
                sorted(map(repr, read[name].drop("source_id").to_pyarrow().to_pylist()))
                for name in tables
            ]
        )
        backend.disconnect()
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        ({"author": NAME}, LackingPart, "no author key"),
        ({"author": "N/A", "pseudonyms": PSEUDONYMS}, ArchiveError, "names nobody"),
        ({"post": "facebook:1"}, ArchiveError, "platform:channel:id"),
        ({}, ArchiveError, "either an author or a post"),
        ({"author": NAME, "post": "facebook:1:1"}, ArchiveError, "either an author or a post"),
    ],
)
def test_a_wrong_call_is_told_what_to_write(archive, call, error, says):
    with pytest.raises(error, match=says):
        archive.forget(**call)
