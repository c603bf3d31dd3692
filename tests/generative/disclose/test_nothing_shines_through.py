"""What is withheld cannot be told from what is shown: other figures of it, the same release.

Two archives that differ only in what owners brought must look alike to everybody. Whatever anybody
could work out from medians, ranks, reasons, weeks or lists would be a difference here.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib import records
from tests.lib.disclosed import OWNERS, SEEN, archive_of, disclosed, posts
from tests.lib.drawn_archive import register
from tests.lib.nightly import scale
from tests.lib.records import batch

WHO = register(
    ("alone", "facebook", "own"),
    ("both", "facebook", "twice"),
    ("half", "facebook", "half"),
    ("half", "instagram", "open"),
    ("free", "facebook", "free"),
    municipalities=[(name, 5000) for name in ("alone", "both", "half", "free")],
)
OWNED = ("own", "twice", "half")
BROUGHT = st.fixed_dictionaries(
    {
        name: st.tuples(st.integers(0, 12), st.integers(0, 900), st.integers(0, 50_000))
        for name in OWNED
    }
)


def brought(name, number, reactions, followers):
    """What an owner's export holds: posts, perhaps none, and the followers of two days."""
    read = f"read_at | followers\n2026-05-01 10:00 | {followers}\n2026-05-30 10:00 | {followers}"
    return batch(
        posts(name, number, reactions=reactions) if number else None,
        audience=records.audience(read, channel=name),
    )


def seen_by_everybody(owned):
    with tempfile.TemporaryDirectory() as folder:
        archive = archive_of(
            Path(folder),
            public=(batch(posts("twice", 4)), SEEN),
            open=(batch(posts("open", 6, platform="instagram")), SEEN),
            free=(batch(posts("free", 7)), SEEN),
            **{name: (brought(name, *owned[name]), OWNERS) for name in OWNED},
        )
        found = disclosed(archive, WHO)
    sources = found.sources.select("name", "rows_read", "rows_accepted", "rows_rejected")
    return (
        found.observed.rows,
        found.observed.weekly,
        found.observed.by_week,
        sources.filter(found.sources["access"] == "owner"),
        found.withheld,
        found.totals,
        found.observed.corrections_applied,
    )


@pytest.mark.slow
@given(one=BROUGHT, other=BROUGHT)
@settings(max_examples=scale(2, 60), deadline=None)
def test_other_figures_of_owners_make_no_difference_to_anybody_else(one, other):
    here, there = seen_by_everybody(one), seen_by_everybody(other)
    for mine, yours in zip(here, there, strict=True):
        assert mine.equals(yours) if hasattr(mine, "equals") else mine == yours


def test_the_drawn_case_is_one_where_something_is_withheld():
    rows, *_ = seen_by_everybody(dict.fromkeys(OWNED, (3, 5, 100)))
    told = rows.filter(rows["measure"] == "posts", rows["platform"].is_null())
    assert dict(told.select("municipality", "value").iter_rows()) == {
        "alone": None,
        "both": 4.0,
        "half": None,
        "free": 7.0,
    }
