"""The Kaplan-Meier figures against R's package survival, on random waits with ties."""

import json
import random
import subprocess

import pytest

from tests.lib.conversations import measured, views
from torg.measure.formulas.dialogue import FORMULAS

pytestmark = pytest.mark.oracle

HOUR = 3600
START = 1_711_000_000
R = """
suppressMessages(library(survival))
data <- read.csv(file("stdin"), colClasses = c("character", "numeric", "numeric"))
for (name in unique(data$group)) {
  one <- data[data$group == name, ]
  fit <- survfit(Surv(seconds, answered) ~ 1, data = one)
  # R reports the middle of the flat part where S is exactly one half; the definition in Torg is
  # the first instant at which S is at most one half, read here from the curve itself.
  reached <- fit$time[fit$surv <= 0.5 + 1e-9]
  rmst <- summary(fit, rmean = 72 * 3600)$table[["rmean"]]
  cat(sprintf('["%s", %s, %.9f]\\n', name,
      if (length(reached)) sprintf("%.0f", min(reached)) else "null", rmst))
}
"""


def random_waits(seed):
    """Seconds to the answer (or None) and seconds followed: ties, heavy tails, late entries."""
    draw = random.Random(seed)  # noqa: S311 -- reproducible data, no secret
    rate = draw.choice([2, 20, 200]) * HOUR
    found = []
    for _ in range(draw.randint(5, 60)):
        # The first is followed for longer than 72 hours: else there is no restricted mean.
        followed = draw.randint(1, 200) * HOUR if found else 100 * HOUR
        seconds = round(draw.expovariate(1 / rate) / 600) * 600
        found.append((seconds if seconds <= followed else None, followed))
    return found


def said(group, waits):
    replies = []
    for number, (seconds, followed) in enumerate(waits):
        key = group * 1000 + 2 * number
        shared = {"municipality": f"{group:04}", "channel": f"{group:04}", "asks": False}
        # All are followed until the same instant, so a comment's age is how long it was followed.
        comment = {"reply": key, "parent": None, "at": START - followed, "by": "citizen"}
        replies.append(shared | comment | {"in_window": True, "until": START})
        if seconds is not None:
            answer = {"reply": key + 1, "parent": key, "at": START - followed + seconds}
            replies.append(shared | answer | {"by": "owner", "in_window": True, "until": START})
    return replies


def by_r(groups):
    lines = ["group,seconds,answered"]
    for group, waits in groups.items():
        for seconds, followed in waits:
            lines.append(
                f"{group:04},{followed if seconds is None else seconds},{int(seconds is not None)}"
            )
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", R],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: (m, r) for name, m, r in map(json.loads, done.stdout.splitlines())}


def test_median_and_restricted_mean_are_those_of_survfit():
    groups = {group: random_waits(seed=group) for group in range(1, 41)}
    replies = [reply for group, waits in groups.items() for reply in said(group, waits)]
    rows = measured(views(replies), FORMULAS[-1:])
    got = {
        (row["municipality"], row["measure"]): row["value"] for row in rows.iter_rows(named=True)
    }
    medians = 0
    for name, (median, restricted) in by_r(groups).items():
        wanted = None if median is None else pytest.approx(median / HOUR)
        assert got[name, "answer_hours_median"] == wanted
        assert got[name, "answer_hours_rmst72"] == pytest.approx(restricted / HOUR, rel=1e-9)
        medians += median is not None
    assert 5 < medians < 40  # both kinds are among the groups
