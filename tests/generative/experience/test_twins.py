"""Changes, joint curves and ranks against slow, obvious twins; and how often intervals hold."""

import datetime as dt
import math
import random
from collections import defaultdict
from statistics import fmean, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torg.experience import Posting, change_of, fold, joint_curve, ranked, stems_of

MONDAY = dt.date(2026, 1, 5)
WEEK = dt.timedelta(weeks=1)
VALUES = st.one_of(st.none(), st.integers(0, 40))


@settings(deadline=None)  # the first call loads what the others use
@given(st.lists(VALUES, max_size=40), st.integers(0, 280), st.integers(0, 60))
def test_the_change_is_that_of_the_twin(values, day, length):
    weeks = {MONDAY + WEEK * at: value for at, value in enumerate(values)}
    begins = MONDAY + dt.timedelta(days=day)
    ends = begins + dt.timedelta(days=length)
    change = change_of(weeks, begins=begins, ends=ends)
    before, after = [], []
    for monday, value in weeks.items():
        sunday = monday + dt.timedelta(days=6)
        first = begins - dt.timedelta(days=begins.weekday()) - 12 * WEEK
        last = ends - dt.timedelta(days=ends.weekday()) + 12 * WEEK
        if value is not None and first <= monday and sunday < begins:
            before.append(value)
        if value is not None and monday > ends and monday <= last:
            after.append(value)
    assert (change.before.n, change.after.n) == (len(before), len(after))
    if min(len(before), len(after)) < 6:
        assert change.change is None
        assert change.missing
    else:
        assert change.change == pytest.approx(fmean(after) - fmean(before))
        least = math.sqrt(variance(before) / len(before) + variance(after) / len(after))
        assert change.high - change.change >= 1.95 * least - 1e-9  # never narrower than the normal


@settings(deadline=None)  # the first call loads what the others use
@given(st.integers(-20, 20), st.lists(st.integers(0, 40), min_size=13, max_size=30))
def test_moving_all_weeks_moves_no_change(by, values):
    begins = MONDAY + 6 * WEEK
    weeks = {MONDAY + WEEK * at: value for at, value in enumerate(values)}
    moved = {week: value + by for week, value in weeks.items()}
    one, other = (change_of(each, begins=begins, ends=None) for each in (weeks, moved))
    assert (one.change, one.low, one.high) == pytest.approx(
        (other.change, other.low, other.high), abs=1e-9
    )


def _series(draw, weeks, correlation):
    last, made = draw.gauss(0, 1), []
    for _ in range(weeks):
        last = correlation * last + math.sqrt(1 - correlation**2) * draw.gauss(0, 1)
        made.append(10 + last)
    return made


@pytest.mark.parametrize(("correlation", "least"), [(0.0, 0.94), (0.3, 0.90)])
def test_intervals_hold_about_as_often_as_they_say(correlation, least, figure):
    draw, held, times = random.Random(4), 0, 1500  # noqa: S311 -- weeks, no secrets
    for _ in range(times):
        values = _series(draw, 25, correlation)
        weeks = {MONDAY + WEEK * at: value for at, value in enumerate(values)}
        change = change_of(weeks, begins=MONDAY + 12 * WEEK, ends=None)
        held += change.low <= 0 <= change.high
    figure(f"intervals around a trial, weekly correlation {correlation}: hold {held / times:.3f}")
    assert held / times >= least


PLACES = "ABCDEF"


@settings(deadline=None)  # the first call loads what the others use
@given(
    st.dictionaries(st.sampled_from(PLACES), st.lists(VALUES, min_size=1, max_size=5), min_size=1),
    st.fixed_dictionaries({place: st.sampled_from(["small", "large"]) for place in PLACES}),
    st.sets(st.sampled_from(PLACES)),
)
def test_the_joint_curve_is_that_of_the_twin(values, sizes, participants):
    weeks = {
        place: {MONDAY + WEEK * at: value for at, value in enumerate(each)}
        for place, each in values.items()
    }
    for week in joint_curve(
        weeks, sizes=sizes, participants=participants, begins=MONDAY, ends=MONDAY
    ):
        seen = {p: each.get(week.week) for p, each in weeks.items()}
        ours = [v for p, v in seen.items() if v is not None and p in participants]
        held = []
        for place in participants:
            alike = [
                v for p, v in seen.items()
                if v is not None and p not in participants and sizes[p] == sizes[place]
            ]  # fmt: skip
            if seen.get(place) is not None and alike:
                held.append(sum(alike) / len(alike))
        assert week.mean == (pytest.approx(sum(ours) / len(ours)) if ours else None)
        assert week.others == (pytest.approx(sum(held) / len(held)) if held else None)


POSTINGS = st.lists(
    st.builds(
        Posting,
        document=st.integers(1, 6),
        language=st.sampled_from(["a", "b"]),
        weight=st.sampled_from([1.0, 2.0, 3.0]),
        is_whole=st.booleans(),
    ),
    max_size=15,
)
LENGTHS = st.dictionaries(st.integers(1, 6), st.sampled_from([1.0, 5.0, 20.0]), min_size=1)


@settings(deadline=None)  # the first call loads what the others use
@given(st.lists(POSTINGS, max_size=3), LENGTHS)
def test_the_ranking_is_that_of_the_twin(postings, lengths):
    mean = sum(lengths.values()) / len(lengths)
    scores, words = defaultdict(float), defaultdict(int)
    for document, length in lengths.items():
        for each in postings:

            def weight(of, each=each):
                return max(

                        sum(
                            p.weight * (1 if p.is_whole else 0.5)
                            for p in each if p.document == of and p.language == language
                        )
                        for language in "ab"

                )  # fmt: skip

            tf = weight(document)
            n = sum(weight(other) > 0 for other in lengths)
            if tf:
                idf = math.log(1 + (len(lengths) - n + 0.5) / (n + 0.5))
                norm = 1.2 * (0.25 + 0.75 * length / mean)
                scores[document] += idf * tf * 2.2 / (tf + norm)
                words[document] += 1
    hits = ranked(postings, lengths=lengths)
    assert {hit.document: hit.words for hit in hits} == words
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.document])
    order = [(-hit.words, -hit.score, hit.document) for hit in hits]
    assert order == sorted(order)


@settings(deadline=None)  # the first call loads what the others use
@given(st.text(max_size=60), st.sampled_from(["nb", "nn", "sv", "fi", "da", "en"]))
def test_stems_are_folded_whatever_is_written(text, language):
    for stem in stems_of(text, language):
        assert stem
        assert stem == stem.strip()
    assert stems_of(text, language) == stems_of(fold(text), language)


def test_folding_twice_is_folding_once_for_every_sign_there_is():
    signs = (chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    assert [sign for sign in signs if fold(fold(sign)) != fold(sign)] == []
