"""Whatever YouTube answers: a visit ends with an outcome, and takes nothing in wrongly."""

import pytest
from hypothesis import given, settings

from tests.lib.garbling import Garbling, garblings
from tests.lib.nightly import scale
from tests.lib.visits import START, means, visit
from tests.lib.youtube_fake import KEY, Channel, Comment, Video, YouTubeFake
from torg.collect.platforms import PLATFORMS
from torg.errors import OverBudget, Unreachable
from torg.tokens import Secret

CHANNEL = "UCfjordvik00000000000000"
IDS = ["video-00001", "video-00002"]


def fake():
    answers = [Comment(f"Ugxcomment{n:016}", "Ja", START) for n in range(2, 9)]
    comments = [Comment("Ugxcomment0000000000000001", "Hei", START, answers=answers)]
    videos = [Video(one, CHANNEL, START, comments=comments) for one in IDS]
    return YouTubeFake([Channel(CHANNEL, "@fjordvik", subscribers=1234)], videos)


@pytest.mark.parametrize("what", ["profile", "posts", "replies", "counts", "presence"])
@settings(max_examples=scale(60, 3_000), deadline=None)
@given(garbling=garblings(calls=4))
def test_a_garbled_answer_ends_in_an_outcome(what, garbling):
    call, place, shape = garbling
    send = Garbling(fake(), call=call, place=place, shape=shape)
    by = means(send, token=Secret(KEY))
    try:
        batch = visit(PLATFORMS["youtube"], what, CHANNEL, IDS, by=by)
    except (OverBudget, Unreachable):
        return
    assert batch.visits.height >= 1
    assert batch.posts["native_id"].null_count() == batch.posts["published_at"].null_count() == 0
    assert batch.replies["native_id"].null_count() == 0
    assert set(batch.posts["channel"]) <= {CHANNEL}
