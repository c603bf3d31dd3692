"""What Torg takes from Instagram: an account with its own token, and the counts of others."""

import datetime as dt

from tests.lib.graph_fake import (
    READ,
    READ_INSTAGRAM,
    Account,
    Comment,
    GraphFake,
    Media,
    Page,
    Refuse,
    Token,
)
from tests.lib.visits import START, ends, means, visit
from torg.collect.platforms.instagram import INSTAGRAM, INSTAGRAM_DISCOVERY
from torg.tokens import Secret

DAY = dt.timedelta(days=1)
ACCOUNT = "178401"


def fake(*media, others=(), **further):
    account = Account(ACCOUNT, "fjordvik", followers=800, media=list(media))
    page = Page("1001", "Fjordvik", instagram=account)
    token = Token("PAGE", ("1001",), READ + READ_INSTAGRAM)
    return GraphFake(pages=[page], tokens={"own": token}, others=list(others), **further)


def media(number, *, days=1, **further):
    return Media(f"17{number:05}", f"CODE{number:03}", START - days * DAY, **further)


def comment(number, text="Fint!", **further):
    return Comment(f"19{number:05}", text, START - DAY, **{"author": "citizen", **further})


def asked(graph, what, channel=ACCOUNT, subjects=(), *, platform=INSTAGRAM, **further):
    return visit(platform, what, channel, subjects, by=means(graph, token=Secret("own")), **further)


class TestOwnAccount:
    def test_followers_and_the_name_of_now(self):
        batch = asked(fake(), "profile")
        assert batch.audience.select("channel", "followers", "kind").rows() == [
            (ACCOUNT, 800, "followers")
        ]
        assert batch.visits["handle"].to_list() == ["fjordvik"]

    def test_a_handle_is_resolved_through_the_page(self):
        assert asked(fake(), "profile", "@fjordvik").visits["channel"].to_list() == [ACCOUNT]
        assert ends(asked(fake(), "profile", "@skogby"))[0][1] == "refused"

    def test_a_page_without_an_account_is_refused(self):
        graph = fake()
        graph.pages[0].instagram = None
        ((_, outcome, detail),) = ends(asked(graph, "profile", "@fjordvik"))
        assert outcome == "refused" and "No Instagram account" in detail

    def test_a_post_has_the_identity_of_its_address(self):
        one = media(1, likes=5, kind="CAROUSEL_ALBUM", comments=[comment(1)])
        (row,) = asked(fake(one), "posts").posts.rows(named=True)
        assert (row["channel"], row["native_id"], row["id_space"]) == (
            ACCOUNT, "CODE001", "shortcode",
        )  # fmt: skip
        assert (row["likes"], row["reactions"], row["comments"], row["shares"]) == (5, 5, 1, None)
        assert (row["type"], row["text"]) == ("album", "Badet åpner")

    def test_reels_are_videos_and_hidden_likes_are_missing(self):
        batch = asked(fake(media(1, product="REELS", kind="VIDEO", likes=None)), "posts")
        assert batch.posts.select("native_id", "type", "likes").rows() == [
            ("CODE001", "video", None)
        ]

    def test_all_pages_until_the_mark(self):
        graph = fake(*(media(n, days=n) for n in range(1, 121)))
        batch = asked(graph, "posts")
        assert batch.posts.height == 120
        assert asked(graph, "posts", mark=batch.visits["mark"][0]).posts.height == 3

    def test_comments_with_all_answers_and_the_owner_known_by_name(self):
        top = comment(1, "Når?")
        answers = [comment(n, parent=top.id) for n in range(2, 62)]
        answers[0].author = "fjordvik"
        graph = fake(media(1, comments=[top, *answers]))
        batch = asked(graph, "replies", subjects=["CODE001"])
        assert batch.replies.height == 61
        owner = batch.replies.filter(batch.replies["is_owner"])
        assert owner.select("author", "parent_native_id").rows() == [(ACCOUNT, top.id)]
        assert batch.replies["author"].unique().sort().to_list() == [ACCOUNT, "igsid-citizen"]

    def test_a_comment_deleted_meanwhile_says_nothing_of_the_post(self):
        top = comment(1)
        answers = [comment(n, parent=top.id) for n in range(2, 62)]
        gone = Refuse(100, "does not exist", sub=33)
        graph = fake(media(1, comments=[top, *answers]), fails={"/replies": gone})
        batch = asked(graph, "replies", subjects=["CODE001"])
        assert batch.replies.height == 1 + 50  # with those that came with it
        assert ends(batch) == [("CODE001", "ok", None)]
        assert batch.vanished.is_empty()

    def test_hidden_comments_are_not_taken(self):
        graph = fake(media(1, comments=[comment(1, hidden=True)]))
        assert asked(graph, "replies", subjects=["CODE001"]).replies.is_empty()

    def test_counts_are_found_in_the_accounts_list(self):
        graph = fake(*(media(n, days=n, likes=n) for n in range(1, 121)))
        batch = asked(graph, "counts", subjects=["CODE001", "CODE002"])
        assert batch.posts.select("native_id", "likes").rows() == [("CODE001", 1), ("CODE002", 2)]
        assert len([path for _, path, _ in graph.asked if path.endswith("/media")]) == 1

    def test_what_is_in_no_page_of_the_list_has_vanished(self):
        graph = fake(*(media(n, days=n) for n in range(1, 121)))
        batch = asked(graph, "counts", subjects=["CODE001", "GONE"])
        assert batch.vanished.select("native_id", "id_space", "what").rows() == [
            ("GONE", "shortcode", "post")
        ]
        assert [outcome for _, outcome, _ in ends(batch)] == ["ok", "gone"]

    def test_a_list_that_breaks_off_makes_nothing_vanish(self):
        graph = fake(media(1), fails={"/media": Refuse(80002)})
        for what in ("counts", "presence", "replies"):
            batch = asked(graph, what, subjects=["GONE"])
            assert batch.vanished.is_empty()
            assert ends(batch)[0][1] == "failed"

    def test_presence(self):
        graph = fake(media(1, comments=[comment(1)]))
        gone = asked(graph, "presence", subjects=["CODE001", "GONE"]).vanished
        assert gone["native_id"].to_list() == ["GONE"]
        gone = asked(graph, "presence", subjects=["1900001", "1900009"], of="replies").vanished
        assert gone.select("native_id", "id_space", "what").rows() == [
            ("1900009", "comment", "reply")
        ]


