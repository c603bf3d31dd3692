"""corrections.csv is read strictly: a fault is told with its line and the remedy."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from torg.errors import MeasureError
from torg.measure import read_corrections

HEAD = "platform,channel,post,field,value,who,when,why"


def written(tmp_path, *lines):
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def test_no_file_means_no_corrections(tmp_path):
    assert read_corrections(tmp_path / "corrections.csv") == ()


def test_counts_instants_and_exclusions(tmp_path):
    path = written(
        tmp_path,
        "facebook,1,7,reactions,12,Kari,2024-04-02,typo",
        "facebook,1,8,published_at,2024-03-01 12:30,Kari,2024-04-02,wrong zone",
        "facebook,1,9,exclude,yes,Kari,2024-04-02,not ours",
    )
    count, instant, out = read_corrections(path, zone=ZoneInfo("Europe/Oslo"))
    assert (count.post, count.value, count.when) == ("7", 12, dt.date(2024, 4, 2))
    assert instant.value == dt.datetime(2024, 3, 1, 11, 30, tzinfo=dt.UTC).timestamp()
    assert out.sentence == "post 9 of facebook channel 1 is left out."


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("facebook,1,7,likes,12,Kari,2024-04-02,typo", "field 'likes' is not one of"),
        ("facebook,1,7,reactions,-1,Kari,2024-04-02,typo", "no whole number"),
        ("facebook,1,7,reactions,,Kari,2024-04-02,typo", "no whole number"),
        ("facebook,1,7,reactions,1,,2024-04-02,typo", "who is empty"),
        ("facebook,1,7,reactions,1,Kari,2.4.2024,typo", "is no date"),
        ("facebook,1,7,published_at,noon,Kari,2024-04-02,typo", "is no instant"),
        ("facebook,1,7,exclude,no,Kari,2024-04-02,typo", "delete the line"),
        ("facebook,1,,reactions,1,Kari,2024-04-02,typo", "post is empty"),
        (f"facebook,1,7,reactions,{'9' * 23},Kari,2024-04-02,typo", "no whole number"),
        (f"facebook,1,7,reactions,1,Kari,2024-04-02,{'long' * 40_000}", "field larger than"),
        ("facebook,1,7,published_at,0001-01-01,Kari,2024-04-02,typo", "no instant from 1900"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, line, fault):
    good = "facebook,1,1,reactions,12,Kari,2024-04-02,typo"
    with pytest.raises(MeasureError, match=rf"corrections\.csv, line 3: .*{fault}"):
        read_corrections(written(tmp_path, good, line))


def test_a_whole_channel_is_left_out_where_no_post_is_named(tmp_path):
    (out,) = read_corrections(written(tmp_path, "facebook,1,,exclude,,Kari,2024-04-02,a shop's"))
    assert out.post == ""
    assert out.sentence == "facebook channel 1 is left out."
    assert out.place.endswith("corrections.csv, line 2")


def test_a_cell_keeps_its_line_ends(tmp_path):
    why = "seen\x0bon\u2028the\npage"
    first = f'facebook,1,7,reactions,12,Kari,2024-04-02,"{why}"'
    later = "facebook,1,8,reactions,12,Kari,2024-04-02,typo"
    one, two = read_corrections(written(tmp_path, first, later))
    assert one.why == why
    assert two.place.endswith("line 4")  # as an editor counts


def test_a_folder_is_no_corrections(tmp_path):
    (tmp_path / "corrections.csv").mkdir()
    with pytest.raises(MeasureError, match="is a folder"):
        read_corrections(tmp_path / "corrections.csv")


def test_one_figure_is_corrected_once(tmp_path):
    line = "facebook,1,7,reactions,12,Kari,2024-04-02,typo"
    with pytest.raises(MeasureError, match=r"line 3: .* already corrected on line 2"):
        read_corrections(written(tmp_path, line, line))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("platform,channel\nfacebook,1\n", encoding="utf-8")
    with pytest.raises(MeasureError, match="line 1: column post, field"):
        read_corrections(path)
