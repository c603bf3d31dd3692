"""What silence costs: the mean of those who answered held against the mean of all."""

import polars as pl
import pytest

from tests.lib.answering import COUNTRY, frame
from tests.lib.seen import observed
from torg.compare import BIAS, bias, family_of
from torg.survey import weigh

# Ten small municipalities that post little, of which two answered; ten large ones, of which eight.
SMALL = [f"s{n}" for n in range(10)]
LARGE = [f"l{n}" for n in range(10)]
UNITS = frame(
    "\n".join(
        ["unit | size_class | population"]
        + [f"{u} | <2k | {1000 + n}" for n, u in enumerate(SMALL)]
        + [f"{u} | >50k | {60000 + n}" for n, u in enumerate(LARGE)]
    )
)
ANSWERED = pl.DataFrame({"country": COUNTRY, "unit": [*SMALL[:2], *LARGE[:8]]})
POSTS = "unit | measure | value\n" + "\n".join(
    [f"{u} | posts_per_week | 1" for u in SMALL] + [f"{u} | posts_per_week | 5" for u in LARGE]
)


def found(table=POSTS, *, activity=(), margins=("size", "activity"), asked=None, **more):
    seen = observed(table)

    def again(rows):
        if asked is not None:
            asked.append(sorted(rows["measure"].unique()))
        return weigh(UNITS, ANSWERED, margins=margins, observed=rows, bounds=(0.1, 10), least=2)

    rows = bias(seen, UNITS, ANSWERED, activity=activity, weigh=again, **more)
    assert rows.schema == BIAS
    return {row["measure"]: row for row in rows.iter_rows(named=True)}


def test_before_and_after_weighting():
    row = found()["posts_per_week"]
    assert row["all"] == (10 * 1 + 10 * 5) / 20 == 3.0
    assert row["respondents"] == (2 * 1 + 8 * 5) / 10 == 4.2
    assert row["before"] == pytest.approx(1.2)
    # Weighted by size, the two small ones stand for ten, and so do the eight large ones.
    assert row["weighted"] == pytest.approx(3.0)
    assert row["after"] == pytest.approx(0.0)
    assert (row["frame_n"], row["n"], row["weighted_by"]) == (20, 10, "size")


def test_without_weights_the_bias_stays():
    row = found(margins=())["posts_per_week"]
    assert row["after"] == row["before"] == pytest.approx(1.2)
    assert row["error"] > 0


def test_a_measure_is_left_out_of_the_weights_that_it_is_tried_on():
    asked = []
    followers = POSTS.replace("posts_per_week", "followers").splitlines()[1:]
    both = "\n".join([POSTS, *followers])
    rows = found(both, activity=("posts_per_week", "followers"), asked=asked)
    assert rows["posts_per_week"]["left_out"] == "posts_per_week"
    assert rows["followers"]["left_out"] == "followers"
    assert sorted(asked) == [["followers"], ["posts_per_week"]]


def test_so_are_its_relatives():
    """Posts and posts a week are one thing: the one would calibrate the other's bias away."""
    relatives = POSTS.replace("posts_per_week", "posts").splitlines()[1:]
    asked = []
    rows = found("\n".join([POSTS, *relatives]), activity=("posts",), asked=asked)
    assert rows["posts_per_week"]["left_out"] == "posts"
    assert asked == [[]]  # made once for both
    assert family_of("posts:bluesky") == family_of("posts_per_week") == "activity"
    assert family_of("has_page:x") == family_of("has_page:facebook") != "activity"
    assert family_of("posts_in_window:facebook") == "posts_in_window"


def test_what_is_not_defined_of_a_unit_is_not_in_its_mean():
    table = """
        unit | measure      | value
        s0   | answered_24h | 0.5
        l0   | answered_24h | 1
        l9   | answered_24h | 0
        s1   | answered_24h | no_comments
    """
    row = found(table)["answered_24h"]
    assert (row["frame_n"], row["n"]) == (3, 2)
    assert row["all"] == 0.5
    assert row["before"] == 0.75 - 0.5


def test_where_nobody_that_is_known_answered_there_is_no_figure():
    row = found("unit | measure | value\nl9 | followers | 100")["followers"]
    assert (row["respondents"], row["weighted"], row["after"]) == (None, None, None)


def test_the_r_indicator_says_how_large_it_could_be():
    row = found(cv=0.6)["posts_per_week"]
    assert row["spread"] == 2.0  # half have 1, half 5
    assert row["largest"] == pytest.approx(1.2)
    # 1.2 it is: here who answers goes along with posts wholly, by size (8 and 2 of 10: CV = 0.6).
    assert row["before"] == pytest.approx(row["largest"])
