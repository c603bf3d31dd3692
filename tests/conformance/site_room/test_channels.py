"""What a municipality says of its channels is in the register once the staff has accepted it."""

import datetime as dt

import pytest

from tests.lib.rooms import FJORDBY, SUNDBY, visitor_of
from torg.errors import RegisterError, SurveyError
from torg.register import read_register

DAY = dt.date(2026, 1, 1)


@pytest.fixture
def staff():
    from torg.site.accounts.visiting import Visitor

    return Visitor(role="editor", is_named="account 7")


def said(kind="add", **parts):
    from torg.site.room.channels import Said

    return Said(kind=kind, **{"platform": "", **parts})


def proposed(study, what, *, unit=FJORDBY):
    from torg.site.room.actions import propose_channel

    return propose_channel(study, visitor_of(unit), what)


def own(study, unit=FJORDBY):
    register = read_register(study.register_folder)
    return [each for each in register.channels if (each.country, each.code) == unit]


def accepted(study, staff, proposal):
    from torg.site.room.actions import accept_channel

    return accept_channel(study, staff, proposal.pk)


def test_a_further_channel_is_in_the_register_when_it_is_accepted(study, staff):
    proposal = proposed(
        study, said(address="HTTPS://m.facebook.com/FjordbyLibrary/?ref=x", scope="service")
    )
    assert (proposal.platform, proposal.address) == (
        "facebook", "https://www.facebook.com/fjordbylibrary",
    )  # fmt: skip
    assert len(own(study)) == 1
    accepted(study, staff, proposal)
    (new,) = [each for each in own(study) if each.scope == "service"]
    assert new.address == "https://www.facebook.com/fjordbylibrary"
    assert new.evidence.startswith("said by the municipality, ")


def test_all_else_in_the_register_stays_as_it_was(study, staff):
    before = {
        path.name: path.read_bytes()
        for path in study.register_folder.iterdir()
        if path.name != "channels.csv"
    }
    others = own(study, SUNDBY)
    accepted(study, staff, proposed(study, said(address="https://www.instagram.com/fjordby")))
    now = read_register(study.register_folder)
    assert own(study, SUNDBY) == others
    assert len(now.municipalities) == 2
    assert (study.register_folder / "municipalities.csv").exists()
    assert set(before) <= {path.name for path in study.register_folder.iterdir()}


def test_a_channel_has_ended_and_stays_in_the_register(study, staff):
    what = said("end", platform="facebook", meant="https://www.facebook.com/fjordby", valid_to=DAY)
    accepted(study, staff, proposed(study, what))
    (ended,) = own(study)
    assert (ended.platform_id, ended.valid_to) == ("770001", DAY)
    assert ended.last_day == DAY - dt.timedelta(days=1)


def test_a_channel_that_is_not_theirs_goes_and_the_log_has_it(study, staff):
    from torg.site.audit.models import Entry

    what = said("disown", platform="facebook", meant="https://www.facebook.com/fjordby")
    accepted(study, staff, proposed(study, what))
    assert own(study) == []
    entry = Entry.objects.get(what="accepted a proposal")
    assert entry.detail["before"][0]["platform_id"] == "770001"
    assert (entry.country, entry.unit, entry.who) == ("XX", "0101", "account 7")


def test_the_log_does_not_name_the_person_whose_channel_it_is(study, staff):
    from torg.site.audit.models import Entry
    from torg.site.room.actions import agree_to_publish, take_back_agreement

    what = {"scope": "person", "declared": DAY, "owner_name": "Kari Strand"}
    new = said(address="https://www.facebook.com/kari.strand", **what)
    accepted(study, staff, proposed(study, new))
    (channel,) = [each for each in own(study) if each.scope == "person"]
    for act in (agree_to_publish, take_back_agreement):
        act(study, visitor_of(FJORDBY), platform="facebook", channel=channel.known_as)
    hers = said("change", platform="facebook", meant=channel.address, address=channel.address)
    accepted(study, staff, proposed(study, hers))
    logged = list(Entry.objects.order_by("id").values_list("what", "about", "detail"))
    assert "strand" not in str(logged).lower()
    (come, changed) = [detail for what, _, detail in logged if what == "accepted a proposal"]
    assert come["after"][0]["scope"] == changed["before"][0]["scope"] == "person"
    assert (come["after"][0]["platform"], come["after"][0]["declared"]) == ("facebook", str(DAY))


