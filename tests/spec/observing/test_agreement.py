"""The manual of agreement: Krippendorff's alpha, and what stands beside it."""

import numpy as np
import pytest

from tests.lib.observing import FORM, UNITS, WAVE, counts_of, seen
from torg.survey.observing import agreement, alpha, bootstrap_interval, gwet_ac1, raw_agreement

# Three observers, fifteen units: the example of the literature's encyclopaedia article.
THREE_BY_FIFTEEN = """
* * * * * 3 4 1 2 1 1 3 3 * 3
1 * 2 1 3 3 4 3 * * * * * * *
* * 2 1 3 4 4 * 2 1 1 3 3 * 4
"""


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_the_published_example(level, published, figure):
    found = alpha(*counts_of(THREE_BY_FIFTEEN), level)[0]
    assert found == pytest.approx(published, abs=5e-7)
    figure(f"Krippendorff's alpha of the 3 x 15 matrix, {level}: {found:.6f}")


def test_alpha_by_hand():
    # Units (0,0), (0,1), (1,1): coincidences 00: 2, 11: 2, 01: 1, 10: 1; n = 6, n_0 = n_1 = 3.
    # Observed 1 + 1 = 2, expected 2 x 3 x 3 = 18: alpha = 1 - 5 x 2 / 18.
    found = alpha(*counts_of("0 0 1\n0 1 1"), "nominal")[0]
    assert found == pytest.approx(1 - 5 * 2 / 18)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_all_agreeing_is_one_and_all_saying_the_same_is_no_evidence(level):
    assert alpha(*counts_of("1 2 3\n1 2 3"), level)[0] == pytest.approx(1)
    assert np.isnan(alpha(*counts_of("2 2 2\n2 2 2"), level)[0])


def test_how_far_apart_two_values_are_depends_on_the_level():
    near, far = counts_of("1 2 9 9\n2 1 9 9"), counts_of("1 9 2 2\n9 1 2 2")
    assert alpha(*near, "nominal")[0] == pytest.approx(alpha(*far, "nominal")[0])
    assert alpha(*near, "interval")[0] > 0.9 > 0 > alpha(*far, "interval")[0]


def test_raw_agreement_is_the_mean_share_of_pairs():
    # Units with pairs: (1,1,1) all three, (1,1,2) one of three, (2,2) the one: (1 + 1/3 + 1) / 3.
    counts, _ = counts_of("1 1 2 *\n1 1 2 1\n1 2 * *")
    assert raw_agreement(counts) == pytest.approx((1 + 1 / 3 + 1) / 3)


def test_where_nearly_all_are_of_one_kind_alpha_collapses_and_gwet_does_not():
    counts, values = counts_of(" ".join("1" * 19 + "0") + "\n" + " ".join("1" * 20))
    # 19 of 20 agree; prevalence of 1 is 39/40: AC1 = (0.95 - e) / (1 - e), e = 2 x 39/40 x 1/40.
    chance = 2 * 39 / 40 / 40
    assert raw_agreement(counts) == pytest.approx(0.95)
    assert alpha(counts, values, "nominal")[0] == pytest.approx(0.0, abs=0.01)
    assert gwet_ac1(counts, categories=2) == pytest.approx((0.95 - chance) / (1 - chance))


def test_the_interval_is_of_units_drawn_anew_and_the_same_for_the_same_seed():
    counts, values = counts_of(THREE_BY_FIFTEEN)
    intervals = [
        bootstrap_interval(counts, values, "nominal", confidence=0.95, draws=500, seed=seed)
        for seed in (1, 1, 2)
    ]
    assert intervals[0] == intervals[1] != intervals[2]
    assert intervals[0][0] < 0.691358 < intervals[0][1] <= 1


SEEN = """
unit | respondent | item               | value
1    | 1          | has_page.facebook  | yes
1    | 2          | has_page.facebook  | yes
2    | 1          | has_page.facebook  | no
2    | 2          | has_page.facebook  | yes
3    | 1          | has_page.facebook  | no
3    | 2          | has_page.facebook  | no
1    | 1          | followers_facebook | 100
1    | 2          | followers_facebook | 120
2    | 1          | followers_facebook | dont_know
2    | 2          | followers_facebook | 40
1    | 1          | tone_facebook      | warm
3    | 2          | tone_facebook      | cold
1    | 1          | remark             | nice
"""


def test_each_item_has_its_level_and_the_number_of_units_seen_by_two():
    rows = {r["item"]: r for r in agreement(seen(SEEN), FORM, WAVE, frame=UNITS).to_dicts()}
    assert {item: (r["level"], r["n"]) for item, r in rows.items()} == {
        "has_page.facebook": ("nominal", 3),
        "has_page.twitter": ("nominal", 0),
        "followers_facebook": ("ratio", 1),  # who cannot tell gives no number
        "tone_facebook": ("ordinal", 0),
    }
    page = rows["has_page.facebook"]
    assert page["alpha"] == pytest.approx(1 - 5 * 2 / 18)
    assert page["agreement"] == pytest.approx(2 / 3)
    assert rows["tone_facebook"]["alpha"] is None


def test_the_level_can_be_said():
    rows = agreement(seen(SEEN), FORM, WAVE, frame=UNITS, levels={"followers_facebook": "interval"})
    assert rows.filter(item="followers_facebook")["level"].to_list() == ["interval"]


def test_an_observer_who_corrects_a_form_is_still_one_observer():
    corrected = SEEN + "2 | 1 | has_page.facebook | yes\n"
    table = "\n".join(
        f"{line} | {at}"
        for at, line in zip(["at", *range(1, 20)], corrected.strip().splitlines(), strict=False)
    )
    rows = agreement(seen(table), FORM, WAVE, frame=UNITS).filter(item="has_page.facebook")
    assert rows["n"].item() == 3
    assert rows["agreement"].item() == pytest.approx(1)
