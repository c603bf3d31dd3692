"""Two waves of an invented country with a known truth, and a response like the Finnish one.

The response model, written down before anything is estimated by it: the logit of answering is
``a + 0.25 (log population - mean) + 0.3 (activity - mean)``, with `a` such that 48.6 % answer
(Finland 2015: 154 of 317). A town of 100,000 is then about twice as likely to answer as a
municipality of 1,500. Both waves have the same likelihoods; a unit's habit, that is its own place
between those who answer and those who do not, is kept from the one to the other but for a part, so
that about 88 % of those who answered the first wave answer the second.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.optimize import brentq
from scipy.special import expit, ndtr

from tests.lib.answering import COUNTRY, question, questionnaire, wave
from torg.register import Change, Municipality, Register
from torg.register.register import size_class
from torg.survey import FRAME, OBSERVED, SHEET, Surveyed, weigh

RATE = 0.486
BY_LOG_POPULATION, BY_ACTIVITY = 0.25, 0.3
KEPT = 0.92  # the correlation of the habit in the two waves
WAVES = (wave("2014", day="2014-05-01"), wave("2015", day="2015-05-01"))
ITEMS = ("rare", "half", "common", "posts")


@dataclass(frozen=True, eq=False)
class Country:
    """Units with what they would answer in both waves, and how likely they are to."""

    population: np.ndarray
    activity: np.ndarray
    truth: dict  # item -> [2, N]: what each would answer
    regions: int
    codes: list  # sorted nowhere: in the order of the arrays

    @property
    def size(self):
        return len(self.population)

    def change(self, item):
        """What all units together changed by."""
        before, after = self.truth[item]
        return after.mean() - before.mean()

    def frame(self, of):
        people = [int(p) for p in self.population]
        columns = {
            "wave": of, "country": COUNTRY, "unit": self.codes, "kind": "municipality",
            "name": self.codes, "county": [f"R{n % self.regions}" for n in range(self.size)],
            "population": people, "size_class": [size_class(p) for p in people],
        }  # fmt: skip
        return pl.DataFrame(columns, schema=dict(FRAME))

    def observed(self):
        columns = {
            "country": COUNTRY, "unit": self.codes, "measure": "posts_per_week",
            "value": self.activity, "access": "open_network", "missing": None,
        }  # fmt: skip
        return pl.DataFrame(columns, schema=dict(OBSERVED))

    def register(self):
        return Register(tuple(Municipality(COUNTRY, code, {"en": code}) for code in self.codes))

    def likely(self):
        """The likelihood [N] that a unit answers a wave."""
        line = BY_LOG_POPULATION * _centred(np.log(self.population))
        return _at_rate(line + BY_ACTIVITY * _centred(self.activity))


@dataclass(frozen=True, eq=False)
class Merged(Country):
    """A country of which some units have merged."""

    larger: np.ndarray  # of each unit, its place or that of its larger part before


def invented(seed, *, size=317, regions=18):
    """A country of `size` units, with as uneven a spread of sizes as Finland's."""
    random = np.random.Generator(np.random.PCG64(seed))
    population = np.exp(random.normal(8.75, 1.15, size))
    activity = 0.5 * _centred(np.log(population)) + random.normal(0, 1, size)
    pull = 0.6 * _centred(np.log(population)) + 0.7 * activity
    truth = {
        name: np.stack(_taken_up(random, pull, *levels))
        for name, levels in {"rare": (-2.9, -2.3), "half": (-0.4, 0.2), "common": (2, 2.6)}.items()
    }
    posts = np.exp(0.8 + 0.3 * pull + random.normal(0, 0.5, size))
    truth["posts"] = np.stack([posts, posts * np.exp(random.normal(0.15, 0.25, size))])
    return Country(population, activity, truth, regions, [f"{n:03}" for n in range(1, size + 1)])


def _taken_up(random, pull, before, after):
    """Yes or no in two waves: few give up again, and about as many as the level rises take up."""
    latent = pull + random.logistic(0, 1, len(pull))
    again = latent + random.logistic(0, 0.35, len(pull))
    return (latent + before > 0).astype(float), (again + after > 0).astype(float)


