"""CrowdTangle's exports of Instagram, and of Facebook in their oldest and newest headers."""

import datetime as dt
import json

import pytest

from tests.lib.exports import crowdtangle, read, table
from tests.lib.fixtures import knowing
from torg.collect import KnownChannels, open_source
from torg.errors import FileRefused

KNOWN = KnownChannels(tongues={("instagram", "@storby"): ()})
PAGES = knowing(("facebook", "77"), ("instagram", "77"))
INSTAGRAM = (
    "Account,User Name,Followers at Posting,Post Created,Post Created Date,Post Created Time,Type,"
    "Total Interactions,Likes,Comments,Views,URL,Link,Photo,Title,Description,Image Text,"
    "Sponsor Id,Sponsor Name,Overperforming Score (weighted  —  Likes 1x Comments 1x )"
)
OLDEST = (
    "Name,User Name,Facebook Id,Size at Posting,Created,Type,Likes,Comments,Shares,Love,Wow,Haha,"
    "Sad,Angry,Thankful,Video Share Status,Post Views,Total Views,"
    "Total Views for all CrossPosts,Video Length,URL,Message,Link,Final Link,Link Text,"
    "Description,Total Interactions,Score"
)


def shot(post="Cx_1-a", **cells):
    """A row of CrowdTangle's Instagram export with ordinary cells, save those given."""
    ordinary = {
        "Account": "Storby kommune", "User Name": "storby", "Followers at Posting": "1,200",
        "Post Created": "2021-07-06 16:45:20 EDT", "Type": "Album", "Total Interactions": "13",
        "Likes": "11", "Comments": "2", "Views": "0", "Photo": "https://example.org/a.jpg",
        "URL": f"https://www.instagram.com/p/{post}/", "Title": "", "Description": "Snow",
    }  # fmt: skip
    return ordinary | cells


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.csv"


class TestInstagram:
    def test_is_read_by_the_short_code_of_its_address(self, file):
        post = read(file, table(INSTAGRAM, shot()), known=KNOWN).posts.row(0, named=True)

        assert (post["platform"], post["channel"]) == ("instagram", "@storby")
        assert (post["native_id"], post["id_space"]) == ("Cx_1-a", "shortcode")
        assert post["published_at"] == dt.datetime(2021, 7, 6, 20, 45, 20, tzinfo=dt.UTC)
        assert (post["reactions"], post["likes"], post["comments"]) == (11, 11, 2)
        assert (post["followers"], post["type"], post["text"]) == (1200, "album", "Snow")

    def test_takes_the_registers_id_of_the_handle(self, file):
        known = knowing(handles={("instagram", "storby"): "1784"})
        content = table(INSTAGRAM, shot(**{"User Name": "@Storby"}))

        assert read(file, content, known=known).posts["channel"].to_list() == ["1784"]
        assert open_source(file, known=known).options != open_source(file).options

    @pytest.mark.parametrize(
        "address",
        [
            "https://www.instagram.com/p/Cx_1-a/",
            "https://instagram.com/reel/Cx_1-a",
            "https://www.instagram.com/tv/Cx_1-a/?utm_source=x",
            "https://www.instagram.com/storby/p/Cx_1-a/",
        ],
    )
    def test_every_address_of_a_post_holds_its_code(self, file, address):
        posts = read(file, table(INSTAGRAM, shot(URL=address)), known=KNOWN).posts

        assert posts["native_id"].to_list() == ["Cx_1-a"]

    def test_an_address_of_another_shape_is_its_own_id(self, file):
        story = "https://www.instagram.com/stories/storby/123/"

        posts = read(file, table(INSTAGRAM, shot(URL=story), shot()), known=KNOWN).posts

        assert posts["native_id"].to_list() == [story, "Cx_1-a"]
        assert posts["id_space"].to_list() == ["url", "shortcode"]

    def test_trap_1_and_5_a_bad_row_is_set_aside_and_blank_is_missing(self, file):
        rows = [shot(**{"Post Created": "9 weeks ago"}), shot(Views="-", Comments="")]

        batch = read(file, table(INSTAGRAM, *rows), known=KNOWN)

        assert batch.rejects["line"].to_list() == [2]
        post = batch.posts.row(0, named=True)
        assert (post["views"], post["comments"]) == (None, None)


class TestTheOldestHeader:
    def test_is_recognised_with_its_thankfuls(self, file):
        row = crowdtangle(1, Name="Storby", Thankful="2", **{"Size at Posting": "900"})

        post = read(file, table(OLDEST, row)).posts.row(0, named=True)

        assert (post["channel_name"], post["thankfuls"]) == ("Storby", 2)
        assert post["reactions"] == 6 + 4 + 2  # likes, loves and thankfuls
        assert post["cares"] is None  # which came in 2020

    def test_the_size_of_a_page_is_not_its_followers(self, file):
        row = crowdtangle(1, Name="Storby", **{"Size at Posting": "900"})

        assert read(file, table(OLDEST, row)).posts["followers"].to_list() == [None]


