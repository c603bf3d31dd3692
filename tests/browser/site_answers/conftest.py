"""A survey that is served on this machine."""

import pytest

from tests.lib.answer_pages import FJORDBY, Pages
from tests.lib.served import served
from torg.site import close_people


@pytest.fixture
def pages(tmp_path):
    """The survey; in Fjordby Finnish is spoken."""
    yield Pages(tmp_path / "study", languages={FJORDBY: "fi"})
    close_people()


@pytest.fixture
def address(pages):
    with served(pages.study) as found:
        yield found
