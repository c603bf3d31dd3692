"""Collecting from a real server of another make: what it holds is what comes home."""

import pytest

from tests.lib.parts import lacking
from tests.lib.snac import program, serving

pytestmark = [
    pytest.mark.networks,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if program() is None:
        lacking("this machine has no snac: make networks fetches it")
    with serving(tmp_path_factory.mktemp("snac"), "town", "ann") as running:
        yield running


def test_posting_replies_and_favourites_come_home_as_the_server_says(server):
    post = server.post("town", "Snow tomorrow\n\nsee https://town.example/snow")
    server.post("town", "For one", visibility="private")
    question = server.post("ann", "Where?", to=post)
    answer = server.post("town", "In the hills", to=question)
    server.favourite("ann", post)
    server.until(lambda: server.status("town", post)["favourites_count"] == 1)
    server.until(lambda: server.status("town", question)["replies_count"] == 1)

    batches = server.asked("posts")
    (found,) = [row for batch in batches for row in batch.posts.to_dicts()]
    assert found["native_id"] == post["uri"]
    assert found["text"] == "Snow tomorrow\n\nsee https://town.example/snow"
    assert found["channel"] == f"@town@{server.host}"
    assert batches[-1].visits["outcome"].to_list() == ["ok"]

    (counted,) = server.asked("counts", subjects=(post["uri"],))
    said = server.status("town", post)
    assert counted.posts.select("likes", "comments", "shares").rows() == [
        (said["favourites_count"], said["replies_count"], said["reblogs_count"])
    ]
    assert counted.posts["likes"].to_list() == [1]

    (thread,) = server.asked("replies", subjects=(post["uri"],))
    assert thread.replies.select(
        "native_id", "parent_native_id", "author", "is_owner", "text"
    ).sort("native_id").rows() == sorted(
        [
            (question["uri"], None, f"ann@{server.host}", False, "Where?"),
            (answer["uri"], question["uri"], f"town@{server.host}", True, "In the hills"),
        ]
    )
    assert thread.visits["outcome"].to_list() == ["ok"]


def test_the_profile_is_the_accounts_own(server):
    (batch,) = server.asked("profile", with_token=False)
    assert batch.visits.select("outcome", "handle").rows() == [("ok", f"town@{server.host}")]
    assert batch.audience["followers"].to_list() == [0]


def test_a_server_that_shows_threads_to_its_own_alone_refuses_without_a_token(server):
    post = server.post("town", "Thaw")
    server.post("ann", "Already?", to=post)
    server.until(lambda: server.status("town", post)["replies_count"] == 1)
    (batch,) = server.asked("replies", subjects=(post["uri"],), with_token=False)
    assert batch.visits["outcome"].to_list() == ["refused"]
    assert "logged in" in batch.visits["detail"][0]
    assert batch.replies.is_empty()
    assert batch.posts["comments"].to_list() == [1]  # that much the list of posts shows to all


def test_a_name_that_is_not_there_is_gone(server):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.tokens, "nobody", server.tokens["town"])
        (batch,) = server.asked("profile", user="nobody")
    assert batch.visits["outcome"].to_list() == ["gone"]
    assert batch.vanished.is_empty()
