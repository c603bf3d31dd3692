"""The bounds of shares and counts against printed tables and their own symmetry."""

import numpy as np
import pytest

from torg.measure.bounds import count_bounds, share_bounds


def test_none_and_all_have_the_exact_bounds():
    found = share_bounds(np.array([0.0, 1.0]), np.array([96.0, 96.0]), confidence=0.95)
    # Nobody of 96: the share p with (1 - p)^96 = 0.025.
    assert found[:, 0] == pytest.approx([0, 1 - 0.025 ** (1 / 96)])
    assert found[:, 1] == pytest.approx([0.025 ** (1 / 96), 1])
    # No event: the expectation m with exp(-m) = 0.025 (Garwood 1936 prints 3.69).
    assert count_bounds(np.array([0.0]), confidence=0.95)[:, 0] == pytest.approx(
        [0, 3.689], abs=1e-3
    )


def test_a_share_of_seven_in_ten_as_brown_cai_and_dasgupta_have_it():
    # R: qbeta(c(.025, .975), 7.5, 3.5)
    found = share_bounds(np.array([0.7]), np.array([10.0]), confidence=0.95)[:, 0]
    assert found == pytest.approx([0.3942, 0.9066], abs=2e-3)


def test_what_has_and_what_lacks_are_mirrored():
    shares, items = np.array([0.1, 0.35, 0.9]), np.array([3.5, 20.0, 7.0])
    low, high = share_bounds(shares, items, confidence=0.9)
    lacking_low, lacking_high = share_bounds(1 - shares, items, confidence=0.9)
    assert lacking_low == pytest.approx(1 - high)
    assert lacking_high == pytest.approx(1 - low)


def test_more_confidence_and_fewer_events_make_wider_intervals():
    events = np.array([1.0, 4.0, 16.0, 64.0])
    narrow, wide = (count_bounds(events, confidence=c) for c in (0.8, 0.99))
    assert (wide[0] < narrow[0]).all()
    assert (wide[1] > narrow[1]).all()
    assert (np.diff((wide[1] - wide[0]) / events) < 0).all()
