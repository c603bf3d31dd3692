"""Every file of a public release can be had, as it is; and nothing else can."""

import datetime as dt
import hashlib
import io
import re
import shutil

import polars as pl
import pytest

from torg.site import close_people
from torg.site.opendata import offering


def offered_by(client, release):
    text = client.get(f"/en/data/{release.name}/").content.decode()
    pairs = re.findall(
        rf'href="/data/{release.name}/([^"]+)" title="SHA-256 ([0-9a-f]{{64}})"', text
    )
    return dict(pairs)


def test_every_file_on_the_page_is_what_the_page_says(client, release):
    offered = offered_by(client, release)
    assert len(offered) > 60
    for name, sha256 in offered.items():
        found = client.get(f"/data/{release.name}/{name}")
        assert found.status_code == 200, name
        assert hashlib.sha256(found.content).hexdigest() == sha256, name
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found["Content-Disposition"].startswith('attachment; filename="')


def test_every_table_comes_in_four_forms_that_say_the_same(client, release):
    for path in sorted((release / "results").glob("*.parquet")):
        offered = offered_by(client, release)
        assert {f"{path.stem}.{e}" for e in ("csv", "json", "parquet", "xlsx")} <= set(offered)
    held = pl.read_parquet(release / "results" / "municipalities.parquet")
    book = client.get(f"/data/{release.name}/municipalities.xlsx").content
    sheet = pl.read_excel(io.BytesIO(book), engine="openpyxl")
    assert sheet["municipality"].to_list() == held["municipality"].to_list()
    assert sheet["name"].to_list() == held["name"].to_list()


def test_a_file_is_asked_for_again_cheaply(client, release):
    address = f"/data/{release.name}/ranks.csv"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=60"  # a release may be taken back
    assert first["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"


def test_a_file_that_is_asked_for_makes_no_other(client, release, study):
    shutil.rmtree(study.folder / "cache", ignore_errors=True)
    offering._as_made.cache_clear()
    client.get(f"/data/{release.name}/ranks.csv")
    client.get(f"/data/{release.name}/top_set.xlsx")
    made = {path.name for path in (study.folder / "cache" / "open-data").rglob("*.*")}
    assert {name for name in made if not name.startswith(".")} == {"top_set.xlsx"}


def test_what_was_made_once_is_taken_as_it_lies_there(client, release, study, monkeypatch):
    address = f"/data/{release.name}/top_set.xlsx"
    first = client.get(address).content
    offering._as_made.cache_clear()
    monkeypatch.setattr(offering, "write_workbook", None)  # nothing can be made any more
    assert client.get(address).content == first


@pytest.mark.parametrize(
    "name",
    ["provenance.json", "..%2fprovenance.json", "../provenance.json", "%2e%2e/study.toml", ".", "",
     "results", "measures", "measures.exe", "survey/estimates.csv", "people.sqlite"],
)  # fmt: skip
def test_what_is_not_offered_is_not_there(client, release, name):
    assert client.get(f"/data/{release.name}/{name}").status_code in {301, 404}


def publication(release, **changed):
    from torg.site.releases.models import Publication

    found = Publication.objects.get(release=release.name)
    before = {name: getattr(found, name) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    found.save()
    return before


HIDDEN = {
    "not public yet": {"public_from": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
    "taken back": {
        "withdrawn": dt.datetime(2998, 1, 1, tzinfo=dt.UTC),
        "why": "A count was wrong.",
    },
    "another one": {"digest": "0" * 64},
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_release_that_is_not_public_is_nowhere(client, release, how):
    before = publication(release, **HIDDEN[how])
    try:
        for address in (
            f"/data/{release.name}/measures.csv", f"/data/{release.name}/deposit.zip",
            f"/en/data/{release.name}/", f"/en/data/{release.name}/citation.bib",
        ):  # fmt: skip
            assert client.get(address).status_code == 404, address
        assert client.get(f"/api/v1/figures?release={release.name}").status_code == 404
        assert release.name not in client.get("/en/data/").content.decode()
        if how != "another one":
            assert release.name not in client.get("/feeds/en/releases.atom").content.decode()
    finally:
        publication(release, **before)
        close_people()


def test_who_comes_to_a_release_that_was_taken_back_is_told_why(client, release):
    before = publication(release, **HIDDEN["taken back"])
    try:
        text = client.get(f"/en/figures/{release.name}/XX-0101/posts/").content.decode()
        assert "A count was wrong." in text
    finally:
        publication(release, **before)


def test_who_asks_too_often_is_told_to_wait(client, release):
    answers = {client.get(f"/data/{release.name}/top_set.csv").status_code for _ in range(245)}
    assert answers == {200, 429}
