"""Importing files: what is recognised, what is asked, what is taken and what is set aside.

Each test that holds off a defect seen in other importers names it as "trap N", after the list in
docs/reference/formats.md.
"""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from tests.lib.crowdtangle import HEADER as CROWDTANGLE
from tests.lib.exports import (
    BUSINESS_SUITE,
    BUSINESS_SUITE_SV,
    COMMENTS,
    CROWDTANGLE_OLD,
    STATUSES,
    comment,
    crowdtangle,
    read,
    status,
    suite,
    table,
)
from torg.collect import ImportOptions, KnownChannels, files_in, open_source
from torg.errors import FileRefused, QuestionError


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.csv"


class TestAPageScrapersStatuses:
    def test_become_posts_of_the_page_in_their_id(self, file):
        batch = read(file, table(STATUSES, status(5)), timezone="America/Chicago")

        post = batch.posts.row(0, named=True)

        assert (post["platform"], post["channel"], post["native_id"]) == ("facebook", "77", "5")
        assert post["published_at"] == utc(2018, 5, 25, 19, 52, 31)  # Chicago is five hours behind
        assert (post["reactions"], post["likes"], post["loves"]) == (7, 6, 1)
        assert post["line"] == 2

    def test_ask_for_their_zone(self, file):
        with pytest.raises(QuestionError, match=r"export\.csv.*in which zone.*--timezone"):
            read(file, table(STATUSES, status()))

    @pytest.mark.parametrize("zone", ["", " ", "Europe/Olso"])
    def test_take_no_zone_that_is_none(self, file, zone):
        with pytest.raises(FileRefused, match="is no time zone"):
            read(file, table(STATUSES, status()), timezone=zone)

    def test_lack_special_reactions_and_care(self, file):
        post = read(file, table(STATUSES, status()), timezone="UTC").posts.row(0, named=True)

        assert post["cares"] is None
        assert post["thankfuls"] is None

    def test_trap_1_a_bad_first_row_is_rejected_with_its_line_and_stops_nothing(self, file):
        rows = [status(1, status_published="yesterday"), status(2)]

        batch = read(file, table(STATUSES, *rows), timezone="UTC")

        assert batch.posts["native_id"].to_list() == ["2"]
        assert batch.rejects["line"].to_list() == [2]
        assert batch.rejects["reason"][0] == (
            "status_published is 'yesterday', which is no exact time"
        )
        assert json.loads(batch.rejects["row"][0])["status_id"] == "77_1"
        assert batch.rows_read == 2

    @pytest.mark.parametrize(
        "time",
        [
            "2018-05-25 00:19 PM",
            "2505 14:52",
            "for 9 uger siden",
            "2018-02-30 10:00:00",
            "+12018-05-25 10:00:00",
        ],
    )
    def test_trap_12_what_is_no_exact_time_is_never_made_one(self, file, time):
        batch = read(file, table(STATUSES, status(1, status_published=time)), timezone="UTC")

        assert batch.posts.is_empty()
        assert time in batch.rejects["reason"][0]

    def test_trap_13_a_shifted_row_is_rejected_with_its_physical_line(self, file):
        content = table(STATUSES, status(1, status_message="two\nlines"))
        content += "77_2,Hello, this is 311,,photo,,2018-05-25 14:52:31,5,0,0,5,0,0,0,0,0\n"
        content += table(STATUSES, status(3)).partition("\n")[2]

        batch = read(file, content, timezone="UTC")

        assert batch.posts["line"].to_list() == [2, 5]
        assert batch.rejects["line"].to_list() == [4]
        assert "16 cells where the header has 15" in batch.rejects["reason"][0]

    def test_trap_13_a_space_after_each_comma_belongs_to_no_cell(self, file):
        content = table(STATUSES, status(1)).replace(",", ", ")

        post = read(file, content, timezone="UTC").posts.row(0, named=True)

        assert (post["native_id"], post["text"]) == ("1", "Snow is cleared")

    def test_trap_13_cp1252_is_read_beside_utf_8_in_one_file(self, file):
        head, _, row = table(STATUSES, status(1, status_message="Håløya – åpent")).partition("\n")
        content = f"{head}\n{row}".encode() + row.replace("77_1", "77_2").encode("cp1252")

        batch = read(file, content, timezone="UTC")

        assert batch.posts["text"].to_list() == ["Håløya – åpent"] * 2

    def test_trap_13_blank_lines_between_rows_are_no_rows(self, file):
        content = table(STATUSES, status(1), status(2), end="\r\n").replace("\r\n", "\r\n\r\n")

        batch = read(file, content, timezone="UTC")

        assert batch.posts["line"].to_list() == [3, 5]
        assert batch.rows_read == 2

    def test_trap_13_a_doubled_line_end_is_a_blank_line_after_every_row(self, file):
        content = table(STATUSES, status(1), status(2), end="\r\r\n")

        assert read(file, content, timezone="UTC").posts.height == 2

    def test_trap_13_a_repeated_header_of_a_joined_file_is_no_row(self, file):
        content = table(STATUSES, status(1)) + table(STATUSES, status(2))

        batch = read(file, content, timezone="UTC")

        assert batch.posts["line"].to_list() == [2, 4]
        assert (batch.rows_read, batch.rejects.height) == (2, 0)

    def test_trap_13_utf_16_with_a_separator_line_is_read(self, file):
        content = "sep=,\r\n" + table(STATUSES, status(1, status_message="Ødegård"), end="\r\n")

        batch = read(file, content.encode("utf-16"), timezone="UTC")

        assert batch.posts["text"].to_list() == ["Ødegård"]

    def test_trap_13_a_byte_order_mark_is_no_part_of_a_name(self, file):
        assert read(file, "\ufeff" + table(STATUSES, status()), timezone="UTC").posts.height == 1

    def test_trap_5_blank_and_dash_and_na_are_missing_and_never_zero(self, file):
        row = status(1, num_reactions="", num_comments="-", num_shares="N/A", status_message=" ")

        post = read(file, table(STATUSES, row), timezone="UTC").posts.row(0, named=True)

        assert [post[name] for name in ("reactions", "comments", "shares", "text")] == [None] * 4

    def test_an_hour_that_the_clock_skipped_is_read_as_before_the_change(self, file):
        row = status(1, status_published="2016-03-13 02:30:00")  # New York went from 2 to 3

        batch = read(file, table(STATUSES, row), timezone="America/New_York")

        assert batch.posts["published_at"].to_list() == [utc(2016, 3, 13, 7, 30)]

    def test_a_quote_that_never_closes_costs_its_own_line_only(self, file):
        content = table(STATUSES, status(1), status(2), status(3), status(4))
        content = content.replace("77_2,Snow", '77_2,"Snow')

        batch = read(file, content, timezone="UTC")

        assert batch.posts["native_id"].to_list() == ["1", "3", "4"]
        assert batch.rejects["line"].to_list() == [3]
        assert "quote" in batch.rejects["reason"][0]

    def test_a_stray_quote_inside_a_cell_is_a_character(self, file):
        content = table(STATUSES, status(1)).replace("Snow is", '5" of "snow')

        batch = read(file, content, timezone="UTC")

        assert batch.posts["text"].to_list() == ['5" of "snow cleared']

    def test_text_is_kept_as_it_was_written(self, file):
        text = "𝗠𝗮𝘁𝗵 𝗯𝗼𝗹𝗱, ﬁne"  # would be other characters under NFKC

        batch = read(file, table(STATUSES, status(1, status_message=text)), timezone="UTC")

        assert batch.posts["text"].to_list() == [text]


