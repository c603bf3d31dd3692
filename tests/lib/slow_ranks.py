"""Rank sets in plain loops: the obvious way, from the definition, given the same draws."""

import math

import numpy as np


def slow_rank_sets(estimates, variances, *, draws, confidence, seed):
    """(simultaneous, marginal): lists of (low, high), as torg.score.rank_sets has them."""
    n = len(estimates)
    normal = np.random.default_rng(seed).standard_normal((n, draws))
    chance = [
        [float(z) * math.sqrt(v) for z in row] for row, v in zip(normal, variances, strict=True)
    ]
    pairs = [(j, k) for j in range(n) for k in range(n) if j != k]

    def step_down(hypotheses):
        rejected = set()
        while True:
            still_open = [pair for pair in hypotheses if pair not in rejected]
            maxima = sorted(
                max(difference(chance, pair, draw) for pair in still_open) for draw in range(draws)
            )
            critical = max(0.0, maxima[math.ceil(confidence * draws - 1e-9) - 1])
            new = {pair for pair in still_open if statistic(pair) > critical}
            if not new:
                return rejected
            rejected |= new

    def weight(j, k):
        total = variances[j] + variances[k]
        return 1 / math.sqrt(total) if total > 0 else 0.0

    def difference(drawn, pair, draw):
        j, k = pair
        return (drawn[j][draw] - drawn[k][draw]) * weight(j, k)

    def statistic(pair):
        j, k = pair
        gap = estimates[j] - estimates[k]
        if weight(j, k) > 0:
            return gap * weight(j, k)
        return 0.0 if gap == 0 else math.copysign(math.inf, gap)

    def set_of(j, proven):
        better = sum((k, j) in proven for k in range(n))
        worse = sum((j, k) in proven for k in range(n))
        return 1 + better, n - worse

    if n == 1:
        return [(1, 1)], [(1, 1)]
    at_once = step_down(pairs)
    simultaneous = [set_of(j, at_once) for j in range(n)]
    marginal = [set_of(j, step_down([p for p in pairs if j in p])) for j in range(n)]
    return simultaneous, marginal
