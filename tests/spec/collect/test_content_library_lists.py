"""The Meta Content Library's lists of posts, as CSV and as JSON."""

import datetime as dt
import json

import pytest

from tests.lib.exports import read, table
from tests.lib.fixtures import knowing
from torg.collect import KnownChannels, open_source
from torg.errors import FileRefused

FACEBOOK = (
    "activities,content_type,creation_time,id,is_branded_content,lang,link_attachment.caption,"
    "match_type,mcl_url,modified_time,multimedia,post_owner.type,post_owner.id,post_owner.name,"
    "post_owner.username,shared_post_id,statistics.angry_count,statistics.care_count,"
    "statistics.comment_count,statistics.haha_count,statistics.like_count,statistics.love_count,"
    "statistics.reaction_count,statistics.sad_count,statistics.share_count,statistics.views,"
    "statistics.views_date_last_refreshed,statistics.wow_count,surface.type,surface.id,"
    "surface.name,surface.username,text"
)
INSTAGRAM = (
    "content_type,creation_time,hashtags,id,is_branded_content,lang,match_type,mcl_url,"
    "modified_time,multimedia,post_owner.type,post_owner.id,post_owner.name,post_owner.username,"
    "statistics.comment_count,statistics.like_count,statistics.views,"
    "statistics.views_date_last_refreshed,text"
)
KNOWN = knowing(handles={("facebook", "storby"): "77", ("instagram", "storby"): "1784"})
OWN = knowing(("facebook", "5001"), ("facebook", "600"), ("instagram", "5001"))


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def post(number=1, **cells):
    """A row of either list with ordinary cells, save those given (dots as two underscores)."""
    ordinary = {
        "content_type": "photos", "creation_time": "2024-05-06T10:15:20+0000",
        "id": f"90{number}", "modified_time": "2024-05-06T10:15:20+0000",
        "mcl_url": "https://example.org/mcl/1", "post_owner.type": "facebook_page",
        "post_owner.id": "5001", "post_owner.name": "Storby", "post_owner.username": "storby",
        "statistics.angry_count": "0", "statistics.care_count": "1",
        "statistics.comment_count": "2", "statistics.haha_count": "0",
        "statistics.like_count": "6", "statistics.love_count": "3",
        "statistics.reaction_count": "10", "statistics.sad_count": "0",
        "statistics.share_count": "1", "statistics.views": "310", "statistics.wow_count": "0",
        "surface.type": "facebook_page", "surface.id": "5001", "surface.name": "Storby",
        "surface.username": "storby", "text": "Snow is cleared",
    }  # fmt: skip
    return ordinary | {name.replace("__", "."): cell for name, cell in cells.items()}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.csv"


def taken(path, content=None, known=OWN):
    """What is read with the library's own ids in the register."""
    return read(path, content, known=known)


