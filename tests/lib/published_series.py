"""Series that the Nordic studies and the same author's register published, in per cent by year.

Finland: the editions of 2011 to 2024, answers from about half of some 310 municipalities ("just
over 25" is 26, "about 40" is 40). Norway: whole-municipality pages of all 428, counted by hand.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import chi2

from torg.survey.trend.growth import Edition, Prior, forecast, log_evidence

ANSWERS, FRAME = 150, 310
SERIES = {
    "director": {2011: 11, 2015: 24, 2017: 40, 2018: 48, 2019: 60, 2020: 65, 2022: 64, 2024: 62},
    "council meetings": {2016: 26, 2017: 31, 2018: 38, 2019: 46, 2020: 62, 2022: 78},
    "facebook": {2015: 89, 2020: 99, 2022: 99},
    "instagram": {2015: 26, 2020: 90, 2022: 93},
    "youtube": {2015: 40, 2022: 83},
    "twitter": {2015: 40, 2022: 52},
    "pages in Norway": {2013.04: 100 * 210 / 428, 2014.12: 100 * 291 / 428,
                        2015.29: 100 * 335 / 428, 2015.79: 100 * 351 / 428},
}  # fmt: skip
COUNTED = {"pages in Norway"}  # of all, so without sampling error


def editions(name):
    """The series on the logit scale, with the sampling variance of each edition."""
    return [_edition(name, year, share / 100) for year, share in SERIES[name].items()]


def _edition(name, year, share):
    variance = (1 - ANSWERS / FRAME) / (ANSWERS * share * (1 - share))
    level = float(np.log(share / (1 - share)))
    return Edition(at=year, level=level, variance=0.0 if name in COUNTED else variance)


def learnt(names, *, wander_spread=0.5):
    """The prior under which the series are most likely."""
    series = [editions(name) for name in names]

    def loss(free):
        prior = _prior(free, wander_spread)
        return -sum(log_evidence(one, prior) for one in series)

    found = minimize(loss, [0.35, np.log(0.2), np.log(0.25)], method="Nelder-Mead",
                     options={"xatol": 1e-4, "fatol": 1e-5, "maxiter": 2000})  # fmt: skip
    return _prior(found.x, wander_spread)


def _prior(free, wander_spread):
    drift, spread, wander = free
    return Prior(drift=float(drift), drift_spread=float(np.exp(spread)),
                 wander=float(np.exp(wander)), wander_spread=wander_spread)  # fmt: skip


def widened(prior):
    """Spreads at the end of their one-sided 90 % intervals: 6 and 20 degrees of freedom."""
    return Prior(drift=prior.drift, drift_spread=prior.drift_spread * _at_end(6),
                 wander=prior.wander * _at_end(20), wander_spread=prior.wander_spread)  # fmt: skip


def _at_end(degrees):
    return float(np.sqrt(degrees / chi2.ppf(0.1, degrees)))


def back_test(name, *, prior, confidence=0.95):
    """Each edition but the first told from those before it: (year, told, low, high, was)."""
    own = editions(name)
    rows = []
    for place in range(1, len(own)):
        told = forecast(own[:place], own[place].at, prior=prior)
        # What was printed has a sampling error of its own besides.
        told = type(told)(means=told.means, weights=told.weights,
                          variances=told.variances + own[place].variance)  # fmt: skip
        ends = [told.quantile(part) for part in (0.5, (1 - confidence) / 2, (1 + confidence) / 2)]
        rows.append((own[place].at, *(1 / (1 + np.exp(-np.array([*ends, own[place].level]))))))
    return rows
