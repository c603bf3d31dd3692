"""What no database can be asked for is not asked of it."""

import pytest

from tests.lib.site import as_staff, site_of
from tests.lib.surveying import WAVE, Survey


@pytest.fixture
def staff(tmp_path, database):
    return as_staff(site_of(Survey(tmp_path).study), "analyst")


@pytest.mark.parametrize(
    "address",
    [
        "survey/{}/unit/?place=XX:%00",
        "survey/{}/unit/?place=%00",
        "log/?who=%00&place=%00:%00",
        "links/?unit=%00:%00",
        "accounts/?page=%00",
        "work/?page=%00",
    ],
)
def test_a_sign_that_no_text_can_hold_breaks_nothing(staff, address):
    assert staff.get(f"/en/staff/{address.format(WAVE)}").status_code in {200, 404}
