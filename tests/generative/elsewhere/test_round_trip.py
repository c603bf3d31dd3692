"""Whatever was answered is read back from any dress; whatever a file holds gets a sentence."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.collected import ASKED, NOW, UNITS, WAVE
from torg.errors import SurveyError
from torg.survey.elsewhere import answers_from, open_answers, proposed
from torg.survey.questionnaire import items_of

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
ITEMS = [item for question in ASKED.asked_in("2015") for item in items_of(question)]
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
NUMBERS = st.decimals(0, 1000, places=2).map(lambda d: f"{d.normalize():f}")


def _cell(item):
    """A cell as it may be written, and the value that it stands for."""
    question = item.question
    if question.kind == "text":
        return st.one_of(st.just(("", None)), TEXTS.filter(_says_something).map(lambda t: (t, t)))
    if question.kind == "number":
        return st.one_of(st.just(("", None)), NUMBERS.map(lambda n: (n, n)))
    spelt = [(code, code) for code in item.codes] + [(code.upper(), code) for code in item.codes]
    spelt += [
        (text, option.id)
        for option in (question.options if question.kind == "scale" else ())
        for text in option.texts.values()
    ]
    return st.sampled_from([*spelt, ("N/A", None), ("", None)])


def _says_something(text):
    return any(c.isalnum() for c in text) and text.casefold() not in {"na", "null"}


ROW = st.tuples(st.sampled_from(sorted(UNITS["unit"])), *(_cell(item) for item in ITEMS))
ROWS = st.lists(ROW, min_size=1, max_size=6)


def _written(rows, delimiter, quoting, encoding):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerow(["unit", *(item.id for item in ITEMS)])
    writer.writerows([row[0], *(cell for cell, _ in row[1:])] for row in rows)
    return out.getvalue().encode(encoding)


def _expected(rows):
    """The answers of each row, a blank box beside a ticked one being "no"."""
    told = []
    for unit, *cells in rows:
        values = {item.id: v for item, (_, v) in zip(ITEMS, cells, strict=True)}
        boxes = {}
        for item in ITEMS:
            if item.question.id in {"channels", "services"}:
                boxes.setdefault(item.question.id, []).append(item.id)
        for names in boxes.values():
            if "yes" in {values[name] for name in names}:
                values |= {name: "no" for name in names if values[name] is None}
        told += [(unit, name, value) for name, value in values.items() if value is not None]
    return sorted(told)


def _taken(path):
    table = open_answers(path)
    mapping = proposed(table, ASKED, WAVE)
    return answers_from(table, mapping, ASKED, WAVE, frame=UNITS, at=NOW)


def _given(taken):
    return sorted(taken.answers.select("unit", "item", "value").iter_rows())


@UNHURRIED
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read_back(tmp_path, rows, delimiter, quoting, encoding):
    path = tmp_path / "answers.csv"
    path.write_bytes(_written(rows, delimiter, quoting, encoding))
    taken = _taken(path)
    assert _given(taken) == _expected(rows)
    assert taken.refused == ()


@UNHURRIED
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(tmp_path, rows, random):
    told = []
    for nth, order in enumerate((rows, random.sample(rows, len(rows)))):
        path = tmp_path / f"{nth}.csv"
        path.write_bytes(_written(order, ",", csv.QUOTE_MINIMAL, "utf-8"))
        told.append(_given(_taken(path)))
    assert told[0] == told[1]


@UNHURRIED
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_get_a_table_or_a_sentence(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        table = open_answers(path)
        mapping = proposed(table, ASKED, WAVE)
        taken = answers_from(table, mapping, ASKED, WAVE, frame=UNITS, at=NOW)
    except SurveyError as error:
        assert str(error).endswith(".")
    else:
        assert taken.rows == len(table.rows)
