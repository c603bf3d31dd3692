"""How often rank sets hold a wrong order, and how wide they are: over countries of known truth."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count

import numpy as np
import polars as pl

from tests.lib.weekly_countries import (
    REGIMES,
    codes,
    draw_sums,
    make_world,
    observed_from,
    observed_from_weekly,
)
from torg.score.composite import composite
from torg.score.criteria import DEFAULT_CRITERIA
from torg.score.points import chain_of
from torg.score.ranksets import marginal_orders
from torg.simulate import simulate_weekly
from torg.study import Ranking

DRAWS = 500
PERIODS = 150  # of each world, for the true variances


@dataclass(frozen=True)
class Coverage:
    """Shares and means over all marginal sets of all countries."""

    countries: int
    right: float  # share of sets without a wrong order
    right_if_known: float  # of those made with the true variances
    width: float
    width_if_known: float

    @property
    def ratio(self):
        return self.width / self.width_if_known

    def __str__(self):
        return (
            f"{self.countries} countries: {self.right:.2%} of the marginal sets hold no wrong "
            f"order ({self.right_if_known:.2%} with the true variances); mean width "
            f"{self.width:.1f}, {self.ratio:.3f} times that with the true variances "
            f"({self.width_if_known:.1f})"
        )


def coverage(regime, *, worlds, countries, weeks=17):
    """Examine `countries` periods of each of `worlds` worlds."""
    jobs = [(regime, world, countries, weeks) for world in range(worlds)]
    # Polars must not be forked; so the workers are started afresh.
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        found = np.array([row for rows in pool.map(_world, jobs) for row in rows])
    return Coverage(len(found), *found.mean(axis=0))


def _world(job):
    name, number, countries, weeks = job
    world = make_world(number, regime=REGIMES[name])
    periods = np.array(
        [_values(*draw_sums(_rng(number, 1, at), world, weeks=weeks)) for at in range(PERIODS)]
    )
    return [
        _country(world, draw_sums(_rng(number, 0, at), world, weeks=weeks), periods)
        for at in range(countries)
    ]


def coverage_of_simulated(*, countries):
    """The same for countries of torg.simulate: the share of sets without a wrong order, the width.

    A country of the simulator is lived through once only, so there are no true variances.
    """
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        return np.mean(list(pool.map(_simulated, range(1, countries + 1))), axis=0)


def _simulated(seed):
    country = simulate_weekly(seed)
    observed = observed_from_weekly(country.weekly)
    posts = observed.rows.filter((pl.col("measure") == "posts") & (pl.col("value") >= 5))
    units = sorted(posts.select("country", "municipality").iter_rows())
    found = composite(observed, DEFAULT_CRITERIA, units, Ranking(draws=DRAWS))
    levels = {
        (code, measure): np.nan if value is None else value
        for code, measure, value in country.truth.select(
            "municipality", "measure", "value"
        ).iter_rows()
    }
    chain = chain_of(found.references)
    kept = [reference.reason is None for reference in found.references]
    truth = np.array(
        [[levels[code, one.criterion.measure] for _, code in units] for one in chain.references]
    )
    truth[np.isnan(found.points[kept])] = np.nan
    ranked = [units.index(unit) for unit in found.standing.units]
    standing = found.standing
    return _examine(standing.estimates, standing.variances, chain.scores(truth)[ranked])


def _rng(*numbers):
    return np.random.default_rng(numbers)


def _values(numerators, denominators):
    total = denominators.sum(axis=2)
    return np.divide(
        numerators.sum(axis=2), total, out=np.full(total.shape, np.nan), where=total > 0
    )


def _country(world, sums, periods):
    units = [("XX", code) for code in codes(len(world.population))]
    found = composite(observed_from(*sums), DEFAULT_CRITERIA, units, Ranking(draws=DRAWS))
    standing = found.standing
    ranked = np.isin(np.arange(len(units)), [units.index(unit) for unit in standing.units])
    truth, variances = _truth(world, _values(*sums), periods, found.references)
    estimated = _examine(standing.estimates, standing.variances, truth[ranked])
    known = _examine(standing.estimates, variances[ranked], truth[ranked])
    return estimated[0], known[0], estimated[1], known[1]


def _truth(world, values, periods, references):
    """True scores, and their true variances, on this country's scale and with what it lacks."""
    chain = chain_of(references)
    kept = [reference.reason is None for reference in references]
    missing = np.isnan(values)
    filled = np.where(np.isnan(periods), values, periods)
    scores = chain.scores(np.where(missing, np.nan, filled)[:, kept].swapaxes(0, 1))
    return chain.scores(np.where(missing, np.nan, world.truth)[kept]), scores.var(axis=0, ddof=1)


def _examine(estimates, variances, truth):
    """Share of the sets without a wrong order, and their mean width."""
    better, worse = marginal_orders(estimates, variances, draws=DRAWS, confidence=0.95, seed=1)
    not_better = truth[:, None] <= truth[None, :]
    wrong = (better & not_better).any(axis=1) | (worse & not_better.T).any(axis=1)
    width = len(truth) - better.sum(axis=1) - worse.sum(axis=1)
    return 1 - wrong.mean(), width.mean()
