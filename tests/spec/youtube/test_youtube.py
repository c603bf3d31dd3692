"""What Torg takes from YouTube: drawn channels in, records and outcomes out."""

import datetime as dt

import pytest

from tests.lib.visits import START, Time, ends, means, visit
from tests.lib.youtube_fake import KEY, Channel, Comment, Video, YouTubeFake
from torg.collect.platforms.youtube import YOUTUBE
from torg.errors import OverBudget
from torg.tokens import Secret

FJORDVIK = "UCfjordvik00000000000000"
DAY = dt.timedelta(days=1)


def fake(*videos, **further):
    channel = Channel(FJORDVIK, "@fjordvik", subscribers=12_345, user="fjordvikkommune")
    return YouTubeFake(channels=[channel], videos=list(videos), **further)


def video(number, *, days=1, **further):
    return Video(f"video-{number:05}", FJORDVIK, START - days * DAY, **further)


def asked(youtube, what, channel=FJORDVIK, subjects=(), **further):
    by = means(youtube, token=Secret(KEY), quota=YOUTUBE.quota)
    return visit(YOUTUBE, what, channel, subjects, by=by, **further)


def comment(number, text="Takk!", **further):
    return Comment(f"Ugxcomment{number:016}", text, START - DAY, **further)


class TestProfile:
    def test_subscribers_are_as_rounded_as_youtube_gives_them(self):
        batch = asked(fake(), "profile")
        assert batch.audience.select("channel", "followers", "kind").rows() == [
            (FJORDVIK, 12_300, "followers")
        ]
        assert batch.visits["handle"].to_list() == ["@fjordvik"]

    def test_hidden_subscribers_are_missing_and_not_none(self):
        youtube = fake()
        youtube.channels[0].hidden = True
        assert asked(youtube, "profile").audience["followers"].to_list() == [None]

    @pytest.mark.parametrize("handle", ["@fjordvik", "@user/fjordvikkommune"])
    def test_a_handle_is_resolved_to_the_id(self, handle):
        batch = asked(fake(), "profile", handle)
        assert batch.visits["channel"].to_list() == [FJORDVIK]
        assert batch.audience["channel"].to_list() == [FJORDVIK]

    def test_an_old_address_says_what_to_do(self):
        ((_, outcome, detail),) = ends(asked(fake(), "profile", "@c/fjordvik"))
        assert outcome == "refused" and "channel's id" in detail

    def test_a_channel_that_is_not_there_is_gone(self):
        batch = asked(fake(), "profile", "UCnobody0000000000000000")
        assert ends(batch) == [(None, "gone", "YouTube has no such channel.")]
        assert batch.audience.is_empty()

    def test_a_renamed_handle_is_told(self):
        youtube = fake()
        youtube.channels[0].handle = "@fjordvik-kommune"
        assert asked(youtube, "profile").visits["handle"].to_list() == ["@fjordvik-kommune"]


