"""From a draft to a published page and off it again; every step in the log, every version kept."""

import pytest
from django.db import IntegrityError, transaction

from tests.lib.experience import EDITOR, FJORDBY, READER, SUNDBY, content, published, waiting
from torg.errors import UserError
from torg.site.accounts.visiting import PUBLIC
from torg.site.audit.models import Entry
from torg.site.experience import actions, queries
from torg.site.experience.models import Attachment, Version
from torg.site.experience.permissions import NotThere

PDF = b"%PDF-1.7 a small one"


def titles():
    return [each.title for each in queries.public_experiences()]


def log():
    return list(Entry.objects.order_by("id").values_list("what", flat=True))


def test_a_draft_is_published_when_the_staff_accept_it():
    number = actions.begin_experience(FJORDBY, content())
    assert titles() == []
    actions.send_experience(FJORDBY, number)
    assert titles() == []
    assert [each.number for each in queries.waiting_experiences()] == [number]
    actions.accept_experience(EDITOR, number)
    assert titles() == ["Evening watch for questions"]
    assert queries.waiting_experiences() == []
    assert log() == [
        "began an experience", "sent an experience for review", "accepted an experience",
    ]  # fmt: skip
    assert Entry.objects.filter(country="XX", unit="0101").count() == 3


def test_what_lacks_something_is_not_sent():
    number = actions.begin_experience(FJORDBY, content(title="", went=""))
    with pytest.raises(UserError, match="Something is lacking"):
        actions.send_experience(FJORDBY, number)
    assert queries.own_draft(FJORDBY, number).content.lacking == ("title", "went")


def test_what_is_returned_is_told_with_the_remark_and_can_be_sent_again():
    number = waiting()
    actions.return_experience(EDITOR, number, remark="Name nobody, please.")
    mine = queries.own_draft(FJORDBY, number)
    assert (mine.state, mine.reason) == ("returned", "Name nobody, please.")
    assert queries.notices_of("XX", "0101")[0].sentence.endswith("came back with a remark.")
    actions.save_experience(FJORDBY, number, content(tried="We answered until eight."))
    actions.send_experience(FJORDBY, number)
    actions.accept_experience(EDITOR, number)
    assert titles() == ["Evening watch for questions"]


def test_a_remark_says_something():
    number = waiting()
    with pytest.raises(UserError, match="Say why"):
        actions.return_experience(EDITOR, number, remark="  ")
    assert queries.own_draft(FJORDBY, number).state == "waiting"


def test_a_change_of_what_is_published_is_shown_only_when_it_is_accepted():
    number = published()
    actions.save_experience(FJORDBY, number, content(title="Another title"))
    assert titles() == ["Evening watch for questions"]
    actions.send_experience(FJORDBY, number)
    assert titles() == ["Evening watch for questions"]
    actions.accept_experience(EDITOR, number)
    assert titles() == ["Another title"]
    kept = queries.versions_of(FJORDBY, number)
    assert [(each.number, each.content.title) for each in kept] == [
        (2, "Another title"), (1, "Evening watch for questions"),
    ]  # fmt: skip


def test_saving_the_same_again_makes_no_version():
    number = actions.begin_experience(FJORDBY, content())
    actions.save_experience(FJORDBY, number, content())
    assert len(queries.versions_of(FJORDBY, number)) == 1


def test_what_waits_is_not_changed_under_the_eyes_of_who_reads_it():
    number = waiting()
    with pytest.raises(UserError, match="waits for review"):
        actions.save_experience(FJORDBY, number, content(title="Other"))
    actions.take_back_experience(FJORDBY, number)
    actions.save_experience(FJORDBY, number, content(title="Other"))
    with pytest.raises(UserError, match="does not wait"):
        actions.accept_experience(EDITOR, number)


@pytest.mark.parametrize("by_staff", [False, True])
def test_what_is_withdrawn_is_shown_and_found_no_more(by_staff):
    number = published()
    assert queries.search("watch", within=[number]).numbers == (number,)
    if by_staff:
        actions.withdraw_by_staff(EDITOR, number, reason="It names a person.")
    else:
        actions.withdraw_experience(FJORDBY, number)
    assert titles() == []
    assert queries.is_withdrawn(number)
    assert queries.search("watch", within=[number]).numbers == ()
    assert len(queries.versions_of(FJORDBY, number)) == 1


def test_another_municipality_neither_sees_nor_changes_a_draft():
    number = actions.begin_experience(FJORDBY, content())
    for act in (
        lambda: queries.own_draft(SUNDBY, number),
        lambda: queries.versions_of(SUNDBY, number),
        lambda: actions.save_experience(SUNDBY, number, content()),
        lambda: actions.send_experience(SUNDBY, number),
        lambda: actions.attach_file(SUNDBY, number, name="a.pdf", content=PDF),
        lambda: actions.withdraw_experience(SUNDBY, number),
    ):
        with pytest.raises(NotThere):
            act()
    assert queries.own_experiences(SUNDBY) == []


@pytest.mark.parametrize("who", [FJORDBY, READER, PUBLIC])
def test_only_editors_decide(who):
    number = waiting()
    with pytest.raises(UserError, match="Only those who edit"):
        actions.accept_experience(who, number)
    assert titles() == []


