"""A file that is changed while it is read is refused, and nothing of it enters the archive."""

import os

import pytest

from tests.lib.archives import archive_in
from tests.lib.sources import norwegian
from torg.collect import open_source
from torg.errors import FileRefused

HEADER = "platform,channel,native_id,published_at,comments\n"


def written(path, rows=20_000):
    lines = [f"facebook,1,{n},2024-03-04T10:00:00Z,{n % 7}\n" for n in range(rows)]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def appended(archive, source, meddle):
    """Append the source, and meddle with its file once the first batch has been read."""

    def batches():
        for at, batch in enumerate(source.batches()):
            if at == 0:
                meddle(source.path)
            yield batch

    return archive.append(source, batches(), pseudonyms=None, languages=norwegian, text_days=30)


def grow(path):
    with path.open("a", encoding="utf-8") as file:
        file.write("facebook,1,99999,2024-03-04T10:00:00Z,1\n")


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def overwrite_in_place(path):
    """The same length, and the same instant of changing: the bytes alone tell."""
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(before.st_size - 2)
        file.write(b"9")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_in_its_place(path):
    other = written(path.with_name("other.csv"), rows=10)
    other.replace(path)


@pytest.mark.parametrize(
    "meddle", [grow, truncate, overwrite_in_place, put_another_in_its_place, os.unlink]
)
def test_a_file_that_changes_while_it_is_read_is_refused_and_nothing_is_kept(tmp_path, meddle):
    archive = archive_in(tmp_path)
    source = open_source(written(tmp_path / "posts.csv"))
    with pytest.raises(FileRefused, match=r"posts\.csv: was changed while it was read"):
        appended(archive, source, meddle)
    assert archive.reading().sources.is_empty()
    assert archive.check() == ()


def test_a_file_that_grew_between_opening_and_reading_is_refused(tmp_path):
    source = open_source(written(tmp_path / "posts.csv", rows=5))
    grow(source.path)
    with pytest.raises(FileRefused, match="was changed"):
        list(source.batches())


def test_a_file_that_stays_is_read(tmp_path):
    archive = archive_in(tmp_path)
    source = open_source(written(tmp_path / "posts.csv"))
    done = appended(archive, source, lambda path: path.touch)
    assert done.posts_new == 20_000
