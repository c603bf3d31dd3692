"""What a visit of an account brings home, and what it leaves where it is."""

import datetime as dt

from tests.lib.mastodon_fake import Server, asked

HOUR = dt.timedelta(hours=1)


def a_server(**settings):
    server = Server("social.example", **settings)
    server.account("town", followers_count=120)
    return server


def test_the_profile_gives_the_followers_of_the_moment():
    (batch,) = asked(a_server(), "profile")

    assert batch.audience.select("channel", "followers", "kind").rows() == [
        ("@town@social.example", 120, "followers")
    ]
    assert batch.visits.select("outcome", "handle").rows() == [("ok", "town@social.example")]


def test_hidden_followers_are_missing_and_not_zero():
    server = a_server()
    server.accounts["town"].update(followers_count=0, hide_collections=True)
    assert asked(server, "profile")[0].audience["followers"].to_list() == [None]

    server.accounts["town"].update(followers_count=-1, hide_collections=False)
    assert asked(server, "profile")[0].audience["followers"].to_list() == [None]


def test_an_account_that_has_moved_says_where_to():
    server = a_server()
    server.accounts["town"]["moved"] = server.account("town", home="new.example")
    (batch,) = asked(server, "profile")

    outcome, handle, detail = batch.visits.select("outcome", "handle", "detail").row(0)
    assert (outcome, handle) == ("partial", "town@new.example")
    assert "register" in detail


def test_an_account_that_was_there_and_is_closed_has_vanished():
    server = a_server()
    mark = asked(server, "profile")[0].visits["mark"][0]
    server.answers["/api/v1/accounts/lookup"] = (410, {"error": "Gone"})
    (batch,) = asked(server, "profile", mark=mark)

    assert batch.visits["outcome"].to_list() == ["gone"]
    assert batch.vanished.select("what", "native_id", "basis").rows() == [("channel", None, "said")]


def test_a_name_that_never_was_there_is_a_wrong_address_and_no_vanished_channel():
    (batch,) = asked(a_server(), "profile", handle="nobody@social.example")
    assert batch.visits["outcome"].to_list() == ["gone"]
    assert batch.vanished.is_empty()


def test_posts_are_the_accounts_own_words_to_all():
    server = a_server()
    server.account("ann", home="other.example")
    asked_by_ann = server.post("ann@other.example", "When does the library open?")
    server.post("town", "The library is open.")
    server.post("town", "To followers", visibility="private")
    server.post("town", "To one", visibility="direct")
    server.post("town", "At ten", to=asked_by_ann)
    server.post("town", "A boost", reblog=asked_by_ann)
    server.post("town", "Quietly", visibility="unlisted")
    (batch,) = asked(server, "posts")

    assert batch.posts["text"].to_list() == ["Quietly", "The library is open."]


def test_a_post_holds_the_counts_that_the_network_has_and_no_others():
    server = a_server()
    server.post("town", "Snow", favourites_count=5, reblogs_count=2, replies_count=1)
    (batch,) = asked(server, "posts")

    counts = batch.posts.select("reactions", "likes", "shares", "comments", "views", "loves")
    assert counts.rows() == [(5, 5, 2, 1, None, None)]


def test_reading_goes_on_from_where_it_was():
    server = a_server()
    for number in range(100):
        server.time.wait(60)
        server.post("town", f"Post {number}")
    first = asked(server, "posts")
    assert [batch.posts.height for batch in first] == [40, 40, 20]
    assert [batch.visits["outcome"][0] for batch in first] == ["partial", "partial", "ok"]

    server.time.wait(60)
    server.post("town", "New")
    calls = len(server.calls)
    (again,) = asked(server, "posts", mark=first[-1].visits["mark"][0])
    assert again.posts["text"].to_list() == ["New", "Post 99"]  # the last known one is seen again
    assert len(server.calls) - calls == 1


def test_a_visit_that_broke_off_is_gone_on_with():
    server = a_server()
    for number in range(100):
        server.time.wait(60)
        server.post("town", f"Post {number}")
    broken_off = asked(server, "posts")[0].visits["mark"][0]
    server.time.wait(60)
    server.post("town", "New")

    texts = [t for batch in asked(server, "posts", mark=broken_off) for t in batch.posts["text"]]
    assert texts[:2] == ["New", "Post 99"]
    assert texts[-60:] == [f"Post {number}" for number in reversed(range(60))]


def test_posts_from_before_the_window_are_left():
    server = a_server()
    server.post("town", "Old", at=server.time.at - 48 * HOUR)
    server.post("town", "In the window")
    (batch,) = asked(server, "posts", since=server.time.at - HOUR)
    assert batch.posts["text"].to_list() == ["In the window"]


def test_an_edit_of_a_post_on_the_page_is_seen():
    server = a_server()
    old = server.post("town", "The library is closed.")
    server.time.wait(60)
    server.post("town", "New")
    mark = asked(server, "posts")[-1].visits["mark"][0]
    server.time.wait(60)
    server.edit(old, "The library is open.")
    (batch,) = asked(server, "posts", mark=mark)

    edited = batch.posts.filter(batch.posts["edited_at"].is_not_null())
    assert edited.select("text", "edited_at").rows() == [
        ("The library is open.", server.time.start + dt.timedelta(seconds=120))
    ]


def test_a_time_that_cannot_be_is_replaced_by_that_of_first_sight():
    server = a_server()
    server.post("town", "From the year 1", created_at="0001-01-01T00:00:00.000Z")
    server.post("town", "From tomorrow week", at=server.time.at + 192 * HOUR)
    batches = asked(server, "posts")
    assert set(batches[0].posts["published_at"].to_list()) == {server.time.start}


def test_a_status_that_cannot_be_read_stands_aside_with_its_reason():
    server = a_server()
    server.post("town", "Whole")
    server.post("town", "No time", created_at=None)
    (batch,) = asked(server, "posts")
    assert batch.posts["text"].to_list() == ["Whole"]
    assert batch.rejects["reason"].to_list() == [
        "the status has no created_at that is an instant, and without it nothing can be recorded"
    ]


def test_an_answer_about_another_account_is_no_answer():
    server = a_server()
    other = server.account("village")
    server.answers["/api/v1/accounts/lookup"] = (200, other)
    for what in ("profile", "posts"):
        (batch,) = asked(server, what)
        assert batch.visits["outcome"].to_list() == ["failed"]
        assert batch.audience.is_empty()


def test_an_account_whose_number_has_changed_is_looked_up_again():
    server = a_server()
    mark = asked(server, "posts")[-1].visits["mark"][0]
    server.accounts.clear()
    renumbered = server.account("town")
    server.post("town", "After the move of the server")
    (batch,) = asked(server, "posts", mark=mark)
    assert batch.posts["text"].to_list() == ["After the move of the server"]
    assert renumbered["id"] in batch.visits["mark"][0]


def test_each_account_is_asked_for_on_its_own_server():
    one, two = a_server(), Server("two.example")
    two.account("town")
    one.post("town", "On one")
    two.post("town", "On two")
    rows = [
        asked(server, "posts")[0].posts.select("channel", "text").row(0) for server in (one, two)
    ]
    assert rows == [("@town@social.example", "On one"), ("@town@two.example", "On two")]
