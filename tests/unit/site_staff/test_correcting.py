"""A correction is accepted by five fields, which are the line that sets the figure right."""

import re

import pytest

from tests.lib.site import as_staff
from tests.lib.staff import address_of

LINE = {"platform": "facebook", "post": "404", "field": "reactions", "value": "11"}


@pytest.fixture
def staff(client):
    return as_staff(client, "editor")


@pytest.fixture
def correction(staff, study):
    """What a municipality with a channel says of its figures."""
    import datetime as dt

    from torg.register import read_register
    from torg.site.releases.models import Objection, Publication

    channel = read_register(study.register_folder).channels[0]
    made = Objection.objects.create(
        release=Publication.objects.get().release, country=channel.country, unit=channel.code,
        measure="posts", should_be="11", reason="One is missing.", by="room link 1",
        made=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    return made, channel


def decided(staff, number, **said):
    path = address_of("staff_decide", kind="corrections", number=number)
    return staff.post(path, {"decision": "accept", **said})


def test_the_channels_of_the_municipality_are_offered_and_no_other(staff, study, correction):
    from torg.register import read_register

    made, channel = correction
    path = address_of("staff_review", kind="corrections", number=made.pk)
    page = staff.get(path).content.decode()
    for name in ("platform", "channel", "post", "field", "value"):
        assert f'<label for="{name}">' in page
    offered = re.search(r'<select id="channel".*?</select>', page, re.S).group()
    assert all(name in offered for name in channel.names)
    others = {
        name
        for each in read_register(study.register_folder).channels
        if (each.country, each.code) != (channel.country, channel.code)
        for name in each.names
    }
    assert not [name for name in others if f">{name}<" in offered]


def test_what_could_not_be_applied_is_said_and_what_was_filled_in_stays(staff, study, correction):
    made, channel = correction
    answer = decided(staff, made.pk, **LINE, channel=channel.names[0], reason="We looked.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The archive has no such post of this channel." in page
    assert 'value="404"' in page and 'value="11"' in page and ">We looked.</textarea>" in page
    assert "<option selected>reactions</option>" in page
    assert "say of which platform, channel and field" in decided(staff, made.pk).content.decode()
    assert not study.corrections.is_file()


def test_a_line_that_fits_is_added(staff, study, correction):
    made, channel = correction
    line = {"platform": channel.platform, "channel": channel.names[0], "field": "exclude"}
    assert decided(staff, made.pk, **line).status_code == 302
    made.refresh_from_db()
    assert made.state == "accepted" and made.line["field"] == "exclude"
    assert f"correction {made.pk}" in study.corrections.read_text(encoding="utf-8")
