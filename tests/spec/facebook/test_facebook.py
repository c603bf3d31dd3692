"""What Torg takes from a Facebook page with the page's own token."""

import datetime as dt

import pytest

from tests.lib.graph_fake import Comment, GraphFake, Page, Post, Refuse, Token
from tests.lib.visits import START, ends, means, visit
from torg.collect.platforms.facebook import FACEBOOK
from torg.errors import OverBudget
from torg.tokens import Secret

DAY = dt.timedelta(days=1)
PAGE = "1001"
MARK = "2026-02-01T00:00+00:00"


def fake(*posts, **further):
    page = Page(PAGE, "Fjordvik.kommune", followers=5_100, fans=4_900, posts=list(posts))
    return GraphFake(pages=[page], tokens={"own": Token("PAGE", (PAGE,))}, **further)


def post(number, *, days=1, **further):
    return Post(f"50{number:04}", START - days * DAY, **further)


def comment(number, text="Takk!", *, of="500001", **further):
    return Comment(f"{of}_{number}", text, START - DAY, **further)


def asked(graph, what, channel=PAGE, subjects=(), **further):
    return visit(FACEBOOK, what, channel, subjects, by=means(graph, token=Secret("own")), **further)


class TestProfile:
    def test_followers_and_likes_are_two_denominators(self):
        batch = asked(fake(), "profile")
        assert batch.audience.select("channel", "followers", "kind").rows() == [
            (PAGE, 5_100, "followers"),
            (PAGE, 4_900, "likes"),
        ]
        assert batch.visits["handle"].to_list() == ["Fjordvik.kommune"]

    def test_a_handle_is_resolved_to_the_id(self):
        """The register writes names without points, as Facebook ignores them."""
        batch = asked(fake(), "profile", "@fjordvikkommune")
        assert batch.visits["channel"].to_list() == [PAGE]

    def test_a_token_of_another_page_is_refused(self):
        batch = asked(fake(), "profile", "@skogbykommune")
        assert ends(batch)[0][1] == "refused"
        assert batch.audience.is_empty()

    def test_a_field_that_meta_gave_up_is_left_out_and_told(self):
        batch = asked(fake(gone_fields=frozenset({"fan_count"})), "profile")
        assert batch.audience["kind"].to_list() == ["followers"]
        assert ends(batch) == [(None, "partial", "Meta's v25.0 has no field fan_count any more.")]

    def test_an_answer_of_another_version_is_told(self):
        batch = asked(fake(answers_with="v26.0"), "profile")
        assert ends(batch) == [(None, "partial", "Meta answered with v26.0 in place of v25.0.")]
        assert batch.audience.height == 2


class TestPosts:
    def test_a_post_with_its_counts(self):
        one = post(1, reactions={"LIKE": 7, "LOVE": 2, "ANGRY": 1}, shares=3)
        one.comments = [comment(1), comment(2, parent="500001_1")]
        (row,) = asked(fake(one), "posts").posts.rows(named=True)
        assert (row["channel"], row["native_id"], row["id_space"]) == (PAGE, "500001", "post")
        assert (row["reactions"], row["likes"], row["loves"], row["angrys"]) == (10, 7, 2, 1)
        assert (row["comments"], row["shares"], row["views"]) == (2, 3, None)
        assert (row["type"], row["text"]) == ("photo", "Badet åpner")
        assert (row["published_at"], row["read_at"]) == (START - DAY, START)

    def test_that_meta_leaves_shares_out_means_none(self):
        assert asked(fake(post(1)), "posts").posts["shares"].to_list() == [0]

    def test_shares_that_meta_gave_up_are_missing_and_not_none(self):
        """Where the reactions are not given either, nothing tells why the shares are not."""
        graph = fake(post(1), gone_fields=frozenset({"reactions", "shares"}))
        (row,) = asked(graph, "posts").posts.rows(named=True)
        assert (row["shares"], row["reactions"]) == (None, None)

    def test_when_the_words_were_changed_is_not_known(self):
        """Meta's updated_time moves with every comment."""
        assert asked(fake(post(1)), "posts").posts["edited_at"].to_list() == [None]

    @pytest.mark.parametrize(
        ("kind", "status", "type_"),
        [
            ("photo", "added_photos", "photo"),
            ("album", "added_photos", "album"),
            ("video", "added_video", "video"),
            ("link", "shared_story", "link"),
            ("event", "created_event", "event"),
            (None, "mobile_status_update", "text"),
            ("hologram", "added_photos", "other"),
        ],
    )
    def test_types(self, kind, status, type_):
        batch = asked(fake(post(1, kind=kind, status=status)), "posts")
        assert batch.posts["type"].to_list() == [type_]

    def test_visitors_and_mere_shares_are_not_the_pages_posts(self):
        graph = fake(
            post(1, author="9001"),
            post(2, parent="77_88", message=None),
            post(3, parent="77_88", message="Les dette!"),
        )
        assert asked(graph, "posts").posts["native_id"].to_list() == ["500003"]

    def test_all_pages_are_read_by_cursor(self):
        graph = fake(*(post(n, days=n) for n in range(1, 61)))
        assert asked(graph, "posts").posts.height == 60
        assert [params.get("after") for _, _, params in graph.asked] == [None, "c25", "c50"]

    def test_since_and_the_mark_end_the_reading(self):
        graph = fake(*(post(n, days=n) for n in range(1, 61)))
        batch = asked(graph, "posts", since=START - 5 * DAY)
        assert batch.posts.height == 7  # with two days of overlap
        mark = batch.visits["mark"][0]
        assert mark == (START - DAY).isoformat()
        assert asked(graph, "posts", mark=mark).posts.height == 3

    def test_a_stop_in_the_middle_keeps_the_old_mark(self):
        graph = fake(*(post(n, days=n) for n in range(1, 61)))
        stop = _Stop(graph, after=2)
        batch = asked(stop, "posts", mark=None)
        assert batch.posts.height == 50
        assert batch.visits.select("outcome", "mark").rows() == [("failed", None)]


