"""The pages of the bank: who sees what, what is escaped, what a form says, what is downloaded."""

import re

import polars as pl
import pytest

from tests.lib.experience import EDITOR, FJORDBY, SUNDBY, WHOLE, published, waiting
from tests.lib.site import as_municipality, as_staff, released, site_of

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
FORM = {**WHOLE, "begins": "2026-03-02", "ends": "2026-04-26", "hours": "40", "links": ""}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("experience"))


@pytest.fixture
def public(study):
    return site_of(study)


@pytest.fixture
def town(study):
    return as_municipality(site_of(study), "XX", "0101")


@pytest.fixture
def other(study):
    return as_municipality(site_of(study), "XX", "0102")


@pytest.fixture
def editor(study):
    return as_staff(site_of(study), "editor")


def text_of(client, address, status=200):
    answered = client.get(f"/en/experience/{address}")
    assert answered.status_code == status, address
    return answered.content.decode()


def draft_of(town):
    sent = town.post("/en/experience/own/new/", FORM)
    assert sent.status_code == 302
    return int(re.search(r"/own/(\d+)/", sent["Location"]).group(1))


def test_who_looks_before_sending_sees_what_the_public_page_will_show_as_measured(town, public):
    from torg.site.experience import actions

    sent = town.post("/en/experience/own/new/", {**FORM, "look": "yes"})
    assert sent["Location"].endswith("/preview/?done=saved")
    number = int(re.search(r"/own/(\d+)/", sent["Location"]).group(1))
    before = text_of(town, f"own/{number}/preview/")
    town.post(f"/en/experience/own/{number}/send/")
    actions.accept_experience(EDITOR, number)
    measured = re.compile(r'<section id="measured">.*?</section>', re.DOTALL)
    assert measured.search(before).group() == measured.search(text_of(public, f"{number}/")).group()
    assert "What was measured before and after" in before


def test_a_first_save_with_nothing_written_says_what_to_write_and_keeps_nothing(town):
    from torg.site.experience.models import Experience

    kept = Experience.objects.count()
    sent = town.post("/en/experience/own/new/", {"language": "en", "title": " "})
    assert sent.status_code == 422
    assert "Nothing is written yet: give it a title at least" in sent.content.decode()
    assert Experience.objects.count() == kept


def test_the_whole_way_from_a_form_to_the_public(town, other, public, study):
    from torg.site.experience import actions

    number = draft_of(town)
    assert "Save and look at it" in text_of(town, f"own/{number}/")
    assert town.post(f"/en/experience/own/{number}/send/").status_code == 302
    text_of(public, f"{number}/", 404)
    actions.accept_experience(EDITOR, number)
    assert "Two of us answered until eight." in text_of(public, f"{number}/")
    assert "post@fjordby.example" not in text_of(public, f"{number}/")
    assert "post@fjordby.example" in text_of(other, f"{number}/")
    assert "Your experience was published." in text_of(town, "own/")
    assert town.post(f"/en/experience/own/{number}/withdraw/").status_code == 302
    gone = text_of(public, f"{number}/", 410)
    assert "This experience was withdrawn" in gone
    assert "answered until eight" not in gone


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "own/{}/"), ("get", "own/{}/preview/"), ("post", "own/{}/"),
        ("post", "own/{}/send/"), ("post", "own/{}/take-back/"), ("post", "own/{}/withdraw/"),
        ("post", "own/{}/files/"), ("post", "own/{}/files/1/"), ("get", "{}/"),
        ("post", "{}/ask/"), ("post", "{}/thank/"),
    ],
)  # fmt: skip
def test_what_is_another_s_draft_is_not_there(town, other, method, address):
    number = draft_of(town)
    path = f"/en/experience/{address.format(number)}"
    answered = other.get(path) if method == "get" else other.post(path, {**FORM, "text": "x"})
    assert answered.status_code == 404
    assert "answered until eight" not in answered.content.decode()


def test_a_draft_is_on_no_page_of_anybody_else_s(town, other, public, editor):
    town.post("/en/experience/own/new/", {**FORM, "title": "A secret trial"})
    for client in (public, other, editor):
        for address in ("", "?q=secret", "matches/", "requests/", "campaigns/"):
            assert "A secret trial" not in text_of(client, address)


