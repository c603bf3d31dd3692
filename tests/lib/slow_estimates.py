"""Estimates as one would work them out with pencil and paper: the slow twins."""

from fractions import Fraction
from math import comb


def post_stratified_mean(values, strata, sizes):
    """The mean and its variance: sum (N_h/N)^2 (1 - n_h/N_h) s_h^2 / n_h."""
    total = sum(sizes.values())
    mean = variance = 0.0
    for stratum, size in sizes.items():
        own = [v for v, s in zip(values, strata, strict=True) if s == stratum]
        middle = sum(own) / len(own)
        mean += size / total * middle
        if len(own) < size:
            spread = sum((v - middle) ** 2 for v in own) / (len(own) - 1)
            variance += (size / total) ** 2 * (1 - len(own) / size) * spread / len(own)
    return mean, variance


def raked(base, margins, totals, sweeps=20_000):
    """Iterative proportional fitting, one class after the other."""
    weights = list(base)
    for _ in range(sweeps):
        before = list(weights)
        for margin, total in zip(margins, totals, strict=True):
            for label, wanted in total.items():
                rows = [i for i, own in enumerate(margin) if own == label]
                ratio = wanted / sum(weights[i] for i in rows)
                for i in rows:
                    weights[i] *= ratio
        if max(abs(w / b - 1) for w, b in zip(weights, before, strict=True)) < 1e-15:
            break
    return weights


def hypergeometric_range(yes, n, size, level=Fraction(95, 100)):
    """The least and greatest count of the population that the answers do not exclude; exact."""
    tail = (1 - level) / 2
    allowed = []
    for has in range(size + 1):
        chance = [
            Fraction(comb(has, x) * comb(size - has, n - x), comb(size, n)) for x in range(n + 1)
        ]
        if sum(chance[yes:]) > tail and sum(chance[: yes + 1]) > tail:
            allowed.append(has)
    return allowed[0], allowed[-1]


def counts_possible(yes, n, size):
    """Every count of yes that the whole population could still have."""
    return set(range(yes, yes + size - n + 1))
