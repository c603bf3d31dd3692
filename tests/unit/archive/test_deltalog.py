"""The log that Torg writes is one that the library of Delta Lake reads, and the other way round."""

import pytest
from deltalake import DeltaTable

from tests.lib.archives import archive_in
from tests.lib.records import batch, posts
from tests.lib.sources import put
from torg.archive.deltalog import add_entry, newest, read_log
from torg.archive.lake import fold_log, listing


@pytest.fixture
def archive(tmp_path):
    archive = archive_in(tmp_path)
    for number in range(10):
        put(archive, batch(posts(f"native_id | comments\n {number} | 3")), content=str(number))
    return archive


@pytest.mark.parametrize("folded", [False, True])
def test_the_library_reads_the_same_files_at_the_same_version(archive, folded):
    for table in ("sources", "posts", "snapshots", "visits"):
        if folded:
            fold_log(archive.folder, table)
        library = DeltaTable((archive.folder / table).as_uri())
        mine = listing(archive.folder, table)
        assert library.version() == mine.version
        assert sorted(library.file_uris()) == [str(file.path) for file in mine.files]
    assert archive.check() == ()


def test_a_folded_log_is_short_and_goes_on(archive):
    fold_log(archive.folder, "posts")
    names = {path.name for path in (archive.folder / "posts" / "_delta_log").iterdir()}
    assert len([name for name in names if name.endswith(".json")]) == 1
    assert put(archive, batch(posts("native_id\n 77")), content="more").posts_new == 1
    assert read_log(archive.folder / "posts").version == newest(archive.folder / "posts")


@pytest.mark.parametrize("behind", [0, 1, 5])
def test_an_entry_that_others_have_written_is_not_written_again(archive, behind):
    folder = archive.folder / "posts"
    fold_log(archive.folder, "posts")
    with pytest.raises(FileExistsError):
        add_entry(folder, newest(folder) - behind, [])


def test_months_of_small_sources_leave_few_files(archive):
    assert len(listing(archive.folder, "posts").files) < 10
    assert archive.reading().sources.height == 10


def test_an_archive_of_before_the_later_tables_is_read_and_grows(archive):
    import json
    import shutil

    for table in ("visits", "vanished", "revisions", "sightings", "observations"):
        shutil.rmtree(archive.folder / table)
    log = archive.folder / "sources" / "_delta_log" / f"{0:020}.json"
    actions = [json.loads(line) for line in log.read_text().splitlines()]
    for action in actions:
        action.get("metaData", {}).get("configuration", {}).pop("torg.tables", None)
    log.write_text("\n".join(map(json.dumps, actions)))
    assert archive.reading().visits().is_empty()
    assert archive.check() == ()
    assert put(archive, batch(posts("native_id\n 77")), content="more").posts_new == 1
    assert archive.reading().visits().height == 1
    shutil.rmtree(archive.folder / "vanished")
    assert [finding.kind for finding in archive.check()] == ["damaged"]


def test_who_writes_after_one_was_killed_takes_away_files_that_are_no_longer_live(archive):
    """He may have replaced a file whose words had to go, and not have come to delete it."""
    dead = archive.folder / "posts" / f"{archive.reading().sources['source_id'][0]}-posts.parquet"
    live = listing(archive.folder, "posts").files[0].path
    dead.write_bytes(live.read_bytes())
    archive.honour()
    assert dead.exists()
    (archive.folder / "writing.unfinished").touch()
    archive.honour()
    assert not dead.exists()
    assert archive.check() == ()