class TestAPageScrapersComments:
    KNOWN = KnownChannels(names={("facebook", "77"): frozenset({"storby kommune"})})

    def test_are_the_owners_where_the_register_knows_the_owners_name(self, file):
        rows = [
            comment(1),
            comment(2, parent_id="1_1", comment_author="Storby  Kommune"),
            comment(3, comment_author="N/A"),
        ]

        replies = read(file, table(COMMENTS, *rows), timezone="UTC", known=self.KNOWN).replies

        assert replies["is_owner"].to_list() == [False, True, False]
        assert replies["parent_native_id"].to_list() == [None, "1_1", None]
        assert replies["post_native_id"].to_list() == ["1", "1", "1"]

    def test_trap_5_na_is_a_missing_author_and_not_a_person(self, file):
        batch = read(file, table(COMMENTS, comment(1, comment_author="N/A")), timezone="UTC")

        assert batch.replies["author"].to_list() == [None]

    def test_are_nobodys_where_the_owner_is_not_known(self, file):
        batch = read(file, table(COMMENTS, comment()), timezone="UTC")

        assert batch.replies["is_owner"].to_list() == [None]

    def test_are_rejected_without_a_word_of_what_a_citizen_wrote(self, file):
        shifted = "1_2,77_1,,I, Ola Nordmann, ask,Ola,2018-05-25 16:00:00,0\n"
        content = table(COMMENTS, comment(1, comment_published="soon")) + shifted

        batch = read(file, content, timezone="UTC")

        assert batch.rejects["line"].to_list() == [2, 3]
        rows = " ".join(batch.rejects["row"])
        assert not any(word in rows for word in ("Ola", "Kari", "cleared", "ask"))
        assert "77_1" in rows


