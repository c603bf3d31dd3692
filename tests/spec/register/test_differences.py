"""Two lists of channels held against each other."""

from tests.lib.registers import register_of
from torg.register import differences

UNIT = "country|code|name\nXX|1|Town"


def listed(channels):
    return register_of(municipalities=UNIT, channels=channels)


def test_a_channel_that_went_from_twitter_to_x_is_the_same_channel():
    before = listed("country|code|platform|address\nXX|1|Twitter|https://twitter.com/Town")
    after = listed("country|code|platform|address\nXX|1|X|https://x.com/town")
    told = differences(before, after)
    assert [c.address for c in told.kept] == ["https://x.com/town"]
    assert (told.appeared, told.vanished, told.renamed) == ((), (), ())


def test_a_page_under_a_new_name_is_renamed_where_its_id_is_known():
    before = listed("country|code|platform|address|platform_id\nXX|1|facebook|fb.com/old|123")
    after = listed("country|code|platform|address|platform_id\nXX|1|facebook|fb.com/new|123")
    told = differences(before, after)
    assert [(a.handle, b.handle) for a, b in told.renamed] == [("old", "new")]
    assert (told.appeared, told.vanished) == ((), ())


def test_what_came_and_what_went():
    before = listed("country|code|platform|address\nXX|1|facebook|fb.com/old")
    after = listed("country|code|platform|address\nXX|1|facebook|fb.com/new")
    told = differences(before, after)
    assert [c.handle for c in told.vanished] == ["old"]
    assert [c.handle for c in told.appeared] == ["new"]
