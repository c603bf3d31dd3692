"""What research tools saw in a browser: Zeeschuimer's items, 4CAT's tables, YouTube Data Tools."""

import datetime as dt

import pytest

from tests.lib.exports import read
from tests.lib.fixtures import FIXTURES, knowing, lines
from tests.lib.fixtures.tools import BROWSED, UC, seconds
from torg.collect import ImportOptions, KnownChannels, open_source
from torg.errors import FileRefused, QuestionError


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.fixture
def taken(tmp_path):
    """Reads rows of a format's fixture, each changed as given; None leaves a key out."""

    def take(name, *changes, **options):
        fixture = FIXTURES[name]
        rows = [{**fixture.row(n), **change} for n, change in enumerate(changes, start=1)]
        path = tmp_path / options.pop("file_name", fixture.file_name)
        known = options.pop("known", fixture.known)
        return read(path, fixture.bytes(rows), known=known, **{**fixture.options, **options})

    return take


class TestZeeschuimersInstagram:
    def test_the_same_post_shown_twice_is_two_readings_of_one_post(self, taken):
        first, second = utc(2024, 6, 30, 10), utc(2024, 6, 30, 12)
        shown = [
            {"data.code": "C7", "data.like_count": likes,
             "timestamp_collected": int(at.timestamp() * 1000), "last_updated": None}
            for at, likes in ((first, 5), (second, 8))
        ]  # fmt: skip

        posts = taken("zeeschuimer_instagram", *shown).posts

        assert posts.select("native_id", "id_space", "read_at", "likes").rows() == [
            ("C7", "shortcode", first, 5),
            ("C7", "shortcode", second, 8),
        ]

    def test_hidden_counts_are_missing_whatever_stands_in_their_place(self, taken):
        hidden = {"data.like_and_view_counts_disabled": True, "data.like_count": 3}

        post = taken("zeeschuimer_instagram", hidden).posts.row(0, named=True)

        assert (post["likes"], post["reactions"], post["views"], post["comments"]) == (
            None, None, None, 1,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"data._zs_partial": True}, "shown a part of this item only"),
            ({"data.owner.username": "another"}, "cannot be told whose post"),
            ({"data.product_type": "ad"}, "advertisement"),
            ({"data.product_type": "story"}, "story"),
            ({"source_platform": "threads.net"}, "another platform"),
            ({"data.code": None}, "cannot be told from others"),
            ({"data.user.pk": None, "data.user.username": None}, "belongs to no account"),
        ],
    )
    def test_what_is_no_whole_post_of_one_account_is_rejected(self, taken, change, why):
        batch = taken("zeeschuimer_instagram", change, {})

        assert batch.posts["line"].to_list() == [2]
        assert why in batch.rejects["reason"][0]
        assert "Veien" not in batch.rejects["row"][0]

    def test_a_post_of_several_accounts_is_its_authors(self, taken):
        post = taken("zeeschuimer_instagram", {"data.coauthor_producers": [{"username": "by"}]})

        assert post.posts["channel"].to_list() == ["5550001"]

    def test_a_handle_alone_is_looked_up_in_the_register(self, taken):
        known = knowing(handles={("instagram", "storby"): "42"})
        named = KnownChannels(tongues={("instagram", "@storby"): ()})
        change = {"data.user.pk": None}

        assert taken("zeeschuimer_instagram", change, known=known).posts["channel"][0] == "42"
        found = taken("zeeschuimer_instagram", change, {}, known=named).posts
        assert found["channel"].to_list() == ["@storby", "5550001"]

    def test_older_items_of_the_graph_and_4cats_spread_ones_are_read_too(self, tmp_path):
        item = {
            "__import_meta.timestamp_collected": 1719741660000,
            "__import_meta.source_platform": "instagram.com", "__typename": "GraphSidecar",
            "shortcode": "B1", "taken_at_timestamp": seconds(1), "owner.id": "5550001",
            "owner.username": "storby", "user.username": "storby",
            "edge_media_to_caption.edges": [{"node": {"text": "Ord"}}],
            "edge_media_preview_like.count": -1, "edge_media_to_comment.count": 4,
        }  # fmt: skip

        post = read(tmp_path / "x.ndjson", lines([item, item]), known=BROWSED).posts.row(
            0, named=True
        )

        assert (post["native_id"], post["type"], post["text"]) == ("B1", "album", "Ord")
        assert (post["likes"], post["comments"], post["read_at"]) == (
            None, 4, utc(2024, 6, 30, 10, 1),
        )  # fmt: skip


