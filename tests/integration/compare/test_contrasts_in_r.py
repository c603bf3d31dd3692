"""The exact test, the middle difference and its interval are those of R's wilcox.test."""

import random
import subprocess

import pytest

from torg.compare import dominance

SCRIPT = """
x <- c(%s); y <- c(%s)
for (side in c("greater", "less", "two.sided"))
  cat(format(wilcox.test(x, y, exact = TRUE, alternative = side)$p.value, digits = 15), "\\n")
t <- wilcox.test(x, y, exact = TRUE, conf.int = TRUE, conf.level = 0.95)
cat(format(c(t$estimate, t$conf.int), digits = 15), sep = "\\n")
"""


@pytest.mark.oracle
@pytest.mark.parametrize(("seed", "m", "n"), [(1, 10, 30), (2, 6, 8), (3, 25, 24)])
def test_equal_to_r(seed, m, n):
    drawn = random.Random(seed)  # noqa: S311 -- no secret
    x = [round(drawn.gauss(0.6, 1), 6) for _ in range(m)]
    y = [round(drawn.gauss(0, 1), 6) for _ in range(n)]
    script = SCRIPT % (", ".join(map(str, x)), ", ".join(map(str, y)))
    told = subprocess.run(
        ["Rscript", "-e", script],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    found = dominance([(x, y)], confidence=0.95)
    mine = [
        found.p_higher,
        found.p_lower,
        found.p_different,
        found.difference,
        found.low,
        found.high,
    ]
    assert mine == pytest.approx([float(each) for each in told], rel=1e-9)