def test_what_is_written_is_text_and_never_a_page(town, other, public):
    evil = published(
        title=EVIL, tried=EVIL, happened=EVIL, contact=f"{'a' * 5}@b.example", links=(),
        contact_is_public=True,
    )  # fmt: skip
    from torg.site.experience import actions

    actions.ask_question(SUNDBY, evil, text=EVIL)
    request = actions.make_request(
        SUNDBY, title=EVIL, text=EVIL, area="dialogue", group="", language="en"
    )
    actions.answer_request(FJORDBY, request, text=EVIL)
    for client, address in (
        (public, ""), (public, f"{evil}/"), (public, f"?q={EVIL}"), (public, f"requests/?q={EVIL}"),
        (public, "requests/"), (public, f"requests/{request}/"), (town, "own/"),
        (town, f"own/{evil}/"), (town, f"own/{evil}/preview/"), (other, f"requests/{request}/"),
    ):  # fmt: skip
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_fault_stands_beside_its_field_and_nothing_is_lost(town):
    sent = town.post("/en/experience/own/new/", {**FORM, "ends": "2026-01-01", "links": "http://a"})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert 'id="links-wrong"' in page
    assert 'aria-describedby="links-help links-wrong"' in page
    assert "http://a</textarea>" in page
    assert "Two of us answered until eight." in page


def test_what_waits_cannot_be_written_over(town):
    number = waiting()
    assert town.get(f"/en/experience/own/{number}/").status_code == 302
    sent = town.post(f"/en/experience/own/{number}/", {**FORM, "tried": "Typed for an hour."})
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "It waits for review: take it back before you change it." in page
    assert "Typed for an hour.</textarea>" in page


