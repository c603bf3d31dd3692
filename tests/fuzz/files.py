"""Files by coverage-guided fuzzing: whatever the bytes are, Torg gives records or a sentence.

Where atheris is installed (it is no part of Torg's own environment, for it needs a compiler or a
wheel for the Python at hand):

    python -m tests.fuzz.files FORMAT -max_total_time=300

FORMAT is a key of FORMATS; its fixture is what the bytes are mutated from. A file that ends in
anything but records or a refusal is kept as `crash-...` in the working folder.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["torg.collect"]):
    from tests.lib.exports import read
    from tests.lib.fixtures import FIXTURES
    from torg.errors import UserError


def main() -> None:
    name, *options = sys.argv[1:]
    fixture = FIXTURES[name]
    folder = Path(tempfile.mkdtemp(prefix="torg-fuzz-"))
    path, corpus = folder / fixture.file_name, folder / "corpus"
    corpus.mkdir()
    for rows in range(1, 4):
        (corpus / str(rows)).write_bytes(fixture.bytes(fixture.rows(*range(1, rows + 1))))

    def one(content: bytes) -> None:
        try:
            batch = read(path, content, known=fixture.known, **fixture.options)
        except UserError as refusal:
            assert str(refusal).startswith(fixture.file_name)
            return
        assert batch.rows_read >= batch.rejects.height

    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
