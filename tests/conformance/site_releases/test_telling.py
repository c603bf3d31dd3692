"""Each municipality is told of its preview once, with a link to its own room and to no other."""

import datetime as dt
import re

import pytest

from tests.conformance.site_releases.conftest import NOW
from tests.lib.surveying import Box
from torg.errors import MailError, SurveyError
from torg.mail import Delivery

ADDRESSES = """\
country,unit,address,role,language
XX,0101,post@fjordby.example,registry,nb
XX,0101,ida@fjordby.example,head of communication,en
XX,0102,post@sundby.example,registry,en
"""


@pytest.fixture
def told(study, offered):
    """Contacts of both towns, and a function that tells them."""
    from torg.site.answers.models import Contact
    from torg.site.releases.actions import announce_preview

    for line in ADDRESSES.splitlines()[1:]:
        country, unit, address, role, language = line.split(",")
        Contact.objects.create(
            country=country, unit=unit, address=address, role=role, language=language, added=NOW
        )

    def tell(box):
        return announce_preview(study, offered.release, post=box, at=NOW)

    return tell


def rooms_of(box):
    """To whom each link went, and whose room it opens."""
    from torg.site.accounts.actions.linking import opened_room

    found = {}
    for letter in box.letters:
        text = letter.get_content().replace("=\n", "")
        token = re.search(r"https://torg\.example/room/(\S+)", text)[1]
        found[letter["To"]] = opened_room(token, at=NOW).unit
    return found


def test_each_contact_gets_a_link_to_the_own_room(told):
    box = Box()
    went = told(box)
    assert (went.taken, went.municipalities, went.without) == (3, 2, 0)
    assert rooms_of(box) == {
        "post@fjordby.example": "0101", "ida@fjordby.example": "0101", "post@sundby.example": "0102"
    }  # fmt: skip


def test_nobody_is_told_twice(told):
    box = Box()
    told(box)
    assert told(box).taken == 0
    assert len(box.to) == len(set(box.to)) == 3


def test_who_could_not_be_told_is_told_with_the_next_call(told):
    box = Box(post_at_sundby__example=Delivery("later", 451))
    box.says = {"post@sundby.example": Delivery("later", 451)}
    assert told(box).later == 1
    box.says = {}
    assert told(box).taken == 1
    assert sorted(box.to) == [
        "ida@fjordby.example", "post@fjordby.example", "post@sundby.example"
    ]  # fmt: skip


def test_where_the_mail_server_takes_nothing_more_the_rest_is_told_later(told):
    box = Box()
    box.says = {"post@sundby.example": MailError("the mail server is away.")}
    with pytest.raises(MailError):
        told(box)
    box.says = {}
    assert told(box).taken == 1


def test_what_would_go_out_can_be_looked_at_and_nothing_goes_out(study, told, offered):
    from torg.site.accounts.models import RoomLink
    from torg.site.releases.actions import preview_of_announcement

    shown = preview_of_announcement(study, offered.release, at=NOW)
    assert (shown.letters, shown.municipalities, shown.without) == (3, 2, 0)
    assert "Fjordby" in shown.text
    assert RoomLink.objects.count() == 0


def test_of_a_release_that_everybody_sees_nobody_is_told(study, offered):
    from torg.site.releases.actions import announce_preview

    with pytest.raises(SurveyError, match="not in preview"):
        announce_preview(study, offered.release, post=Box(), at=offered.public_from)


def test_a_municipality_that_will_merge_is_told_until_it_has(study, told):
    """The register knows of a merger long before it comes."""
    path = study.register_folder / "municipalities.csv"
    ends = f",,{NOW.date() + dt.timedelta(days=40)}"
    text = path.read_text(encoding="utf-8").replace("2024-01-01,,", f"2024-01-01{ends}", 1)
    path.write_text(text, encoding="utf-8")
    went = told(box := Box())
    assert (went.taken, went.municipalities, went.without) == (3, 2, 0)
    assert "post@fjordby.example" in box.to


def test_who_is_erased_while_letters_go_out_gets_none(study, told):
    from torg.site import erase

    box = Box()

    def erases(letter):
        if not box.to:
            erase(study, address="post@sundby.example")
        return box(letter)

    assert told(erases).taken == 2
    assert "post@sundby.example" not in box.to
