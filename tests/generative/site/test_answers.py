"""Whatever is answered, changed, taken back and imported: all is kept, and the last counts."""

import datetime as dt

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from tests.lib.slow_answers import SayingsInOrder
from tests.lib.surveying import NOON, WAVE, Box, Survey
from torg.site import (
    answers_of,
    close_people,
    history,
    invite,
    save_answer,
    store_answers,
    take_back_answer,
)
from torg.survey import ANSWERS

ITEMS = {
    "guidelines": ("yes", "planned", "no", "dont_know"),
    "channels.facebook": ("yes", "no"),
    "pages": ("1", "2", "50"),
}
MICROSECOND = dt.timedelta(microseconds=1)
SLOWLY = settings(
    max_examples=scale(8, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

saying = st.sampled_from(sorted(ITEMS)).flatmap(
    lambda item: st.tuples(st.just(item), st.sampled_from([*ITEMS[item], None]), st.integers(-3, 3))
)


def test_the_last_saying_counts_and_all_are_kept(tmp_path_factory, database):
    survey = Survey(tmp_path_factory.mktemp("study"))
    survey.ask(invite, wave=WAVE, post=(box := Box()))
    addresses = iter(box.to)

    @SLOWLY
    @given(st.lists(saying, max_size=12))
    def holds(sayings):
        form = survey.opened(box, to).forms[0]
        for item, value, offset in sayings:
            at = NOON + offset * MICROSECOND
            twin.add(item, value, offset)
            if value is None:
                survey.ask(take_back_answer, form.form, item=item, at=at)
            else:
                survey.ask(save_answer, form.form, item=item, value=value, at=at)
        assert survey.opened(box, to).forms[0].values == twin.counts()
        for item in ITEMS:
            told = history(survey.study, wave=WAVE, country="XX", unit=form.unit, item=item)
            assert told.get_column("value").to_list() == twin.history(item)

    to, twin = next(addresses), SayingsInOrder()
    holds()
    close_people()


row = st.tuples(
    st.sampled_from(["0101", "0102", "0103"]),
    st.sampled_from(["1", "2"]),
    saying,
)


def of_rows(rows):
    cells = [
        (WAVE, "XX", unit, f"{unit}-{who}", item, value, NOON + offset * MICROSECOND)
        for unit, who, (item, value, offset) in rows
    ]
    return pl.DataFrame(cells, schema=dict(ANSWERS), orient="row")


def counts(rows):
    """What counts of rows in a file's order: of an item the latest moment, and there the last."""
    last = {}
    for unit, who, (item, value, offset) in rows:
        key = (unit, f"{unit}-{who}", item)
        if key not in last or offset >= last[key][0]:
            last[key] = (offset, value)
    return {key: value for key, (_, value) in last.items()}


@SLOWLY
@given(rows=st.lists(row, max_size=12), cut=st.integers(0, 12))
def test_answers_from_elsewhere_count_alike_in_one_file_or_two(tmp_path_factory, rows, cut):
    studies = [Survey(tmp_path_factory.mktemp("study")).study for _ in range(2)]
    store_answers(studies[0], of_rows(rows), name="whole.csv")
    store_answers(studies[1], of_rows(rows[:cut]), name="first.csv")
    store_answers(studies[1], of_rows(rows), name="second.csv")
    for study in studies:
        kept = answers_of(study, wave=WAVE)
        assert not kept.select("unit", "respondent", "item", "at").is_duplicated().any()
        newest = kept.group_by("unit", "respondent", "item").agg(pl.col("value").last())
        assert {tuple(key): value for *key, value in newest.rows()} == counts(rows)
    close_people()
