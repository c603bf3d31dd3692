"""Followers between readings against a slow twin, and sheets against the CSV of the same cells."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.exports import read
from tests.lib.nightly import scale
from tests.lib.workbooks import ods, xlsx
from torg.collect.formats.business_suite_follows import followers_between
from torg.collect.options import Anchor

START = dt.date(2025, 7, 31)
stretches = st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=40), min_size=1, max_size=4)


def day(number):
    return START + dt.timedelta(number)


@st.composite
def histories(draw):
    """New follows by day, and readings at the ends of stretches in which some may have left."""
    figures, anchors = {}, [Anchor(START, draw(st.integers(0, 5_000)))]
    for new in draw(stretches):
        first = anchors[-1]
        for place, figure in enumerate(new, start=1):
            figures[first.day + dt.timedelta(place)] = figure
        left = draw(st.integers(0, first.followers + sum(new)))
        end = first.day + dt.timedelta(len(new))
        anchors.append(Anchor(end, first.followers + sum(new) - left))
    return figures, anchors


def slowly(figures, anchors):
    """Day by day: who left so far is the smallest whole number that is no less than their share."""
    found = {anchors[0].day: anchors[0].followers}
    for place in range(1, len(anchors)):
        first, last = anchors[place - 1], anchors[place]
        days = (last.day - first.day).days
        everybody = sum(figures[first.day + dt.timedelta(n)] for n in range(1, days + 1))
        left = first.followers + everybody - last.followers
        came = gone = 0
        for n in range(1, days + 1):
            today = first.day + dt.timedelta(n)
            came += figures[today]
            while gone * days < left * n:
                gone += 1
            found[today] = first.followers + came - gone
    return found


@settings(max_examples=scale(100, 2_000), deadline=None)
@given(histories())
def test_followers_between_readings_are_those_of_the_slow_twin(history):
    figures, anchors = history

    found = followers_between(figures, anchors)

    assert found == slowly(figures, anchors)
    assert all(found[anchor.day] == anchor.followers for anchor in anchors)


cells = st.one_of(
    st.none(),
    st.integers(0, 10**12),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).filter(
        lambda text: text.strip() == text
    ),
)
HEADER = ("platform", "channel", "native_id", "published_at", "text", "likes")


@settings(max_examples=scale(40, 1_000), deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8))
def test_a_sheet_is_read_as_the_csv_of_its_cells(rows):
    table = [
        ("bluesky", f"c{number}", first, "2025-01-01T00:00:00Z", second, third)
        for number, (first, second, third) in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        expected = read(Path(folder) / "a.csv", _csv(table))
        for write, name in ((xlsx, "a.xlsx"), (ods, "a.ods")):
            path = write(Path(folder) / name, {"Sheet1": [HEADER, *table]})
            found = read(path)
            assert found.posts.equals(expected.posts)
            assert found.rejects["reason"].equals(expected.rejects["reason"])


def _csv(rows):
    def quoted(cell):
        return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'

    return "".join(",".join(map(quoted, row)) + "\n" for row in (HEADER, *rows))
