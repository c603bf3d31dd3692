"""Countries of weekly sums with a known truth: small, and independent of torg.simulate.

A world fixes what every town's level is; a country is one period drawn from it. So the true
variance of a score can be had by drawing many countries of one world.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

MEASURES = (
    "question_answered_24h",
    "c1",
    "posts_per_week",
    "e",
    "engagement_per_1000",
    "v1",
)


@dataclass(frozen=True, kw_only=True)
class Regime:
    """How weeks behave; spreads are standard deviations on the log scale."""

    memory: float = 0.0  # correlation of a town's week with its next
    week_spread: float = 0.4  # of a town's own weeks
    national_spread: float = 0.15  # of weeks that all towns share
    viral_spread: float = 0.0  # of single weeks: 1.2 gives one in a hundred sixteen times the usual
    comments_a_week: float | None = None  # of all towns; None: as their size has it
    near_ties: float = 0.5  # share of the towns whose levels differ only by a hair from another's


REGIMES = {
    "iid": Regime(),
    "correlated": Regime(memory=0.3),
    "heavy": Regime(memory=0.3, viral_spread=1.0),
    "low": Regime(memory=0.3, viral_spread=0.5, comments_a_week=0.1),
}


@dataclass(frozen=True)
class World:
    """The levels of N towns under a regime."""

    regime: Regime
    population: np.ndarray
    followers: np.ndarray
    posts: np.ndarray  # a week
    rate: np.ndarray  # interactions per post and 1,000 followers
    questions: np.ndarray  # a week
    answered: np.ndarray  # shares
    commented: np.ndarray
    shared: np.ndarray

    @property
    def truth(self):
        """True values, measures by towns."""
        raised = self.rate * self.posts * self.followers / 1000
        return np.stack(
            [
                self.answered,
                self.commented,
                self.posts,
                self.rate,
                raised / (self.population / 1000),
                self.shared,
            ]
        )


def make_world(seed, *, towns=357, regime):
    rng = np.random.default_rng(seed)
    population = np.clip(np.exp(rng.normal(np.log(5000), 1.3, towns)), 200, 700_000).round()
    log_size = np.log(population / 5000)
    followers = (population * np.exp(rng.normal(np.log(0.35) - 0.12 * log_size, 0.4))).round() + 50
    activity = rng.normal(0, 1, towns)
    posts = np.exp(np.log(4.0) + 0.15 * log_size + 0.5 * activity)
    rate = np.exp(rng.normal(np.log(12.0) - 0.15 * log_size, 0.5))
    per_week = 0.08 * rate * posts * followers / 1000 * np.exp(rng.normal(0, 0.3, towns))
    if regime.comments_a_week is not None:
        per_week = np.full(towns, regime.comments_a_week * 4)
    world = World(
        regime=regime,
        population=population,
        followers=followers,
        posts=posts,
        rate=rate,
        questions=per_week / 4,
        answered=rng.beta(2.5, 1.5, towns),
        commented=np.clip(1 - np.exp(-per_week / posts), 0.02, 0.98),
        shared=rng.beta(3, 2, towns),
    )
    return _with_near_ties(rng, world)


def _with_near_ties(rng, world):
    """Half of the towns get the levels of another town of the same world, moved by one per cent."""
    towns = len(world.population)
    copies = rng.random(towns) < world.regime.near_ties
    of = rng.integers(0, towns, towns)
    moved = {}
    for name in ("posts", "rate", "answered", "commented", "shared"):
        values = getattr(world, name)
        near = values[of] * np.exp(rng.normal(0, 0.01, towns))
        top = np.inf if name in ("posts", "rate") else 0.99
        moved[name] = np.where(copies, np.minimum(near, top), values)
    return replace(world, **moved)


def draw_sums(rng, world, *, weeks=17):
    """One period: numerators and denominators, measures by towns by weeks."""
    regime, towns = world.regime, len(world.population)
    national = regime.national_spread * rng.normal(size=weeks)
    busy = _lognormal(regime.week_spread / 2 * _memory(rng, towns, weeks, regime.memory))
    posts = rng.poisson(world.posts[:, None] * busy).astype(float)
    loud = _lognormal(
        regime.week_spread * _memory(rng, towns, weeks, regime.memory)
        + regime.viral_spread * rng.normal(size=(towns, weeks)),
        spread=np.hypot(regime.week_spread, regime.viral_spread),
    ) * np.exp(national - regime.national_spread**2 / 2)
    reach = posts * world.followers[:, None] / 1000
    interactions = _negative_binomial(rng, world.rate[:, None] * reach * loud, size=4.0)
    questions = _negative_binomial(rng, world.questions[:, None] * busy * loud, size=2.0)
    numerators = np.stack(
        [
            _answered(rng, questions, world.answered),
            _answered(rng, posts, world.commented),
            posts,
            interactions,
            interactions,
            _answered(rng, posts, world.shared),
        ]
    )
    whole = np.ones((towns, weeks))
    inhabitants = world.population[:, None] / 1000 * whole
    denominators = np.stack([questions, posts, whole, reach, inhabitants, posts])
    return numerators, denominators


def _memory(rng, towns, weeks, memory):
    """Standard normal series, each week correlated with the one before."""
    series = rng.normal(size=(towns, weeks))
    for week in range(1, weeks):
        series[:, week] = memory * series[:, week - 1] + np.sqrt(1 - memory**2) * series[:, week]
    return series


def _lognormal(series, *, spread=None):
    spread = np.std(series) if spread is None else spread
    return np.exp(series - spread**2 / 2)


def _negative_binomial(rng, mean, *, size):
    return rng.poisson(mean * rng.gamma(size, 1 / size, mean.shape)).astype(float)


def _answered(rng, items, share, *, evenness=12.0):
    p = rng.beta(evenness * share[:, None], evenness * (1 - share[:, None]), items.shape)
    return rng.binomial(items.astype(int), p).astype(float)


@dataclass(frozen=True)
class Observed:
    rows: pl.DataFrame
    weekly: pl.DataFrame


def observed_from(numerators, denominators, *, access="public_page"):
    """Frames as torg.measure gives them."""
    towns = numerators.shape[1]
    at = np.indices(numerators.shape).reshape(3, -1)
    weekly = pl.DataFrame(
        {
            "country": "XX",
            "municipality": np.array(codes(towns))[at[1]],
            "access": access,
            "measure": np.array(MEASURES)[at[0]],
            "week": at[2].astype(np.int64),
            "numerator": numerators.ravel(),
            "denominator": denominators.ravel(),
        },
        schema_overrides={"country": pl.String, "access": pl.String},
    )
    return observed_from_weekly(weekly)


def observed_from_weekly(weekly):
    """The rows that follow from weekly sums, and the sums."""
    keys = ["country", "municipality", "access", "measure"]
    rows = weekly.group_by(keys).agg(pl.col("numerator", "denominator").sum())
    value = pl.col("numerator") / pl.col("denominator")
    known = pl.col("denominator") > 0
    posts = rows.filter(measure="posts_per_week").select(
        "country",
        "municipality",
        "access",
        pl.lit("posts").alias("measure"),
        pl.col("numerator").alias("value"),
    )
    rows = rows.select(*keys, pl.when(known).then(value).alias("value"))
    rows = pl.concat([rows, posts.select(rows.columns)]).with_columns(
        pl.lit(None, pl.String).alias("channel"),
        pl.lit(None, pl.String).alias("platform"),
        pl.when(pl.col("value").is_null()).then(pl.lit("no_questions")).alias("missing"),
    )
    return Observed(rows.sort(keys), weekly)


def codes(towns):
    return [f"{town:04d}" for town in range(1, towns + 1)]


def municipalities_of(world):
    towns = len(world.population)
    labels = ["<2k", "2-5k", "5-10k", "10-20k", "20-50k", ">50k"]
    sizes = np.searchsorted([2e3, 5e3, 1e4, 2e4, 5e4], world.population, side="right")
    return pl.DataFrame(
        {
            "country": "XX",
            "municipality": codes(towns),
            "name": [f"Town {code}" for code in codes(towns)],
            "county": [f"County {town % 11 + 1}" for town in range(towns)],
            "population": world.population.astype(int),
            "size_class": [labels[size] for size in sizes],
        }
    )
