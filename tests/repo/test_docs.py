"""The docs say what is there: pages are up to date, links lead somewhere, nothing is left out."""

import re
from urllib.parse import unquote

import pytest

from docs.generate import PAGES, REFERENCE
from tests.repo.source import ROOT, place
from torg import __version__
from torg.measure import DEFINITIONS

DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = ("tutorials", "how-to", "reference", "explanation", "adr")


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_generated_page_is_what_the_code_says(page):
    assert (REFERENCE / page).read_text(encoding="utf-8") == PAGES[page](), "run 'make docs'"


@pytest.mark.parametrize("document", DOCUMENTS, ids=place)
def test_links_lead_to_files_that_are_there(document):
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    here = [t for t in targets if not re.match(r"[a-z]+:", t)]
    assert [t for t in here if not (document.parent / unquote(t)).exists()] == []


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*/*.md")), ids=place)
def test_every_page_is_found_from_the_front_of_the_docs(document):
    front = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert f"({document.relative_to(ROOT / 'docs').as_posix()})" in front


def test_the_docs_have_their_rooms():
    assert {p.name for p in (ROOT / "docs").iterdir() if p.is_dir()} - {
        "images",
        "__pycache__",
    } == set(ROOMS)


def test_the_changelog_begins_with_the_version():
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == __version__


@pytest.mark.parametrize("measure", sorted(DEFINITIONS))
def test_every_measure_has_a_spec_test(measure):
    specs = "\n".join(p.read_text() for p in (ROOT / "tests/spec/measure").glob("test_*.py"))
    assert re.search(rf"\b{measure}\b", specs), f"no test in tests/spec/measure names {measure}"


def test_every_make_command_is_in_the_contributors_page():
    commands = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    page = (ROOT / "CONTRIBUTING.md").read_text() + (ROOT / "README.md").read_text()
    assert [c for c in commands if f"make {c}" not in page and c not in ("help", "clean")] == []
