"""What one municipality wrote for itself is nobody else's: every address is asked for it."""

import datetime as dt

import pytest

from tests.lib.site import as_municipality, released, site_of
from tests.lib.site_addresses import addresses

SECRET = "zwischenuns"  # noqa: S105 -- a word that stands nowhere else
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return released(tmp_path_factory.mktemp("others"))


@pytest.fixture(scope="module")
def release(study):
    return next(study.releases.glob("2*")).name


@pytest.fixture(scope="module")
def theirs(study, release):
    """One row of each kind that is another municipality's own, with the secret in it."""
    site_of(study)
    from torg.site.accounts.models import AccountWish
    from torg.site.answers.models import Answer, Form, FrameUnit
    from torg.site.experience.models import Experience, Version
    from torg.site.releases.models import Objection, Statement
    from torg.site.room.models import HandIn, Proposal

    form = Form.objects.exclude(unit__unit="0101").filter(unit__wave="2024").first()
    unit = FrameUnit.objects.get(pk=form.unit_id)
    whose = {"country": unit.country, "unit": unit.unit}
    said = {"by": "account 999", "made": NOW}
    experience = Experience.objects.create(**whose, made=NOW)
    return [
        experience,
        Version.objects.create(
            experience=experience, number=1, made=NOW, language="en", title=SECRET, tried=SECRET
        ),
        HandIn.objects.create(
            **whose, **said, name=f"{SECRET}.csv", place="", size=1, sha256="0" * 64,
            state="unfit", why=SECRET,
        ),
        Proposal.objects.create(
            **whose, **said, kind="add", platform="facebook", address=SECRET, remark=SECRET
        ),
        Objection.objects.create(
            **whose, **said, release=release, measure="posts_per_week", should_be=SECRET,
            reason=SECRET,
        ),
        Statement.objects.create(**whose, **said, release=release, text=SECRET, language="en"),
        AccountWish.objects.create(
            **whose, address=f"{SECRET}@example.org", name=SECRET, at=NOW, by="account 999"
        ),
        Answer.objects.create(form=form, item="strategy_why", value=SECRET, at=NOW, how="given"),
        form,
    ]  # fmt: skip


def as_kept(rows):
    """The rows as the database has them."""
    return [type(row).objects.filter(pk=row.pk).values().get() for row in rows]


@pytest.mark.parametrize("role", ["public", "municipality"])
def test_no_address_tells_or_changes_what_is_another_s_own(study, release, theirs, role):
    client = site_of(study)
    client.raise_request_exception = False
    if role == "municipality":
        as_municipality(client, "XX", "0101")
    before, told, asked = as_kept(theirs), set(), 0
    for number in {row.pk for row in theirs}:
        for each in addresses(release, number=number, form=number):
            for method in each.methods:
                answer = client.generic(method, each.path)
                text = b"".join(answer) if answer.streaming else answer.content
                asked += 1
                if SECRET.encode() in text or answer.status_code >= 500:
                    told.add(f"{method} {each.path}: {answer.status_code}")
    assert asked > 200
    assert told == set()
    assert as_kept(theirs) == before


def test_its_owner_is_told(study, theirs):
    """The words do stand on pages: of the room that they belong to."""
    client = site_of(study)
    row = theirs[2]
    as_municipality(client, row.country, row.unit)
    for path in (
        "/en/room/files/",
        "/en/room/channels/",
        "/en/room/preview/",
        "/en/experience/own/",
    ):
        assert SECRET in client.get(path).content.decode(), path
