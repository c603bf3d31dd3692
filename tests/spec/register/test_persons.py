"""Officials' own channels: followed only when declared, and never ranked."""

import datetime as dt

import pytest

from tests.lib.registers import register_of
from torg.errors import RegisterError
from torg.register import check, read_register, write_register

DECLARED = dt.date(2026, 2, 1)
REGISTER = register_of(
    municipalities="country|code|name\nXX|1|Town",
    channels="""
        country | code | platform | address      | scope        | declared   | valid_to
        XX      | 1    | x        | x.com/mayor  | person       | 2026-02-01 | 2026-08-01
        XX      | 1    | x        | x.com/deputy | person       |            |
        XX      | 1    | x        | x.com/town   | municipality |            |
    """,
)
BY_HANDLE = {channel.handle: channel for channel in REGISTER.channels}


@pytest.mark.parametrize(
    ("handle", "day", "may"),
    [
        ("mayor", DECLARED - dt.timedelta(days=1), False),
        ("mayor", DECLARED, True),
        ("mayor", dt.date(2026, 8, 1), False),  # no longer an official
        ("deputy", DECLARED, False),
        ("town", DECLARED, True),
    ],
)
def test_an_officials_own_channel_is_followed_once_declared(handle, day, may):
    assert BY_HANDLE[handle].may_be_followed(day) is may


def test_the_check_names_who_has_not_declared():
    (finding,) = [f for f in check(REGISTER, on=DECLARED) if f.kind == "undeclared_person"]
    assert "https://x.com/deputy" in finding.message
    assert "'declared'" in finding.message


def test_the_day_is_written_and_read(tmp_path):
    write_register(tmp_path, REGISTER)
    assert read_register(tmp_path) == REGISTER
    assert "person,,2026-08-01,,2026-02-01\n" in (tmp_path / "channels.csv").read_text()


def test_only_persons_declare():
    with pytest.raises(RegisterError, match="only officials' own channels"):
        register_of(channels="country|code|platform|address|declared\nXX|1|x|x.com/town|2026-02-01")
