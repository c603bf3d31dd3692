"""Municipalities are told of a preview: looked at first, confirmed, sent once in the background."""

import datetime as dt
import re
from contextlib import contextmanager

import pytest

from tests.lib.site import as_staff, site_of
from tests.lib.staff import address_of, asking
from tests.lib.surveying import Box
from torg.register import read_register
from torg.study import read_study

LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
SITE = '\n[site]\naddress = "https://towns.example"\n'


@pytest.fixture
def study(tmp_path):
    made = asking(tmp_path)
    with (made.folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(SITE)
    return read_study(made.folder)


@pytest.fixture
def staff(study):
    return as_staff(site_of(study), "analyst")


@pytest.fixture
def release(staff, study):
    """A release in preview; three addresses are known."""
    from torg.site.accounts.models import RoomLink
    from torg.site.answers.models import Contact
    from torg.site.releases.models import Publication

    RoomLink.objects.all().delete()
    Contact.objects.all().delete()
    Publication.objects.update(public_from=LATER)
    now = dt.datetime.now(dt.UTC)
    for country, unit in still_there(study)[:3]:
        address = f"post-{unit}@town.example"
        Contact.objects.create(
            country=country, unit=unit, address=address, role="registry", language="nb", added=now
        )
    return Publication.objects.get().release


def still_there(study):
    """Country and code of each municipality that has not ended."""
    known = read_register(study.register_folder).municipalities
    return sorted((each.country, each.code) for each in known if not each.valid_to)


def looked_at(staff, release):
    return staff.get(address_of("staff_announcement", release=release)).content.decode()


def sent(staff, release, **said):
    return staff.post(address_of("staff_announce", release=release), said)


def fault_of(answer):
    assert answer.status_code == 422
    return re.search(r'<p lang="en">(.*?)</p>', answer.content.decode()).group(1)


def told():
    from torg.site.accounts.models import RoomLink
    from torg.site.releases.models import Notice
    from torg.site.work.models import Job

    return (
        Notice.objects.count(),
        RoomLink.objects.count(),
        Job.objects.filter(kind="tell of a preview").count(),
    )


def test_the_release_leads_to_the_letters_and_looking_sends_nothing(staff, study, release):
    page = staff.get(address_of("staff_release", release=release)).content.decode()
    assert address_of("staff_announcement", release=release) in page
    page = looked_at(staff, release)
    assert "3 letters would go out now. They go to 3 municipalities." in page
    assert f"{len(still_there(study)) - 3} municipalities have no address to write to." in page
    assert told() == (0, 0, 0)


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"letters": "3"}, "not confirmed"), ({"letters": "4", "confirmed": "yes"}, "3 would go out")],
)
def test_letters_go_out_only_as_they_were_confirmed(staff, release, said, fault):
    assert fault in fault_of(sent(staff, release, **said))
    assert told() == (0, 0, 0)


def test_letters_go_out_once_and_the_log_says_by_whom(staff, study, release, monkeypatch):
    from torg.site.audit.models import Entry
    from torg.site.staff import jobs
    from torg.site.work.models import Job
    from torg.site.work.running import run_queue

    box = Box()

    @contextmanager
    def posting(mail, *, password=None):
        yield box

    monkeypatch.setattr(jobs, "posting", posting)
    sent(staff, release, letters="3", confirmed="yes")
    assert "under way already" in fault_of(sent(staff, release, letters="3", confirmed="yes"))
    run_queue(study, until_empty=True)
    job = Job.objects.get(kind="tell of a preview")
    assert (job.state, job.outcome["taken"]) == ("done", 3), job.outcome
    assert len(box.letters) == 3
    assert "https://towns.example/room/" in box.letters[0].get_content()
    noted = Entry.objects.filter(what__in=("asked to tell of a preview", "told of a preview"))
    assert {entry.who for entry in noted} == {job.by} and noted.count() == 2
    assert "0 letters would go out now." in looked_at(staff, release)


def test_of_a_release_that_everybody_sees_nobody_is_told(staff, study, release):
    from torg.site.releases.models import Publication

    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    Publication.objects.update(offered=long_ago, public_from=long_ago)
    page = looked_at(staff, release)
    assert "This release is not in preview" in page and "Send the letters" not in page
    assert "not in preview" in fault_of(sent(staff, release, letters="3", confirmed="yes"))
