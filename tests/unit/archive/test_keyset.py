"""A set of keys against Python's own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from torg.archive.keyset import KeySet

KEY = st.integers(0, 2**63 - 1) | st.integers(0, 40)


@given(st.lists(st.lists(KEY, max_size=30), max_size=12), st.lists(KEY, max_size=30))
def test_it_holds_what_was_added(additions, asked):
    keys, twin = KeySet(), set()
    for added in additions:
        new = set(added) - twin
        keys.add(np.array(sorted(new), dtype=np.int64))
        twin |= new
    assert len(keys) == len(twin)
    found = keys.contains(np.array(asked, dtype=np.int64))
    assert found.tolist() == [key in twin for key in asked]
