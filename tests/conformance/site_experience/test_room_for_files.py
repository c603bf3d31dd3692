"""How much the files of a municipality may take: they lie in the database, with all the rest."""

import pytest

from tests.lib.experience import FJORDBY, SUNDBY, content
from torg.errors import UserError
from torg.site.experience import actions
from torg.site.experience.models import Attachment

PDF = b"%PDF-1.4 plan"


def test_files_that_were_taken_out_count_for_the_room_that_a_municipality_has(monkeypatch):
    from torg.site.experience.actions import writing

    monkeypatch.setattr(writing, "MOST_KEPT", 3 * len(PDF))
    numbers = [actions.begin_experience(FJORDBY, content(title=each)) for each in "ab"]
    for _ in range(3):
        file = actions.attach_file(FJORDBY, numbers[0], name="a.pdf", content=PDF)
        actions.detach_file(FJORDBY, numbers[0], file)
    with pytest.raises(UserError, match="give a link"):
        actions.attach_file(FJORDBY, numbers[1], name="a.pdf", content=PDF)
    other = actions.begin_experience(SUNDBY, content())
    assert actions.attach_file(SUNDBY, other, name="a.pdf", content=PDF)
    assert Attachment.objects.count() == 4
