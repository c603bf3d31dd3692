"""Business Suite: content exports of both networks, and the daily series of new follows."""

import datetime as dt

import pytest

from tests.lib.exports import BUSINESS_SUITE, read, suite, table
from torg.collect import open_source
from torg.collect.options import Anchor, ImportOptions, anchor_of, channel_of
from torg.errors import FileRefused, QuestionError

INSTAGRAM = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
)
INSTAGRAM_SV = (
    "Publicerings-id,Konto-id,Kontots användarnamn,Kontonamn,Beskrivning,Varaktighet (sek),"
    "Publiceringstid,Permalänk,Inläggstyp,Datum,Visningar,Räckvidd,Gilla-markeringar,Delningar,"
    "Följer,Kommentarer,Sparade objekt"
)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def shot(post=1, **cells):
    """A row of an Instagram content export, English and Swedish, save the cells given."""
    ordinary = {
        "Post ID": f"1789{post}", "Account ID": "1784", "Account username": "storby",
        "Account name": "Storby", "Description": "Snow", "Publish time": "07/16/2024 09:30",
        "Permalink": f"https://www.instagram.com/p/CxY_{post}-a/", "Post type": "IG carousel",
        "Date": "Lifetime", "Views": "310", "Likes": "7", "Comments": "2", "Shares": "1",
    }  # fmt: skip
    swedish = {
        "Publicerings-id": f"1789{post}", "Konto-id": "1784", "Kontonamn": "Storby",
        "Beskrivning": "Snö", "Publiceringstid": "07/16/2024 09:30", "Inläggstyp": "IG-bild",
        "Permalänk": f"https://www.instagram.com/p/CxY_{post}-a/", "Datum": "Livstid",
        "Visningar": "310", "Gilla-markeringar": "7", "Kommentarer": "2", "Delningar": "1",
    }  # fmt: skip
    return ordinary | swedish | cells


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.csv"


