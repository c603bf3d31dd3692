"""However often reading breaks off, and whatever is posted meanwhile: every post, none twice."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.mastodon_fake import Server, asked
from tests.lib.nightly import scale

# Each step: how many posts come, of which kind each is, and after how many pages reading breaks off
STEPS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["public", "unlisted", "private", "reply"]), max_size=90),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=scale(25, 400), deadline=None)
@given(STEPS)
def test_every_post_comes_home_once_as_the_server_has_it(steps):
    server = Server("social.example", allowed=100_000)
    server.account("town")
    server.account("ann", home="other.example")
    question = server.post("ann@other.example", "Why?")
    mark, home, wanted = None, [], []
    for kinds, pages in [*steps, ([], 1_000)]:
        for kind in kinds:
            server.time.wait(1)
            is_reply = kind == "reply"
            post = server.post(
                "town",
                "Words",
                to=question if is_reply else None,
                visibility="public" if is_reply else kind,
            )
            wanted += [post["uri"]] if kind in ("public", "unlisted") else []
        for batch in asked(server, "posts", mark=mark)[:pages]:
            home += batch.posts["native_id"].to_list()
            mark = batch.visits["mark"][0]
    assert sorted(set(home)) == sorted(wanted)


@settings(max_examples=scale(25, 400), deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=40), st.booleans())
def test_a_thread_of_any_shape_is_whole_or_says_that_it_is_not(parents, has_token):
    """Each number says which of the statuses before it is answered."""
    from torg.tokens import Secret

    server = Server("social.example", allowed=100_000)
    server.account("town")
    server.account("ann", home="other.example")
    statuses = [server.post("town", "Snow")]
    for parent in parents:
        to = statuses[parent % len(statuses)]
        statuses.append(server.post("ann@other.example", "Words", to=to))
    token = Secret("t") if has_token else None
    (batch,) = asked(server, "replies", subjects=(statuses[0]["uri"],), token=token)

    uris = {status["id"]: status["uri"] for status in statuses}
    parents_of = {
        status["uri"]: uris[status["in_reply_to_id"]]
        for status in statuses[1:]
        if status["in_reply_to_id"] != statuses[0]["id"]
    }
    rows = batch.replies.select("native_id", "parent_native_id").rows()
    assert {uri: parent for uri, parent in rows if parent} == {
        uri: parents_of[uri] for uri, parent in rows if parent
    }
    is_whole = batch.visits["outcome"].to_list() == ["ok"]
    assert is_whole == (batch.replies.height == len(parents))
    assert batch.replies["published_at"].max() <= server.time.at + dt.timedelta(seconds=1)
