"""Pages that are kept: the same for all readers, in memory and on disk, and never stale."""

import datetime as dt
import gzip
import os
import shutil

import pytest

from tests.lib.site import as_staff, released, site_of
from torg.site.places import aside
from torg.study import read_study


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


def test_a_day_does_not_tell_that_nothing_changed(client):
    """The latest release is an older one, where the newest is taken back."""
    assert "Last-Modified" not in client.get("/en/how/")
    later = client.get("/en/how/", headers={"if-modified-since": "Fri, 01 Jan 2999 00:00:00 GMT"})
    assert later.status_code == 200


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
    for each in aside.folder_of(study, "pages").rglob("*"):
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


def test_what_study_toml_says_now_stands_on_the_next_page(client, study, monkeypatch):
    """Without it a site that is given its address would go on naming none, release after start."""
    assert "Another square" not in client.get("/en/how/").content.decode()
    toml = study.folder / "study.toml"
    told = toml.read_text(encoding="utf-8").replace(study.title, "Another square")
    toml.write_text(f'{told}\n[site]\naddress = "https://torg.example"\n', encoding="utf-8")
    forget(monkeypatch)  # as the next start of the server does
    html = site_of(read_study(study.folder)).get("/en/how/").content.decode()
    assert "Another square" in html
    assert 'href="https://torg.example/en/how/"' in html


def test_one_process_warms_and_the_others_are_told(study):
    with aside.first_only(study) as first, aside.first_only(study) as second:
        assert (first, second) == (True, False)


def test_warming_makes_the_first_pages(client, study):
    from torg.site.places import warming

    warming.warm_soon(study).join(60)
    assert [each for each in aside.folder_of(study, "pages").rglob("[0-9a-f]*") if each.is_file()]
    assert list(aside.folder_of(study, "open-data").rglob("deposit.zip"))


def test_what_nobody_took_in_a_month_is_thrown_away(study):
    places = [aside.place_of(study, name) for name in ("old", "taken", "new")]
    places.append(aside.folder_of(study, "open-data") / "2001-01-01-1" / "measures.xlsx")
    for place in places:
        aside.put(place, b"a page")
    for place in (places[0], places[1], places[3]):
        os.utime(place, (0, 0))
    assert aside.taken(places[1]) == b"a page"
    aside.throw_away_old(study)
    assert [place.exists() for place in places] == [False, True, True, False]


def test_what_another_state_made_is_thrown_away(study, monkeypatch):
    before = aside.place_of(study, "a page")
    aside.put(before, b"a page")
    monkeypatch.setattr(aside, "made_by", lambda: "another")
    aside.throw_away_old(study)
    assert not before.parent.exists()


def test_a_page_that_could_not_be_put_leaves_nothing_behind(study, monkeypatch):
    place = aside.place_of(study, "a page")
    place.mkdir(parents=True)  # nothing can be put in the place of a folder
    (place / "something").touch()
    aside.put(place, b"a page")
    assert list(place.parent.iterdir()) == [place]


@pytest.fixture
def three(study):
    """The names of three releases, the oldest first."""
    first = next(study.releases.glob("2*"))
    day = dt.date.fromisoformat(first.name[:10])
    names = [first.name, *(f"{day + dt.timedelta(days=n)}-1" for n in (1, 2))]
    for name in names[1:]:
        shutil.copytree(first, study.releases / name)
    return names


def test_no_kept_page_names_a_release_that_was_taken_back_when_another_became_public(three, study):
    client = site_of(study)
    from torg.site.places import shelf
    from torg.site.releases.models import Publication

    shelf.look_again()
    shelf.public()
    rows = {row.release: row for row in Publication.objects.all()}
    rows[three[1]].public_from += dt.timedelta(days=9000)
    rows[three[1]].save()
    assert f"/en/releases/{three[0]}/" in client.get("/en/").content.decode()
    rows[three[1]].public_from -= dt.timedelta(days=9000)
    rows[three[0]].withdrawn, rows[three[0]].why = dt.datetime.now(dt.UTC), "A file was read twice."
    rows[three[1]].save()
    rows[three[0]].save()
    html = client.get("/en/").content.decode()
    assert f"/en/releases/{three[0]}/" not in html
    assert f"/en/releases/{three[1]}/" in html


def forget(monkeypatch):
    from torg.site.places import kept

    monkeypatch.setattr(kept, "_pages", kept._Pages())