class TestCrowdTangle:
    def test_trap_2_the_zone_in_the_file_is_honoured(self, file):
        times = ["2021-07-06 16:45:20 EDT", "2021-07-06 16:45:20 CET"]
        rows = [crowdtangle(i, **{"Post Created": time}) for i, time in enumerate(times)]

        batch = read(file, table(CROWDTANGLE, *rows))

        assert batch.posts["published_at"].to_list() == [
            utc(2021, 7, 6, 20, 45, 20),
            utc(2021, 7, 6, 15, 45, 20),
        ]

    def test_trap_2_nothing_depends_on_the_machines_own_zone(self, file, monkeypatch):
        import time

        rows = [crowdtangle(1), crowdtangle(2, **{"Post Created": "2021-07-06 16:45:20"})]
        here = read(file, table(CROWDTANGLE, *rows), timezone="Europe/Oslo").posts
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        time.tzset()

        there = read(file, timezone="Europe/Oslo").posts
        monkeypatch.undo()
        time.tzset()

        assert there.equals(here)

    def test_an_unknown_zone_is_rejected_by_name(self, file):
        row = crowdtangle(1, **{"Post Created": "2021-07-06 16:45:20 XYZT"})

        assert "XYZT" in read(file, table(CROWDTANGLE, row)).rejects["reason"][0]

    def test_a_time_without_any_zone_asks(self, file):
        row = crowdtangle(1, **{"Post Created": "2021-07-06 16:45:20"})

        with pytest.raises(QuestionError, match="zone"):
            read(file, table(CROWDTANGLE, row))

    def test_all_reactions_are_the_sum_of_their_kinds(self, file):
        post = read(file, table(CROWDTANGLE, crowdtangle())).posts.row(0, named=True)

        assert post["likes"] == 6
        assert post["reactions"] == 6 + 4  # likes and loves; the other kinds are zero

    def test_likes_alone_are_not_all_reactions(self, file):
        old = "Page Name,Created,Type,Likes,Comments,Shares,URL,Message,Total Interactions,Score"

        post = read(file, table(old, crowdtangle())).posts.row(0, named=True)

        assert post["reactions"] == 13 - 2 - 1  # interactions less comments and shares
        assert post["loves"] is None

    def test_trap_6_the_header_before_april_2021_is_recognised(self, file):
        post = read(file, table(CROWDTANGLE_OLD, crowdtangle())).posts.row(0, named=True)

        assert post["published_at"] == utc(2021, 7, 6, 20, 45, 20)

    def test_trap_3_an_export_of_groups_is_recognised_as_what_it_is(self, file):
        header = CROWDTANGLE.replace("Page Name", "Group Name")
        url = "https://www.facebook.com/groups/77/permalink/9"

        post = read(file, table(header, crowdtangle(1, URL=url))).posts.row(0, named=True)

        assert (post["channel_name"], post["native_id"]) == ("Storby forum", "9")

    def test_what_citizens_wrote_in_a_group_is_not_taken_in(self, file):
        header = CROWDTANGLE.replace("Page Name", "Group Name")
        rows = [crowdtangle(1), crowdtangle(2, Likes="Kari Lekkasje")]

        batch = read(file, table(header, *rows))

        assert batch.posts["text"].to_list() == [None]
        assert "Snow" not in batch.rejects["row"][0]
        assert "Lekkasje" not in batch.rejects["reason"][0] + batch.rejects["row"][0]

    def test_trap_4_thousands_commas_are_read(self, file):
        row = crowdtangle(1, **{"Followers at Posting": "31,098", "Comments": "1,234,567"})

        post = read(file, table(CROWDTANGLE, row)).posts.row(0, named=True)

        assert (post["followers"], post["comments"]) == (31_098, 1_234_567)

    def test_trap_4_a_thousands_point_asks_and_takes_the_answer(self, file):
        content = table(CROWDTANGLE, crowdtangle(1, **{"Followers at Posting": "407.137"}))

        with pytest.raises(QuestionError, match=r"407137.*--decimal comma"):
            read(file, content)

        assert read(file, decimal="comma").posts["followers"].to_list() == [407_137]
        assert read(file, decimal="point").rejects.height == 1

    @pytest.mark.parametrize("cell", ["1,4", "2.3x", "-5", "1.2K", "many"])
    def test_trap_4_what_is_no_count_is_rejected(self, file, cell):
        batch = read(file, table(CROWDTANGLE, crowdtangle(1, Shares=cell)))

        assert f"Shares is '{cell}'" in batch.rejects["reason"][0]

    def test_likes_of_the_page_are_not_taken_for_its_followers(self, file):
        row = crowdtangle(1, **{"Likes at Posting": "900", "Followers at Posting": ""})

        assert read(file, table(CROWDTANGLE, row)).posts["followers"].to_list() == [None]

    def test_a_page_without_an_id_is_found_by_its_handle(self, file):
        known = KnownChannels(ids={("facebook", "storby"): "77"})
        rows = [
            crowdtangle(1, **{"Facebook Id": "", "User Name": "Storby"}),
            crowdtangle(2, **{"Facebook Id": "", "User Name": "Lillevik"}),
        ]

        posts = read(file, table(CROWDTANGLE, *rows), known=known).posts

        assert posts["channel"].to_list() == ["77", "@lillevik"]


