"""Answers of a platform with one thing in them put out of shape."""

import copy
import json

from hypothesis import strategies as st

from torg.collect.transport import Answer

SHAPES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["1970-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "٣", "-1", "NaN"])
    | st.lists(st.none() | st.integers(0, 3) | st.just({}), max_size=2)
    | st.dictionaries(st.sampled_from(["id", "snippet", "data", "x"]), st.none(), max_size=2)
)


class Garbling:
    """A `send` that puts a value of another shape into one place of one answer."""

    def __init__(self, send, *, call, place, shape):
        self.send, self.call, self.place, self.shape = send, call, place, shape

    def __call__(self, call):
        answer = self.send(call)
        self.call -= 1
        if self.call != 0:
            return answer
        payload = _with(answer.json(), self.place, self.shape)
        return Answer(answer.status, answer.headers, json.dumps(payload).encode(), answer.url)


def _with(payload, place, shape):
    """The payload with one of its nodes, the `place`-th, replaced."""
    payload = copy.deepcopy(payload)
    nodes = list(_nodes(payload))
    if place >= len(nodes):
        return shape
    owner, key = nodes[place]
    owner[key] = shape
    return payload


def _nodes(payload):
    inside = payload.items() if isinstance(payload, dict) else enumerate(payload)
    for key, value in list(inside):
        yield payload, key
        if isinstance(value, dict | list):
            yield from _nodes(value)


def garblings(calls, places=120):
    """Which call is garbled, where, and with what."""
    return st.tuples(st.integers(1, calls), st.integers(0, places), SHAPES)
