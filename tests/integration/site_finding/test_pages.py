"""Search, compare, map and the printed card as a reader without a script meets them."""

import csv
import io
import re

import pytest

from tests.lib.site import released, site_of
from torg.register import read_register


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("finding"))


@pytest.fixture
def client(study):
    return site_of(study)


@pytest.fixture(scope="module")
def units(study):
    """The municipalities that are there at the end."""
    known = read_register(study.folder / "register").municipalities
    return [unit for unit in known if unit.valid_to is None]


def key(unit):
    return f"{unit.country}-{unit.code}"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_an_exact_name_or_code_goes_straight_on(client, units):
    for unit in units[:5]:
        for asked in (unit.code, key(unit), unit.name().upper()):
            answer = client.get("/en/search/", {"q": asked})
            assert answer.status_code == 302
            assert answer["Location"] == f"/en/municipalities/{key(unit)}/"


def test_a_slip_finds_it_and_nonsense_is_offered_the_nearest(client, units):
    name = units[0].name()
    assert f"/en/municipalities/{key(units[0])}/" in text(
        client.get("/en/search/", {"q": name[:2] + name[3:]})
    )
    page = text(client.get("/nb/search/", {"q": "qqqqqqqqwwww"}))
    assert page.count("/nb/municipalities/") >= len(units)


def test_a_county_is_found_with_its_municipalities(client, units):
    county = units[0].county
    page = text(client.get("/en/search/", {"q": county}))
    members = [unit for unit in units if unit.county == county]
    assert all(f"/en/municipalities/{key(unit)}/" in page for unit in members)


def test_what_is_asked_is_never_mark_up(client):
    page = text(client.get("/en/search/", {"q": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page


def test_a_comparison_grows_by_search_and_shrinks_by_a_link(client, units):
    one, two, three = (key(unit) for unit in units[:3])
    page = text(client.get(f"/en/compare/?with={one}", {"with": one, "q": units[1].name()}))
    assert f"/en/compare/?with={one}&amp;with={two}" in page
    page = text(client.get(f"/en/compare/?with={one}&with={two}&with={three}"))
    assert f'href="/en/compare/?with={one}&amp;with={three}"' in page
    assert all(unit.name() in page for unit in units[:3])
    assert page.count('class="panel versus"') > 1


def test_other_choices_have_other_pages(client, units):
    one, two, three = (key(unit) for unit in units[:3])
    first = text(client.get(f"/en/compare/?with={one}&with={three}"))
    second = text(client.get(f"/en/compare/?with={two}&with={three}"))
    assert first != second


def test_a_wrong_code_is_one_sentence_and_the_others_stay(client, units):
    answer = client.get(f"/en/compare/?with={key(units[0])}&with=XX-none")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "This release has no municipality with the code XX-none" in page
    assert units[0].name() in page


def test_more_than_six_are_told(client, units):
    asked = "&".join(f"with={key(unit)}" for unit in units[:8])
    page = client.get(f"/en/compare/?{asked}").content.decode()
    assert "At most 6 can be compared" in page


def test_the_table_is_what_is_shown(client, units):
    asked = "&".join(f"with={key(unit)}" for unit in units[:2])
    answer = client.get(f"/fi/compare/table.csv?{asked}")
    rows = list(csv.DictReader(io.StringIO(text(answer))))
    assert answer["Content-Type"].startswith("text/csv")
    assert {row["municipality"] for row in rows} == {unit.code for unit in units[:2]}
    assert client.get("/fi/compare/table.csv?with=XX-none").status_code == 404
    assert client.get(f"/fi/compare/table.csv?with={key(units[0])}").status_code == 404


def test_the_map_has_a_link_a_row_and_a_mark_for_everybody(client, units):
    page = text(client.get("/sv/map/"))
    for unit in units:
        assert page.count(f'href="/sv/municipalities/{key(unit)}/"') == 2
    marks = set(re.findall(r'<use href="#([a-z0-9-]+)"', page))
    assert marks <= set(re.findall(r'<g id="([a-z0-9-]+)"', page))


def test_the_map_shows_a_chosen_measure_and_refuses_an_unknown_one(client):
    page = text(client.get("/en/map/?by=followers"))
    assert re.search(r'<option value="followers" selected>', page)
    answer = client.get("/en/map/?by=beauty")
    assert answer.status_code == 400
    assert "The map cannot show &#39;beauty&#39;" in answer.content.decode()


def test_the_card_is_drawn_once_and_the_same_each_time(client, units):
    address = f"/nn/municipalities/{key(units[0])}/card.pdf"
    first = client.get(address)
    assert first["Content-Type"] == "application/pdf"
    assert first.content[:5] == b"%PDF-"
    again = client.get(address)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_picture_is_one_and_nobody_s_is_none(client, units):
    picture = client.get(f"/da/municipalities/{key(units[0])}/picture.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content[:4] == b"\x89PNG"
    assert client.get("/da/municipalities/XX-none/picture.png").status_code == 404
    assert client.get("/da/municipalities/XX-none/card.pdf").status_code == 404


def test_who_would_wait_too_long_for_a_drawing_is_told_to_come_again(client, units, monkeypatch):
    from torg.site.places import rendering

    monkeypatch.setattr(rendering, "_PATIENCE", 0.0)
    with rendering.busy():
        answer = client.get(f"/en/municipalities/{key(units[-1])}/card.pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert client.get(f"/en/municipalities/{key(units[-1])}/card.pdf").status_code == 200
