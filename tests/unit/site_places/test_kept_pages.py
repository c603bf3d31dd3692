"""Pages that are kept: the same for all readers, in memory and on disk, and never stale."""

import gzip

import pytest

from tests.lib.site import as_staff, released, site_of
from torg.site.places import aside


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


@pytest.fixture
def client(study):
    return site_of(study)


def test_a_page_is_the_same_for_all_and_says_so(client, study):
    answered = client.get("/en/how/")
    assert "public" in answered["Cache-Control"]
    assert "Cookie" not in answered.get("Vary", "")
    assert not answered.cookies
    signed_in = as_staff(site_of(study), "analyst").get("/en/how/")
    assert signed_in.content == answered.content


def test_who_has_it_already_is_told_so(client):
    answered = client.get("/en/how/")
    again = client.get("/en/how/", headers={"if-none-match": answered["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_packed_for_who_can_unpack_it(client):
    plain = client.get("/en/how/")
    packed = client.get("/en/how/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]


def test_what_is_asked_beside_is_forgotten(client):
    odd = client.get("/en/how/?session=%22%3Ex")
    assert odd.content == client.get("/en/how/").content
    assert b"session" not in odd.content


def test_another_process_takes_what_one_made(client, study, monkeypatch):
    first = client.get("/en/how/").content
    forget(monkeypatch)
    monkeypatch.setattr("torg.site.places.framing.page", None)  # nothing can be made any more
    assert client.get("/en/how/").content == first


def test_what_lies_there_cut_short_is_made_anew(client, study, monkeypatch):
    first = client.get("/en/how/").content
    for each in (study.folder / aside.FOLDER / "pages").rglob("*"):
        if each.is_file():
            each.write_bytes(each.read_bytes()[:80])
    forget(monkeypatch)
    assert client.get("/en/how/").content == first


def test_the_cache_may_be_thrown_away_and_need_not_be_writable(client, study, monkeypatch):
    first = client.get("/en/how/").content
    monkeypatch.setattr(aside, "FOLDER", "study.toml")  # a file: no folder can be made below it
    forget(monkeypatch)
    assert client.get("/en/how/").content == first


def test_another_state_of_torg_looks_elsewhere(study, monkeypatch):
    before = aside.place_of(study, "a page")
    monkeypatch.setattr(aside, "made_by", lambda: "another")
    assert aside.place_of(study, "a page") != before


def test_one_process_warms_and_the_others_are_told(study):
    with aside.first_only(study) as first, aside.first_only(study) as second:
        assert (first, second) == (True, False)


def test_warming_makes_the_first_pages(client, study):
    from torg.site.places import warming

    warming.warm_soon(study).join(60)
    assert [
        each
        for each in (study.folder / aside.FOLDER / "pages").rglob("[0-9a-f]*")
        if each.is_file()
    ]


def forget(monkeypatch):
    from torg.site.places import kept

    monkeypatch.setattr(kept, "_pages", kept._Pages())
