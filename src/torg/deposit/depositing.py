"""The deposit: one archive that holds all that a release can be rebuilt from.

The same release, given on the same terms, makes the same bytes on every machine: files in the order
of their names, one fixed moment, and nothing compressed, since compressors differ.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from torg.deposit.citing import citation_file, citation_of, datacite
from torg.deposit.codebook import codebook
from torg.deposit.describing import datapackage
from torg.deposit.held import Held, HeldFile
from torg.deposit.summing import sums_of
from torg.deposit.terms import Terms

MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive of this kind can tell
RELEASE_SUMS = "release.sha256"  # of every file of the release, those that are left out too
PROVENANCE = "provenance.json"

README = """{title}
{line}
{invented}
Release {name}. SHA-256 digest of its results: {digest}

results/          the tables, as CSV and Parquet, and about.json: what is in no table
datapackage.json  every table and column, for programs (Data Package v2, Table Schema)
codebook.csv      every table and column, for people
provenance.json   what the release was made from: code, settings, sources with checksums
release.sha256    the checksum of every file of the release, those that are not here too
datacite.json     metadata for whoever registers a DOI
CITATION.cff      how it is cited
LICENCE           on which terms the data may be used

JSON files, workbooks and pages are left out, because they can be rebuilt from what is here:

    torg rebuild {file} FOLDER

needs Torg {code_version} and nothing else, and says of every file whether it came out as it was.
"""

_LICENCE = """{title} ({name})
{path}

{publisher} gives the data in this archive on the terms of that licence.
The program that made it, Torg, is free under the Apache License 2.0.
"""


def deposit_name(held: Held) -> str:
    """What the archive is called, and the folder that all of it is in."""
    return f"torg-{held.study}-{held.name}"


def deposit(held: Held, terms: Terms) -> bytes:
    """The archive of a release."""
    root = deposit_name(held)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(_contents(held, terms)):
            entry = zipfile.ZipInfo(f"{root}/{name}", MOMENT)
            entry.create_system = 3  # as on Unix, whatever the machine
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _contents(held: Held, terms: Terms) -> Iterator[tuple[str, bytes]]:
    kept = [file for file in held.files.values() if not can_be_rebuilt(file, held.files)]
    for file in kept:
        yield file.path, held.bytes_of(file.name)
    yield "datapackage.json", datapackage(held, terms, path_of=lambda file: file.path)
    yield "codebook.csv", codebook(held.tables).write_csv(line_terminator="\n").encode()
    yield "CITATION.cff", citation_file(citation_of(held, terms))
    yield "datacite.json", datacite(held, terms)
    yield "LICENCE", _licence(terms).encode()
    yield "README.txt", _readme(held).encode()
    yield PROVENANCE, (held.folder / PROVENANCE).read_bytes()
    yield RELEASE_SUMS, _release_sums(held.folder)


def can_be_rebuilt(file: HeldFile, files: Mapping[str, HeldFile]) -> bool:
    """Whether it holds nothing but what another file holds: JSON beside Parquet, a workbook."""
    stem, _, ending = file.name.rpartition(".")
    return ending == "xlsx" or (ending == "json" and f"{stem}.parquet" in files)


def _release_sums(folder: Path) -> bytes:
    return sums_of(folder, ("results", "report"))


def _readme(held: Held) -> str:
    return README.format(
        title=held.title,
        line="=" * len(held.title),
        invented="\nALL NAMES AND FIGURES IN THESE FILES ARE INVENTED.\n"
        if held.is_invented
        else "",
        name=held.name,
        digest=held.digest,
        file=f"{deposit_name(held)}.zip",
        code_version=held.provenance.get("code_version", ""),
    )


def _licence(terms: Terms) -> str:
    return _LICENCE.format(
        title=terms.licence.title,
        name=terms.licence.name,
        path=terms.licence.path,
        publisher=terms.publisher,
    )
