"""Citations can be read by the programs that they are for, whatever a title holds."""

import datetime as dt
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from tests.lib.deposits import TERMS, a_held
from torg.deposit import Citation, citation_file, citation_of, datacite, figure_cited


def cited(title="Posts & pages", publisher="Rådet"):
    return Citation(
        id="torg-x", title=title, publisher=publisher, day=dt.date(2026, 11, 2),
        version="2026.11.2.1", address="https://torg.example.org/en/data/x/", licence="CC-BY-4.0",
    )  # fmt: skip


def test_the_text_says_who_when_what_and_where():
    assert cited().text == (
        "Rådet (2026): Posts & pages. Version 2026.11.2.1. Data set. "
        "https://torg.example.org/en/data/x/"
    )


def test_what_is_invented_says_so_in_every_form():
    citation = citation_of(a_held(), TERMS)
    forms = (citation.text, citation.bibtex, citation.csl, citation.ris)
    assert all("(invented)" in form for form in forms)
    assert "(invented)" in citation_file(citation).decode()
    assert "(invented)" in datacite(a_held(), TERMS).decode()


def test_a_figure_is_cited_within_its_release():
    whole = citation_of(a_held(), TERMS)
    one = figure_cited(whole, what="Posts: 7", id_="XX-0101-posts", address="https://x.example/f/")
    assert one.text.count("Posts: 7. In: A simulated country") == 1
    assert one.address == "https://x.example/f/"
    assert one.id != whole.id


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=40))
def test_bibtex_is_one_entry_with_braces_in_pairs(title, publisher):
    text = cited(title, publisher).bibtex
    depth = 0
    for sign in re.sub(r"\\[{}]", "", text.replace(r"\\", "")):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert text.startswith("@misc{torg-x,\n")
    assert len(text.strip().split("\n@")) == 1


@given(st.text(min_size=1, max_size=80))
def test_ris_has_one_tag_to_a_line(title):
    lines = cited(title).ris.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


@given(st.text(min_size=1, max_size=80))
def test_csl_is_json_with_the_title(title):
    (item,) = json.loads(cited(title).csl)
    assert item["title"] == title
    assert item["issued"] == {"date-parts": [[2026, 11, 2]]}


def test_datacite_has_what_its_schema_asks_for():
    told = json.loads(datacite(a_held(), TERMS))
    needed = {"titles", "creators", "publisher", "publicationYear", "types", "schemaVersion"}
    assert needed <= set(told)
    assert told["types"]["resourceTypeGeneral"] == "Dataset"
    assert "doi" not in told


def test_the_citation_file_has_what_its_schema_asks_for():
    told = json.loads(citation_file(cited()))
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert told["type"] == "dataset"
