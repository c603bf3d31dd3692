"""What the staff do in their rooms, from the frame to the release, and what the log says of it."""

import datetime as dt
import re
from contextlib import contextmanager

import pytest

from tests.lib.site import as_staff
from tests.lib.staff import WAVE, address_of, addresses_of, units_of
from tests.lib.surveying import Box


@pytest.fixture
def staff(client):
    return as_staff(client, "analyst")


def upload(text, name="list.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, text.encode())


def posted(client, name, data=None, **parts):
    return client.post(address_of(name, **parts), data or {})


def fault_of(answer):
    assert answer.status_code == 422
    return re.search(r'<p lang="en">(.*?)</p>', answer.content.decode()).group(1)


def drawn_units():
    from torg.site.answers.models import FrameUnit

    return FrameUnit.objects.filter(wave=WAVE).count()


def last_entry():
    from torg.site.audit.models import Entry

    return Entry.objects.order_by("-pk").first()


@pytest.fixture
def asked(staff, study):
    """The frame is drawn, and three of its units are all that have an address."""
    from torg.site.answers.models import Contact

    Contact.objects.update(ended=dt.datetime.now(dt.UTC))
    posted(staff, "staff_draw_frame")
    in_all = addresses_of(study, many=4)  # of which one is in the register, and not in the frame
    posted(staff, "staff_take_addresses", {"file": upload(in_all)})
    return study


def test_the_frame_is_drawn_and_its_units_are_shown(staff, study):
    answer = posted(staff, "staff_draw_frame")
    page = staff.get(answer["Location"]).content.decode()
    assert f"{drawn_units()} units" in page
    assert last_entry().what == "drew a frame"


def test_addresses_go_in_and_are_shown_nowhere(staff, asked):
    from torg.site.answers.models import Contact

    assert Contact.objects.filter(address__startswith="post-").count() == 4
    assert last_entry().detail["counts"] == {"new": 4, "changed": 0, "same": 0}
    for name in ("staff_addresses", "staff_frame", "staff_silent", "staff_log"):
        assert "@town.example" not in staff.get(address_of(name)).content.decode()


def test_a_list_with_a_faulty_line_is_told_by_line_and_nothing_of_it_goes_in(staff, study):
    from torg.site.answers.models import Contact

    before = Contact.objects.count()
    faulty = addresses_of(study) + "XX,0101,no address,registry,en\n"
    fault = fault_of(posted(staff, "staff_take_addresses", {"file": upload(faulty)}))
    assert fault == "list.csv, line 5: the address is no mail address: write it as post@example.no."
    assert Contact.objects.count() == before
    assert "no file came" in fault_of(posted(staff, "staff_take_addresses"))


def test_letters_are_looked_at_in_every_language_and_nothing_goes_out(staff, asked):
    from torg.site.answers.models import Letter

    page = staff.get(address_of("staff_letters")).content.decode()
    assert "3 letters would go out now." in page
    assert "Good day," in page and "God dag" in page and "PERSONAL-LINK" in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"letters": "3"}, "not confirmed"),
        ({"letters": "2", "confirmed": "yes"}, "2 letters were confirmed, and 3 would go out now"),
    ],
)
def test_letters_go_out_only_as_they_were_confirmed(staff, asked, said, fault):
    from torg.site.work.models import Job

    assert fault in fault_of(posted(staff, "staff_send", said))
    assert not Job.objects.filter(kind="send letters").exists()


def test_letters_go_out_in_the_background_once_and_response_moves(staff, asked, monkeypatch):
    from torg.site.staff import jobs
    from torg.site.work.models import Job
    from torg.site.work.running import run_queue

    box = Box()

    @contextmanager
    def posting(mail, *, password=None):
        yield box

    monkeypatch.setattr(jobs, "posting", posting)
    went = posted(staff, "staff_send", {"letters": "3", "confirmed": "yes"})
    again = fault_of(posted(staff, "staff_send", {"letters": "3", "confirmed": "yes"}))
    assert "under way already" in again
    run_queue(asked, until_empty=True)
    job = Job.objects.get(kind="send letters")
    assert (job.state, job.part, job.outcome["taken"]) == ("done", 3, 3)
    assert len(box.letters) == 3
    assert "is done" in staff.get(went["Location"]).content.decode()
    row = re.search(
        r'<th scope="row">All</th>(.*?)</tr>', staff.get(address_of("staff_wave")).content.decode()
    ).group(1)
    cells = re.findall(r"<td>(.*?)</td>", row)
    assert cells[0] == str(drawn_units()) and cells[1] == "3"


def test_a_unit_is_asked_elsewhere_refuses_and_loses_its_links(staff, asked):
    from torg.site.answers.inviting import make_invitation
    from torg.site.answers.models import Contact, FrameUnit, Invitation

    country, code = units_of(asked)[0]
    unit = FrameUnit.objects.get(wave=WAVE, country=country, unit=code)
    contact = Contact.objects.get(address__startswith="post-", country=country, unit=code)
    make_invitation(contact, [unit], WAVE, dt.datetime.now(dt.UTC))
    place = {"place": f"{country}:{code}"}
    done = posted(staff, "staff_replace", place | {"address": "new@town.example"})
    page = staff.get(done["Location"]).content.decode()
    assert "replaced" in page and "new@town.example" not in page
    done = posted(staff, "staff_refuse", place)["Location"]
    assert "2 respondents have refused, and are not reminded." in staff.get(done).content.decode()
    assert (last_entry().what, last_entry().unit) == ("noted a refusal", code)
    done = posted(staff, "staff_revoke", place)["Location"]
    assert "1 link opens nothing any more." in staff.get(done).content.decode()
    assert not Invitation.objects.filter(respondent__wave=WAVE, revoked=None).exists()
    wrong = posted(staff, "staff_revoke", {"place": "XX:9999"})
    assert "not in the frame" in fault_of(wrong)