def _centred(values):
    return values - values.mean()


def merged_by_2015(country, *, pairs, seed=9):
    """The country after `pairs` of its 200 smallest became one each: (country, register).

    A merged unit answers as its larger part would, and is called "m0", "m1" ... In the country's
    truth the first wave stands as today's units have it: by people, where its parts differed.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    small = random.permutation(np.argsort(country.population)[:200])[: 2 * pairs].reshape(-1, 2)
    parts = [(i,) for i in range(country.size) if i not in small] + [tuple(p) for p in small]
    larger = np.array([max(p, key=lambda i: country.population[i]) for p in parts])
    shares = [country.population[list(p)] / country.population[list(p)].sum() for p in parts]

    def by_people(values):
        return np.array([w @ values[list(p)] for w, p in zip(shares, parts, strict=True)])

    truth = {k: np.stack([by_people(t[0]), t[1][larger]]) for k, t in country.truth.items()}
    people = np.array([country.population[list(p)].sum() for p in parts])
    codes = [country.codes[p[0]] if len(p) == 1 else f"m{p[0]}" for p in parts]
    after = Merged(people, by_people(country.activity), truth, country.regions, codes, larger)
    return after, _register_of(country, after, parts)


def _register_of(before, after, parts):
    on = WAVES[1].frame_date
    ended = {before.codes[i] for p in parts for i in p if len(p) > 1}
    units = [Municipality(COUNTRY, c, {"en": c}, valid_to=on if c in ended else None)
             for c in before.codes]  # fmt: skip
    units += [Municipality(COUNTRY, c, {"en": c}, valid_from=on)
              for c in after.codes if c.startswith("m")]  # fmt: skip
    pairs = [(i, code) for code, p in zip(after.codes, parts, strict=True) if len(p) > 1 for i in p]
    changes = [Change(COUNTRY, before.codes[i], code, on) for i, code in pairs]
    return Register(tuple(units), changes=tuple(changes))


def responses_of_merged(before, after, random):
    """Who answers the first wave of `before` [N], and the second of `after` [M]: as `responses`."""
    habit = random.normal(0, 1, before.size)
    later = KEPT * habit[after.larger] + np.sqrt(1 - KEPT**2) * random.normal(0, 1, after.size)
    return ndtr(habit) < before.likely(), ndtr(later) < after.likely()


def responses(country, random):
    """Who answers the first and the second wave: booleans [2, N]."""
    habit = random.normal(0, 1, (2, country.size))
    habit[1] = KEPT * habit[0] + np.sqrt(1 - KEPT**2) * habit[1]
    return ndtr(habit) < country.likely()


def _at_rate(line):
    level = brentq(lambda a: expit(a + line).mean() - RATE, -20, 20)
    return expit(level + line)


def the_questionnaire():
    return questionnaire(
        *(question(name, "many", waves=()) if name == "x" else question(name, "one")
          for name in ITEMS[:3]),
        question("posts", "number"),
        waves=WAVES,
    )  # fmt: skip


def surveyed(country, place, answered, *, margins=("size", "activity")):
    """The wave at `place` (0 or 1) as those that `answered` [N] leave it."""
    of = WAVES[place]
    frame = country.frame(of.id)
    codes = np.array(country.codes)[answered]
    respondents = pl.DataFrame({"country": COUNTRY, "unit": codes})
    weighting = weigh(
        frame, respondents,
        method="rake" if margins else "none", margins=margins, observed=country.observed(),
    )  # fmt: skip
    return Surveyed(of, frame, _sheet(country, place, answered), weighting)


def _sheet(country, place, answered):
    codes = np.array(country.codes)[answered]
    parts = []
    for item in ITEMS:
        said = country.truth[item][place][answered]
        is_number = item == "posts"
        columns = {
            "wave": WAVES[place].id, "country": COUNTRY, "unit": codes, "item": item,
            "state": "answered",
            "code": None if is_number else np.where(said > 0, "yes", "no"),
            "number": said if is_number else None,
        }  # fmt: skip
        parts.append(pl.DataFrame(columns, schema=dict(SHEET)))
    return pl.concat(parts)
