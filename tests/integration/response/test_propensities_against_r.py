"""Propensities against R's glm, where R is."""

import subprocess

import numpy as np
import pytest

from torg.survey.response import fit_propensities

R = """
d <- read.csv(commandArgs(TRUE)[1])
m <- glm(answered ~ logpop + factor(region), family = binomial, data = d,
         control = glm.control(epsilon = 1e-14, maxit = 100))
v <- predict(m, type = "response", se.fit = TRUE)
write.csv(data.frame(p = fitted(m), se = v$se.fit), commandArgs(TRUE)[2], row.names = FALSE)
"""


@pytest.mark.oracle
def test_propensities_and_their_errors_are_those_of_r(tmp_path, figure):
    random = np.random.Generator(np.random.PCG64(3))
    size = 317
    logpop, region = random.normal(8.7, 1.1, size), random.integers(0, 6, size)
    answered = random.random(size) < 1 / (1 + np.exp(-(-2.2 + 0.25 * logpop + 0.1 * region)))
    table, told = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = zip(answered.astype(int), logpop, region, strict=True)
    table.write_text(
        "answered,logpop,region\n" + "\n".join(f"{a},{x!r},{r}" for a, x, r in
                                               ((a, float(x), r) for a, x, r in rows)),
    )  # fmt: skip
    subprocess.run(["Rscript", "--vanilla", "-e", R, table, told], check=True, capture_output=True)
    theirs = np.loadtxt(told, delimiter=",", skiprows=1)
    dummies = (region[:, None] == np.arange(1, 6)).astype(float)
    ours = fit_propensities(np.column_stack([logpop, dummies]), answered)
    off = np.abs(ours.propensities - theirs[:, 0]).max()
    figure(f"propensities against R's glm: {off:.1e} apart at most")
    assert off < 1e-8
    assert np.sqrt(ours.variance) == pytest.approx(theirs[:, 1], rel=1e-6)