class TestOthers:
    def other(self, **further):
        posts = [media(n, days=n, likes=n) for n in range(1, 8)]
        return Account("178999", "skogby", followers=300, media=posts, **further)

    def asked(self, graph, what, channel="178999", subjects=(), **further):
        further = {"handle": "skogby", **further}
        return asked(graph, what, channel, subjects, platform=INSTAGRAM_DISCOVERY, **further)

    def test_followers_of_others_are_public(self):
        batch = self.asked(fake(others=[self.other()]), "profile")
        assert batch.audience.select("channel", "followers").rows() == [("178999", 300)]
        assert INSTAGRAM_DISCOVERY.access == "public_page"

    def test_posts_and_counts_page_by_page(self):
        graph = fake(others=[self.other()], most=3)
        assert self.asked(graph, "posts").posts.height == 7
        batch = self.asked(graph, "counts", subjects=["CODE002", "GONE"])
        assert batch.posts.select("channel", "likes").rows() == [("178999", 2)]
        assert batch.vanished["native_id"].to_list() == ["GONE"]
        gone = self.asked(graph, "presence", subjects=["CODE007", "GONE"]).vanished
        assert gone["native_id"].to_list() == ["GONE"]

    def test_there_are_no_replies_of_others(self):
        assert "replies" not in INSTAGRAM_DISCOVERY.visits

    def test_personal_accounts_are_not_shown(self):
        batch = self.asked(fake(others=[self.other(is_professional=False)]), "posts")
        assert batch.vanished.is_empty()
        ((_, outcome, detail),) = ends(batch)
        assert outcome == "gone" and "professional" in detail

    def test_a_name_that_went_to_another_is_refused(self):
        batch = self.asked(fake(others=[self.other()]), "posts", "178000")
        assert batch.posts.is_empty()
        assert ends(batch)[0][1] == "refused"

    def test_a_name_is_needed_and_is_nothing_but_a_name(self):
        graph = fake(others=[self.other()])
        for handle in (None, "skogby){id}"):
            batch = self.asked(graph, "profile", handle=handle)
            assert "put it into the register" in ends(batch)[0][2]