def test_what_is_refused_is_not_lost(town, other, editor, monkeypatch):
    from torg.site.experience.actions import asking, campaigning, requesting, writing
    from torg.site.experience.models import Agency

    number = published()
    for module, name in (
        (asking, "MOST_OPEN"), (campaigning, "MOST_AHEAD"), (requesting, "MOST_OPEN"),
        (writing, "MOST_DRAFTS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 0)
    asked = {"title": "Typed", "text": "for an hour", "area": "planning", "language": "en"}
    campaign = {"tag": "tag", "begins": "2026-03-02", "ends": "2026-03-09"}
    for client, address, said in (
        (other, f"{number}/ask/", {"text": "for an hour"}),
        (other, "own/new/", {**FORM, "happened": "for an hour"}),
        (other, "requests/new/", asked),
        (other, "campaigns/new/", {**asked, **campaign}),
    ):
        refused = client.post(f"/en/experience/{address}", said)
        assert refused.status_code == 422, address
        assert 'role="alert"' in refused.content.decode()
        assert "for an hour</textarea>" in refused.content.decode()
    monkeypatch.undo()
    request = re.search(
        r"requests/(\d+)/", other.post("/en/experience/requests/new/", asked)["Location"]
    ).group(1)
    agency = Agency.objects.create(name="Agency of Patience").pk
    address = f"/en/experience/requests/{request}/enter/"
    again = editor.post(address, {"agency": agency, "text": ""})
    assert again.status_code == 422
    assert f'<input type="hidden" name="agency" value="{agency}">' in again.content.decode()
    assert editor.post(address, {"agency": agency, "text": "So."}).status_code == 302


def test_a_file_is_saved_and_never_shown(town, public):
    from django.core.files.uploadedfile import SimpleUploadedFile

    number = draft_of(town)
    address = f"/en/experience/own/{number}/files/"
    bad = town.post(address, {"file": SimpleUploadedFile("a.pdf", b"<html>,</html>")})
    assert bad.status_code == 422
    assert "Only PDF, PNG" in bad.content.decode()
    assert town.post(address, {}).status_code == 422
    good = town.post(address, {"file": SimpleUploadedFile("så.pdf", b"%PDF-1.7", "text/html")})
    assert good.status_code == 302
    from torg.site.experience.models import Attachment

    file = Attachment.objects.get(experience_id=number).pk
    had = town.get(f"/en/experience/files/{file}/")
    assert had.content == b"%PDF-1.7"
    assert had["Content-Type"] == "application/octet-stream"
    assert had["X-Content-Type-Options"] == "nosniff"
    assert had["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in had["Content-Security-Policy"]
    assert public.get(f"/en/experience/files/{file}/").status_code == 404


def test_links_do_not_speak_for_the_site(public):
    number = published(links=("https://example.org/x",))
    assert 'href="https://example.org/x" rel="nofollow noopener ugc"' in text_of(
        public, f"{number}/"
    )


def test_filters_and_search_work_together_and_keep_their_place(public, study):
    from torg.site.experience.views.reading import PER_PAGE

    for at in range(PER_PAGE + 1):
        published(title=f"Zebras number {at}", area="planning", language="en")
    first = text_of(public, "?q=zebra&area=planning")
    assert "21 experiences" in first
    assert 'href="?q=zebra&amp;area=planning&amp;page=2"' in first
    assert text_of(public, "?q=zebra&area=planning&page=2").count("Zebras number") == 1
    nothing = text_of(public, "?q=zebra&area=emergency")
    assert "Nothing was found. What you can try:" in nothing
    like = text_of(public, "?q=zebra&like=XX-0101")
    assert "0 experiences" in like  # one's own is not like oneself


@pytest.mark.parametrize(
    "asked",
    ["?page=99999999", "?page=-1", "?year=abcd", "?year=0000", "?area=x", "?size=%00", "?like=ZZ"],
)
def test_odd_questions_are_answered(public, asked):
    assert "Find experience" in text_of(public, asked)


def test_a_page_for_somebody_who_is_known_is_not_kept_by_caches(other, public):
    number = published()
    address = f"/en/experience/{number}/"
    assert "no-store" in other.get(address)["Cache-Control"]
    assert "public" in public.get(address)["Cache-Control"]


def test_an_agency_answers_by_its_link(editor, other, public):
    editor.post("/en/experience/agencies/", {"name": "Agency of Links"})
    from torg.site.experience.models import Agency

    agency = Agency.objects.get(name="Agency of Links").pk
    sent = other.post(
        "/en/experience/requests/new/",
        {"title": "How?", "text": "Tell us.", "area": "planning", "language": "en",
         "agencies": [agency]},
    )  # fmt: skip
    number = int(re.search(r"requests/(\d+)/", sent["Location"]).group(1))
    made = editor.post(f"/en/experience/requests/{number}/make-link/", {"agency": agency})
    link = re.search(r"<pre>http://localhost(\S+)</pre>", made.content.decode()).group(1)
    assert "Agency of Links is asked by" in public.get(link).content.decode()
    assert public.post(link, {"text": ""}).status_code == 422
    assert public.post(link, {"text": "Like this."}).status_code == 302
    assert "Like this." in text_of(public, f"requests/{number}/")
    assert public.get(link).status_code == 404


def test_a_campaign_is_joined_and_shows_its_curve_and_table(town, other, public):
    sent = town.post(
        "/en/experience/campaigns/new/",
        {"title": "Vote", "text": "All.", "tag": "#vote", "begins": "2024-02-05",
         "ends": "2024-02-18", "language": "en"},
    )  # fmt: skip
    number = int(re.search(r"campaigns/(\d+)/", sent["Location"]).group(1))
    assert other.post(f"/en/experience/campaigns/{number}/join/").status_code == 302
    page = text_of(public, f"campaigns/{number}/")
    assert "2 municipalities take part" in page
    assert "<polyline" in page
    assert "Mean of posts per municipality" in page
    assert "not those with the tag" in page


def test_a_release_that_this_torg_cannot_read_takes_no_experience_away(tmp_path):
    study = released(tmp_path)
    (weeks,) = study.releases.glob("2*/results/weeks.parquet")
    pl.read_parquet(weeks).drop("posts").write_parquet(weeks)
    client = site_of(study)
    number = published()
    assert "There is no public release yet" in text_of(client, f"{number}/")
    for address in ("", "?like=XX-0101", "matches/", "requests/", "campaigns/"):
        text_of(client, address)
