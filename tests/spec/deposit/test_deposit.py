"""A release can be deposited, and rebuilt from its deposit alone."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.lib.deposits import TERMS, a_held, a_release
from tests.repo.source import ROOT
from torg.deposit import deposit, deposit_name, read_held, rebuild
from torg.errors import UserError


def deposited(folder, content=None):
    path = folder / "deposit.zip"
    path.write_bytes(content or deposit(a_held(), TERMS))
    return path


def files_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = f"{deposit_name(a_held())}/"
        return {name.removeprefix(root): archive.read(name) for name in archive.namelist()}


def test_it_holds_what_an_archive_asks_for():
    files = files_in(deposit(a_held(), TERMS))
    needed = {
        "LICENCE", "CITATION.cff", "README.txt", "provenance.json", "datapackage.json",
        "datacite.json", "codebook.csv", "release.sha256", "results/about.json",
        "results/measures.csv", "results/measures.parquet", "results/survey/estimates.csv",
    }  # fmt: skip
    assert needed <= set(files)
    assert b"INVENTED" in files["README.txt"]


def test_the_same_release_makes_the_same_bytes(tmp_path):
    copy = shutil.copytree(a_release(), tmp_path / a_release().name)
    assert deposit(a_held(), TERMS) == deposit(read_held(copy), TERMS)


def test_its_description_names_files_that_are_in_it():
    files = files_in(deposit(a_held(), TERMS))
    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]


def test_a_release_is_rebuilt_byte_for_byte(tmp_path, figure):
    rebuilt = rebuild(deposited(tmp_path), tmp_path / "again")
    assert (rebuilt.differ, rebuilt.lacking, rebuilt.beyond) == ((), (), ())
    assert rebuilt.has_digest
    assert rebuilt.has_report_digest
    assert rebuilt.is_equal
    figure(f"a release rebuilt from its deposit alone: {rebuilt.files} of {rebuilt.files} files")


def test_it_is_rebuilt_where_there_is_nothing_else(tmp_path):
    """A machine without the study, keys or settings: only the archive and the program."""
    empty = tmp_path / "home"
    empty.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "torg", "rebuild", deposited(tmp_path), tmp_path / "again"],
        cwd=empty,
        env={"PATH": os.environ["PATH"], "HOME": str(empty), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert "byte for byte" in ran.stdout
    again = tmp_path / "again" / "report" / "en" / "index.html"
    assert again.read_bytes() == (a_release() / "report" / "en" / "index.html").read_bytes()


def test_what_is_not_the_release_s_is_refused(tmp_path):
    files = files_in(deposit(a_held(), TERMS))
    files["results/measures.csv"] += b"XX,0101,,,posts,,7,,,,,,,\n"
    with pytest.raises(UserError, match=r"results/measures\.csv in the deposit is not"):
        rebuild(deposited(tmp_path, packed(files)), tmp_path / "again")
    assert not (tmp_path / "again").exists()


def packed(files, root="torg-x/", method=zipfile.ZIP_STORED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(f"{root}{name}", content)
    return made.getvalue()


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "..\\outside.txt", "C:/x.txt"])
def test_no_file_gets_outside(tmp_path, name):
    with pytest.raises(UserError, match="would lie outside"):
        rebuild(deposited(tmp_path, packed({name: b"x"}, root="")), tmp_path / "again")
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize(
    "content", [b"no archive", packed({"x.txt": b"x"}), packed({"results/x": b"", "y": b""})]
)
def test_what_is_no_deposit_is_said_to_be_none(tmp_path, content):
    with pytest.raises(UserError, match="deposit"):
        rebuild(deposited(tmp_path, content), tmp_path / "again")


def changed(**files):
    """The deposit with other files: each a function of the one that is there."""
    there = files_in(deposit(a_held(), TERMS))
    return there | {name: made(there[name]) for name, made in files.items()}


def with_study(about):
    return lambda content: json.dumps(json.loads(content) | {"study": about}).encode()


DAMAGED = {
    "provenance of no object": {"provenance.json": lambda _: b"[1]"},
    "provenance without end": {"provenance.json": lambda _: b"[" * 100_000},
    "a study of no object": {"provenance.json": with_study([1])},
    "languages of no list": {"provenance.json": with_study({"languages": 3})},
    "sums of no text": {"release.sha256": lambda _: b"\xff\xfe\n"},
    "pages beside": {"release.sha256": lambda sums: sums + b"0" * 64 + b"  report/../../x\n"},
    "an unknown tongue": {"release.sha256": lambda sums: sums + b"0" * 64 + b"  report/xx/a\n"},
}


@pytest.mark.parametrize("files", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_deposit_is_said_to_be_so_in_a_sentence(tmp_path, files):
    with pytest.raises(UserError) as error:
        rebuild(deposited(tmp_path, packed(changed(**files))), tmp_path / "again")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_deposit_with_bytes_that_were_lost_is_said_to_be_damaged(tmp_path, method):
    whole = bytearray(packed(files_in(deposit(a_held(), TERMS)), method=method))
    begins = whole.index(b"results/measures.csv") + 60
    whole[begins : begins + 200] = bytes(sign ^ 0x5A for sign in whole[begins : begins + 200])
    with pytest.raises(UserError, match="take another copy"):
        rebuild(deposited(tmp_path, bytes(whole)), tmp_path / "again")


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(UserError, match="is there already"):
        rebuild(deposited(tmp_path), tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_a_file_that_came_out_otherwise_is_named(tmp_path):
    files = files_in(deposit(a_held(), TERMS))
    lines = files["release.sha256"].decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith("  report/en/index.html"))
    lines[at] = f"{'0' * 64}  report/en/index.html"
    lines.append(f"{'1' * 64}  report/en/lost.html")
    files["release.sha256"] = ("\n".join(sorted(lines)) + "\n").encode()
    rebuilt = rebuild(deposited(tmp_path, packed(files)), tmp_path / "again")
    assert rebuilt.differ == ("report/en/index.html",)
    assert rebuilt.lacking == ("report/en/lost.html",)
    assert not rebuilt.is_equal


def test_a_release_that_was_changed_is_not_given_out(tmp_path):
    copy = shutil.copytree(a_release(), tmp_path / a_release().name)
    path = copy / "results" / "ranks.csv"
    path.chmod(0o644)
    path.write_text(path.read_text() + "XX,0101,all,none,1,1,1,1,A,,\n")
    with pytest.raises(Exception, match="is not as it was when the release was made"):
        read_held(copy)
