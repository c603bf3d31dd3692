"""From a value to points: the transform, the median, the robust spread, the cap."""

import numpy as np
import pytest

from torg.score.points import chain_of, points, refer
from torg.study import Criterion


def given(values, **criterion):
    criterion = Criterion(measure="c1", area="dialogue", **criterion)
    return points(np.array(values), refer(np.array(values), criterion))


def test_the_median_earns_half_and_three_robust_deviations_all():
    # median 5; deviations 4 2 1 0 1 2 100: MAD 2, spread 1.4826 x 2 = 2.9652.
    # z of 3 is -2 / 2.9652; points 1 + 99 (z + 3) / 6.
    found = given([1, 3, 4, 5, 6, 7, 105], transform="linear")
    assert found[3] == pytest.approx(50.5)
    assert found[1] == pytest.approx(1 + 99 * (-2 / 2.9652 + 3) / 6)
    assert found[6] == 100


def test_where_lower_is_better_the_scale_is_turned():
    found = given([1, 3, 4, 5, 6, 7, 105], transform="linear", higher_is_better=False)
    assert found[6] == 1
    assert found[1] == pytest.approx(1 + 99 * (2 / 2.9652 + 3) / 6)


def test_log1p_compares_ratios_and_mirrors_losses():
    # On the log scale 0, log 10, log 100 are evenly apart: the median is log 10, the MAD too.
    assert given([0, 9, 99]) == pytest.approx([39.371, 50.5, 61.629], abs=1e-3)
    assert given([-9, 0, 9])[0] == pytest.approx(101 - given([-9, 0, 9])[2])


def test_enough_is_enough():
    # Three posts a week are asked: half of that is half of the way from 1 to 100 points.
    found = given([0, 1.5, 3, 30], transform="enough", enough=3)
    assert found.tolist() == [1, 50.5, 100, 100]


def test_not_too_much_is_enough_where_lower_is_better():
    found = given([5, 10, 20], transform="enough", enough=10, higher_is_better=False)
    assert found.tolist() == [100, 100, 50.5]


def test_where_most_have_one_value_the_others_give_the_spread():
    # MAD is 0. Those that differ lie 3 and 4 from the median: sqrt((9 + 16) / 2) = 3.5355.
    found = given([0, 0, 0, 3, -4], transform="linear")
    assert found[3] == pytest.approx(1 + 99 * (3 / 3.5355 + 3) / 6, abs=1e-3)


def test_where_all_are_equal_or_missing_the_criterion_is_dropped_and_says_so():
    criterion = Criterion(measure="c1", area="dialogue", transform="linear")
    assert refer(np.array([7.0, 7.0, np.nan]), criterion).reason == "equal_for_all"
    assert refer(np.array([np.nan, np.nan]), criterion).reason == "missing_for_all"


def chain(*areas_and_weights):
    references = [
        refer(
            np.array([0.0, 1.0]),
            Criterion(measure="c1", area=area, weight=weight, transform="enough", enough=100),
        )
        for area, weight in areas_and_weights
    ]
    return chain_of(references)


def test_points_make_up_for_each_other_in_an_area():
    two = chain(("dialogue", 1), ("dialogue", 3))
    assert two.area_points(np.array([[80.0], [40.0]])).tolist() == [[(80 + 3 * 40) / 4]]


def test_areas_make_up_for_each_other_only_in_part():
    two = chain(("dialogue", 1), ("reputation", 1))
    areas = two.area_points(np.array([[90.0, 50.0], [10.0, 50.0]]))
    assert two.scores_of_areas(areas) == pytest.approx([np.sqrt(90 * 10), 50])


def test_a_missing_criterion_is_left_out_if_half_of_the_weight_is_there():
    two = chain(("dialogue", 1), ("dialogue", 1))
    assert two.area_points(np.array([[np.nan], [40.0]])).tolist() == [[40]]


def test_with_less_than_half_of_the_weight_the_area_is_missing_and_so_is_the_score():
    three = chain(("dialogue", 2), ("dialogue", 1), ("reputation", 1))
    areas = three.area_points(np.array([[np.nan], [40.0], [60.0]]))
    assert np.isnan(areas[0, 0])
    assert np.isnan(three.scores_of_areas(areas)[0])