def test_a_changed_address_keeps_what_is_not_said(study, staff):
    what = said(
        "change", platform="facebook", meant="https://www.facebook.com/fjordby",
        address="https://www.facebook.com/fjordby", scope="campaign", valid_from=DAY,
    )  # fmt: skip
    accepted(study, staff, proposed(study, what))
    (now,) = own(study)
    assert (now.platform_id, now.scope, now.valid_from, now.evidence) == (
        "770001", "campaign", DAY, "letter",
    )  # fmt: skip


@pytest.mark.parametrize("address", ["https://[::1", "https://fjordby.example:99999/feed"])
def test_what_can_be_no_address_is_told_so(study, address):
    for platform in ("", "rss"):
        with pytest.raises((SurveyError, RegisterError)):
            proposed(study, said(platform=platform, address=address))


def test_a_channel_that_another_municipality_has_is_not_taken_from_it(study):
    with pytest.raises(SurveyError, match="another municipality's"):
        proposed(study, said(address="https://www.facebook.com/sundby"))


def test_nobody_speaks_of_another_municipality_s_channel(study):
    what = said("disown", platform="facebook", meant="https://www.facebook.com/sundby")
    proposal = proposed(study, what)
    from torg.site.accounts.visiting import Visitor

    accepted(study, Visitor(role="editor", is_named="account 7"), proposal)
    assert len(own(study, SUNDBY)) == 1


def test_a_person_s_own_channel_needs_the_day_on_which_it_was_declared(study, staff):
    what = {"address": "https://www.facebook.com/mayoroffjordby", "scope": "person"}
    with pytest.raises(SurveyError, match="the day on which that person said"):
        proposed(study, said(**what))
    accepted(study, staff, proposed(study, said(**what, declared=DAY)))
    assert [each.declared for each in own(study) if each.scope == "person"] == [DAY]


@pytest.mark.parametrize(
    "address", ["", "no address", "https://www.facebook.com/fjordby/posts/1", "javascript:alert(1)"]
)
def test_what_is_no_page_s_address_is_said_so(study, address):
    with pytest.raises((RegisterError, SurveyError)):
        proposed(study, said(address=address))


def test_who_was_stopped_after_the_register_was_written_accepts_again(study, staff, monkeypatch):
    from torg.site.room import channels

    proposal = proposed(study, said(address="https://www.instagram.com/fjordby"))
    write = channels.write

    def written_then_stopped(*arguments):
        write(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(channels, "write", written_then_stopped)
    with pytest.raises(KeyboardInterrupt):
        accepted(study, staff, proposal)
    monkeypatch.setattr(channels, "write", write)
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    accepted(study, staff, proposal)
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert len([each for each in own(study) if each.platform == "instagram"]) == 1


def test_what_is_refused_says_why_and_changes_nothing(study, staff):
    from torg.site.room.actions import accept_channel, refuse_channel

    proposal = proposed(study, said(address="https://www.instagram.com/fjordby"))
    refuse_channel(study, staff, proposal.pk, reason="It is a shop of the same name.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.why) == ("refused", "It is a shop of the same name.")
    assert len(own(study)) == 1
    with pytest.raises(SurveyError, match="decided meanwhile"):
        accept_channel(study, staff, proposal.pk)


def test_an_agreement_is_the_owner_s_word_from_that_day_on_and_can_be_taken_back(study):
    from torg.site.room.actions import agree_to_publish, take_back_agreement

    who = visitor_of(FJORDBY)
    agree_to_publish(study, who, platform="facebook", channel="770001")
    (held,) = read_register(study.register_folder).agreements
    assert (held.channel, held.ends_on) == ("770001", None)
    assert "room link 1" in held.evidence
    take_back_agreement(study, who, platform="facebook", channel="770001")
    (ended,) = read_register(study.register_folder).agreements
    assert ended.ends_on == held.agreed_on


def test_who_came_by_the_survey_s_link_cannot_agree(study):
    from dataclasses import replace

    from torg.site.room.actions import agree_to_publish

    who = replace(visitor_of(FJORDBY), is_named="survey link 1", respondent=1)
    with pytest.raises(SurveyError, match="the survey's link may have been passed on"):
        agree_to_publish(study, who, platform="facebook", channel="770001")
    assert read_register(study.register_folder).agreements == ()


def test_nobody_agrees_for_another_municipality(study):
    from torg.site.room.actions import agree_to_publish

    with pytest.raises(SurveyError, match="no such channel of yours"):
        agree_to_publish(study, visitor_of(FJORDBY), platform="facebook", channel="770002")
    assert read_register(study.register_folder).agreements == ()
