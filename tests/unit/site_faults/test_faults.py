"""The database away, a release taken from the disk, numbers that no row has: always a sentence."""

import shutil

import pytest

from tests.lib.site import as_staff, released, site_of


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


@pytest.fixture
def client(study):
    client = site_of(study)
    client.raise_request_exception = False
    return client


@pytest.fixture
def away(monkeypatch):
    """Call it, and the database gives no answer any more."""
    from django.db import OperationalError
    from django.db.backends.utils import CursorWrapper

    def refuse(*_args, **_named):
        raise OperationalError("no answer from db.internal as user torg")

    return lambda: monkeypatch.setattr(CursorWrapper, "execute", refuse)


@pytest.mark.parametrize("address", ["/en/room/", "/en/experience/", "/fi/staff/"])
def test_while_the_database_is_away_a_page_says_so_in_a_sentence(client, away, address):
    client.cookies["sessionid"] = "x" * 32
    away()
    said = client.get(address)
    assert said.status_code == 503
    assert said["Cache-Control"] == "private, no-store"
    assert "db.internal" not in said.content.decode()
    assert "<h1>" in said.content.decode()


def test_public_pages_outlast_the_database(client, away):
    from torg.site.places.shelf import look_again

    client.get("/en/")
    away()
    look_again()
    assert client.get("/en/ranking/").status_code == 200
    assert client.get("/en/").status_code == 200


def test_what_is_not_there_or_went_wrong_is_kept_by_no_cache(client):
    assert "public" in client.get("/en/")["Cache-Control"]
    for address in ("/en/municipalities/XX-9999/", "/en/ranking/?page=0", "/en/experience/7/"):
        said = client.get(address)
        assert said.status_code == 404
        assert "no-store" in said["Cache-Control"], address


@pytest.mark.parametrize("name", ["measures.csv", "measures.xlsx", "deposit.zip"])
def test_files_of_a_release_that_was_taken_from_the_disk_are_not_there(client, study, name):
    from torg.site.places import shelf

    release = shelf.latest().name
    assert client.get(f"/data/{release}/{name}").status_code == 200
    shutil.rmtree(study.releases / release)
    assert client.get(f"/data/{release}/{name}").status_code == 404
    assert client.get("/api/v1/weeks").status_code == 404


def test_a_damaged_release_leaves_the_others_readable(client, study):
    from torg.site.places.shelf import look_again

    damaged = study.releases / "2099-01-01-1"
    damaged.mkdir()
    (damaged / "provenance.json").write_text("{")
    look_again()
    assert site_of(study).get("/en/").status_code == 200
    assert client.get("/en/ranking/").status_code == 200
    assert client.get("/en/data/").status_code == 200


FAR = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/en/experience/requests/{FAR}/",
        f"/en/experience/campaigns/{FAR}/",
        f"/en/experience/{FAR}/",
        f"/en/experience/files/{FAR}/",
    ],
)
def test_a_number_that_no_row_can_have_is_not_there(client, address):
    assert client.get(address).status_code == 404


@pytest.fixture
def asked_of_database(monkeypatch):
    """All that the database is asked with, from now on."""
    from django.db.backends.utils import CursorWrapper

    known, execute = [], CursorWrapper.execute
    monkeypatch.setattr(
        CursorWrapper,
        "execute",
        lambda self, sql, params=None: known.append(params) or execute(self, sql, params),
    )
    return known


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/experience/?country=%00&size=%00&county=%00&like=%00&q=%00", 200),
        ("/en/experience/?country=X%00X", 200),
        ("/api/v1/experience?country=%00", 422),
        ("/api/v1/experience?municipality=01%0001", 422),
        ("/api/v1/figures?release=%00", 422),
    ],
)
def test_no_question_brings_a_database_what_it_cannot_take(
    client, asked_of_database, address, status
):
    assert client.get(address).status_code == status
    assert "\\x00" not in repr(asked_of_database)


@pytest.mark.parametrize("days", ["start=0001-01-01", "end=9999-12-31", "start=9999-12-31"])
def test_the_log_takes_days_at_the_ends_of_time(client, days):
    as_staff(client, "reader")
    assert client.get(f"/en/staff/log/?{days}").status_code == 200


def test_a_control_character_in_a_statement_is_left_out(client):
    from tests.lib.site import as_municipality
    from torg.site.releases.models import Statement

    as_municipality(client, "XX", "0101")
    said = client.post("/en/room/preview/statement/", {"text": "We\x00 answer.", "language": "en"})
    assert said.status_code == 302
    assert Statement.objects.get().text == "We answer."