class _Stop:
    """An interface that says after some calls that the page is limited."""

    def __init__(self, graph, *, after):
        self.graph, self.left = graph, after

    def __call__(self, call):
        if self.left == 0:
            self.graph.fails = {"published_posts": Refuse(80001)}
        self.left -= 1
        return self.graph(call)


class TestReplies:
    def test_comments_and_answers_with_the_owner_known(self):
        one = post(1)
        one.comments = [
            comment(1, "Når åpner badet?", likes=2),
            comment(2, "På mandag", parent="500001_1", author=PAGE),
        ]
        batch = asked(fake(one), "replies", subjects=["500001"])
        assert batch.replies.select(
            "native_id", "parent_native_id", "text", "is_owner", "reactions"
        ).rows() == [
            ("500001_1", None, "Når åpner badet?", False, 2),
            ("500001_2", "500001_1", "På mandag", True, 0),
        ]
        assert batch.replies["post_native_id"].unique().to_list() == ["500001"]
        assert ends(batch) == [("500001", "ok", None)]

    def test_hidden_comments_are_not_taken(self):
        """The public does not see them either."""
        one = post(1, comments=[comment(1, hidden=True), comment(2)])
        batch = asked(fake(one), "replies", subjects=["500001"])
        assert batch.replies["native_id"].to_list() == ["500001_2"]

    def test_who_wrote_is_missing_where_meta_does_not_say(self):
        one = post(1, comments=[comment(1, author=None)])
        batch = asked(fake(one), "replies", subjects=["500001"])
        assert batch.replies.select("author", "is_owner").rows() == [(None, None)]

    def test_all_pages(self):
        one = post(1, comments=[comment(n) for n in range(250)])
        batch = asked(fake(one), "replies", subjects=["500001"])
        assert batch.replies["native_id"].n_unique() == 250

    def test_a_deleted_post_has_vanished_and_the_others_go_on(self):
        graph = fake(post(2, comments=[comment(1, of="500002")]))
        batch = asked(graph, "replies", subjects=["500001", "500002"])
        assert [(s, o) for s, o, _ in ends(batch)] == [("500001", "gone"), ("500002", "ok")]
        assert batch.vanished.select("native_id", "id_space", "what", "basis").rows() == [
            ("500001", "post", "post", "missing")
        ]