class TestZeeschuimersOthers:
    def test_tiktoks_newer_counts_are_texts_and_pictures_make_an_album(self, taken):
        change = {"data.statsV2.diggCount": "77", "data.imagePost.images": [{"a": 1}]}

        post = taken("zeeschuimer_tiktok", change).posts.row(0, named=True)

        assert (post["likes"], post["type"], post["channel"]) == (77, "album", "6660001")

    def test_answers_and_posts_passed_on_are_no_posts_on_threads(self, taken):
        batch = taken(
            "zeeschuimer_threads",
            {"data.text_post_app_info.is_reply": True},
            {"data.text_post_app_info.share_info.reposted_post.code": "X"},
            {},
        )

        assert batch.posts["line"].to_list() == [3]

    def test_linkedins_moment_is_in_its_number_and_not_in_its_words(self, taken):
        # 7195711489912832000 >> 22 = 1715591309049 ms: 13 May 2024, 09:08:29.049 UTC
        change = {"data.updateMetadata.urn": "urn:li:activity:7195711489912832000"}

        post = taken("zeeschuimer_linkedin", change).posts.row(0, named=True)

        assert post["published_at"] == utc(2024, 5, 13, 9, 8, 29, 49_000)

    def test_no_word_of_a_persons_post_on_linkedin_is_taken_in(self, taken):
        person = {
            "data.actor.navigationContext.actionTarget": "https://www.linkedin.com/in/kari-n",
            "data.actor.backendUrn": "urn:li:member:1", "data.actor.name.text": "Kari Nordmann",
        }  # fmt: skip

        batch = taken("zeeschuimer_linkedin", person, {})

        assert batch.posts["line"].to_list() == [2]
        assert "person's post" in batch.rejects["reason"][0]
        assert "ari" not in batch.rejects["row"][0]


class TestCitizensInASearch:
    def test_do_not_enter_and_leave_no_name_behind(self, taken):
        citizen = {
            "data.user.pk": "999", "data.user.username": "ola.lekkasje",
            "data.user.full_name": "Ola Lekkasje", "data.caption.text": "Vannet er brunt",
        }  # fmt: skip

        batch = taken("zeeschuimer_threads", citizen, {})

        assert batch.posts["channel"].to_list() == ["7770001"]
        assert "if it is a municipality's, put it into the register" in batch.rejects["reason"][0]
        kept = "".join(batch.rejects.select("reason", "row").row(0))
        assert not any(word in kept for word in ("ekkasje", "999", "brunt"))

    def test_a_file_of_theirs_alone_is_refused_with_what_to_do(self, tmp_path):
        fixture = FIXTURES["four_cat_threads"]
        path = tmp_path / fixture.file_name
        path.write_bytes(fixture.bytes(fixture.rows(1, 2)))

        with pytest.raises(FileRefused, match=r"may enter.*not in the register.*import.*again$"):
            list(open_source(path, options=ImportOptions(**fixture.options)).batches())


class TestFourCat:
    def test_a_table_of_another_platform_with_the_same_columns_is_not_taken(self, taken):
        batch = taken("four_cat_threads", {"url": "https://x.com/storby/status/1"}, {})

        assert batch.posts["line"].to_list() == [3]
        assert "leads to no post on threads" in batch.rejects["reason"][0]

    def test_a_count_of_minus_one_is_a_hidden_one(self, taken):
        assert taken("four_cat_instagram", {"num_likes": -1}).posts["likes"].to_list() == [None]

    def test_zeeschuimers_own_table_is_the_same_with_semicolons(self, tmp_path):
        fixture = FIXTURES["four_cat_tiktok"]
        text = fixture.bytes(fixture.rows(1)).decode().replace(",", ";")

        batch = read(tmp_path / "zs.csv", text, known=fixture.known, **fixture.options)

        assert batch.posts["likes"].to_list() == [10]


class TestYouTubeDataTools:
    def test_hidden_counts_are_missing(self, taken):
        post = taken("youtube_data_tools_videos", {"likeCount": "", "commentCount": ""}).posts

        assert post.select("likes", "reactions", "comments").row(0) == (None, None, None)

    def test_are_kept_for_thirty_days_from_the_export(self, tmp_path):
        fixture = FIXTURES["youtube_data_tools_videos"]
        path = tmp_path / "videolist_channel_2024_06_30.csv"
        path.write_bytes(fixture.bytes(fixture.rows(1)))

        assert open_source(path).keep_until == dt.date(2024, 7, 30)

        path = path.rename(tmp_path / "videos.csv")
        with pytest.raises(QuestionError, match=r"30 days from its export.*--exported-at"):
            open_source(path)

    def test_the_comments_of_a_video_need_their_name_and_their_channel(self, tmp_path):
        fixture = FIXTURES["youtube_data_tools_comments"]
        named, bare = tmp_path / fixture.file_name, tmp_path / "comments.csv"
        for path in (named, bare):
            path.write_bytes(fixture.bytes(fixture.rows(1, 2)))

        with pytest.raises(QuestionError, match="--channel youtube:UC"):
            open_source(named)
        with pytest.raises(FileRefused, match="give it back its name"):
            open_source(bare, options=ImportOptions(channel=("youtube", UC)))

    def test_the_owner_is_known_by_the_id_and_answers_by_what_they_answer(self, taken):
        replies = taken("youtube_data_tools_comments", {}, {"isReplyTo": "Ugx1"}).replies

        assert replies.select("is_owner", "parent_native_id", "post_native_id").rows() == [
            (True, None, "dQw4w9WgXcQ"),
            (False, "Ugx1", "dQw4w9WgXcQ"),
        ]
