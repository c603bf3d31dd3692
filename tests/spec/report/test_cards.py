"""A municipality's card: what stands on it is so on the days that it names."""

import datetime as dt

import polars as pl

from tests.lib.results import sample
from torg.locale import translate
from torg.report import Deck, National, shown

ENDED = dt.date(2024, 6, 1)


def test_a_channel_stands_with_the_last_day_on_which_it_counted():
    """The register has the first day on which it no longer did."""
    few = sample(count=20)
    channels = few.channels.with_columns(pl.lit(ENDED).alias("valid_to"))
    national = National.of(shown(sample(count=20, channels=channels)), translate("en"))
    card = Deck(national).card(national.lines[0].place)
    assert card.channels
    assert {channel["last_day"] for channel in card.channels} == {dt.date(2024, 5, 31)}
    assert {channel["valid_to"] for channel in card.channels} == {ENDED}