def test_a_run_is_made_in_the_background_and_its_release_says_what_changed(staff, study):
    from torg.site.releases.models import Publication
    from torg.site.work.models import Job
    from torg.site.work.running import run_queue

    (before,) = Publication.objects.values_list("release", flat=True)
    page = posted(staff, "staff_run")["Location"]
    assert "under way already" in fault_of(posted(staff, "staff_run"))
    run_queue(study, until_empty=True)
    job = Job.objects.get(kind="make a release")
    assert job.state == "done", job.outcome
    text = staff.get(page).content.decode()
    assert "Measuring, ranking and writing the release." in text
    name = job.outcome["release"]
    shown = staff.get(address_of("staff_release", release=name)).content.decode()
    if job.outcome["is_new"]:
        assert f"Against release {before}." in shown
    assert "This is the first release." in staff.get(
        address_of("staff_release", release=before)
    ).content.decode()  # fmt: skip


def test_a_release_is_withdrawn_only_with_a_reason(staff, study):
    from torg.site.releases.models import Publication

    release = Publication.objects.get().release
    refused = posted(staff, "staff_withdraw", {"reason": ""}, release=release)
    assert refused.status_code == 422
    posted(staff, "staff_withdraw", {"reason": "a wrong register"}, release=release)
    assert Publication.objects.get().why == "a wrong register"
    assert posted(staff, "staff_postpone", {"day": "no day"}, release=release).status_code == 422


def test_a_link_is_shown_once_where_no_letter_goes_out(staff, study):
    from torg.site.accounts.models import Account

    country, code = units_of(study)[0]
    made = posted(
        staff,
        "staff_make_account",
        {"address": "bo@example.org", "role": "editor", "language": "nb"},
    ).content.decode()
    assert re.search(r"http://localhost/account-link/[\w-]{43}", made)
    linked = posted(staff, "staff_make_link", {"unit": f"{country}:{code}", "days": "30"})
    assert re.search(r"http://localhost/room/[\w-]{43}", linked.content.decode())
    assert "/room/" not in staff.get(address_of("staff_links")).content.decode().replace(
        "/en/room/", ""
    )
    number = Account.objects.get(address="bo@example.org").pk
    posted(staff, "staff_end_account", {"account": number})
    assert Account.objects.get(pk=number).ended
    own = Account.objects.get(address__startswith="analyst-").pk
    assert "own account" in fault_of(posted(staff, "staff_end_account", {"account": own}))


def test_a_person_s_data_is_given_out_and_forgotten_and_the_log_names_nobody(staff, asked):
    from torg.site.answers.models import Contact
    from torg.site.audit.models import Entry

    address = Contact.objects.filter(address__startswith="post-").first().address
    given = posted(staff, "staff_export_person", {"address": address})
    assert given.json()["contacts"][0]["address"] == address
    assert "tick" in fault_of(posted(staff, "staff_forget_person", {"address": address}))
    done = posted(staff, "staff_forget_person", {"address": address, "confirmed": "yes"})
    assert "Forgotten in 1 place." in staff.get(done["Location"]).content.decode()
    assert not Contact.objects.filter(address=address).exists()
    logged = str(list(Entry.objects.values_list("about", "detail")))
    assert address not in logged


def test_the_log_is_sifted_and_taken_away_as_csv(staff, asked):
    from torg.site.audit.models import Entry

    who = Entry.objects.order_by("-pk").first().who
    page = staff.get(address_of("staff_log"), {"who": who, "what": "drew a frame"})
    assert "1 entry" in page.content.decode()
    lines = b"".join(staff.get(address_of("staff_log_csv"), {"who": who})).decode().splitlines()
    assert len(lines) == 3 and lines[0].startswith("at,who")
    odd = staff.get(address_of("staff_log"), {"start": "9999-99-99", "page": "x", "place": ":::"})
    assert odd.status_code == 200


def test_what_waits_is_accepted_or_turned_down_with_a_reason(staff, monkeypatch):
    from torg.site.staff import reviewing
    from torg.site.staff.views import reviewing as views
    from torg.site.staff.waiting import Review, Waiting

    decided = []
    one = Waiting(
        number=7, country="XX", unit="0101", title="<b>a page</b>", at=dt.datetime.now(dt.UTC),
        by="room link 1", said=(("Platform", "<script>"),),
    )  # fmt: skip
    review = Review(
        title="Channels", waiting=lambda: [one], decide=lambda *a, **k: decided.append((a[2:], k))
    )
    for module in (reviewing, views):
        monkeypatch.setattr(module, "reviews", lambda: {"channels": review})
    page = staff.get(address_of("staff_review", kind="channels", number=7)).content.decode()
    assert "&lt;script&gt;" in page and "<b>a page" not in page
    parts = {"kind": "channels", "number": 7}
    assert "Say why" in fault_of(posted(staff, "staff_decide", {"decision": "no"}, **parts))
    posted(staff, "staff_decide", {"decision": "no", "reason": "not yours"}, **parts)
    posted(staff, "staff_decide", {"decision": "accept"}, **parts)
    assert decided == [
        ((7,), {"accepts": False, "reason": "not yours"}),
        ((7,), {"accepts": True, "reason": ""}),
    ]
    gone = staff.get(address_of("staff_review", kind="channels", number=8))
    assert gone.status_code == 404
