"""The national picture: which platforms are in use on the window's last day."""

import datetime as dt

import polars as pl

from tests.lib.results import sample
from torg.locale import translate
from torg.report import National
from torg.site.places.picture import uses

DAY = dt.timedelta(days=1)


def used(results, valid_to):
    """How many use Facebook where all of its channels are so valid."""
    of_facebook = pl.col("platform") == "facebook"
    channels = results.channels.with_columns(
        pl.when(of_facebook).then(pl.lit(valid_to, pl.Date())).alias("valid_to")
    )
    national = National.of(sample(count=20, channels=channels), translate("en"))
    return next((use.n for use in uses(national) if use.platform == "facebook"), 0)


def test_a_channel_counts_up_to_the_day_before_it_no_longer_is():
    results = sample(count=20)
    assert used(results, results.end + DAY) == used(results, None) > 0
    assert used(results, results.end) == 0  # the first day on which it no longer is
