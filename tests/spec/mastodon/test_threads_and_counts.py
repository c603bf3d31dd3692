"""Replies under posts, counts by id, and what is not there any more."""

import pytest

from tests.lib.mastodon_fake import Server, asked
from torg.tokens import Secret


def a_server(**settings):
    server = Server("social.example", **settings)
    server.account("town")
    server.account("ann", home="other.example")
    return server


def test_replies_know_their_author_their_parent_and_whether_the_town_speaks():
    server = a_server()
    post = server.post("town", "The library is open.")
    question = server.post("ann@other.example", "Until when?", to=post)
    answer = server.post("town", "Until six", to=question)
    (batch,) = asked(server, "replies", subjects=(post["uri"],))

    shown = batch.replies.select("native_id", "parent_native_id", "author", "is_owner", "text")
    assert shown.rows() == [
        (question["uri"], None, "ann@other.example", False, "Until when?"),
        (answer["uri"], question["uri"], "town@social.example", True, "Until six"),
    ]
    assert batch.replies["post_native_id"].unique().to_list() == [post["uri"]]
    assert batch.posts.select("native_id", "comments").rows() == [(post["uri"], 1)]
    assert batch.visits.select("subject", "outcome").rows() == [(post["uri"], "ok")]


def test_a_post_without_replies_costs_one_call():
    server = a_server()
    post = server.post("town", "The library is open.")
    (batch,) = asked(server, "replies", subjects=(post["uri"],))
    assert batch.visits["outcome"].to_list() == ["ok"]
    assert len(server.calls) == 1


@pytest.mark.parametrize(("token", "shown", "outcome"), [(None, 60, "partial"), ("t", 75, "ok")])
def test_without_a_token_long_threads_are_cut(token, shown, outcome):
    server = a_server()
    post = server.post("town", "What do you think?")
    for number in range(75):
        server.post("ann@other.example", f"Thought {number}", to=post)
    secret = Secret(token) if token else None
    (batch,) = asked(server, "replies", subjects=(post["uri"],), token=secret)

    assert batch.replies.height == shown
    assert batch.visits["outcome"].to_list() == [outcome]
    if token is None:  # 75 are counted and 60 shown
        assert "15 more replies" in batch.visits["detail"][0]


def test_a_thread_deeper_than_a_server_shows_is_gone_on_with():
    server = a_server()
    last = post = server.post("town", "What do you think?")
    for number in range(45):
        last = server.post("ann@other.example", f"And {number}", to=last)
    (batch,) = asked(server, "replies", subjects=(post["uri"],))

    assert batch.replies["text"].to_list() == [f"And {number}" for number in range(45)]
    assert batch.visits["outcome"].to_list() == ["ok"]
    assert len(server.calls) == 4  # the post, and three times 20 levels


def test_a_thread_without_end_is_left_after_some_calls():
    server = a_server()
    last = post = server.post("town", "What do you think?")
    for number in range(300):
        last = server.post("ann@other.example", f"And {number}", to=last)
    (batch,) = asked(server, "replies", subjects=(post["uri"],))
    assert batch.replies.height == 11 * 20
    assert batch.visits["outcome"].to_list() == ["partial"]


def test_a_server_that_answers_only_its_own_users_refuses():
    server = a_server(closed=True)
    post = server.post("town", "The library is open.")
    for what in ("replies", "counts"):
        (batch,) = asked(server, what, subjects=(post["uri"],))
        assert batch.visits["outcome"].to_list() == ["refused"]
        assert "logged in" in batch.visits["detail"][0]
    (batch,) = asked(server, "counts", subjects=(post["uri"],), token=Secret("t"))
    assert batch.visits["outcome"].to_list() == ["ok"]


@pytest.mark.parametrize("has_ids", [True, False])
def test_counts_are_read_by_id_and_what_is_not_there_is_missing(has_ids):
    server = a_server(has_ids=has_ids)
    posts = [server.post("town", f"Post {number}", favourites_count=number) for number in range(3)]
    server.delete(posts[1])
    (batch,) = asked(server, "counts", subjects=tuple(post["uri"] for post in posts))

    assert batch.posts.select("native_id", "likes").rows() == [
        (posts[0]["uri"], 0),
        (posts[2]["uri"], 2),
    ]
    assert batch.visits["outcome"].to_list() == ["ok", "gone", "ok"]
    missing = batch.vanished.select("native_id", "what", "basis").rows()
    assert missing == [(posts[1]["uri"], "post", "missing")]


def test_many_posts_are_asked_for_at_once():
    server = a_server()
    posts = [server.post("town", f"Post {number}") for number in range(20)]
    (batch,) = asked(server, "counts", subjects=tuple(post["uri"] for post in posts))
    assert batch.posts.height == 20
    assert len(server.calls) == 1


def test_an_answer_about_another_post_is_no_answer():
    server = a_server()
    asked_for, other = server.post("town", "This one"), server.post("town", "That one")
    server.answers[f"/api/v1/statuses/{asked_for['id']}"] = (200, other)
    (batch,) = asked(server, "counts", subjects=(asked_for["uri"],))
    assert batch.posts.is_empty()
    assert batch.visits["outcome"].to_list() == ["failed"]


def test_a_server_that_knows_nothing_at_all_has_lost_no_post():
    server = a_server()
    post = server.post("town", "The library is open.")
    nothing = (404, b"<h1>Under repair</h1>")
    server.answers[f"/api/v1/statuses/{post['id']}"] = nothing
    server.answers["/api/v1/accounts/lookup"] = nothing
    for what in ("counts", "presence"):
        (batch,) = asked(server, what, subjects=(post["uri"],))
        assert batch.vanished.is_empty()
        assert batch.visits["outcome"].to_list() == ["failed"]


def test_presence_says_which_posts_are_gone():
    server = a_server()
    there, gone = server.post("town", "There"), server.post("town", "Gone")
    server.delete(gone)
    (batch,) = asked(server, "presence", subjects=(there["uri"], gone["uri"]))
    assert batch.vanished["native_id"].to_list() == [gone["uri"]]
    assert batch.visits.select("subject", "outcome").rows() == [(None, "ok")]


def test_a_post_whose_address_tells_no_number_is_found_among_the_accounts_posts():
    server = a_server()
    server.post("town", "Another")
    odd = server.post("town", "Odd", uri="https://social.example/town/p/1795297270.12")
    (batch,) = asked(server, "counts", subjects=(odd["uri"],))
    assert batch.posts.select("native_id", "text").rows() == [(odd["uri"], "Odd")]


def test_the_limit_of_a_server_is_kept_by_waiting():
    server = a_server(allowed=10, has_ids=False)
    posts = [server.post("town", f"Post {number}") for number in range(15)]
    (batch,) = asked(server, "counts", subjects=tuple(post["uri"] for post in posts))
    assert batch.posts.height == 15
    assert server.time.gone >= 60  # of the five minutes in which ten calls are allowed
