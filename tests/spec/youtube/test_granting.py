"""The study's own key for YouTube is tried before it is kept."""

import pytest

from tests.lib.tokens import store_in
from tests.lib.visits import means
from tests.lib.youtube_fake import KEY, YouTubeFake
from torg.collect.platforms.youtube import YouTubeGranting
from torg.errors import TokenError
from torg.tokens import Secret, connect, revoke, token_for


def test_a_key_serves_the_whole_study(tmp_path):
    store = store_in(tmp_path)
    granting = YouTubeGranting(means(YouTubeFake()).door)
    (grant,) = connect([Secret(KEY)], granting=granting, store=store, by="association")
    assert (grant.platform, grant.channel, grant.ends_on) == ("youtube", None, None)
    assert token_for(store, "youtube", "UCany") == Secret(KEY)
    done = revoke("youtube", store=store, granting=lambda _platform: granting)
    assert "delete it there" in done.remains
    assert store.listing() == ()


def test_a_wrong_key_is_refused(tmp_path):
    store = store_in(tmp_path)
    granting = YouTubeGranting(means(YouTubeFake()).door)
    with pytest.raises(TokenError, match="does not know the key"):
        connect([Secret("wrong")], granting=granting, store=store, by="association")
    assert store.listing() == ()
