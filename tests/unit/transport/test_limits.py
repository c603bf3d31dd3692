"""What servers say of their limits, in all the ways they have."""

import datetime as dt

import pytest

from torg.collect.transport.limits import allowance, retry_after

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, None),
        ({"x-ratelimit-remaining": "3"}, None),
        ({"x-ratelimit-remaining": "many", "x-ratelimit-reset": "60"}, None),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "60"}, (3, 60)),
        (
            {"x-ratelimit-remaining": "3", "x-ratelimit-reset": "2026-03-02T12:01:00.500Z"},
            (3, 60.5),
        ),
        ({"ratelimit-remaining": "3", "ratelimit-reset": str(int(NOW.timestamp()) + 9)}, (3, 9)),
        ({"ratelimit-remaining": "3", "ratelimit-reset": str(int(NOW.timestamp()) - 9)}, (3, 0)),
        ({"x-rate-limit-remaining": "3", "x-rate-limit-reset": "1e400"}, None),
        (
            {
                "x-ratelimit-remaining": "3",
                "x-ratelimit-reset": str(int(NOW.timestamp() * 1000) + 5000),
            },
            (3, 5),
        ),
        ({"ratelimit": "limit=100, remaining=50, reset=5"}, (50, 5)),
        ({"ratelimit": '"burst";r=9;t=1, "daily";r=2;t=600'}, (2, 600)),
        ({"ratelimit": "nonsense"}, None),
    ],
)
def test_what_is_left_is_read_in_every_dialect(headers, said):
    assert allowance(headers, now=NOW) == said


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("1.5", 1.5),
        ("Mon, 02 Mar 2026 12:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 12:02:00", 120),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("", None),
        ("later", None),
        ("-1", None),
        ("99999999999999999999", None),
    ],
)
def test_when_to_come_again(text, seconds):
    assert retry_after({"retry-after": text}, now=NOW) == seconds


def test_a_servers_date_that_is_none_is_passed_over():
    assert retry_after({"retry-after": "5", "date": "today"}, now=NOW) == 5
