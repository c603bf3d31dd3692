"""What everybody may see: a channel's figures stay with an owner who has not agreed.

Every municipality here has its own case; see who has which sources in SOURCES.
"""

import datetime as dt
from functools import reduce

import pytest

from tests.lib.disclosed import OWNERS, SEEN, archive_of, disclosed, figure, posts
from tests.lib.drawn_archive import register
from tests.lib.records import audience, batch, replies
from torg.disclose import WITHHELD, ledger
from torg.register import agree

CASES = register(
    ("alone", "facebook", "own"),  # only its own export
    ("both", "facebook", "twice"),  # its own export, and what anybody sees
    ("half", "facebook", "half"),  # one page of its own export ...
    ("half", "instagram", "open"),  # ... and another that anybody sees
    ("free", "facebook", "free"),
    municipalities=[(name, 5000) for name in ("alone", "both", "half", "free")],
)
SAID = """
native_id | post_native_id | published_at     | author | text
c1        | twice-1        | 2026-05-03 12:00 | a      | When?
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return archive_of(
        tmp_path_factory.mktemp("cases"),
        own=(batch(posts("own", 3)), OWNERS),
        twice=(batch(posts("twice", 5), replies(SAID, channel="twice")), OWNERS),
        public=(batch(posts("twice", 4)), SEEN),
        half=(batch(posts("half", 2)), OWNERS),
        open=(batch(posts("open", 6, platform="instagram")), SEEN),
        free=(batch(posts("free", 7)), SEEN),
    )


@pytest.fixture(scope="module")
def seen(archive):
    return disclosed(archive, CASES)


@pytest.fixture(scope="module")
def seen_once_agreed(archive):
    said = {"platform": "facebook", "on": dt.date(2026, 5, 1), "evidence": "letter"}
    return [
        disclosed(
            archive,
            reduce(lambda register, name: agree(register, channel=name, **said), who, CASES),
        )
        for who in (["own"], ["own", "half", "twice"])
    ]


@pytest.mark.parametrize(
    ("where", "sees"),
    [
        ({"municipality": "alone"}, (None, WITHHELD)),
        ({"municipality": "alone", "platform": "facebook"}, (None, WITHHELD)),
        ({"municipality": "alone", "platform": "facebook", "channel": "own"}, (None, WITHHELD)),
        # Five posts in the owner's export, four of them seen by anybody: four are shown.
        ({"municipality": "both"}, (4.0, None)),
        # 2 + 6: were 6 shown for the whole, it would be no sum, and 2 would follow from 8.
        ({"municipality": "half"}, (None, WITHHELD)),
        ({"municipality": "half", "platform": "facebook"}, (None, WITHHELD)),
        ({"municipality": "half", "platform": "instagram"}, (6.0, None)),
        ({"municipality": "half", "platform": "instagram", "channel": "open"}, (6.0, None)),
        ({"municipality": "free"}, (7.0, None)),
    ],
)
def test_what_everybody_sees_of_the_number_of_posts(seen, where, sees):
    assert figure(seen, **where) == sees


def test_a_withheld_row_tells_nothing_beside_the_figure_either(seen):
    rows = seen.observed.rows.filter(municipality="alone", missing=WITHHELD)
    assert rows.height
    for column in ("value", "low", "high", "n", "access", "at_age_share"):
        assert rows[column].null_count() == rows.height, column


def test_the_weeks_of_the_withheld_go_as_well(seen):
    weekly = seen.observed.weekly
    assert weekly["municipality"].unique().sort().to_list() == ["both", "free"]


def test_of_replies_a_channel_shows_all_or_none(seen):
    """The comment came with the owner's export: who else saw it is not known."""
    assert figure(seen, "both", "comments_received")[1] == WITHHELD


def test_an_owner_who_agreed_is_shown(seen_once_agreed):
    one, everyone = seen_once_agreed
    assert figure(one, "alone") == (3.0, None)
    assert figure(one, "half") == (None, WITHHELD)
    assert figure(everyone, "half") == (8.0, None)
    assert figure(everyone, "both") == (5.0, None)
    assert figure(everyone, "both", "comments_received") == (1.0, None)


@pytest.mark.parametrize(
    ("agreed_on", "ends_on", "is_shown"),
    [
        ("2026-06-01", None, True),  # today
        ("2026-06-02", None, False),  # not yet
        ("2026-01-01", "2026-06-01", False),  # it has ended
        ("2026-01-01", "2026-06-02", True),
    ],
)
def test_an_agreement_opens_while_it_is_in_force(archive, agreed_on, ends_on, is_shown):
    """The day of the archive's clock is 1 June 2026."""
    agreed = agree(
        CASES,
        platform="facebook",
        channel="own",
        on=dt.date.fromisoformat(agreed_on),
        ends_on=ends_on and dt.date.fromisoformat(ends_on),
        evidence="letter",
    )
    rows = ledger(archive.reading(), agreed).filter(channel="own")
    assert rows["rule"].to_list() == [None if is_shown else "owners_own"]


def test_who_is_withheld_is_told_with_the_rule(seen):
    found = seen.withheld.rows()
    assert found == [("facebook", name, "owners_own") for name in ("half", "own", "twice")]


def test_nothing_of_a_library_of_totals_is_shown_whoever_agrees(tmp_path):
    library = {"access": "aggregate", "may_publish": True}
    archive = archive_of(tmp_path, library=(batch(posts("own", 3)), library))
    agreed = agree(
        CASES, platform="facebook", channel="own", on=dt.date(2026, 1, 1), evidence="letter"
    )
    found = disclosed(archive, agreed)
    assert figure(found, "alone") == (None, WITHHELD)
    assert found.withheld.rows() == [("facebook", "own", "totals_only")]


def test_posts_that_nobody_may_see_are_not_none(tmp_path):
    """Another source saw the page's followers: it saw no post, and that is not "no post"."""
    read = "read_at | followers\n2026-05-01 10:00 | 900\n2026-05-30 10:00 | 910"
    archive = archive_of(
        tmp_path,
        own=(batch(posts("own", 3)), OWNERS),
        counted=(batch(audience=audience(read, channel="own")), SEEN),
    )
    found = disclosed(archive, CASES)
    assert figure(found, "alone") == (None, WITHHELD)
    assert figure(found, "alone", "active_weeks") == (None, WITHHELD)
    assert figure(found, "alone", "followers") == (910.0, None)


@pytest.mark.parametrize(("day", "sees"), [("2026-06-01", 3.0), ("2026-05-31", None)])
def test_what_may_no_longer_be_kept_is_shown_to_nobody(tmp_path, day, sees):
    until = {"access": "public_page", "keep_until": dt.date.fromisoformat(day)}
    archive = archive_of(tmp_path, api=(batch(posts("own", 3)), until))
    assert figure(disclosed(archive, CASES), "alone")[0] == sees


def test_without_anything_to_withhold_all_is_as_measured(tmp_path):
    archive = archive_of(tmp_path, free=(batch(posts("free", 7)), SEEN))
    found = disclosed(archive, CASES)
    assert found.withheld.is_empty()
    assert figure(found, "alone") == (None, "not_collected")
    assert figure(found, "free") == (7.0, None)