class TestInstagram:
    def test_is_read_by_the_short_code_of_its_address(self, file):
        post = read(file, table(INSTAGRAM, shot()), timezone="UTC").posts.row(0, named=True)

        assert (post["platform"], post["channel"]) == ("instagram", "1784")
        assert (post["native_id"], post["id_space"]) == ("CxY_1-a", "shortcode")
        assert (post["type"], post["text"], post["views"]) == ("album", "Snow", 310)
        assert (post["reactions"], post["likes"], post["comments"], post["shares"]) == (7, 7, 2, 1)

    def test_without_an_address_is_known_by_business_suites_own_id(self, file):
        posts = read(
            file,
            table(INSTAGRAM, shot(1), shot(2, Permalink="")),
            timezone="UTC",
        ).posts

        assert posts["native_id"].to_list() == ["CxY_1-a", "17892"]
        assert posts["id_space"].to_list() == ["shortcode", "business_suite"]

    def test_trap_6_swedish_names_mean_the_same(self, file):
        post = read(file, table(INSTAGRAM_SV, shot()), timezone="UTC").posts.row(0, named=True)

        assert (post["reactions"], post["views"], post["type"]) == (7, 310, "photo")
        assert (post["comments"], post["shares"], post["text"]) == (2, 1, "Snö")

    def test_trap_7_one_row_a_post_and_day_is_refused(self, file):
        rows = [shot(1 + i // 28, Date=f"07/{i % 28 + 1:02}/2024") for i in range(56)]

        with pytest.raises(FileRefused, match=r"2 posts in 56 rows.*'Lifetime'"):
            read(file, table(INSTAGRAM.replace("Views,", ""), *rows), timezone="UTC")

    def test_is_the_owners_own_and_not_published_unasked(self, file):
        file.write_text(table(INSTAGRAM, shot()))

        source = open_source(file, options=ImportOptions(timezone="UTC"))

        assert (source.format, source.access) == ("business_suite_instagram", "owner")
        assert not source.may_publish

    def test_a_row_without_ids_is_rejected(self, file):
        rows = [shot(1, **{"Account ID": ""}), shot(2, **{"Post ID": "", "Permalink": ""})]

        reasons = read(file, table(INSTAGRAM, *rows), timezone="UTC").rejects["reason"].to_list()

        assert "Account ID is blank" in reasons[0]
        assert "Post ID is blank" in reasons[1]


class TestColumnsFromMonthToMonth:
    @pytest.mark.parametrize("lacking", ["Reach", "Reach,Reactions", "Duration (sec),Views"])
    def test_trap_6_fewer_or_more_columns_are_the_same_export(self, file, lacking):
        header = BUSINESS_SUITE
        for name in lacking.split(","):
            header = header.replace(f"{name},", "")
        header += ",3-Second Video Views,Estimated earnings (USD)"

        batch = read(file, table(header, suite()), timezone="UTC")

        assert batch.posts["comments"].to_list() == [2]

    @pytest.mark.parametrize("name", ["Reactions, Comments and Shares",
                                      "Reactions, comments and shares"])  # fmt: skip
    def test_reactions_are_what_interactions_leave(self, file, name):
        header = BUSINESS_SUITE.replace("Reactions,", "") + ',"' + name + '"'
        content = header + "\n" + "1,77,,,,,07/16/2024 09:30,,,,,,,2,1,10\n"

        assert read(file, content, timezone="UTC").posts["reactions"].to_list() == [10 - 2 - 1]

    def test_trap_5_impressions_of_older_files_are_no_views(self, file):
        header = BUSINESS_SUITE.replace("Views", "Impressions")

        batch = read(file, table(header, suite(1, Impressions="900")), timezone="UTC")

        assert batch.posts["views"].to_list() == [None]


def posts_at(*hours):
    """A post a day, at these hours of the file's clock in turn, for 24 days."""
    return [
        suite(day, **{"Publish time": f"07/{day:02}/2024 {hours[day % len(hours)]:02}:30"})
        for day in range(1, 25)
    ]


class TestTheZone:
    def test_trap_2_that_puts_posts_into_the_night_is_asked_about(self, file):
        # Nine to three in Oslo is midnight to six in Los Angeles: so the file shows it.
        content = table(BUSINESS_SUITE, *posts_at(0, 1, 3, 5))

        with pytest.raises(
            QuestionError, match=r"0%.*Europe/Oslo.*Los_Angeles, 100%.*--zone-is-sure"
        ):
            read(file, content, timezone="Europe/Oslo")

        assert read(file, timezone="America/Los_Angeles", home="Europe/Oslo").posts.height == 24
        assert read(file, timezone="Europe/Oslo", zone_is_sure=True).posts.height == 24

    def test_trap_2_that_is_pacific_for_a_file_of_local_times_is_asked_about(self, file):
        content = table(BUSINESS_SUITE, *posts_at(9, 11, 13, 15))

        with pytest.raises(QuestionError, match="say --timezone Europe/Oslo"):
            read(file, content, timezone="America/Los_Angeles", home="Europe/Oslo")

        assert read(file, timezone="Europe/Oslo", home="Europe/Oslo").posts.height == 24

    def test_of_a_page_that_posts_in_the_evening_is_not_asked_about(self, file):
        content = table(BUSINESS_SUITE, *posts_at(19, 20, 21, 22))

        assert read(file, content, timezone="Europe/Oslo").posts.height == 24

    def test_of_a_few_posts_tells_nothing(self, file):
        content = table(BUSINESS_SUITE, *posts_at(0, 1, 3, 5)[15:])

        assert read(file, content, timezone="Europe/Oslo").posts.height == 9


SERIES = 'sep=,\r\n"{title}"\r\n"Date","Primary"\r\n'
PAGE = {"channel": ("facebook", "77"), "timezone": "Europe/Oslo"}


def series(*figures, title="Facebook follows", first=1):
    """A daily series of August 2025 as Business Suite writes it: UTF-16, with its title."""
    rows = "".join(
        f'"2025-08-{day:02}T00:00:00","{figure}"\r\n'
        for day, figure in enumerate(figures, start=first)
    )
    return (SERIES.format(title=title) + rows).encode("utf-16")


def anchors(*told):
    return {"anchors": tuple(map(anchor_of, told))}


class TestNewFollows:
    def test_between_two_readings_those_who_left_are_spread_over_the_days(self, file):
        # 5,000 and 10 + 20 + 30 + 40 = 5,100 began, 5,092 are there: 8 left, 2 a day.
        told = anchors("2025-07-31=5000", "2025-08-04=5092")

        audience = read(file, series(10, 20, 30, 40), **PAGE, **told).audience

        assert audience["followers"].to_list() == [
            5_000 + 10 - 2,
            5_000 + 30 - 4,
            5_000 + 60 - 6,
            5_000 + 100 - 8,
        ]
        assert audience["read_at"][0] == utc(2025, 8, 1, 21, 59, 59)  # the day's end in Oslo
        assert set(audience["channel"]) == {"77"}
        assert set(audience["kind"]) == {"followers"}

    def test_who_left_are_counted_up_so_that_followers_are_never_too_many(self, file):
        # 1 left in 4 days: 0.25 after the first, counted as 1.
        told = anchors("2025-07-31=100", "2025-08-04=103")

        audience = read(file, series(1, 1, 1, 1), **PAGE, **told).audience

        assert audience["followers"].to_list() == [100, 101, 102, 103]

    def test_each_stretch_between_readings_stands_on_its_own(self, file):
        told = anchors("2025-08-04=108", "2025-07-31=100", "2025-08-02=104")

        audience = read(file, series(2, 2, 3, 3), **PAGE, **told).audience

        # None left in the first stretch; 2 in the second, one a day.
        assert audience["followers"].to_list() == [102, 104, 106, 108]

    def test_days_outside_the_readings_are_rejected_with_the_reason(self, file):
        told = anchors("2025-08-02=100", "2025-08-03=103")

        batch = read(file, series(1, 2, 3, 4), **PAGE, **told)

        assert batch.audience["followers"].to_list() == [100, 103]
        assert batch.rejects["line"].to_list() == [4, 7]
        assert "outside the readings given with --anchor" in batch.rejects["reason"][0]

    @pytest.mark.parametrize(
        ("options", "question"),
        [
            ({}, "which page it is of: say it with --channel.*; and .*how many stopped"),
            ({"channel": ("facebook", "77")}, "not how many stopped: give two readings"),
            ({**PAGE, **anchors("2025-07-31=5")}, "not how many stopped: give two readings"),
            ({"channel": ("facebook", "77"), **anchors("2025-07-31=5", "2025-08-01=5")}, "zone"),
        ],
    )
    def test_without_the_answers_they_are_a_question(self, file, options, question):
        with pytest.raises(QuestionError, match=question):
            read(file, series(1, 2), **options)

    def test_of_another_platform_are_refused(self, file):
        told = {**anchors("2025-07-31=5", "2025-08-01=5"), "channel": ("bluesky", "x")}

        with pytest.raises(FileRefused, match="names bluesky, and the series is of Facebook"):
            read(file, series(1, 2), **told)

    @pytest.mark.parametrize(
        ("figures", "sentence"),
        [
            ((1, 2), "from 2025-07-31 to 2025-08-02 the followers grew by 10, but only 3 began"),
            ((20,), "no figure for 2025-08-02"),
            ((20, "-"), "no figure for 2025-08-02"),
        ],
    )
    def test_that_cannot_be_tied_to_the_readings_are_refused(self, file, figures, sentence):
        told = anchors("2025-07-31=100", "2025-08-02=110")

        with pytest.raises(FileRefused, match=sentence):
            read(file, series(*figures), **PAGE, **told)

    def test_of_two_pages_in_one_file_are_refused(self, file):
        content = series(1, 2) + series(1, 2)[2:].split("\r\n".encode("utf-16-le"), 3)[3]

        with pytest.raises(FileRefused, match="a day stands twice"):
            read(file, content, **PAGE, **anchors("2025-07-31=1", "2025-08-02=2"))

    def test_the_answers_decide_whether_a_file_is_read_anew(self, file):
        file.write_bytes(series(1, 2))

        def options(*told):
            return open_source(file, options=ImportOptions(**PAGE, **anchors(*told))).options

        first = options("2025-07-31=100", "2025-08-02=103")
        assert first == options("2025-08-02=103", "2025-07-31=100")
        assert first != options("2025-07-31=100", "2025-08-02=102")

    @pytest.mark.parametrize(
        "title",
        ["Content interactions", "Facebook link clicks", "Views", "Viewers", "Facebook visits"],
    )
    def test_trap_7_other_daily_series_are_refused_with_what_to_export(self, file, title):
        with pytest.raises(FileRefused, match=r"daily series.*Insights, Content, Export data"):
            read(file, series(1, 2, title=title), **PAGE)

    def test_trap_7_the_file_of_who_follows_is_refused_with_what_to_export(self, file):
        content = 'sep=,\r\n"Age & gender"\r\n"","Women","Men"\r\n"18-24","4.1","2.5"\r\n'
        content += '\r\n"Top cities"\r\n"Storby","Lillevik"\r\n"73.7","1.2"\r\n'

        with pytest.raises(FileRefused, match=r"who the followers are.*Export data"):
            read(file, content.encode("utf-16"), **PAGE)


class TestAnswersInWords:
    def test_a_channel_and_a_reading(self):
        assert channel_of("facebook:77") == ("facebook", "77")
        assert anchor_of("2025-08-31=5321") == Anchor(dt.date(2025, 8, 31), 5321)

    @pytest.mark.parametrize("text", ["77", "facebook:", "2025-08-31"])
    def test_no_channel(self, text):
        with pytest.raises(FileRefused, match="write platform and id as facebook:"):
            channel_of(text)

    @pytest.mark.parametrize("text", ["5321", "2025-08-31", "2025-02-30=5", "2025-08-31=-5"])
    def test_no_reading(self, text):
        with pytest.raises(FileRefused, match="write day and number as 2025-08-31=5321"):
            anchor_of(text)

    def test_two_readings_of_one_day(self):
        with pytest.raises(FileRefused, match="two readings of followers are of one day"):
            ImportOptions(**anchors("2025-08-31=5", "2025-08-31=6"))