class TestFacebook:
    def test_is_read_with_its_counts_and_without_an_address(self, file):
        row = taken(file, "\ufeff" + table(FACEBOOK, post())).posts.row(0, named=True)

        assert (row["platform"], row["channel"], row["native_id"]) == ("facebook", "5001", "901")
        assert (row["id_space"], row["url"], row["followers"]) == ("content_library", None, None)
        assert row["published_at"] == utc(2024, 5, 6, 10, 15, 20)
        assert (row["reactions"], row["likes"], row["loves"], row["cares"]) == (10, 6, 3, 1)
        assert (row["comments"], row["shares"], row["views"]) == (2, 1, 310)
        assert (row["type"], row["text"]) == ("photo", "Snow is cleared")

    def test_may_be_shown_in_aggregates_alone(self, file):
        file.write_text(table(FACEBOOK, post()))

        assert open_source(file).access == "aggregate"

    def test_a_page_that_the_register_knows_by_its_handle_is_one_channel(self, file):
        batch = taken(file, table(FACEBOOK, post()), known=KNOWN)

        assert batch.posts["channel"].to_list() == ["77"]

    def test_what_the_register_knows_decides_whether_the_file_is_read_anew(self, file):
        file.write_text(table(FACEBOOK, post()))

        assert open_source(file, known=KNOWN).options != open_source(file).options
        assert open_source(file, known=OWN).options != open_source(file).options

    def test_was_edited_where_it_was_modified_later(self, file):
        rows = [
            post(1),
            post(2, modified_time="2024-05-07T08:00:00+0000"),
            post(3, modified_time=""),
        ]

        posts = taken(file, table(FACEBOOK, *rows)).posts

        assert posts["edited_at"].to_list() == [None, utc(2024, 5, 7, 8), None]

    def test_in_a_group_belongs_to_the_group_without_a_citizens_words(self, file):
        cells = {"surface__id": "600", "surface__name": "Storby forum", "surface__username": "",
                 "post_owner__id": "700", "post_owner__name": "Kari Nordmann",
                 "post_owner__username": ""}  # fmt: skip
        rows = [post(1, **cells), post(2, **cells, statistics__like_count="many")]

        batch = taken(file, table(FACEBOOK, *rows))

        row = batch.posts.row(0, named=True)
        assert (row["channel"], row["channel_name"]) == ("600", "Storby forum")
        assert row["text"] is None
        assert "Kari" not in batch.rejects["row"][0] + batch.rejects["reason"][0]

    def test_trap_13_repeated_headers_of_joined_files_are_no_rows(self, file):
        content = table(FACEBOOK, post(1)) + table(FACEBOOK, post(2))

        batch = taken(file, content)

        assert batch.posts["native_id"].to_list() == ["901", "902"]
        assert (batch.rows_read, batch.rejects.height) == (2, 0)

    def test_trap_6_columns_vary_from_file_to_file(self, file):
        header = "id,creation_time,post_owner.id,statistics.share_count,statistics.like_count"

        row = taken(file, table(header, post())).posts.row(0, named=True)

        assert (row["platform"], row["channel"]) == ("facebook", "5001")
        assert (row["shares"], row["reactions"], row["text"]) == (1, None, None)

    def test_an_id_that_a_spreadsheet_shortened_is_none(self, file):
        batch = taken(file, table(FACEBOOK, post(1, id="1.09E+14"), post(2)))

        assert "a spreadsheet has shortened the id" in batch.rejects["reason"][0]

    def test_of_a_page_that_the_register_has_by_its_name_alone_enters_under_the_librarys_id(
        self, file
    ):
        known = KnownChannels(tongues={("facebook", "@storby"): ()})
        of_others = {"surface__username": "kari.nordmann", "surface__id": "700"}

        batch = taken(file, table(FACEBOOK, post(1), post(2, **of_others)), known)

        assert batch.posts["channel"].to_list() == ["5001"]
        assert "not in the register" in batch.rejects["reason"][0]


class TestInstagram:
    def test_is_told_from_facebook_by_what_it_lacks(self, file):
        row = taken(file, table(INSTAGRAM, post(content_type="reels")), known=KNOWN).posts.row(
            0, named=True
        )

        assert (row["platform"], row["channel"], row["type"]) == ("instagram", "1784", "video")
        assert (row["reactions"], row["likes"], row["comments"], row["views"]) == (6, 6, 2, 310)
        assert (row["shares"], row["loves"]) == (None, None)


def nested(row):
    """The row as JSON: names with dots are objects within objects, figures are numbers."""
    whole = {}
    for name, cell in row.items():
        *above, last = name.split(".")
        inner = whole
        for step in above:
            inner = inner.setdefault(step, {})
        inner[last] = int(cell) if above == ["statistics"] else cell
    return whole


class TestJson:
    @pytest.mark.parametrize("wrapped", [list, lambda rows: {"data": list(rows), "paging": {}}])
    def test_is_read_as_the_csv_is(self, tmp_path, file, wrapped):
        rows = [post(1), post(2)]
        path = tmp_path / "posts.json"
        path.write_text(json.dumps(wrapped(nested(row) for row in rows)))

        here = taken(path).posts.drop("line")

        assert here.equals(taken(file, table(FACEBOOK, *rows)).posts.drop("line"))

    def test_is_read_by_lines_too(self, tmp_path):
        path = tmp_path / "posts.ndjson"
        path.write_text("\n".join(json.dumps(nested(post(n))) for n in (1, 2)))

        assert taken(path).posts["native_id"].to_list() == ["901", "902"]

    def test_of_the_interfaces_default_fields_lacks_the_words(self, tmp_path):
        row = post()
        del row["text"], row["post_owner.username"], row["surface.username"]
        path = tmp_path / "posts.json"
        path.write_text(json.dumps([nested(row)]))

        assert taken(path).posts["text"].to_list() == [None]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("id,post_id,parent_comment_id,text,creation_time,owner.id,owner.name", "list of comments"),
        ("id,name,username,about,page_categories,follower_count", "list of pages"),
    ],
)
def test_trap_7_other_lists_of_the_library_are_refused(file, header, sentence):
    with pytest.raises(FileRefused, match=f"{sentence}.*export the posts"):
        taken(file, header + "\n1,2,3\n")
