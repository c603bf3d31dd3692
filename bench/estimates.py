"""Estimates of 400 items in 20 groups of 357 municipalities, beside R's survey and svy."""

import datetime as dt
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import svy

from bench.rows import Row
from torg.survey import SHEET, Question, Questionnaire, Surveyed, Wave, estimate, weigh

MUNICIPALITIES = 357
ITEMS = 400
COUNTIES = 13  # with six size classes and all of them: 20 groups
SIZES = ("0-2k", "2-5k", "5-10k", "10-20k", "20-50k", "50k+")
FROM = (700, 2_000, 5_000, 10_000, 20_000, 50_000)
SHARE_ANSWERED = 0.5
ASKED_SECONDS = 5.0
TIMES = 3  # the middle one counts

# As fast as R's idiom goes: all items in one call, intervals by one call of the beta function.
# What is timed are the estimates: reading the table and raking are not.
R = """
suppressMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
data <- read.csv(given[1])
frame <- read.csv(given[2])
counts <- function(name) setNames(as.data.frame(table(frame[[name]])), c(name, "Freq"))
drawn <- svydesign(~1, strata = ~size, fpc = ~units, data = data)
raked <- rake(drawn, list(~size, ~county), list(counts("size"), counts("county")),
              control = list(maxit = 1000, epsilon = 1e-12))
items <- grep("^y", names(data), value = TRUE)
wanted <- reformulate(items)
start <- proc.time()[["elapsed"]]
beta <- function(p, se, n, df) {
  effective <- p * (1 - p) / se^2 * (qt(0.025, n - 1) / qt(0.025, df))^2
  cbind(qbeta(0.025, effective * p, effective * (1 - p) + 1),
        qbeta(0.975, effective * p + 1, effective * (1 - p)))
}
whole <- svymean(wanted, raked)
ends <- suppressWarnings(beta(coef(whole), SE(whole), nrow(data), degf(raked)))
rows <- nrow(ends)
for (by in c("size", "county")) {
  parts <- svyby(wanted, reformulate(by), raked, svymean)
  n <- rep(as.vector(table(data[[by]])), length(items))
  se <- as.vector(as.matrix(SE(parts)))
  ends <- suppressWarnings(beta(coef(parts), se, n, n - 1))
  rows <- rows + nrow(ends)
}
cat(rows, proc.time()[["elapsed"]] - start)
"""


class Asked(NamedTuple):
    """One wave, and the same as a table with a column for each item."""

    surveyed: Surveyed
    questionnaire: Questionnaire
    table: pl.DataFrame


def main(*, quick: bool = False) -> list[Row]:
    """Torg, then the same shares and intervals by R and by svy."""
    asked = wave_of(items=20 if quick else ITEMS)
    items = len(asked.questionnaire.items)
    seconds = sorted(_timed(lambda: by_torg(asked)) for _ in range(TIMES))[TIMES // 2]
    weighing = _timed(lambda: _weighed(asked.surveyed.frame, asked.table))
    others = {"R's survey": by_r(asked), "svy": _timed(lambda: by_svy(asked))}
    known = {name: taken for name, taken in others.items() if taken is not None}
    return [
        Row(
            name=f"{items} items x {MUNICIPALITIES} municipalities x 20 groups, with intervals",
            figure=round(seconds, 3),
            unit="s",
            ratio=", ".join(f"{name} {t:.1f} s: {t / seconds:.0f} x" for name, t in known.items()),
            asked=f"under {ASKED_SECONDS:.0f} s",
            reached=seconds < ASKED_SECONDS,
        ),
        Row(name="the same: raking on size and region", figure=round(weighing, 4), unit="s"),
    ]


def wave_of(*, items: int) -> Asked:
    """A wave of invented municipalities, half of which answered yes or no to every item."""
    rng = np.random.default_rng(1)
    size = np.sort(rng.integers(0, len(SIZES), MUNICIPALITIES))
    frame = pl.DataFrame(
        {
            "wave": "2015",
            "country": "XX",
            "unit": [f"{n:04}" for n in range(MUNICIPALITIES)],
            "kind": "municipality",
            "name": [f"Town {n}" for n in range(MUNICIPALITIES)],
            "county": [f"County {n:02}" for n in rng.integers(0, COUNTIES, MUNICIPALITIES)],
            "population": np.array(FROM)[size],
            "size_class": [SIZES[n] for n in size],
        }
    )
    answers = frame.filter(pl.Series(rng.random(MUNICIPALITIES) < SHARE_ANSWERED))
    says = rng.random((len(answers), items)) < rng.uniform(0.05, 0.95, items)
    names = [f"y{n}" for n in range(items)]
    table = answers.with_columns(
        pl.Series(n, c.astype(int)) for n, c in zip(names, says.T, strict=True)
    )
    return _asked(frame, table, names)


def _asked(frame: pl.DataFrame, table: pl.DataFrame, names: list[str]) -> Asked:
    sheet = (
        table.unpivot(names, index=["wave", "country", "unit"], variable_name="item")
        .with_columns(
            state=pl.lit("answered"),
            code=pl.when(pl.col("value") == 1).then(pl.lit("yes")).otherwise(pl.lit("no")),
            number=pl.lit(None, pl.Float64),
        )
        .select(SHEET.keys())
    )
    day = dt.date(2015, 1, 1)
    wave = Wave("2015", day, day, day)
    questions = tuple(Question(name, "one", {"en": name}) for name in names)
    questionnaire = Questionnaire("bench", {"en": "Bench"}, ("en",), (wave,), questions)
    surveyed = Surveyed(wave, frame, sheet, _weighed(frame, table))
    design = surveyed.weighting.design
    known = pl.Series("units", design.sizes[design.strata].astype(int))
    return Asked(surveyed, questionnaire, table.with_columns(known, base=pl.Series(design.base)))


def _weighed(frame: pl.DataFrame, table: pl.DataFrame):  # noqa: ANN202 -- a Weighting
    return weigh(frame, table, margins=("size", "region"))


def by_torg(asked: Asked) -> pl.DataFrame:
    """Every share in every group: two rows an item, yes and no."""
    found = estimate(asked.surveyed, asked.questionnaire)
    assert found["group"].n_unique() == 1 + len(SIZES) + COUNTIES
    return found


def by_r(asked: Asked) -> float | None:
    """The seconds that R takes; None where it is not there."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        places = [str(Path(folder, name)) for name in ("answers.csv", "frame.csv")]
        for place, rows in zip(places, (asked.table, asked.surveyed.frame), strict=True):
            rows.rename({"size_class": "size"}).write_csv(place)
        done = subprocess.run(  # noqa: S603 -- the script above
            ["Rscript", "--vanilla", "-e", R, *places],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
    rows, seconds = done.stdout.split()
    assert int(rows) == len(asked.questionnaire.items) * 20
    return float(seconds)


def by_svy(asked: Asked) -> None:
    """The same by svy, an item at a time: given several, it leaves the calibration out."""
    data = asked.table.rename({"size_class": "size"})
    sample = svy.Sample(data, svy.Design(stratum="size", wgt="base", pop_size="units"))
    frame = asked.surveyed.frame.rename({"size_class": "size"})
    controls = {
        name: {label: float(n) for label, n in frame[name].value_counts().rows()}
        for name in ("size", "county")
    }
    raked = sample.weighting.rake(controls=controls, tol=1e-12, max_iter=1000)
    for item in asked.questionnaire.items:
        for by in (None, "size", "county"):
            raked.estimation.prop(item, by=by, ci_method="beta")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
