"""What the public pages promise: every figure with its base, every place with its set."""

import datetime as dt
import html as markup
import re
import shutil

import pytest

from tests.lib.site import released, site_of

MOST = 300_000  # bytes of a first page with all that it loads
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("places"))


@pytest.fixture
def client(study):
    return site_of(study)


def page(client, address, status=200):
    answered = client.get(address)
    assert answered.status_code == status, address
    return answered.content.decode()


def words(html):
    return " ".join(TAG.sub(" ", html).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def name_of(study):
    return next(study.releases.glob("2*")).name


def key(study):
    from torg.site.places import shelf

    national = shelf.latest().national("en")
    return national.lines[0].place.key


# --- the front page


def test_every_headline_figure_has_its_base_n_and_days_and_says_how_it_is_known(client):
    tiles = re.findall(r'<div id="[a-z0-9_]+"><dt>.*?</div>', page(client, "/en/"), re.S)
    assert len(tiles) >= 4
    for tile in tiles:
        assert re.search(
            r"Counted from: .+\. n = \d+ municipalities, .+ 2024 – .+ 2024\.", words(tile)
        )
        assert re.search(r'href="/en/how/#[a-z0-9_]+"', tile)


def test_a_figure_by_a_rule_that_errs_says_so_where_it_stands_in_large_type(client):
    html = page(client, "/en/")
    cards = [card for card in html.split("<dt>")[1:] if "#by-rule" in card.split("</div>")[0]]
    assert cards
    assert all("By a rule that is" in words(card) for card in cards)
    assert "Questions are found by a rule" in words(html.split('id="by-rule"')[1])


def test_the_map_of_what_a_rule_found_tells_how_often_it_errs(client):
    choices = re.findall(r'<option value="([^"]+)"', page(client, "/en/map/"))
    by_rule = next(each for each in choices if each.startswith("question"))
    said = "Questions are found by a rule that is not always right."
    assert said in words(page(client, f"/en/map/?by={by_rule}"))
    assert said not in words(page(client, "/en/map/?by=posts_per_week"))


def test_what_a_figure_s_link_leads_to_is_there(client):
    asked = set(re.findall(r'href="/en/how/#([^"]+)"', page(client, "/en/")))
    there = set(re.findall(r'id="([^"]+)"', page(client, "/en/how/")))
    assert asked
    assert asked <= there


def test_how_we_know_lists_each_of_its_sections_at_the_top(client):
    html = page(client, "/en/how/")
    listed = re.findall(
        r'href="#([^"]+)"', html.split('<nav class="contents"')[1].split("</nav>")[0]
    )
    assert listed == re.findall(r'<section id="([^"]+)"', html)


def test_the_list_of_answers_says_what_it_leaves_out_and_writes_all_alike(client):
    html = markup.unescape(page(client, "/en/survey/")).split('id="answers"')[1]
    labels = [words(each) for each in re.findall(r"<li>([^<]+): <strong>", html)]
    assert labels
    assert not {"No", "Don't know"} & set(labels)
    assert "“no” and “don't know” are left out" in words(html.split("<table")[0])
    assert [label for label in labels if label[0].islower()] == []


def test_the_first_page_with_all_that_it_loads_stays_under_300_kb(client, figure):
    html = page(client, "/en/")
    loads = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="([^"]+)"', html
    )
    assert loads
    sizes = {each: len(b"".join(client.get(each))) for each in loads}
    total = len(html.encode()) + sum(sizes.values())
    figure(f"the first page with all that it loads: {total} bytes")
    assert total < MOST


def test_no_page_of_the_survey_is_heavier(client):
    html = page(client, "/en/survey/")
    asked = sorted(set(re.findall(r'href="(/en/survey/[^"]+/questions/[^"]+)"', html)))
    assert asked
    sizes = [len(page(client, each)) for each in asked[:4]]
    assert max([len(html), *sizes]) < MOST - 50_000


def test_pages_load_nothing_from_elsewhere_and_have_no_inline_style_or_script(client, study):
    for address in (
        "/en/",
        "/en/ranking/",
        f"/en/municipalities/{key(study)}/",
        "/en/survey/",
        "/en/how/",
    ):
        html = page(client, address)
        loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]*?(?:href|src)="([^"]*)"', html)
        assert [each for each in loaded if re.match(r"(?:[a-z]+:)?//", each)] == []
        assert not re.search(r'<style| style="|<script(?![^>]*src=)| on[a-z]+="', html), address


def test_the_page_names_itself_to_others(client, study):
    html = page(client, f"/en/municipalities/{key(study)}/")
    told = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html))
    assert told["description"]
    assert told["og:title"]
    assert told["og:image"].endswith("/picture.png")
    assert f'<link rel="canonical" href="/en/municipalities/{key(study)}/">' in html


# --- the ranking


def test_no_place_stands_without_its_set(client):
    html = page(client, "/en/ranking/")
    rows = re.findall(r"<li><a href=\"/en/municipalities/.*?</li>", html.split('id="all"')[1], re.S)
    assert len(rows) == 30
    for row in rows:
        assert re.search(r"\d+–\d+ of \d+|no place: .+", words(row)), words(row)


def test_the_ranking_can_be_asked_for_a_size_a_county_and_a_band(client):
    html = page(client, "/en/ranking/")
    for name in ("size", "county", "band"):
        offered = re.search(rf'<select id="{name}".*?</select>', html, re.S)[0]
        value = re.findall(r'<option value="([^"]+)"', offered)[0]
        found = client.get("/en/ranking/", {name: markup.unescape(value)}).content.decode()
        assert f'<option value="{value}" selected>' in found
        assert found.count("<li><a href=") < html.count("<li><a href=")


