"""The bench of estimates sets beside one another what comes to the same."""

import polars as pl
import pytest
import svy

from bench.estimates import by_torg, wave_of


def test_torg_and_svy_are_asked_for_the_same_shares():
    asked = wave_of(items=3)
    rows = by_torg(asked)
    assert len(rows) == 3 * 2 * 20  # yes and no, in 20 groups
    data = asked.table.with_columns(weight=asked.surveyed.weighting.weights["weight"])
    theirs = svy.Sample(data, svy.Design(wgt="weight")).estimation.mean("y1", by="size_class")
    own = rows.filter(pl.col("group").str.starts_with("size:"), item="y1", category="yes")
    known = {f"size:{row['size_class']}": row["est"] for row in theirs.to_polars().to_dicts()}
    assert dict(own.select("group", "estimate").rows()) == pytest.approx(known, abs=1e-9)
