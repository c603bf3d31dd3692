"""What was read is what is decided on: not what came in its place, and not twice."""

import re

import pytest

from tests.lib.experience import EDITOR, FJORDBY, content, waiting
from tests.lib.site import as_staff
from tests.lib.staff import address_of


@pytest.fixture
def staff(client):
    return as_staff(client, "editor")


def read(staff, number):
    """The page, and the moment that it says it is of."""
    page = staff.get(address_of("staff_review", kind="experiences", number=number))
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1].replace("&#43;", "+")


def accepted(staff, number, seen):
    path = address_of("staff_decide", kind="experiences", number=number)
    return staff.post(path, {"decision": "accept", "seen": seen})


def test_what_was_sent_anew_after_it_was_read_is_read_again(staff):
    from torg.site.experience import actions
    from torg.site.experience.models import Experience

    number = waiting()
    seen = read(staff, number)
    actions.take_back_experience(FJORDBY, number)
    actions.save_experience(FJORDBY, number, content(tried="Something that nobody has read."))
    actions.send_experience(FJORDBY, number)
    said = accepted(staff, number, seen)
    assert said.status_code == 422
    assert "does not wait for review any more" in said.content.decode()
    assert Experience.objects.get(id=number).state == "waiting"
    assert accepted(staff, number, read(staff, number)).status_code == 302
    assert Experience.objects.get(id=number).state == "published"


def test_the_second_of_two_editors_is_told_in_a_sentence(staff):
    from torg.site.experience import actions
    from torg.site.experience.models import Experience

    number = waiting()
    seen = read(staff, number)
    actions.return_experience(EDITOR, number, remark="Write more.")
    said = accepted(staff, number, seen)
    assert said.status_code == 422
    assert "does not wait for review any more" in said.content.decode()
    assert Experience.objects.get(id=number).state == "returned"
