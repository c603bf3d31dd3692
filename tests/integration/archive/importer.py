"""A process that imports small files and says what was accepted, to be killed or crowded."""

import sys
from pathlib import Path

from tests.lib.records import batch, posts, replies
from tests.lib.sources import put
from torg.archive import Archive

POSTS = 4


def drawn_file(number):
    """File `number`: posts and replies of its own, and a post that every file has."""
    mine = "\n".join(f"{number}-{n} | {n}" for n in range(POSTS - 1))
    return batch(
        posts("native_id | comments\n shared | 1\n" + mine),
        replies(f"native_id | post_native_id | text\n r{number} | {number}-0 | Why?"),
    )


def import_file(archive, number):
    return put(archive, drawn_file(number), content=f"file {number}")


def main(folder, numbers):
    archive = Archive(Path(folder))
    for number in numbers:
        import_file(archive, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def numbered(folder, first, last):
    main(folder, range(int(first), int(last)))


if __name__ == "__main__":
    numbered(*sys.argv[1:])
