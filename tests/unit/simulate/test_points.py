"""Invented points: the same each time, apart from each other, and where no land is."""

from torg.simulate import simulate
from torg.simulate.points import draw_points

CODES = [f"{number:04}" for number in range(1, 201)]
COUNTIES = [f"county {number % 9}" for number in range(200)]


def test_the_same_codes_have_the_same_points_and_no_two_have_one():
    points = draw_points(CODES, COUNTIES)
    assert points == draw_points(CODES, COUNTIES)
    assert len(set(points)) == len(CODES)


def test_they_lie_in_the_open_sea():
    assert all(52 <= lat <= 60 and -37 <= lon <= -30 for lat, lon in draw_points(CODES, COUNTIES))


def test_those_of_a_county_lie_nearer_to_each_other_than_to_the_rest():
    points = draw_points(CODES, COUNTIES)

    def mean_square(pairs):
        apart = [(a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a, b in pairs]
        return sum(apart) / len(apart)

    pairs = [(i, j) for i in range(200) for j in range(i)]
    own = [(points[i], points[j]) for i, j in pairs if COUNTIES[i] == COUNTIES[j]]
    others = [(points[i], points[j]) for i, j in pairs if COUNTIES[i] != COUNTIES[j]]
    assert mean_square(own) < mean_square(others) / 2


def test_every_invented_municipality_has_a_point():
    units = simulate(3, municipalities=20, weeks=2).register.municipalities
    assert all(unit.lat is not None and unit.lon is not None for unit in units)
