"""The API gives what pages make of the tables, and what people wrote, as the pages show it."""

import datetime as dt
import json

import pytest


def asked(client, path, status=200):
    found = client.get(f"/api/v1/{path}")
    assert found.status_code == status, found.content
    return json.loads(found.content)


def test_the_country_s_figures_are_those_of_its_pages(client, release):
    from torg.site.places import shelf

    overviews = shelf.latest().national("en").overviews
    rows = asked(client, "national?per_page=1000")["items"]
    whole = {(row["measure"], row["access"]): row for row in rows if row["size_class"] is None}
    assert len(whole) == sum(len(each) for each in overviews.values())
    for measure, each in overviews.items():
        for overview in each:
            row, spread = whole[measure, overview.access], overview.everybody
            assert (row["n"], row["median"]) == (spread.n, spread.median)
    assert {row["missing"] for row in rows} == {None, "too_few_municipalities"}
    assert all((row["median"] is None) == (row["missing"] is not None) for row in rows)


def test_they_are_filtered(client):
    every = asked(client, "national?per_page=1000")["items"]
    size = next(row["size_class"] for row in every if row["size_class"])
    found = asked(client, f"national?measure=posts_per_week&size_class={size}")
    assert found["items"] == [
        row for row in every if (row["measure"], row["size_class"]) == ("posts_per_week", size)
    ]


def test_experience_comes_with_what_changed_as_its_page_has_it(client):
    from torg.site.experience import queries

    numbers = [row["number"] for row in asked(client, "experience")["items"]]
    assert numbers
    for number in numbers:
        told = queries.surroundings(queries.public_experience(number), language="en").measures
        rows = asked(client, f"experience/changes?number={number}")["items"]
        assert [row["measure"] for row in rows] == [each.measure for each in told]
        for row, each in zip(rows, told, strict=True):
            assert (row["change"], row["missing"]) == (each.change.change, each.change.missing)
            assert (row["peers"], row["peers_median"]) == (each.peers.n, each.peers.median)
            assert row["weeks_before"] == each.change.before.n


def test_what_was_set_right_is_that_of_the_municipality_s_page(client, release):
    from torg.site.releases.models import Objection

    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    made = [
        Objection.objects.create(
            release=release.name, country="XX", unit="0101", measure="posts", should_be="11",
            reason=f"It is {state}.", by="account 1", made=now, state=state,
            decided=None if state == "waiting" else now, line={},
        )
        for state in ("accepted", "waiting")
    ]  # fmt: skip
    (row,) = asked(client, "set-right?place=XX-0101")["items"]
    assert (row["measure"], row["reason"]) == ("posts", "It is accepted.")
    page = client.get("/en/municipalities/XX-0101/").content.decode()
    assert "It is accepted." in page
    assert "It is waiting." not in page
    for each in made:
        each.delete()


@pytest.fixture
def request_made(client):
    from torg.site.experience.models import Request, RequestAnswer

    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    made = Request.objects.create(
        country="XX", unit="0101", title="Who has tried chat?", text="We wonder.",
        area="dialogue", group="residents", language="en", made=now,
    )  # fmt: skip
    for text, hidden in (("We have.", None), ("Buy this.", now)):
        RequestAnswer.objects.create(
            request=made, country="XX", unit="0102", text=text, at=now, hidden=hidden
        )
    yield made
    RequestAnswer.objects.filter(request=made).delete()
    made.delete()


def test_a_request_and_its_answers_but_those_that_were_hidden(client, request_made):
    rows = asked(client, "requests?municipality=0101")["items"]
    (row,) = [row for row in rows if row["number"] == request_made.pk]
    assert (row["title"], row["municipality"], row["answers"]) == ("Who has tried chat?", "0101", 1)
    answers = asked(client, f"requests/answers?number={request_made.pk}")["items"]
    assert [(each["text"], each["municipality"]) for each in answers] == [("We have.", "0102")]


def test_campaigns_and_their_joint_curve_are_those_of_the_page(client):
    from torg.site.experience import queries

    for row in asked(client, "campaigns")["items"]:
        campaign = queries.public_campaign(row["number"])
        assert row["tag"] == campaign.tag
        weeks = asked(client, f"campaigns/weeks?number={row['number']}")["items"]
        curve = queries.curve_of(campaign, language="en")
        assert [each["mean"] for each in weeks] == [each.mean for each in curve]


@pytest.mark.parametrize(
    "path", ["experience/changes", "experience/remarks", "requests/answers", "campaigns/weeks"]
)
def test_a_number_that_nothing_has_is_said_to_be_none(client, path):
    assert "called '987654'" in asked(client, f"{path}?number=987654", 404)["detail"]
    assert asked(client, f"{path}?number={'9' * 40}", 422)
