"""Policy: which figures about citizens are shown. Pages and tables both go through here.

A figure made from one to four comments (or people) can be traced to those who wrote them, and says
little about the municipality. It is withheld with its reason. None at all is a figure like others.
"""

from dataclasses import replace

import polars as pl

from torg.report.results import Results

LEAST_CITIZENS = 5
FEW_CITIZENS = "few_citizens"  # the reason's code; its words are in terms.py

_ABOUT_CITIZENS = pl.col("base").str.contains("citizens", literal=True)
_FEW = pl.col("n").is_between(1, LEAST_CITIZENS - 1) & pl.col("value").is_not_null()


def shown(results: Results) -> Results:
    """The results without the figures that would point at single citizens."""
    withheld = (_ABOUT_CITIZENS & _FEW).fill_null(value=False)
    gone = pl.lit(None)
    return replace(
        results,
        measures=results.measures.with_columns(
            pl.when(withheld).then(pl.lit(FEW_CITIZENS)).otherwise("missing").alias("missing"),
            *(
                pl.when(withheld).then(gone).otherwise(name).alias(name)
                for name in ("value", "low", "high", "n")
            ),
        ),
    )
