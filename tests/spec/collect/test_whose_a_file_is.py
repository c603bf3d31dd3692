"""The channel that --channel names, by the register: id, "@handle", handle or address."""

import pytest

from torg.collect import KnownChannels, channel_of, registered
from torg.errors import FileRefused
from torg.register import Channel, Register

TOWN = Channel("NO", "9999", "facebook", "https://www.facebook.com/fjordvik", platform_id="771234")
OTHER = Channel("NO", "9998", "facebook", "https://www.facebook.com/lillevik")  # no id known yet
KNOWN = KnownChannels.of(Register(channels=(TOWN, OTHER)))


@pytest.mark.parametrize(
    "said",
    [
        "facebook:771234",
        "facebook:fjordvik",
        "facebook:@fjordvik",
        "Facebook:Fjordvik",
        "facebook:https://www.facebook.com/fjordvik/",
        "https://m.facebook.com/Fjordvik?ref=page",
    ],
)
def test_a_channel_is_found_however_it_is_called(said):
    assert registered(channel_of(said), known=KNOWN) == ("facebook", "771234")


def test_a_channel_without_an_id_is_its_handle():
    assert registered(channel_of("facebook:lillevik"), known=KNOWN) == ("facebook", "@lillevik")


def test_a_channel_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(
        FileRefused,
        match=r"no channel '123' on facebook; it has @fjordvik \(771234\), @lillevik: .*claim",
    ):
        registered(channel_of("facebook:123"), known=KNOWN)


def test_where_the_platform_has_none_the_refusal_says_so():
    with pytest.raises(FileRefused, match="no channel '123' on youtube, and no other there"):
        registered(channel_of("youtube:123"), known=KNOWN)
