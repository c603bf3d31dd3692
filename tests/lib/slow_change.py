"""Slow twins of change between waves: counted unit by unit, stratum by stratum."""

import statistics


def slow_moments(values, has, strata):
    """Variance of each stratified mean and their covariance: Tam's terms, written out."""
    total = len(strata)
    before = after = shared = 0.0
    for h in sorted(set(strata)):
        units = [i for i in range(total) if strata[i] == h]
        share = (len(units) / total) ** 2
        first = [i for i in units if has[0][i]]
        second = [i for i in units if has[1][i]]
        both = [i for i in first if i in second]
        before += share * _variance(values[0], first, len(units))
        after += share * _variance(values[1], second, len(units))
        if len(both) > 1:
            factor = len(both) / (len(first) * len(second)) - 1 / len(units)
            shared += share * factor * _covariance(values[0], values[1], both)
    return before, after, shared


def _variance(values, rows, units):
    return (1 / len(rows) - 1 / units) * statistics.variance([values[i] for i in rows])


def _covariance(one, other, rows):
    return statistics.covariance([one[i] for i in rows], [other[i] for i in rows])


def slow_partials(propensities, labels):
    """Partial indicators of each variable: {(figure, variable, category): value}."""
    n = len(propensities)
    mean = sum(propensities) / n
    found = {}
    for name, own in labels.items():
        others = [labels[other] for other in labels if other != name]
        cells = list(zip(*others, strict=True)) if others else [()] * n
        far = [
            p - _mean(propensities, cells, cell)
            for p, cell in zip(propensities, cells, strict=True)
        ]
        between = [_mean(propensities, own, label) - mean for label in own]
        found["partial", name, None] = (sum(d * d for d in between) / n) ** 0.5
        found["partial_conditional", name, None] = (sum(d * d for d in far) / n) ** 0.5
        for label in set(own):
            rows = [i for i in range(n) if own[i] == label]
            found["partial", name, label] = (len(rows) / n) ** 0.5 * between[rows[0]]
            squares = sum(far[i] ** 2 for i in rows)
            found["partial_conditional", name, label] = (squares / n) ** 0.5
    return found


def _mean(values, cells, cell):
    own = [v for v, c in zip(values, cells, strict=True) if c == cell]
    return sum(own) / len(own)
