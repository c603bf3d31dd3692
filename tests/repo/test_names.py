"""Public names are English, junk drawers do not exist, and nothing names its maker's desk."""

import ast
import subprocess

import pytest

from tests.repo.source import PACKAGE, ROOT, functions, modules, place, tree

JUNK_DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "base", "core"}


def test_there_are_no_junk_drawers():
    names = {path.stem for path in PACKAGE.rglob("*")}
    assert not names & JUNK_DRAWERS


@pytest.mark.parametrize("path", modules(), ids=place)
def test_names_are_plain_ascii(path):
    nodes = [n for n in ast.walk(tree(path)) if isinstance(n, ast.ClassDef)] + functions(path)
    assert [n.name for n in nodes if not n.name.isascii()] == []
    assert path.name.isascii()


@pytest.mark.parametrize("path", modules(), ids=place)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), f"{place(path)} has no docstring"


def test_no_file_names_a_path_of_somebodys_machine():
    found = subprocess.run(
        [
            "git",
            "grep",
            "-nIE",
            r"/(home|root|work)/[a-z.]",
            "--",
            ".",
            ":!tests/repo/test_names.py",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