def told(**cells):
    """A post as CrowdTangle's interface tells it, save the cells given."""
    kinds = ("like", "share", "comment", "love", "wow", "haha", "sad", "angry", "thankful", "care")
    counts = {f"{kind}Count": place for place, kind in enumerate(kinds, start=1)}
    ordinary = {
        "id": 1, "platformId": "77_5", "platform": "Facebook", "date": "2021-07-06 20:45:20",
        "updated": "2021-07-20 03:00:01", "type": "native_video", "message": "Snow is cleared",
        "description": "words of the link", "subscriberCount": 1200,
        "postUrl": "https://www.facebook.com/77/posts/5",
        "expandedLinks": [{"original": "a", "expanded": "b"}], "media": [{"type": "photo"}],
        "statistics": {"actual": counts, "expected": dict.fromkeys(counts, 99)},
        "account": {"id": 3, "platformId": "77", "platform": "Facebook", "name": "Storby",
                    "handle": "storby", "subscriberCount": 5000, "accountType": "facebook_page"},
    }  # fmt: skip
    return ordinary | cells


class TestTheInterfacesAnswer:
    @pytest.fixture
    def answer(self, tmp_path):
        def write(*posts):
            path = tmp_path / "answer.json"
            path.write_text(json.dumps({"status": 200, "result": {"posts": posts}}))
            return read(path, known=PAGES)

        return write

    def test_gives_the_same_posts_as_the_csv(self, answer, file):
        post = answer(told()).posts.row(0, named=True)

        same = read(file, table(OLDEST, crowdtangle(5, Name="Storby"))).posts.row(0, named=True)
        for name in ("platform", "channel", "native_id", "id_space", "published_at", "text"):
            assert post[name] == same[name]
        assert post["type"] == "video"

    def test_says_when_its_counts_were_read(self, answer):
        post = answer(told()).posts.row(0, named=True)

        assert post["read_at"] == dt.datetime(2021, 7, 20, 3, 0, 1, tzinfo=dt.UTC)
        assert not post["read_at_is_bound"]

    def test_has_all_kinds_of_reactions(self, answer):
        post = answer(told()).posts.row(0, named=True)

        assert (post["likes"], post["shares"], post["comments"], post["loves"]) == (1, 2, 3, 4)
        assert post["reactions"] == 1 + 4 + 5 + 6 + 7 + 8 + 9 + 10  # all but shares and comments
        assert post["followers"] == 1200  # at posting, not now

    def test_trap_5_without_a_count_has_none(self, answer):
        post = told()
        del post["statistics"]["actual"]["loveCount"], post["statistics"]["actual"]["careCount"]

        row = answer(post, told()).posts.row(0, named=True)

        assert (row["loves"], row["reactions"]) == (None, None)

    def test_of_instagram_is_read_by_its_one_kind_and_its_caption(self, answer):
        row = answer(
            told(
                platform="Instagram",
                postUrl="https://www.instagram.com/p/Cx_1-a/",
                description="Snow",
                statistics={"actual": {"favoriteCount": 11, "commentCount": 2}},
                type="album",
            )
        ).posts.row(0, named=True)

        assert (row["platform"], row["native_id"]) == ("instagram", "Cx_1-a")
        assert (row["reactions"], row["likes"], row["shares"]) == (11, 11, None)
        assert (row["text"], row["type"]) == ("Snow", "album")

    def test_of_a_group_holds_no_words_of_citizens(self, answer):
        account = told()["account"] | {"accountType": "facebook_group"}

        batch = answer(told(account=account), told(account=account, date="soon"))

        assert batch.posts["text"].to_list() == [None]
        assert "Snow" not in batch.rejects["row"][0]

    def test_of_another_platform_or_without_an_id_is_rejected(self, answer):
        posts = [told(), told(platform="Reddit"), told(postUrl=None, platformId="x")]

        batch = answer(*posts)

        assert batch.posts.height == 1
        assert "neither Facebook nor Instagram" in batch.rejects["reason"][0]
        assert "postUrl is blank" in batch.rejects["reason"][1]

    def test_trap_7_a_leaderboard_is_refused(self, tmp_path):
        path = tmp_path / "leaderboard.json"
        rows = [{"account": {"id": 3, "name": "Storby"}, "subscriberData": {"initialCount": 5}}]
        path.write_text(json.dumps({"status": 200, "result": {"accountStatistics": rows}}))

        with pytest.raises(FileRefused, match=r"leaderboard.*import the answers with posts"):
            open_source(path)


@pytest.mark.parametrize("weights", ["Likes 1x Shares 3x Comments 2x ", "Likes 1x ", ""])
def test_trap_6_the_weights_in_the_last_header_do_not_matter(file, weights):
    header = INSTAGRAM.rpartition(",")[0] + f",Overperforming Score (weighted  —  {weights})"

    assert open_source_of(file, table(header, shot())) == "crowdtangle_instagram"


def open_source_of(file, content):
    file.write_text(content)
    return open_source(file).format