def test_a_file_is_had_by_everybody_once_its_version_is_published():
    number = actions.begin_experience(FJORDBY, content())
    file = actions.attach_file(FJORDBY, number, name="C:\\plans\\pl\u202ean.pdf", content=PDF)
    assert queries.file_for(FJORDBY, file).name == "plan.pdf"
    for other in (PUBLIC, SUNDBY, EDITOR):
        with pytest.raises(NotThere):
            queries.file_for(other, file)
    actions.send_experience(FJORDBY, number)
    assert bytes(queries.file_for(EDITOR, file).content) == PDF
    actions.accept_experience(EDITOR, number)
    assert bytes(queries.file_for(PUBLIC, file).content) == PDF
    actions.withdraw_experience(FJORDBY, number)
    with pytest.raises(NotThere):
        queries.file_for(PUBLIC, file)


def test_who_reviews_reads_days_as_such_and_no_hours_as_said():
    from torg.site.experience.reviews import REVIEWS
    from torg.site.staff.waiting import Day

    waiting(hours=0)
    (one,) = REVIEWS["experiences"].waiting()
    said = dict(one.said)
    assert said["Working hours that it cost"] == "0"
    assert said["It ended on"] == Day("2026-04-26")
    assert isinstance(said["It ended on"], Day)


def test_a_file_that_is_added_later_waits_for_review_too():
    number = published()
    file = actions.attach_file(FJORDBY, number, name="new.pdf", content=PDF)
    with pytest.raises(NotThere):
        queries.file_for(PUBLIC, file)


def test_a_file_that_its_author_took_out_is_not_shown_to_who_reviews():
    number = actions.begin_experience(FJORDBY, content())
    wrong = actions.attach_file(FJORDBY, number, name="names.pdf", content=PDF)
    actions.detach_file(FJORDBY, number, wrong)
    actions.send_experience(FJORDBY, number)
    with pytest.raises(NotThere):
        queries.file_for(EDITOR, wrong)


def test_at_most_five_files_are_kept_with_it():
    number = actions.begin_experience(FJORDBY, content())
    for _ in range(5):
        actions.attach_file(FJORDBY, number, name="a.pdf", content=PDF)
    with pytest.raises(UserError, match="five files"):
        actions.attach_file(FJORDBY, number, name="a.pdf", content=PDF)
    assert Attachment.objects.count() == 5


def test_the_contact_is_shown_to_who_is_signed_in_unless_the_author_says_otherwise():
    number = published()
    assert queries.contact_for(PUBLIC, number) == ""
    assert queries.contact_for(SUNDBY, number) == "post@fjordby.example"
    assert queries.public_experience(number).content.contact == ""
    open_ = published(contact_is_public=True)
    assert queries.contact_for(PUBLIC, open_) == "post@fjordby.example"


def test_a_version_is_not_changed_by_the_database_itself():
    published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(title="Rewritten")
    assert Version.objects.get().title == "Evening watch for questions"


def test_an_address_is_erased_from_every_version():
    from torg.site.experience.persons import erase, found_of

    number = published()
    actions.save_experience(FJORDBY, number, content(title="Later"))
    assert [each["version"] for each in found_of("POST@fjordby.example")] == [1, 2]
    assert erase("post@fjordby.example") == 2
    assert found_of("post@fjordby.example") == []
    assert titles() == ["Evening watch for questions"]


@pytest.mark.parametrize("asked", ["post@\xf8sttun.example", "Post@xn--sttun-uua.example"])
def test_an_address_is_erased_however_its_domain_is_written(asked):
    from torg.site.experience.persons import erase, found_of

    published(contact="post@\xd8sttun.example")
    published(contact="post@sundby.example")
    assert len(found_of(asked)) == 1
    assert erase(asked) == 1
    assert set(Version.objects.values_list("contact", flat=True)) == {"", "post@sundby.example"}


def test_filters_are_met_all_at_once():
    mine = published()
    published(SUNDBY, area="events", begins=None or content().begins)
    wanted = {"area": "dialogue", "group": "residents", "channel": "facebook"}
    assert [each.number for each in queries.public_experiences(**wanted, year=2026)] == [mine]
    assert list(queries.public_experiences(**wanted, year=2025)) == []
    assert [e.number for e in queries.public_experiences(places={"XX-0101"})] == [mine]


def test_of_a_large_bank_only_the_page_that_is_shown_is_read(monkeypatch):
    from torg.site.experience.queries import published as module

    numbers = [published(title=f"Trial {at}") for at in range(6)]
    read, real = [], module.Content.of
    monkeypatch.setattr(module.Content, "of", lambda version: read.append(1) or real(version))
    bank = queries.public_experiences(area="dialogue")
    assert len(bank) == 6
    assert list(bank.places) == numbers[::-1]
    assert read == []
    assert [each.number for each in bank[2:4]] == [numbers[3], numbers[2]]
    in_order = queries.experiences_in_order([numbers[0], 10**6, numbers[5]])
    assert [each.number for each in in_order] == [numbers[0], numbers[5]]
    assert len(read) == 4


def test_thanks_are_counted_but_for_those_that_the_staff_hid():
    number = published()
    actions.give_thanks(SUNDBY, number)
    actions.ask_question(SUNDBY, number, text="How?")
    assert queries.public_experience(number).thanks == 1
    actions.hide_remark(EDITOR, queries.remarks_on(number)[0].number)
    assert queries.public_experience(number).thanks == 0
    assert [each.thanks for each in queries.public_experiences()] == [0]


def test_the_years_are_those_in_which_something_published_began():
    begun = content().begins
    published(begins=begun.replace(year=2023))
    published(begins=begun.replace(year=2025))
    actions.withdraw_experience(FJORDBY, published(begins=begun.replace(year=2024)))
    waiting(begins=begun.replace(year=2022))
    assert queries.years() == [2025, 2023]
