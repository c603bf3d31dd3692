"""The bench of a round counts windows as a server would."""

import pytest

from bench.round import most_in_a_window


@pytest.mark.parametrize(
    ("arrived", "most"),
    [
        ([], 0),
        ([3.0], 1),
        ([0.0, 1.0, 2.0], 1),  # a window of one second does not hold both its ends
        ([0.0, 0.5, 0.99, 1.0], 3),
        ([0.0, 0.9, 1.8, 1.9, 2.7], 3),
    ],
)
def test_the_fullest_window_is_found(arrived, most):
    assert most_in_a_window(arrived, seconds=1.0) == most
