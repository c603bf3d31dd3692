"""Everything that the docs show is run: each page's blocks, in order, in a folder of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.source import ROOT, place

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(document):
    return BLOCK.findall(document.read_text(encoding="utf-8"))


DOCUMENTS = [p for p in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]) if blocks(p)]


def run(kind, code, *, folder):
    command = {
        "sh": ["bash", "-euo", "pipefail", "-c", code],
        "python": [sys.executable, "-c", code],
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command[kind],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory):
    """A small demo that the pages' own commands make in the same way: `torg demo`."""
    folder = tmp_path_factory.mktemp("docs")
    made = run("sh", "torg demo demo --municipalities 20 --weeks 6", folder=folder)
    assert made.returncode == 0, made.stderr
    return folder / "demo"


@pytest.mark.parametrize("document", DOCUMENTS, ids=place)
def test_what_a_page_shows_runs(document, small_demo, tmp_path):
    (tmp_path / "demo").symlink_to(small_demo)
    for kind, code in blocks(document):
        done = run(kind, code, folder=tmp_path)
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
