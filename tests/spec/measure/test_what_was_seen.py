"""What the archive has seen decides what is zero, what is missing, and how long was followed.

The window is May 2024. Each municipality is a case of its own with its own sources; a source is a
file, with the moment of its export and the number of rows that were accepted of it.
"""

import pytest

from tests.lib.drawn_archive import (
    DrawnReading,
    audience,
    drawn,
    instant,
    posts_and_snapshots,
    register,
    source,
    study,
)
from torg.measure import observe

# A page with one post, of January, in two exports: one of March and one of June.
QUIET = """
post | published        | read             | reactions | source      | channel
1    | 2024-01-15 10:00 | 2024-03-01 00:00 | 3         | quiet march | quiet
1    | 2024-01-15 10:00 | 2024-06-15 00:00 | 4         | quiet june  | quiet
"""
# Nobody knows the followers of these channels.
UNCOUNTED = """
post | published        | reactions | source | channel | platform
2    | 2024-05-05 10:00 | 3         | june   | pages 2 | facebook
3    | 2024-05-05 10:00 | 3         | june   | two 2   | instagram
"""
READINGS = """
read             | followers | source | channel
2024-05-01 00:00 | 1000      | june   | pages 1
2024-05-31 00:00 | 1100      | june   | pages 1
2024-05-01 00:00 | 1000      | june   | two 1
2024-05-31 00:00 | 1100      | june   | two 1
2024-05-01 00:00 | 1000      | june   | all 1
2024-05-31 00:00 | 1100      | june   | all 1
2024-05-01 00:00 | 50        | june   | all 2
2024-05-30 00:00 | 60        | june   | all 2
2024-08-20 00:00 | 10        | autumn | apart
"""
# A file of May's posts, exported as June begins, and one of June's. Comment 1 was answered after an
# hour; comment 2 was an hour old at the first export. What did the second file see of it?
MAY_AND_JUNE = """
reply | parent | post | at               | by      | source
1     | -      | 1    | 2024-05-20 10:00 | citizen | may
2     | -      | 2    | 2024-05-31 21:00 | citizen | may
3     | 1      | 1    | 2024-05-20 11:00 | owner   | may
4     | -      | 3    | 2024-06-10 10:00 | citizen | june
"""
UNDER_THE_SAME_POST = MAY_AND_JUNE + "5 | - | 2 | 2024-06-02 10:00 | citizen | june\n"
CONVERSATIONS = {  # with the rows of the second file
    "apart": (MAY_AND_JUNE, 1),
    "under": (UNDER_THE_SAME_POST, 2),
    "again": (MAY_AND_JUNE, 4),  # May's three too, which are not stored again
}
CHANNELS = (
    ("quiet", "facebook", "quiet"),
    *((code, "facebook", code) for code in CONVERSATIONS),
    *((code, "facebook", f"{code} {number}") for code in ("pages", "all") for number in (1, 2)),
    ("two", "facebook", "two 1"),
    ("two", "instagram", "two 2"),
)


def conversation(number, code):
    """The replies of a municipality; its keys and sources are its own."""
    return [
        {
            "source_id": f"{code} {row['source']}",
            "reply_key": 100 * number + int(row["reply"]),
            "post_key": 100 * number + int(row["post"]),
            "parent_key": 100 * number + int(row["parent"]) if "parent" in row else None,
            "platform": "facebook",
            "channel": code,
            "published_at": instant(row["at"]),
            "is_owner": row["by"] == "owner",
        }
        for row in drawn(CONVERSATIONS[code][0])
    ]


def sources():
    yield source("june")
    yield source("autumn", exported="2024-09-01 00:00")
    yield source("quiet march", exported="2024-03-01 00:00")
    yield source("quiet june", exported="2024-06-15 00:00")
    for code, (_, rows) in CONVERSATIONS.items():
        yield source(f"{code} may", exported="2024-05-31 22:00") | {"rows_accepted": 3}
        yield source(f"{code} june", exported="2024-06-30 22:00") | {"rows_accepted": rows}


def archive():
    posts = [posts_and_snapshots(text) for text in (QUIET, UNCOUNTED)]
    return {
        **{name: [row for some in posts for row in some[name]] for name in posts[0]},
        "replies": [r for n, code in enumerate(CONVERSATIONS) for r in conversation(n, code)],
        "audience": audience(READINGS),
        "sources": list(sources()),
    }


def towns():
    codes = dict.fromkeys(code for code, *_ in CHANNELS)
    return register(*CHANNELS, municipalities=[(code, 2000) for code in codes])


def looked_up(folder, *window):
    """The measures over a window: a row by municipality and measure, and platform and channel."""
    rows = observe(DrawnReading(folder, archive()), towns(), study(*window)).rows.to_dicts()
    named = {(r["municipality"], r["measure"], r["platform"], r["channel"]): r for r in rows}
    return lambda code, measure, platform=None, channel=None: named[
        code, measure, platform, channel
    ]


@pytest.fixture(scope="module")
def row(tmp_path_factory):
    return looked_up(tmp_path_factory.mktemp("may"), "2024-05-01", "2024-05-31")


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    return looked_up(tmp_path_factory.mktemp("august"), "2024-08-01", "2024-08-31")


def test_an_export_without_new_posts_has_seen_that_there_were_none(row):
    found = row("quiet", "posts")
    assert (found["value"], found["missing"]) == (0, None)
    assert row("quiet", "longest_silence_days")["value"] == 31


def test_a_window_after_the_last_export_was_seen_by_nobody(later):
    assert later("quiet", "posts")["missing"] == "not_collected"


def test_no_comment_is_zero_only_where_comments_were_collected_in_or_after_the_window(later):
    assert later("apart", "posts")["value"] == 0
    assert later("apart", "comments_received")["missing"] == "no_replies_collected"


def test_a_file_of_other_posts_does_not_follow_a_comment(row):
    share = row("apart", "answered_24h")
    assert (share["value"], share["n"]) == (1 / 1, 1)  # comment 2 was followed for one hour
    assert row("apart", "office_answered_24h")["n"] == 1  # and for none on the office clock
    assert row("apart", "answered")["value"] == 1 / 2


def test_a_file_with_another_reply_under_the_same_post_follows_its_comments(row):
    share = row("under", "answered_24h")
    assert (share["value"], share["n"]) == (1 / 2, 2)  # now followed for a month
    assert row("under", "office_answered_24h")["n"] == 2


def test_a_file_that_holds_known_replies_again_follows_all_comments_of_its_channels(row):
    share = row("again", "answered_24h")
    assert (share["value"], share["n"]) == (1 / 2, 2)


STOCKS = ("followers", "followers_per_1000", "follower_growth", "follower_growth_rate")


@pytest.mark.parametrize("measure", STOCKS)
def test_followers_are_not_added_up_where_those_of_one_channel_are_unknown(row, measure):
    for found in (row("pages", measure), row("pages", measure, "facebook")):
        assert (found["value"], found["missing"]) == (None, "some_followers_unknown")
    assert row("pages", measure, "facebook", "pages 1")["value"] is not None
    assert row("pages", measure, "facebook", "pages 2")["missing"] == "no_followers"


@pytest.mark.parametrize("measure", STOCKS)
def test_the_followers_on_one_of_two_platforms_are_not_the_municipalitys(row, measure):
    assert row("two", measure)["missing"] == "several_platforms"
    assert row("two", measure, "facebook")["value"] is not None


def test_followers_add_up_where_all_are_known(row):
    assert row("all", "followers")["value"] == 1100 + 60
    assert row("all", "follower_growth")["value"] == (1100 - 1000) + (60 - 50)
