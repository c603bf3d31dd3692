"""What the archive refuses to read, and how it finds out that it is not whole."""

import datetime as dt
import json
import shutil

import pyarrow.parquet as pq
import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.records import batch, posts, rejects, replies
from tests.lib.sources import put
from torg.archive import TABLES, Archive, Identity
from torg.archive.lake import create_tables
from torg.errors import ArchiveError

TOLD = batch(
    posts("native_id | comments\n 1 | 3 \n 2 | 4"),
    replies("native_id | post_native_id | text\n 9 | 1 | Why?"),
    rejects=rejects("line | reason | row\n 7 | No id | {}"),
)


@pytest.fixture
def archive(tmp_path):
    archive = archive_in(tmp_path)
    put(archive, TOLD)
    return archive


def rewrite_log(archive, table, change):
    """Change the table's first entry, as another program would have written it."""
    path = archive.folder / table / "_delta_log" / f"{0:020}.json"
    actions = [json.loads(line) for line in path.read_text().splitlines()]
    for action in actions:
        change(action)
    path.write_text("\n".join(json.dumps(action) for action in actions))


def test_a_newer_schema_is_refused(archive):
    def newer(action):
        if "metaData" in action:
            action["metaData"]["configuration"]["torg.schemaVersion"] = "2"

    rewrite_log(archive, "posts", newer)
    with pytest.raises(ArchiveError, match="schema version 2, this Torg reads 1"):
        archive.reading()
    assert [finding.kind for finding in archive.check()] == ["damaged"]


def test_unknown_reader_features_are_refused(archive):
    def featured(action):
        if "protocol" in action:
            action["protocol"] = {
                "minReaderVersion": 3,
                "minWriterVersion": 7,
                "readerFeatures": ["deletionVectors"],
                "writerFeatures": ["deletionVectors"],
            }

    rewrite_log(archive, "replies", featured)
    with pytest.raises(ArchiveError, match="deletionVectors"):
        archive.reading()


def test_a_log_that_is_no_log_is_an_error_with_a_remedy(archive):
    path = archive.folder / "posts" / "_delta_log" / f"{1:020}.json"
    path.write_text('{"add": ')
    with pytest.raises(ArchiveError, match="restore the folder"):
        archive.reading()


def test_a_percent_sign_in_the_path_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="percent sign"):
        put(Archive(tmp_path / "100% ours"), TOLD)


def test_other_signs_in_the_path_are_not(tmp_path):
    archive = Archive(tmp_path / "på nett #1 & 'quoted' [x] {y}")
    put(archive, TOLD)
    assert archive.compact().leftovers_removed == 0
    assert len(rows(archive.reading(), "posts", "native_id")) == 2
    assert archive.check() == ()


def test_columns_and_types_are_those_of_the_schema(archive):
    looked_at = set()
    for table, schema in TABLES.items():
        for path in (archive.folder / table).glob("*.parquet"):
            looked_at.add(table)
            assert sorted(pq.read_schema(path).names) == sorted(schema.names)
            assert {field.name: field.type for field in pq.read_schema(path)} == {
                field.name: field.type for field in schema
            }
    assert looked_at >= {"posts", "replies", "snapshots", "citizens", "sources"}


def test_check_finds_a_missing_file(archive):
    next((archive.folder / "posts").glob("*.parquet")).unlink()
    assert [finding.kind for finding in archive.check()] == ["missing_file"]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_lost_is_not_taken_for_an_empty_one(archive, table):
    shutil.rmtree(archive.folder / table / "_delta_log")
    for use in (archive.reading, archive.rejects, lambda: put(archive, TOLD, content="more")):
        with pytest.raises(ArchiveError, match=f"{table} .*restore"):
            use()
    [finding] = archive.check()
    assert finding.kind == "damaged"
    assert f"{table} is lost" in finding.message


def test_tables_that_a_killed_run_did_not_come_to_make_are_made_later(tmp_path):
    archive = Archive(tmp_path / "archive")
    create_tables(archive.folder)
    shutil.rmtree(archive.folder / "posts")
    assert archive.reading().sources.is_empty()
    assert put(archive, TOLD).posts_new == 2


def test_check_finds_a_file_with_other_rows(archive):
    path = next((archive.folder / "snapshots").glob("*.parquet"))
    pq.write_table(pq.read_table(path).slice(1), path)
    assert [finding.kind for finding in archive.check()] == ["damaged"]


def test_check_finds_a_damaged_file(archive):
    path = next((archive.folder / "snapshots").glob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-20])
    assert [finding.kind for finding in archive.check()] == ["damaged"]