@pytest.mark.parametrize(
    "asked", ["size=huge", "county=Nowhere", "band=Z", "page=0", "page=99", "page=x"]
)
def test_a_group_that_is_not_there_is_refused_in_a_sentence(client, asked):
    assert "has no such size class" in page(client, f"/en/ranking/?{asked}", status=404)


# --- a municipality


def test_a_municipality_s_page_holds_every_figure_against_its_peers(client, study):
    html = page(client, f"/en/municipalities/{key(study)}/")
    articles = re.findall(r"<article id=.*?</article>", html, re.S)
    assert articles
    for article in articles:
        text = words(article)
        assert re.search(r"Counted from: .+n = \d+|Missing: .+", text), text
        assert "Same size:" in text
    assert "Week by week" in html
    assert "Municipalities like it" in html


def test_an_unknown_municipality_is_a_404_that_says_so(client):
    assert "no municipality of that code" in page(client, "/en/municipalities/XX-9999/", status=404)


@pytest.mark.parametrize("within", ["", "releases/{}/"])
def test_an_address_of_a_municipality_that_is_cut_short_leads_to_all_of_them(client, study, within):
    before = f"/en/{within.format(name_of(study))}"
    answered = client.get(f"{before}municipalities/")
    assert (answered.status_code, answered["Location"]) == (302, f"{before}search/")


def test_what_a_municipality_says_stands_beside_its_figures_at_once(client, study):
    from torg.site.releases.models import Statement

    place = key(study)
    assert "in our own words" not in page(client, f"/en/municipalities/{place}/")
    said = Statement.objects.create(
        release=name_of(study),
        country="XX",
        unit=place.partition("-")[2],
        text="<b>in our own words",
        language="nb",
        by="room link 1",
        made=dt.datetime.now(dt.UTC),
        state="accepted",
    )
    html = page(client, f"/en/municipalities/{place}/")
    assert '<blockquote lang="nb"><p>&lt;b&gt;in our own words</p>' in html
    said.delete()
    assert "in our own words" not in page(client, f"/en/municipalities/{place}/")


# --- releases


@pytest.fixture
def earlier(tmp_path):
    """A study with two releases: the earlier one, and the same again a day later."""
    study = released(tmp_path)
    first = next(study.releases.glob("2*"))
    day = dt.date.fromisoformat(first.name[:10]) + dt.timedelta(days=1)
    shutil.copytree(first, study.releases / f"{day}-1")
    return study, first.name


def test_an_earlier_release_stays_readable_and_names_the_latest(earlier):
    study, first = earlier
    client = site_of(study)
    for within in ("", "ranking/", f"municipalities/{key(study)}/", "survey/", "how/"):
        html = page(client, f"/en/releases/{first}/{within}")
        assert "This is an earlier release" in html
        assert f'<link rel="canonical" href="/en/{within}">' in html
        inside = re.findall(
            r'href="(/en/releases/[^"/]+/(?:ranking|municipalities|how)[^"]*)"', html
        )
        assert all(each.startswith(f"/en/releases/{first}/") for each in inside)
    assert "This is an earlier release" not in page(client, "/en/")


def test_figures_are_followed_over_the_releases(earlier):
    study, first = earlier
    html = page(site_of(study), "/en/").split('id="trends"')[1]
    assert f'href="/en/releases/{first}/"' in html
    assert re.search(r"From .+ to .+ over 2 releases\.", words(html))


def test_a_release_that_was_withdrawn_says_why_and_shows_nothing(earlier):
    from torg.site.releases.models import Publication

    study, first = earlier
    client = site_of(study)
    assert client.get(f"/en/releases/{first}/").status_code == 200
    row = Publication.objects.get(release=first)
    row.withdrawn, row.why = dt.datetime.now(dt.UTC), "A file was read twice."
    row.save()
    gone = page(client, f"/en/releases/{first}/", status=404)
    assert "A file was read twice." in gone
    assert client.get(f"/en/releases/{first}/ranking/").status_code == 404
    assert "A file was read twice." in page(client, "/en/releases/")
    assert client.get("/en/").status_code == 200


def test_a_release_that_is_not_public_yet_is_not_there(earlier):
    from torg.site.releases.models import Publication

    study, first = earlier
    client = site_of(study)
    latest = Publication.objects.exclude(release=first).get()
    latest.public_from = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    latest.save()
    assert client.get(f"/en/releases/{latest.release}/").status_code == 404
    assert "This is an earlier release" not in page(client, f"/en/releases/{first}/")
    assert latest.release not in page(client, "/en/releases/")


def test_without_a_release_the_front_page_says_so_kindly(tmp_path):
    study = released(tmp_path)
    shutil.rmtree(study.releases)
    client = site_of(study)
    assert "There is no release that everybody may see yet." in page(client, "/en/")
    assert client.get("/en/ranking/").status_code == 404


def test_a_release_of_another_version_is_said_to_be_one(tmp_path):
    study = released(tmp_path)
    about = next(study.releases.glob("2*")) / "results" / "about.json"
    about.chmod(0o644)
    about.write_text('{"what": "is this?"}', encoding="utf-8")
    assert "another version of Torg" in page(site_of(study), "/en/", status=503)


def test_the_survey_s_press_text_is_text(client):
    html = page(client, "/en/survey/")
    address = re.search(r'href="(/en/survey/[^"]+/press\.txt)"', html)[1]
    answered = client.get(address)
    assert answered["Content-Type"] == "text/plain; charset=utf-8"
    assert answered.content


def test_a_wave_and_a_question_that_are_not_there_are_refused(client):
    assert client.get("/en/survey/no-such/").status_code == 404
    assert client.get("/en/survey/no-such/questions/none/").status_code == 404
    assert client.get("/en/survey/no-such/press.txt").status_code == 404
