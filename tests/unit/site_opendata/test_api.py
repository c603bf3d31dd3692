"""The API gives what the release has: all of it, filtered and in pages, and only that."""

import datetime as dt
import json

import polars as pl
import pytest
from django.db import DatabaseError

from tests.repo.source import ROOT as ROOT_FOLDER
from torg.deposit import TABLES
from torg.errors import StudyError

ROOT = "/api/v1/"


def asked(client, path, status=200):
    found = client.get(f"{ROOT}{path}")
    assert found.status_code == status, found.content
    return json.loads(found.content)


def all_rows(client, path):
    rows, at = [], f"{ROOT}{path}"
    while at:
        page = json.loads(client.get(at).content)
        rows += page["items"]
        at = page["next"]
    assert len(rows) == page["count"]
    return rows


def table(release, name):
    return pl.read_parquet(release / "results" / f"{name}.parquet")


@pytest.mark.parametrize(
    ("path", "name"),
    [("municipalities", "municipalities"), ("measures", "definitions"), ("weeks", "weeks"),
     ("contrasts", "contrasts"), ("names", "names"), ("points", "points"),
     ("survey/response", "survey/response"), ("channels", "channels"), ("notes", "notes")],
)  # fmt: skip
def test_pages_together_are_the_table(client, release, path, name):
    frame = table(release, name)
    rows = all_rows(client, f"{path}?per_page={max(1, frame.height // 3)}")
    assert len(rows) == frame.height
    assert rows == json.loads(json.dumps(frame.to_dicts(), default=lambda day: day.isoformat()))


def test_every_table_of_a_release_can_be_asked_for(client, release):
    from torg.site.opendata.api.resources import RESOURCES

    paths = {resource.table: resource.path for resource in RESOURCES}
    results = release / "results"
    tables = {"-".join(path.relative_to(results).with_suffix("").parts): path
              for path in results.rglob("*.parquet")}  # fmt: skip
    assert set(paths) == set(TABLES) >= set(tables)
    whole = {each.table: "&".join(f"{name}=any" for name in each.whole_only) for each in RESOURCES}
    for table, path in tables.items():
        found = asked(client, f"{paths[table]}?per_page=1&{whole[table]}".rstrip("&"))
        assert found["count"] == pl.read_parquet(path).height, table


def test_figures_are_of_whole_municipalities_unless_parts_are_asked_for(client, release):
    frame = table(release, "measures").filter(measure="posts")
    whole = all_rows(client, "figures?measure=posts")
    assert all(row["platform"] is row["channel"] is None for row in whole)
    parts = all_rows(client, "figures?measure=posts&platform=any&channel=any&per_page=1000")
    assert len(parts) == frame.height > len(whole)


@pytest.mark.parametrize("wish", ["county", "size_class"])
def test_figures_by_county_and_size_class(client, release, wish):
    places = table(release, "municipalities")
    value = places[wish][0]
    codes = set(places.filter(pl.col(wish) == value)["municipality"])
    rows = all_rows(client, f"figures?measure=posts&{wish}={value}".replace("<", "%3C"))
    assert {row["municipality"] for row in rows} == codes


def test_a_place_never_comes_without_its_rank_set(client):
    rows = all_rows(client, "ranks?per_page=1000")
    assert any(row["rank"] for row in rows)
    assert all({"rank", "rank_low", "rank_high", "set"} <= set(row) for row in rows)
    simultaneous = [row for row in rows if row["set"] == "simultaneous" and row["rank"]]
    assert all(row["rank_low"] <= row["rank_high"] for row in simultaneous)


def test_areas_are_nested(client):
    rows = all_rows(client, "ranks?group=all&per_page=1000")
    assert any(isinstance(row["areas"], dict) for row in rows)


def test_search_forgives_spelling(client, release):
    name = table(release, "municipalities")["name"][0]
    found = asked(client, f"search?q={name.lower()}")
    assert found["items"][0]["name"] == name
    wrong = name[:3] + name[4:]
    hits = asked(client, f"search?q={wrong}")
    assert name in {each["name"] for each in hits["items"] + hits["nearest"]}


def test_whom_a_municipality_is_like(client, release):
    places = {row["municipality"]: row for row in table(release, "municipalities").to_dicts()}
    found = asked(client, "nearest?place=XX-0101")
    assert found["items"]
    assert all(
        places[each["municipality"]]["size_class"] == places["0101"]["size_class"]
        for each in found["items"]
    )
    assert "no municipality called 'XX-9'" in asked(client, "nearest?place=XX-9", 404)["detail"]


