"""The pages of the open data: tables with their columns, and single figures with a citation."""

import json
import re
import xml.etree.ElementTree as ET

import polars as pl
import pytest

from torg.locale import LANGUAGES

ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(client, address):
    found = client.get(address)
    assert found.status_code == 200, address
    return found.content.decode()


def test_the_page_tells_of_every_table_and_column(client, release):
    text = text_of(client, "/en/data/")
    for path in (release / "results").glob("*.parquet"):
        assert f'id="{path.stem}"' in text
        for column in pl.read_parquet_schema(path):
            assert f"<code>{column}</code>" in text
    assert "CC-BY-4.0" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_there_in_every_language(client, release, language):
    for address in ("data/", "data/api/", f"data/{release.name}/",
                    f"figures/{release.name}/posts_per_week/",
                    f"figures/{release.name}/XX-0101/posts_per_week/"):  # fmt: skip
        text_of(client, f"/{language}/{address}")


def test_the_page_about_the_api_names_every_address(client):
    text = text_of(client, "/en/data/api/")
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    for path, methods in schema["paths"].items():
        assert f"GET {path}</code>" in text
        for parameter in methods["get"].get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in text


def a_figure(release):
    rows = pl.read_parquet(release / "results" / "measures.parquet").filter(
        pl.col("platform").is_null(), pl.col("channel").is_null(), measure="posts_per_week"
    )
    return rows.filter(pl.col("low").is_not_null()).row(0, named=True)


def test_a_figure_has_its_base_n_interval_and_how_it_was_got(client, release):
    row = a_figure(release)
    place = f"{row['country']}-{row['municipality']}"
    address = f"/en/figures/{release.name}/{place}/posts_per_week/"
    text = text_of(client, address)
    shown = re.sub(r"<[^>]+>", "", text)
    for said in (f"{row['value']:.2f}", f"{row['low']:.2f} to {row['high']:.2f}", str(row["n"]),
                 "posts", "what anybody can see", address, "95%"):  # fmt: skip
        assert said in shown, said


def test_a_figure_that_is_missing_says_why(client, release):
    row = (
        pl.read_parquet(release / "results" / "measures.parquet")
        .filter(pl.col("platform").is_null(), pl.col("channel").is_null(), missing="no_channel")
        .row(0, named=True)
    )
    place = f"{row['country']}-{row['municipality']}"
    text = text_of(client, f"/en/figures/{release.name}/{place}/{row['measure']}/")
    assert "No channel of the municipality is known." in text


def test_answers_to_the_survey_have_addresses_too(client, release):
    rows = pl.read_parquet(release / "results" / "survey" / "estimates.parquet")
    row = rows.filter(pl.col("estimate").is_not_null(), group="all").row(0, named=True)
    text = text_of(client, f"/en/figures/{release.name}/survey/{row['wave']}/{row['item']}/")
    assert str(row["n"]) in text


@pytest.mark.parametrize("ending", ["bib", "json", "ris", "txt"])
def test_a_figure_can_be_cited(client, release, ending):
    address = f"/en/figures/{release.name}/XX-0101/posts_per_week/"
    found = client.get(f"{address}citation.{ending}")
    assert found.status_code == 200
    assert address in found.content.decode().replace("\\_", "_")
    assert found["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "address",
    ["XX-9999/posts/", "XX-0101/no_such/", "no_such/", "survey/1999/no_such/", "XX-0101/posts/x/",
     "XX-0101/posts/citation.exe", "XX-0101/no_such/citation.bib"],
)  # fmt: skip
def test_a_figure_that_there_is_not_is_not_there(client, release, address):
    assert client.get(f"/en/figures/{release.name}/{address}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["releases", "experiences"])
def test_feeds_are_sound(client, language, name):
    """RFC 4287: what a feed and an entry must have."""
    found = client.get(f"/feeds/{language}/{name}.atom")
    assert found["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(found.content)  # noqa: S314 -- our own
    assert feed.tag == f"{ATOM}feed"
    ids = [part.text for part in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            assert part.find(f"{ATOM}{needed}").text
        moment = part.find(f"{ATOM}updated").text
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def test_no_title_makes_a_feed_that_nobody_can_read(client):
    from tests.lib.experience import FJORDBY, published
    from torg.site.experience.actions import withdraw_experience

    number = published(title="Watch \uffff and \ufffe see")
    feed = ET.fromstring(client.get("/feeds/en/experiences.atom").content)  # noqa: S314 -- our own
    titles = [part.text for part in feed.iter(f"{ATOM}title")]
    withdraw_experience(FJORDBY, number)
    assert "Watch  and  see" in titles


def test_a_release_in_the_feed_is_one_click_away(client, release):
    feed = ET.fromstring(client.get("/feeds/nb/releases.atom").content)  # noqa: S314 -- our own
    (link,) = feed.findall(f"{ATOM}entry/{ATOM}link")
    assert link.get("href").endswith(f"/nb/data/{release.name}/")
    assert "/feeds/nb/releases.atom" in client.get("/nb/data/").content.decode()