class TestPosts:
    def test_a_video_becomes_a_post(self):
        youtube = fake(video(1, title="Kommunestyret", description="Sak 1", views=100, likes=3))
        youtube.videos[0].comments = [comment(1, answers=[comment(2)])]
        (row,) = asked(youtube, "posts").posts.rows(named=True)
        assert (row["native_id"], row["id_space"], row["type"]) == ("video-00001", "post", "video")
        assert row["text"] == "Kommunestyret\n\nSak 1"
        assert row["published_at"] == START - DAY
        assert row["read_at"] == START
        assert (row["views"], row["likes"], row["reactions"], row["comments"]) == (100, 3, 3, 2)
        assert row["shares"] is None  # YouTube gives no shares
        assert row["url"] == "https://www.youtube.com/watch?v=video-00001"

    def test_counts_that_the_owner_hides_are_missing(self):
        (row,) = asked(fake(video(1, likes=None, comments_off=True)), "posts").posts.rows(
            named=True
        )
        assert (row["likes"], row["reactions"], row["comments"], row["views"]) == (
            None, None, None, 0,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("live", "was_live", "kind"),
        [("none", False, "video"), ("live", False, "live"), ("none", True, "live")],
    )
    def test_broadcasts_are_live_also_afterwards(self, live, was_live, kind):
        batch = asked(fake(video(1, live=live, was_live=was_live)), "posts")
        assert batch.posts["type"].to_list() == [kind]

    def test_all_pages_are_read(self):
        youtube = fake(*(video(n, days=n) for n in range(1, 121)))
        assert asked(youtube, "posts").posts.height == 120
        # one for the list of uploads, three pages of it, three times fifty videos at most
        assert len(youtube.asked) == 7
        assert {resource for resource, _ in youtube.asked} == {
            "channels", "playlistItems", "videos",
        }  # fmt: skip

    def test_since_ends_the_reading(self):
        youtube = fake(*(video(n, days=n) for n in range(1, 121)))
        batch = asked(youtube, "posts", since=START - 10 * DAY)
        assert batch.posts["published_at"].min() >= START - 12 * DAY  # two days of overlap
        assert len(youtube.asked) == 4  # the second page is known as a whole, and is the last

    def test_the_mark_goes_on_where_the_last_visit_ended_and_spares_a_call(self):
        youtube = fake(*(video(n, days=n) for n in range(10, 20)))
        mark = asked(youtube, "posts").visits["mark"][0]
        youtube.videos.append(video(1, days=1))
        youtube.asked.clear()
        batch = asked(youtube, "posts", mark=mark)
        assert "video-00001" in batch.posts["native_id"].to_list()
        assert batch.posts.height == 1 + 3  # the new one, and those of the overlap
        assert [resource for resource, _ in youtube.asked][:1] == ["playlistItems"]

    def test_a_channel_without_uploads_is_no_trouble(self):
        youtube = fake()
        youtube.channels[0].shows_uploads = False
        batch = asked(youtube, "posts")
        assert ends(batch) == [(None, "ok", "The channel shows no uploads.")]

    def test_an_impossible_moment_is_the_first_sight(self):
        odd = Video("video-00001", FJORDVIK, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
        assert asked(fake(odd), "posts").posts["published_at"].to_list() == [START]


class TestReplies:
    def test_comments_and_their_answers(self):
        top = comment(1, "Når åpner badet?", likes=2)
        top.answers = [comment(2, "På mandag", author=FJORDVIK)]
        batch = asked(fake(video(1, comments=[top])), "replies", subjects=["video-00001"])
        first, second = batch.replies.rows(named=True)
        assert (first["text"], first["parent_native_id"], first["reactions"]) == (
            "Når åpner badet?", None, 2,
        )  # fmt: skip
        assert (second["parent_native_id"], second["post_native_id"]) == (top.id, "video-00001")
        assert [first["is_owner"], second["is_owner"]] == [False, True]
        assert ends(batch) == [("video-00001", "ok", None)]

    def test_answers_that_a_thread_does_not_bring_are_fetched(self):
        top = comment(1, answers=[comment(n) for n in range(2, 260)])
        youtube = fake(video(1, comments=[top]))
        batch = asked(youtube, "replies", subjects=["video-00001"])
        assert batch.replies["native_id"].n_unique() == 259
        assert [resource for resource, _ in youtube.asked] == ["commentThreads", *["comments"] * 3]

    def test_a_comment_deleted_meanwhile_says_nothing_of_the_video(self):
        top = comment(1, answers=[comment(n) for n in range(2, 20)])
        youtube = fake(video(1, comments=[top]), fails={"comments": (404, "commentNotFound")})
        batch = asked(youtube, "replies", subjects=["video-00001"])
        assert batch.replies.height == 1 + 5  # with those that the thread brought
        assert ends(batch) == [("video-00001", "ok", None)]
        assert batch.vanished.is_empty()

    def test_an_edited_comment_says_when(self):
        at = START - DAY / 2
        comments = [comment(1, updated=at), comment(2)]
        batch = asked(fake(video(1, comments=comments)), "replies", subjects=["video-00001"])
        assert sorted(batch.replies["edited_at"].to_list(), key=str) == [at, None]

    def test_who_left_no_channel_is_nobody(self):
        batch = asked(
            fake(video(1, comments=[comment(1, author=None)])), "replies", subjects=["video-00001"]
        )
        assert batch.replies.select("author", "is_owner").rows() == [(None, None)]

    def test_words_are_plain_and_not_html(self):
        batch = asked(
            fake(video(1, comments=[comment(1, "én\nto")])), "replies", subjects=["video-00001"]
        )
        assert batch.replies["text"].to_list() == ["én\nto"]

    def test_comments_turned_off_and_a_video_that_is_not_there(self):
        youtube = fake(video(1, comments_off=True), video(2, comments=[comment(1)]))
        batch = asked(youtube, "replies", subjects=["video-00001", "video-00009", "video-00002"])
        assert ends(batch) == [
            ("video-00001", "ok", "Comments are turned off for this video."),
            ("video-00009", "gone", "The video is not there."),
            ("video-00002", "ok", None),
        ]
        assert batch.vanished.select("native_id", "what", "basis").rows() == [
            ("video-00009", "post", "missing")
        ]

    def test_a_private_video_is_refused(self):
        youtube = fake(video(1, private=True))
        assert ends(asked(youtube, "replies", subjects=["video-00001"]))[0][1] == "refused"


class TestCountsAndPresence:
    def test_a_reading_of_each_subject_in_fifties(self):
        youtube = fake(*(video(n, views=n) for n in range(1, 61)))
        subjects = [f"video-{n:05}" for n in range(1, 61)]
        batch = asked(youtube, "counts", subjects=subjects)
        assert dict(batch.posts.select("native_id", "views").rows())["video-00060"] == 60
        assert [outcome for _, outcome, _ in ends(batch)] == ["ok"] * 60
        assert len(youtube.asked) == 2

    def test_a_deleted_video_has_vanished(self):
        batch = asked(fake(video(1)), "counts", subjects=["video-00001", "video-00002"])
        assert ends(batch) == [
            ("video-00001", "ok", None),
            ("video-00002", "gone", "The video is not there."),
        ]
        (lost,) = batch.vanished.rows(named=True)
        assert (lost["channel"], lost["native_id"], lost["id_space"], lost["noticed_at"]) == (
            FJORDVIK, "video-00002", "post", START,
        )  # fmt: skip

    def test_another_channels_video_is_not_taken(self):
        youtube = fake(Video("video-00001", "UCother00000000000000000", START - DAY))
        batch = asked(youtube, "counts", subjects=["video-00001"])
        assert batch.posts.is_empty() and batch.vanished.is_empty()
        assert ends(batch)[0][1:] == ("partial", "The video is another channel's.")

    def test_deleted_comments_are_found_out(self):
        youtube = fake(video(1, comments=[comment(1, answers=[comment(2)])]))
        ids = [comment(n).id for n in (1, 2, 3)]
        batch = asked(youtube, "presence", subjects=ids, of="replies")
        assert batch.vanished.select("native_id", "id_space", "what").rows() == [
            (ids[2], "comment", "reply")
        ]
        assert ends(batch) == [(None, "ok", None)]

    def test_deleted_videos_are_found_out(self):
        batch = asked(fake(video(1)), "presence", subjects=["video-00001", "video-00002"])
        assert batch.vanished.select("native_id", "what").rows() == [("video-00002", "post")]


class TestRefusals:
    def test_without_a_key_it_says_how_to_get_one(self):
        batch = visit(YOUTUBE, "profile", FJORDVIK, by=means(fake()))
        ((_, outcome, detail),) = ends(batch)
        assert outcome == "refused" and "TORG_YOUTUBE_KEY" in detail

    def test_a_wrong_key_is_told_in_our_words(self):
        batch = visit(YOUTUBE, "profile", FJORDVIK, by=means(fake(), token=Secret("wrong")))
        assert ends(batch) == [
            (None, "refused", "YouTube does not know the key: set one that is valid.")
        ]

    def test_the_quota_of_the_day_stops_all_until_midnight_in_california(self):
        """Noon in London on 1 March is 4 in the morning there: 20 hours to midnight."""
        youtube = fake(quota=0)
        by = means(youtube, token=Secret(KEY), quota=YOUTUBE.quota, time=Time(START))
        with pytest.raises(OverBudget) as stopped:
            visit(YOUTUBE, "profile", FJORDVIK, by=by)
        assert stopped.value.until == dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
        with pytest.raises(OverBudget):
            visit(YOUTUBE, "profile", FJORDVIK, by=by)
        assert len(youtube.asked) == 1  # the second one was not even asked

    def test_every_list_costs_one_unit(self):
        by = means(fake(video(1)), token=Secret(KEY), quota=YOUTUBE.quota)
        visit(YOUTUBE, "posts", FJORDVIK, by=by)
        assert by.door.units_left() == 10_000 - 3

    @pytest.mark.parametrize("what", ["profile", "posts"])
    @pytest.mark.parametrize(
        ("status", "reason", "outcome"),
        [
            (403, "forbidden", "refused"),
            (403, "accessNotConfigured", "refused"),
            (404, "channelNotFound", "gone"),
            (400, "processingFailure", "failed"),
            (418, "somethingNew", "refused"),
        ],
    )
    def test_a_refusal_is_an_outcome_and_the_mark_stays(self, what, status, reason, outcome):
        youtube = fake(fails={"channels": (status, reason)})
        batch = asked(youtube, what, mark="the-old-mark")
        assert batch.visits.select("outcome", "mark").rows() == [(outcome, "the-old-mark")]

    def test_something_else_that_is_answered_makes_nothing_vanish(self):
        """A page of a proxy with status 200 is no empty list."""
        from torg.collect.transport import Answer

        def portal(call):
            return Answer(200, {}, b'{"items": []}', call.url)

        by = means(portal, token=Secret(KEY))
        batch = visit(YOUTUBE, "counts", FJORDVIK, ["video-00001"], by=by)
        assert batch.vanished.is_empty()
        assert ends(batch)[0][1] == "failed"