def test_what_a_municipality_says_stands_there_once_it_was_accepted(client, release):
    from torg.site.releases.models import Statement

    said = Statement.objects.create(
        release=release.name, country="XX", unit="0102", text="We moved.", language="en", by="x",
        made=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    assert asked(client, "statements?place=XX-0102")["items"] == []
    said.state, said.decided = "accepted", said.made
    said.save()
    (told,) = asked(client, "statements?place=XX-0102")["items"]
    assert told == {"text": "We moved.", "language": "en", "made": "2026-01-02T00:00:00+00:00"}


def test_the_description_is_made_once(client, monkeypatch):
    """It takes a fifth of a second, and is asked for by whoever likes, as often as they like."""
    first = client.get(f"{ROOT}openapi.json").content
    monkeypatch.setattr("ninja.main.get_schema", None)  # it cannot be made any more
    assert client.get(f"{ROOT}openapi.json").content == first
    assert client.get("/en/data/api/").status_code == 200


def test_the_page_of_the_docs_names_every_address_and_filter(client):
    page = (ROOT_FOLDER / "docs" / "reference" / "api.md").read_text("utf-8")
    rows = {
        line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("| `/")
    }
    paths = json.loads(client.get(f"{ROOT}openapi.json").content)["paths"]
    assert set(rows) == {f"`{path.removeprefix('/api/v1')}`" for path in paths}
    for path, methods in paths.items():
        filters = {each["name"] for each in methods["get"].get("parameters", ())}
        for name in filters - {"page", "per_page", "release"}:
            assert f"`{name}`" in rows[f"`{path.removeprefix('/api/v1')}`"]


def test_releases_say_where_everything_is(client, release):
    (only,) = asked(client, "releases")["items"]
    assert only["release"] == release.name
    assert client.get(only["datapackage"]).status_code == 200
    assert client.get(only["deposit"]).status_code == 200


def test_experience_names_nobody_to_write_to(client):
    found = asked(client, "experience")
    assert found["count"] >= len(found["items"])
    assert all("contact" not in row for row in found["items"])


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("figures?release=1999-01-01-1", 404, "no public release called '1999-01-01-1'"),
        ("figures?mesure=posts", 422, "no parameter 'mesure'"),
        ("figures?page=0", 422, "page: "),
        ("figures?per_page=5000", 422, "per_page: "),
        ("figures?page=99999999999999999999", 422, "page: "),
        ("search", 422, "q: "),
        ("search?q=a&language=xx", 422, "language: "),
        ("no-such", 404, "openapi.json says what there is"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(client, path, status, said):
    found = client.get(f"{ROOT}{path}")
    assert found.status_code == status
    assert found["Content-Type"] == "application/problem+json"
    told = json.loads(found.content)
    assert told["status"] == status
    assert said in told["detail"]


def test_any_site_may_ask(client):
    found = client.get(f"{ROOT}releases")
    assert found["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in found
    before = client.options(f"{ROOT}releases", headers={"origin": "https://x.example"})
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (
        204,
        "GET, HEAD, OPTIONS",
    )
    assert client.get("/en/data/").get("Access-Control-Allow-Origin") is None


def test_it_is_asked_again_cheaply(client):
    first = client.get(f"{ROOT}figures?measure=posts")
    assert "public" in first["Cache-Control"]
    again = client.get(f"{ROOT}figures?measure=posts", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{ROOT}figures?measure=p1", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    found = getattr(client, method)(f"{ROOT}figures")
    assert found.status_code == 405
    assert found["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(found.content)["status"] == 405


def test_head_is_get_without_the_body(client):
    get, head = client.get(f"{ROOT}measures"), client.head(f"{ROOT}measures")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


def test_who_asks_too_often_is_told_how_long_to_wait(client, monkeypatch):
    from torg.site.opendata.api.api import throttle

    monkeypatch.setattr(throttle, "num_requests", 3)
    answers = [client.get(f"{ROOT}releases") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Retry-After" in json.loads(answers[-1].content)["detail"]


@pytest.mark.parametrize(
    ("error", "status"), [(ZeroDivisionError("of ours"), 500), (DatabaseError("away"), 503)]
)
def test_a_fault_of_ours_is_told_as_all_else_that_is_wrong(client, monkeypatch, error, status):
    from torg.site.opendata.api import asking

    def fails(release):
        raise error

    monkeypatch.setattr(asking, "release_asked", fails)
    found = client.get(f"{ROOT}figures")
    assert (found.status_code, found["Content-Type"]) == (status, "application/problem+json")
    assert found["Cache-Control"] == "no-store"
    assert found["Access-Control-Allow-Origin"] == "*"
    told = json.loads(found.content)
    assert told["status"] == status
    assert str(error) not in told["detail"]


def test_much_that_is_sent_is_refused_unread_and_as_json(client):
    found = client.post(f"{ROOT}figures", data=b"x" * (9 << 20), content_type="text/plain")
    assert (found.status_code, found["Content-Type"]) == (405, "application/problem+json")


def test_a_day_does_not_tell_that_nothing_changed(client):
    """The latest release is an older one, where the newest is taken back."""
    asked_for = f"{ROOT}figures?measure=posts"
    assert "Last-Modified" not in client.get(asked_for)
    later = client.get(asked_for, headers={"if-modified-since": "Fri, 01 Jan 2999 00:00:00 GMT"})
    assert later.status_code == 200


def test_who_asks_too_often_is_known_whatever_the_call_says_of_itself(client, monkeypatch):
    from torg.site.opendata.api.api import throttle

    monkeypatch.setattr(throttle, "num_requests", 1)
    names = ({"x-forwarded-for": f"192.0.2.{n}"} for n in (1, 2))
    answers = [client.get(f"{ROOT}releases", headers=each) for each in names]
    assert [each.status_code for each in answers] == [200, 429]


@pytest.fixture
def unread(monkeypatch):
    """A release that another Torg made: its tables are there, and its pages cannot be made."""
    from torg.site.places import shelf

    def fails(folder):
        raise StudyError("made by another version of Torg")

    with monkeypatch.context() as changed:
        changed.setattr(shelf, "read_shown", fails)
        shelf._kept.read.clear()
        yield
    shelf._kept.read.clear()


@pytest.mark.parametrize(
    "path", ["search?q=a", "nearest?place=XX-0101", "statements?place=XX-0101"]
)
def test_of_a_release_of_another_version_the_api_says_so(client, unread, path):
    assert "another version" in asked(client, path, 503)["detail"]
    assert asked(client, "figures?measure=posts")["count"]


def test_so_do_pages_of_its_figures(client, unread, release):
    for address in ("posts/", "XX-0101/posts/", "survey/2024/channels/", "posts/citation.bib"):
        found = client.get(f"/en/figures/{release.name}/{address}")
        assert found.status_code == 503, address
        assert "another version of Torg" in found.content.decode()
    assert client.get(f"/en/data/{release.name}/citation.bib").status_code == 200
