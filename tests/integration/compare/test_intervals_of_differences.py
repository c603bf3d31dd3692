"""The interval of stated against observed holds the truth as often as it says."""

import numpy as np
import polars as pl
import pytest

from tests.lib.answering import COUNTRY, wave
from tests.lib.nightly import scale
from tests.spec.compare.test_stated import PAIR
from torg.compare import stated
from torg.survey import FRAME, OBSERVED, SHEET, Surveyed, weigh

SIZE, ANSWERS = 317, 154
DRAWS = scale(400, 4000)


def population(over, under, both):
    """(frame, observed, says): so many of 317 say too much, too little, and rightly yes."""
    kinds = ["over"] * over + ["under"] * under + ["both"] * both
    kinds += ["neither"] * (SIZE - len(kinds))
    units = pl.DataFrame({"kind_of": kinds}).with_row_index("n").select(
        pl.lit("2015").alias("wave"), pl.lit(COUNTRY).alias("country"),
        pl.col("n").cast(pl.String).str.zfill(3).alias("unit"), "kind_of",
    )  # fmt: skip
    frame = units.with_columns(
        kind=pl.lit("municipality"), name=pl.col("unit"), county=pl.lit("A"), population=1000,
        size_class=pl.lit("<2k"),
    ).select(pl.col(name).cast(kind) for name, kind in FRAME.items())  # fmt: skip
    observed = units.select(
        "country", "unit", measure=pl.lit("posts"),
        value=pl.col("kind_of").is_in(["under", "both"]).cast(pl.Float64),
        access=pl.lit("public_page"), missing=pl.lit(None, dtype=pl.String),
    ).select(*OBSERVED)  # fmt: skip
    code = pl.when(pl.col("kind_of").is_in(["over", "both"])).then(pl.lit("yes"))
    sheet = units.select(
        "wave", "country", "unit", item=pl.lit("use"), state=pl.lit("answered"),
        code=code.otherwise(pl.lit("no")), number=pl.lit(None, dtype=pl.Float64),
    ).select(*SHEET)  # fmt: skip
    return frame, observed, sheet


@pytest.mark.parametrize(
    ("over", "under", "both", "least"),
    [
        (60, 20, 120, 0.92),  # many differ: by linearisation
        (8, 2, 180, 0.95),  # few: exact, which covers at least as often as it says
    ],
)
def test_coverage(over, under, both, least, figure):
    frame, observed, sheet = population(over, under, both)
    truth = (over - under) / SIZE
    rng = np.random.Generator(np.random.PCG64(1))
    held, widths = 0, []
    for _ in range(DRAWS):
        own = sheet[np.sort(rng.choice(SIZE, ANSWERS, replace=False)).tolist()]
        weighting = weigh(frame, own.select("country", "unit"), method="none")
        surveyed = Surveyed(wave(), frame, own, weighting)
        row = stated(surveyed, observed, [PAIR], groups=("all",)).row(0, named=True)
        held += row["low"] - 1e-9 <= truth <= row["high"] + 1e-9
        widths.append(row["high"] - row["low"])
    figure(
        f"stated against observed, {over + under} of {SIZE} differ: the 95 % interval holds the "
        f"truth in {held / DRAWS:.1%} of {DRAWS} draws, mean width {np.mean(widths):.3f}"
    )
    assert held / DRAWS >= least
