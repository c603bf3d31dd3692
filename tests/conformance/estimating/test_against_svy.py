"""Our estimates, many at once, against those of the package svy, one at a time."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
import svy

from tests.lib.nonresponse import country, draw
from torg.survey.estimating import ratios
from torg.survey.intervals import korn_graubard
from torg.survey.weighting import raked, weigh

UNITS = country(seed=5)


@pytest.fixture(scope="module")
def drawn():
    """Weights on size and region without bounds, and what each respondent says to twelve items.

    Without, because svy looks at bounds only afterwards, and ours never go below 1.
    """
    answered = draw(UNITS, np.random.default_rng(8))
    frame = UNITS.frame
    weighting = weigh(frame, frame.filter(pl.Series(answered)), margins=("size", "region"))
    design = weighting.design
    totals = [
        weighting.classes.filter(margin=margin)["frame_n"].to_numpy().astype(float)
        for margin in ("size", "region")
    ]
    weights, _ = raked(design.base, design.margins, totals)
    plain = replace(design, weights=weights, is_corrected=False)
    return weighting, plain, UNITS.says[answered][:, :12]


def by_svy(weighting, design, says):
    """The same weights made by svy, by the same margins from the same strata."""
    of_margin = weighting.memberships.pivot("margin", index=["country", "unit"], values="class")
    rows = weighting.weights.join(of_margin, on=["country", "unit"], maintain_order="left")
    data = rows.select("size", "region").with_columns(
        base=pl.Series(design.base),
        units=pl.Series(design.sizes[design.strata].astype(int)),
        **{f"y{n}": pl.Series(column) for n, column in enumerate(says.T)},
    )
    controls = {
        margin: {
            row["class"]: float(row["frame_n"])
            for row in weighting.classes.filter(margin=margin).iter_rows(named=True)
        }
        for margin in ("size", "region")
    }
    sample = svy.Sample(data, svy.Design(stratum="size", wgt="base", pop_size="units"))
    return sample.weighting.rake(controls=controls, tol=1e-13, max_iter=5000, wgt_name="raked")


def test_raked_weights_are_those_of_svy(drawn):
    weighting, design, says = drawn
    theirs = by_svy(weighting, design, says).data["raked"].to_numpy()
    np.testing.assert_allclose(design.weights, theirs, rtol=1e-8)


def test_shares_and_their_errors_in_all_and_in_domains_are_those_of_svy(drawn):
    weighting, design, says = drawn
    sample = by_svy(weighting, design, says)
    found = ratios(design, says, np.ones_like(says))
    for n in range(says.shape[1]):
        row = sample.estimation.mean(f"y{n}").to_polars().row(0, named=True)
        assert found.estimates[n] == pytest.approx(row["est"], abs=1e-8)
        assert found.errors[n] == pytest.approx(row["se"], abs=1e-6)
        for row in sample.estimation.mean(f"y{n}", by="size").to_polars().iter_rows(named=True):
            own = (sample.data["size"] == row["size"]).to_numpy().astype(float)[:, None]
            part = ratios(design, says[:, [n]] * own, own)
            assert part.estimates[0] == pytest.approx(row["est"], abs=1e-8)
            assert part.errors[0] == pytest.approx(row["se"], abs=1e-6)


def test_svy_forgets_the_calibration_where_it_is_given_several_items_at_once(drawn):
    # Why Torg works its estimates out itself (ADR 12). Should this fail, svy has been mended.
    weighting, design, says = drawn
    sample = by_svy(weighting, design, says)
    alone = sample.estimation.mean("y0").to_polars()["se"][0]
    beside = sample.estimation.mean(["y0", "y1"])[0].to_polars()["se"][0]
    assert beside == pytest.approx(alone * 1.07, rel=0.01)


def test_intervals_are_those_of_svy(drawn):
    weighting, design, says = drawn
    sample = by_svy(weighting, design, says)
    found = ratios(design, says[:, :1], np.ones((len(says), 1)))
    low, high = korn_graubard(found.estimates, found.errors, n=found.n, df=found.df)
    theirs = sample.estimation.prop("y0", ci_method="beta").to_polars().filter(pl.col("y0") == 1)
    assert low[0] == pytest.approx(theirs["lci"][0], abs=1e-6)
    assert high[0] == pytest.approx(theirs["uci"][0], abs=1e-6)
