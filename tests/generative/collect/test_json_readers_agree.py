"""The quick reader of JSON objects and its obvious twin read the same rows."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from torg.collect.containers.objects import parsed, rows_of_objects
from torg.collect.containers.picker import Picker
from torg.collect.reading.convert import merged
from torg.collect.reading.table import FURTHER, Dialect, Layout

keys = st.sampled_from(["a", "b", "c", "a.b", "0", "*d"])
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.sampled_from("xø \n\"'1"), max_size=4),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
objects = st.lists(st.dictionaries(keys, values, max_size=4), max_size=5)
paths = st.lists(
    st.lists(keys, min_size=1, max_size=3).map(".".join), min_size=1, max_size=4, unique=True
)


@given(objects, paths, st.booleans())
@settings(deadline=None, max_examples=scale(300, 20_000))
def test_the_quick_reader_reads_what_its_twin_reads(some, wanted, is_one_field):
    names = ["x", *(f"x{FURTHER}{n}" for n in range(1, len(wanted)))] if is_one_field else wanted
    places = {name: place for place, name in enumerate(names)}
    layout = Layout(tuple(wanted), Dialect("", by_name=True), places)
    raws = [json.dumps(one).encode() for one in some]
    lines = list(range(1, len(some) + 1))

    quick = Picker(layout).rows(raws, lines)
    slow = rows_of_objects([parsed(raw) for raw in raws], lines, layout=layout)

    told = merged(slow.frame)
    fields = [name for name in told.columns if name != "line"]
    assert quick.frame["line"].to_list() == lines
    for field in fields:
        pairs = zip(quick.frame[field], told[field], strict=True)
        assert all(a == b or (not a.strip() and not b.strip()) for a, b in pairs)
    assert quick.whole(range(len(some))) == slow.whole(range(len(some)))
