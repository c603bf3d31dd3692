"""Whatever is drawn: the right share gets each code, and as many answer as were to."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from torg.simulate.survey.recipe import RECIPES
from torg.simulate.survey.truth import NOT_ASKED, Units, likelihood, logistic_noise, states
from torg.survey.questionnaire import READY, Questionnaire, read_questionnaire

WAVE = "2011"
BETAKOMM = read_questionnaire(READY["betakomm-2011"])


def units(rng, count):
    return Units(
        ids=tuple(f"{n:04d}" for n in range(count)),
        kinds=("municipality",) * count,
        population=np.exp(rng.uniform(5, 13, count)),
        activity=rng.standard_normal(count),
        asked={WAVE: np.ones(count, dtype=bool)},
        likely={WAVE: rng.uniform(0.05, 1, count)},
    )


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(5, 300))
def test_codes_go_to_as_many_as_make_the_wanted_share_of_those_likely_to_answer(seed, count):
    of = units(np.random.default_rng(seed), count)
    found = states(RECIPES["betakomm-2011"], BETAKOMM, of, seed=seed)[WAVE].codes["use"]
    weight = of.likely[WAVE]
    shares = [weight[found == code].sum() / weight.sum() for code in range(3)]
    # One unit lies across a border and goes to either side.
    assert np.allclose(shares, [0.58, 0.13, 0.29], atol=weight.max() / weight.sum())


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_only_whom_a_condition_lets_through_has_a_truth(seed):
    of = units(np.random.default_rng(seed), 60)
    state = states(RECIPES["betakomm-2011"], BETAKOMM, of, seed=seed)[WAVE]
    uses = state.codes["use"] == 0
    assert ((state.codes["channels.facebook"] != NOT_ASKED) == uses).all()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_question_less_changes_no_other_answers(seed):
    of = units(np.random.default_rng(seed), 40)
    fewer = Questionnaire(
        id=BETAKOMM.id,
        titles=BETAKOMM.titles,
        languages=BETAKOMM.languages,
        waves=BETAKOMM.waves,
        questions=tuple(q for q in BETAKOMM.questions if q.id != "courses"),
    )
    recipe = RECIPES["betakomm-2011"]
    whole, part = (states(recipe, q, of, seed=seed)[WAVE].codes for q in (BETAKOMM, fewer))
    assert all((whole[item] == part[item]).all() for item in part)


@given(scores=st.lists(st.floats(-8, 8), min_size=2, max_size=60), share=st.floats(0.05, 0.95))
def test_likelihoods_sum_to_the_number_that_answers(scores, share):
    count = max(1, int(share * len(scores)))
    likely = likelihood(np.array(scores), count=count)
    assert abs(likely.sum() - count) < 1e-9 * len(scores) + 1e-9
    assert ((likely > 0) & (likely <= 1)).all()


def test_luck_with_a_habit_in_it_is_logistic():
    rng = np.random.default_rng(5)
    drawn = logistic_noise(rng.standard_normal(20_000), rng.standard_normal(20_000), share=0.6)
    assert kstest(drawn, "logistic").pvalue > 0.001
