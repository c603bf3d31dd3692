"""However often a going-through is cut short: everything is asked for once, and all of it."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from torg.follow.presence import Passes

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ids = st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=40)


@settings(deadline=None)
@given(
    posts=ids,
    replies=ids,
    at_once=st.integers(1, 7),
    cuts=st.lists(st.integers(0, 6), max_size=60),
)
def test_all_are_asked_for_once_a_day_wherever_it_is_cut_short(posts, replies, at_once, cuts):
    """Each cut: how many steps a round comes to before it is killed; then one that is not."""
    mark, asked = None, {"posts": [], "replies": []}
    for cut in [*cuts, 10_000]:
        passes, left = Passes.read(mark), cut
        for kind, known in (("posts", posts), ("replies", replies)):
            for subjects, after in passes.steps(kind, known, at_once=at_once, every=DAY, now=NOW):
                if left == 0:
                    break
                left -= 1
                asked[kind] += subjects
                passes, mark = after, after.mark()
            if left == 0:
                break
    assert sorted(asked["posts"]) == sorted(posts)
    assert sorted(asked["replies"]) == sorted(replies)
    tomorrow = Passes.read(mark).steps("posts", posts, at_once=at_once, every=DAY, now=NOW + DAY)
    assert [i for subjects, _ in tomorrow for i in subjects] == sorted(posts)
