"""Exports that somebody opened in a spreadsheet and saved: its times and ids are its own."""

import datetime as dt

import pytest

from tests.lib.crowdtangle import HEADER as CROWDTANGLE
from tests.lib.exports import (
    BUSINESS_SUITE,
    STATUSES,
    crowdtangle,
    read,
    status,
    suite,
    table,
)
from torg.collect import ImportOptions, open_source
from torg.errors import FileRefused, QuestionError

OWN = "platform,channel,native_id,published_at"
AUDIENCE = "platform,channel,read_at,followers"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.csv"


def own(time, post="1"):
    return {"platform": "facebook", "channel": "77", "native_id": post, "published_at": time}


def all_of(file, content, **options):
    """Everything in the file, as an import takes it."""
    file.write_text(content)
    return list(open_source(file, options=ImportOptions(**options)).batches())


class TestAnIdThatASpreadsheetShortened:
    @pytest.mark.parametrize("page", ["1,09241E+14", "1.09E+14", "1E+14", "1.09241e+14"])
    def test_is_no_page(self, file, page):
        rows = [crowdtangle(1, **{"Facebook Id": page}), crowdtangle(2)]

        batch = read(file, table(CROWDTANGLE, *rows))

        assert batch.posts["channel"].to_list() == ["77"]
        assert batch.rejects["line"].to_list() == [2]
        assert batch.rejects["reason"][0] == (
            f"Facebook Id is '{page}', which is no id: a spreadsheet has shortened the id; "
            "export anew, and open it with the column as text"
        )

    @pytest.mark.parametrize("cell", ["Post ID", "Page ID"])
    def test_is_none_of_business_suite(self, file, cell):
        row = suite(1, **{cell: "1,22E+14"})

        batch = read(file, table(BUSINESS_SUITE, row, suite(2)), timezone="UTC")

        assert batch.posts["native_id"].to_list() == ["2"]
        assert "a spreadsheet has shortened the id" in batch.rejects["reason"][0]

    def test_is_none_of_torgs_own_but_other_ids_with_a_plus_are_ids(self, file):
        rows = [own("2024-05-06T10:15Z", post) for post in ("1,22E+14", "a+b", "E+14")]

        batch = read(file, table(OWN, *rows))

        assert batch.posts["native_id"].to_list() == ["a+b", "E+14"]


class TestATimeThatASpreadsheetWrote:
    @pytest.mark.parametrize(
        "time", ["06.05.2024 10:15", "06.05.2024 10:15:00", "6.5.2024 10.15", "2024-05-06 10:15"]
    )
    @pytest.mark.parametrize(
        ("header", "row"),
        [
            (CROWDTANGLE, lambda time: crowdtangle(1, **{"Post Created": time})),
            (OWN, own),
        ],
    )
    def test_lacks_its_zone_which_is_asked_for(self, file, header, row, time):
        content = table(header, row(time))

        with pytest.raises(QuestionError, match=r"export\.csv: .*in which zone.*--timezone"):
            read(file, content)
        post = read(file, content, timezone="Europe/Oslo").posts.row(0, named=True)

        assert post["published_at"] == dt.datetime(2024, 5, 6, 8, 15, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("header", "row"),
        [
            (CROWDTANGLE, lambda time: crowdtangle(1, **{"Post Created": time})),
            (STATUSES, lambda time: status(1, status_published=time)),
            (BUSINESS_SUITE, lambda time: suite(1, **{"Publish time": time})),
            (OWN, own),
        ],
    )
    def test_may_lack_the_order_of_day_and_month_which_is_asked_for(self, file, header, row):
        content = table(header, row("5/6/2024 10:15"))

        with pytest.raises(QuestionError, match=r"month or the day come first.*--dates"):
            read(file, content, timezone="UTC")
        answered = {
            order: read(file, content, timezone="UTC", dates=order).posts["published_at"][0]
            for order in ("month-first", "day-first")
        }

        assert answered["month-first"] == dt.datetime(2024, 5, 6, 10, 15, tzinfo=dt.UTC)
        assert answered["day-first"] == dt.datetime(2024, 6, 5, 10, 15, tzinfo=dt.UTC)

    def test_is_read_in_the_order_that_another_of_the_file_proves(self, file):
        times = ("5/6/2024 10:15", "5/16/2024 10:15")
        rows = [crowdtangle(n, **{"Post Created": time}) for n, time in enumerate(times)]

        posts = read(file, table(CROWDTANGLE, *rows), timezone="UTC").posts

        assert [at.day for at in posts["published_at"]] == [6, 16]

    def test_has_a_year_of_four_digits(self, file):
        rows = [crowdtangle(1, **{"Post Created": "06.05.24 10:15"}), crowdtangle(2)]

        batch = read(file, table(CROWDTANGLE, *rows), timezone="UTC")

        assert "06.05.24 10:15" in batch.rejects["reason"][0]

    def test_decides_nothing_where_no_time_needs_the_order(self, file):
        file.write_text(table(CROWDTANGLE, crowdtangle()))

        asked = [open_source(file, options=ImportOptions(dates=d)) for d in (None, "day-first")]

        assert asked[0].options == asked[1].options


class TestAFileOfWhichEveryRowIsRejected:
    def test_is_refused_with_the_commonest_reason_its_first_line_and_the_remedy(self, file):
        times = ("x", "yesterday", "9 weeks ago")
        rows = [status(1, num_shares="many"), *(status(2, status_published=t) for t in times)]

        with pytest.raises(
            FileRefused,
            match=r"export\.csv: none of its rows can be read; line 3: status_published is 'x', "
            r"which is no exact time \(3 of 4 rows\)\. Mend the file, or import it as it was",
        ):
            all_of(file, table(STATUSES, *rows), timezone="UTC")

    def test_is_refused_where_days_stand_for_moments(self, file):
        row = {"platform": "facebook", "channel": "77", "read_at": "2024-05-06", "followers": "9"}

        with pytest.raises(FileRefused, match=r"2024-05-06.*write an instant with its offset"):
            all_of(file, table(AUDIENCE, row))

    def test_is_not_one_with_a_single_good_row_or_with_none_at_all(self, file):
        one_good = table(STATUSES, status(1, status_published="x"), status(2))

        assert sum(b.posts.height for b in all_of(file, one_good, timezone="UTC")) == 1
        assert sum(b.rows_read for b in all_of(file, table(STATUSES), timezone="UTC")) == 0


class TestABusinessSuiteExportInAnotherLanguage:
    CONTENT = "Innleggs-ID,Side-ID,Publiseringstidspunkt,Visninger\n1,77,07/16/2024 09:30,3\n"

    def test_is_told_how_to_teach_it_and_the_page_that_lists_what_is_read(self, file):
        with pytest.raises(FileRefused, match=r"reference/formats\.md.*torg import --teach FILE"):
            read(file, self.CONTENT)

    def test_is_told_of_all_that_an_alias_file_lacks_at_once(self, file, tmp_path):
        names = tmp_path / "names.toml"
        names.write_text('[business_suite_facebook]\nviews = ["Visninger"]\n')

        with pytest.raises(FileRefused, match=r"Business Suite.*page_id.*; post_id.*; published"):
            read(file, self.CONTENT, aliases=names)

    def test_is_told_where_there_is_no_such_alias_file(self, file, tmp_path):
        with pytest.raises(FileRefused, match=r"nams\.toml does not exist: check the path"):
            read(file, self.CONTENT, aliases=tmp_path / "nams.toml")