def test_check_finds_keys_that_are_not_theirs_and_snapshots_without_a_post(archive):
    path = next((archive.folder / "posts").glob("*.parquet"))
    told = pq.read_table(path)
    at = told.column_names.index("post_key")
    pq.write_table(told.set_column(at, "post_key", [[1, 1]]), path)
    found = {finding.kind for finding in archive.check()}
    assert found == {"repeated_key", "wrong_key", "orphan"}


def test_what_a_killed_run_left_is_reported_and_compacted_away(archive):
    live = next((archive.folder / "posts").glob("*.parquet"))
    stray = live.with_name(f"{'0' * 32}-posts.parquet")
    stray.write_bytes(live.read_bytes())
    unfinished = archive.folder / "posts" / "_delta_log" / "_commit_1.json.tmp"
    unfinished.write_text("{")
    rewritten = live.with_name(f"rewrite-9-{'0' * 32}.parquet")
    rewritten.write_bytes(live.read_bytes())
    assert [finding.kind for finding in archive.check()] == ["leftover"] * 3
    assert archive.compact().leftovers_removed == 3
    assert archive.check() == ()
    assert not stray.exists() and not unfinished.exists() and not rewritten.exists()
    assert live.exists()


def test_two_identities_of_one_key_are_refused_and_nothing_is_kept(tmp_path):
    narrow = Archive(tmp_path / "archive", identity=Identity(bits=3))
    many = posts("native_id\n" + "\n".join(str(n) for n in range(20)))
    with pytest.raises(ArchiveError, match="same key"):
        put(narrow, batch(many))
    assert narrow.reading().sources.height == 0
    assert narrow.check() == ()


def test_a_collision_with_a_committed_record_is_refused(tmp_path):
    narrow = Archive(tmp_path / "archive", identity=Identity(bits=3))
    refused = 0
    for number in range(12):
        try:
            put(narrow, batch(posts(f"native_id\n {number}")), content=str(number))
        except ArchiveError:
            refused += 1
    assert refused >= 12 - 8
    assert narrow.check() == ()
    assert len(rows(narrow.reading(), "posts", "native_id")) == 12 - refused


def test_replies_collide_too(tmp_path):
    narrow = Archive(tmp_path / "archive", identity=Identity(bits=3))
    many = replies("native_id | post_native_id\n" + "\n".join(f"{n} | 1" for n in range(20)))
    with pytest.raises(ArchiveError, match="same key"):
        put(narrow, batch(replies=many))


def test_records_that_came_twice_all_the_same_are_read_once(tmp_path):
    """Two writers that did not see each other: no lock held them apart."""
    archive = archive_in(tmp_path)
    put(archive, batch(posts("native_id | comments\n 1 | 3 \n 2 | 5")), content="a")
    other = archive_in(tmp_path / "other")
    put(
        other,
        batch(
            posts("native_id | comments\n 1 | 4"),
            replies("native_id | post_native_id\n 9 | 1"),
        ),
        content="b",
    )
    adopt(other, into=archive)
    reading = archive.reading()
    assert reading.sources["sources_seen"].to_list() == [0, 0]
    assert rows(reading, "posts", "native_id") == [("1",), ("2",)]
    assert rows(reading, "snapshots", "comments") == [(4,), (5,)]
    assert rows(reading, "replies", "native_id") == [("9",)]
    assert "repeated_key" in {finding.kind for finding in archive.check()}


def adopt(other, into):
    from torg.archive.lake import commit

    for table in TABLES:
        for path in (other.folder / table).glob("*.parquet"):
            moved = into.folder / table / path.name
            path.rename(moved)
            commit(into.folder, table, add=[moved])


def test_a_commit_on_an_overtaken_state_is_refused(archive):
    from torg.archive.lake import commit

    path = next((archive.folder / "sources").glob("*.parquet"))
    with pytest.raises(ArchiveError, match="another program"):
        commit(archive.folder, "sources", add=[path], after=0)


def test_instants_of_commit_never_run_backwards(tmp_path):
    stopped = Archive(tmp_path / "archive", now=lambda: dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    for number in range(3):
        put(stopped, batch(posts(f"native_id\n {number}")), content=str(number))
    instants = stopped.reading().sources["committed_at"]
    assert instants.is_sorted() and instants.n_unique() == 3


def test_records_without_an_identity_are_a_bug(archive):
    with pytest.raises(ValueError, match="without an identity"):
        put(archive, batch(posts("native_id | comments\n | 3")), content="b")