class TestBusinessSuite:
    def test_is_the_owners_own_and_not_published_unasked(self, file):
        file.write_text(table(BUSINESS_SUITE, suite()))

        source = open_source(file, options=ImportOptions(timezone="America/Los_Angeles"))

        assert (source.format, source.access) == ("business_suite_facebook", "owner")
        assert not source.may_publish

    def test_asks_for_its_zone_and_says_what_others_saw(self, file):
        with pytest.raises(QuestionError, match="Pacific"):
            read(file, table(BUSINESS_SUITE, suite()))

    def test_times_are_to_the_minute_in_the_zone_that_the_user_says(self, file):
        batch = read(file, table(BUSINESS_SUITE, suite()), timezone="America/Los_Angeles")

        assert batch.posts["published_at"].to_list() == [utc(2024, 7, 16, 16, 30)]

    def test_whether_the_month_comes_first_is_asked_unless_a_date_proves_it(self, file):
        row = suite(1, **{"Publish time": "03/04/2024 09:30"})
        content = table(BUSINESS_SUITE, row)

        with pytest.raises(QuestionError, match="--dates"):
            read(file, content, timezone="UTC")

        first = read(file, timezone="UTC", dates="month-first").posts["published_at"][0]
        second = read(file, timezone="UTC", dates="day-first").posts["published_at"][0]
        proven = read(file, table(BUSINESS_SUITE, row, suite(2)), timezone="UTC").posts
        assert (first, second) == (utc(2024, 3, 4, 9, 30), utc(2024, 4, 3, 9, 30))
        assert proven["published_at"][0] == first  # 07/16 can only be the sixteenth of July

    def test_trap_6_swedish_names_mean_the_same(self, file):
        post = read(file, table(BUSINESS_SUITE_SV, suite()), timezone="UTC").posts.row(
            0, named=True
        )

        assert (post["reactions"], post["views"], post["type"]) == (7, 310, "photo")

    def test_trap_6_both_languages_in_one_file_with_the_english_empty(self, file):
        header = f"{BUSINESS_SUITE_SV},Post ID,Reactions,Views"
        row = suite(3, **{"Post ID": "", "Reactions": "", "Views": ""})

        post = read(file, table(header, row), timezone="UTC").posts.row(0, named=True)

        assert (post["native_id"], post["reactions"], post["views"]) == ("3", 7, 310)

    def test_trap_6_a_user_teaches_names_in_their_own_language(self, file, tmp_path):
        header = BUSINESS_SUITE.replace("Publish time", "Publiseringstidspunkt")
        row = suite() | {"Publiseringstidspunkt": "07/16/2024 09:30"}
        aliases = tmp_path / "names.toml"
        aliases.write_text('[business_suite_facebook]\npublished = ["publiseringstidspunkt"]\n')

        with pytest.raises(FileRefused, match=r"published.*--aliases"):
            read(file, table(header, row), timezone="UTC")

        assert read(file, aliases=aliases, timezone="UTC").posts.height == 1

    def test_trap_6_absent_and_extra_and_other_case_columns(self, file):
        header = "POST ID,page id,Publish  Time,Comments,Estimated earnings (USD)"
        row = {"POST ID": "1", "page id": "77", "Publish  Time": "07/16/2024 09:30",
               "Comments": "2", "Estimated earnings (USD)": "3.5"}  # fmt: skip

        post = read(file, table(header, row), timezone="UTC").posts.row(0, named=True)

        assert (post["comments"], post["reactions"], post["views"]) == (2, None, None)

    def test_the_longer_of_title_and_description_is_the_text(self, file):
        rows = [suite(1, Description="Snow is cleared"), suite(2, Title="Snow, again")]

        posts = read(file, table(BUSINESS_SUITE, *rows), timezone="UTC").posts

        assert posts["text"].to_list() == ["Snow is cleared", "Snow, again"]

    def test_trap_7_one_row_a_post_and_day_is_refused_with_what_to_export(self, file):
        header = BUSINESS_SUITE.replace("Views,", "")
        rows = [suite(1 + i // 28, Date=f"07/{i % 28 + 1:02}/2024") for i in range(56)]

        with pytest.raises(FileRefused, match=r"2 posts in 56 rows.*'Lifetime'"):
            read(file, table(header, *rows), timezone="UTC")


class TestTorgsOwnTables:
    POSTS = "platform,channel,native_id,published_at,text,comments,read_at"

    def test_say_when_their_counts_were_read(self, file):
        content = (
            f"{self.POSTS}\nfacebook,77,1,2024-01-08T12:00:00+01:00,Hi,3,2024-02-01T00:00:00Z\n"
        )

        post = read(file, content).posts.row(0, named=True)

        assert post["published_at"] == utc(2024, 1, 8, 11)
        assert (post["read_at"], post["read_at_is_bound"]) == (utc(2024, 2, 1), False)
        assert (post["comments"], post["shares"], post["id_space"]) == (3, None, "post")

    def test_ask_for_the_zone_of_an_instant_without_its_offset(self, file):
        content = f"{self.POSTS}\nfacebook,77,1,2024-01-08T12:00:00,Hi,3,\n"

        with pytest.raises(QuestionError, match="in which zone"):
            read(file, content)

    def test_must_say_the_hour_of_every_instant(self, file):
        content = f"{self.POSTS}\nfacebook,77,1,2024-01-08,Hi,3,\n"

        assert "with its offset" in read(file, content).rejects["reason"][0]

    def test_are_equal_as_csv_and_as_parquet(self, file, tmp_path):
        content = f"{self.POSTS}\nfacebook,77,1,2024-01-08T12:00:00Z,Hi,,2024-02-01T00:00:00Z\n"
        posts = read(file, content).posts
        parquet = tmp_path / "posts.parquet"
        posts.drop("line").write_parquet(parquet)

        assert read(parquet).posts.drop("line").equals(posts.drop("line"))

    def test_hold_replies_with_or_without_the_word_on_who_is_the_owner(self, file):
        known = KnownChannels(names={("bluesky", "did:1"): frozenset({"storby"})})
        content = (
            "platform,channel,native_id,post_native_id,published_at,author,is_owner\n"
            "bluesky,did:1,a,1,2024-01-08T12:00:00Z,Storby,\n"
            "bluesky,did:1,b,1,2024-01-08T12:00:00Z,Kari,true\n"
        )

        replies = read(file, content, known=known).replies

        assert replies["is_owner"].to_list() == [True, True]

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_must_hold_no_control_character_in_an_id(self, file, place):
        cells = ["facebook", "77", "1"]
        cells[place] += "\x1f0"
        content = f"{self.POSTS}\n{','.join(cells)},2024-01-08T12:00:00Z,Hi,3,\n"

        batch = read(file, content)

        assert batch.posts.is_empty()
        name = self.POSTS.split(",")[place]
        assert batch.rejects["reason"][0] == f"{name} holds a control character, which no id does"

    def test_hold_audiences(self, file):
        content = "platform,channel,read_at,followers\nfacebook,77,2024-02-01T00:00:00Z,1200\n"

        audience = read(file, content).audience.row(0, named=True)

        assert (audience["followers"], audience["kind"]) == (1200, "followers")

    def test_have_one_access_tier_a_file(self, file):
        head = "platform,channel,read_at,followers,access\n"
        row = "facebook,77,2024-02-01T00:00:00Z,1200,"
        file.write_text(f"{head}{row}public_page\n")
        assert open_source(file).access == "public_page"

        with pytest.raises(FileRefused, match="line 3"):
            read(file, f"{head}{row}public_page\n{row}owner\n")


class TestTheMomentOfExport:
    ROW = table(CROWDTANGLE, crowdtangle())

    def test_is_what_the_user_says(self, file):
        file.write_text(self.ROW)

        source = open_source(file, options=ImportOptions(exported_at=utc(2021, 8, 1)))

        assert (source.exported_at, source.exported_at_basis) == (utc(2021, 8, 1), "option")

    def test_else_the_date_in_the_name(self, tmp_path):
        path = tmp_path / "storby-2021-08-01.csv"

        posts = read(path, self.ROW).posts

        assert posts["read_at"].to_list() == [utc(2021, 8, 1, 12)]  # a day without an hour: noon
        assert posts["read_at_is_bound"].to_list() == [False]

    def test_else_the_latest_instant_as_a_lower_bound(self, file):
        posts = read(file, self.ROW).posts

        assert posts["read_at"].to_list() == [utc(2021, 7, 6, 20, 45, 20)]
        assert posts["read_at_is_bound"].to_list() == [True]

    def test_is_no_name_that_the_content_contradicts(self, tmp_path):
        path = tmp_path / "posts-from-2021-01-01.csv"
        path.write_text(self.ROW)

        assert open_source(path).exported_at_basis == "latest instant"

    def test_trap_8_a_later_export_reads_the_same_posts_at_another_moment(self, tmp_path):
        first = read(tmp_path / "2021-08-01.csv", self.ROW).posts
        second = read(tmp_path / "2021-09-01.csv", self.ROW).posts

        same = ["platform", "channel", "native_id", "id_space"]
        assert first.select(same).equals(second.select(same))
        assert first["read_at"][0] < second["read_at"][0]


class TestFiles:
    def test_are_recognised_by_content_and_not_by_name(self, tmp_path):
        path = tmp_path / "whatever.txt"
        path.write_text(table(COMMENTS, comment()))

        assert open_source(path, options=ImportOptions(timezone="UTC")).format == (
            "page_scraper_comments"
        )

    def test_that_nobody_knows_are_refused_with_where_to_look(self, file):
        with pytest.raises(FileRefused, match=r"docs/reference/formats\.md"):
            read(file, "a,b,c\n1,2,3\n")

    def test_that_never_end_are_refused(self, tmp_path):
        pipe = tmp_path / "pipe.csv"
        os.mkfifo(pipe)
        for endless in (pipe, Path("/dev/zero")):
            with pytest.raises(FileRefused, match="is no file"):
                open_source(endless)

    def test_with_an_endless_header_are_refused(self, file):
        for content in ("x" * (9 << 20), '"status_id\n' + "a,b\n" * (1 << 16)):
            file.write_text(content)
            with pytest.raises(FileRefused, match=r"the header .* longer than"):
                open_source(file)

    def test_in_folders_are_found_sorted_and_what_holds_no_data_is_left_out(self, tmp_path):
        for name in ("b.CSV", "a/c.csv", ".hidden/d.csv", ".e.csv", "LICENSE"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()

        assert files_in([tmp_path]) == (tmp_path / "a" / "c.csv", tmp_path / "b.CSV")
        assert files_in([tmp_path / "LICENSE"]) == (tmp_path / "LICENSE",)  # as it is named itself

    def test_read_alike_have_equal_options_and_a_changed_answer_shows(self, file):
        file.write_text(table(STATUSES, status()))

        def options(zone):
            return open_source(file, options=ImportOptions(timezone=zone)).options

        assert options("UTC") == options("UTC")
        assert options("UTC") != options("Europe/Oslo")

    def test_that_name_their_own_zones_are_the_same_with_and_without_an_answer(self, file):
        file.write_text(table(CROWDTANGLE, crowdtangle()))
        answered = ImportOptions(timezone="Europe/Oslo")

        assert open_source(file, options=answered).options == open_source(file).options

        file.write_text(
            table(CROWDTANGLE, crowdtangle(1, **{"Post Created": "2021-07-06 16:45:20"}))
        )
        assert open_source(file, options=answered).zone == "Europe/Oslo"