class TestCountsAndPresence:
    def test_a_reading_of_each(self):
        graph = fake(post(1, reactions={"LIKE": 1}), post(2, reactions={"LIKE": 2}))
        batch = asked(graph, "counts", subjects=["500001", "500002", "500003"])
        assert batch.posts.select("native_id", "likes").rows() == [("500001", 1), ("500002", 2)]
        assert [outcome for _, outcome, _ in ends(batch)] == ["ok", "ok", "gone"]
        assert batch.vanished["native_id"].to_list() == ["500003"]

    def test_presence_of_posts_and_of_comments(self):
        graph = fake(post(1, comments=[comment(1)]))
        gone = asked(graph, "presence", subjects=["500001", "500009"]).vanished
        assert gone.select("native_id", "what", "id_space").rows() == [("500009", "post", "post")]
        gone = asked(graph, "presence", subjects=["500001_1", "500001_9"], of="replies").vanished
        assert gone.select("native_id", "what", "id_space").rows() == [
            ("500001_9", "reply", "comment")
        ]

    def test_what_a_token_no_longer_sees_is_not_taken_for_deleted(self):
        """Meta says both in the same words: the page itself is asked, and is not shown either."""
        graph = fake(post(1))
        graph.pages[0].id = "2002"  # the token opens another page now
        for what in ("counts", "replies"):
            batch = asked(graph, what, subjects=["500001"])
            assert batch.vanished.is_empty()
            assert ends(batch)[0][1] == "refused"
        batch = asked(graph, "presence", subjects=["500001"])
        assert batch.vanished.is_empty() and ends(batch)[0][1] == "refused"


class TestRefusals:
    @pytest.mark.parametrize(
        ("refuse", "outcome", "says"),
        [
            (Refuse(190, sub=463), "refused", "time is over"),
            (Refuse(190, sub=460), "refused", "change of password"),
            (Refuse(190, sub=458), "refused", "taken Torg's app out"),
            (Refuse(190), "refused", "has ended"),
            (Refuse(10), "refused", "lacks a permission"),
            (Refuse(200), "refused", "lacks a permission"),
            (Refuse(2635), "refused", "TORG_GRAPH_VERSION"),
            (Refuse(32), "failed", "asked again in 60 minutes"),
            (Refuse(9999), "refused", "code 9999"),
        ],
    )
    def test_each_says_what_to_do(self, refuse, outcome, says):
        batch = asked(
            fake(fails={"published_posts": refuse}), "posts", mark="2026-02-01T00:00+00:00"
        )
        ((_, said, detail),) = ends(batch)
        assert said == outcome
        assert says in detail
        assert "words of the platform" not in detail
        assert batch.visits["mark"].to_list() == [MARK]

    def test_a_token_that_has_ended_is_shown_once(self):
        graph = fake(post(1), post(2))
        graph.tokens["own"].taken_back = True
        batch = asked(graph, "counts", subjects=["500001", "500002"])
        assert [outcome for _, outcome, _ in ends(batch)] == ["refused", "refused"]
        assert len(graph.asked) == 1

    @pytest.mark.parametrize("code", [4, 17, 613])
    def test_a_limit_of_the_app_stops_all_for_an_hour(self, code):
        with pytest.raises(OverBudget) as stopped:
            asked(fake(fails={"published_posts": Refuse(code)}), "posts")
        assert stopped.value.until == START + dt.timedelta(hours=1)

    def test_or_for_as_long_as_meta_says(self):
        usage = '{"1001": [{"type": "pages", "estimated_time_to_regain_access": 12}]}'
        graph = fake(
            fails={"published_posts": Refuse(4)},
            headers={"X-Business-Use-Case-Usage": usage},
        )
        with pytest.raises(OverBudget) as stopped:
            asked(graph, "posts")
        assert stopped.value.until == START + dt.timedelta(minutes=12)

    def test_without_a_token_it_says_how_to_get_one(self):
        batch = visit(FACEBOOK, "profile", PAGE, by=means(fake()))
        assert "torg connect" in ends(batch)[0][2]


def test_the_token_is_in_no_address_and_the_next_page_is_asked_for_by_cursor(monkeypatch):
    """Meta's own link to the next page holds the token."""
    seen = []
    graph = fake(*(post(n, days=n) for n in range(1, 61)))

    def watch(call):
        seen.append(call.url)
        return graph(call)

    asked(watch, "posts")
    assert len(seen) == 3
    assert not [url for url in seen if "own" in url or "access_token" in url]


def test_with_the_apps_secret_every_call_is_signed(monkeypatch):
    monkeypatch.setenv("TORG_META_APP_SECRET", "app-secret")
    graph = fake(post(1), app=("77", "app-secret"))
    assert asked(graph, "posts").posts.height == 1
    monkeypatch.setenv("TORG_META_APP_SECRET", "another")
    assert ends(asked(graph, "posts"))[0][1] == "refused"


def test_the_version_can_be_set(monkeypatch):
    monkeypatch.setenv("TORG_GRAPH_VERSION", "v31.0")
    seen = []

    def watch(call):
        seen.append(call.url)
        return fake()(type(call)(call.method, call.url.replace("v31.0", "v25.0"), call.headers))

    asked(watch, "profile")
    assert "/v31.0/1001" in seen[0]
