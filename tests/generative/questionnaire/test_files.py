"""What is drawn is read back; what is damaged gives faults with lines, never a traceback."""

import tempfile
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.drawn_questionnaires import as_toml, questionnaires
from tests.lib.nightly import scale
from tests.lib.questionnaires import TOWNS
from torg.survey.questionnaire import DONT_KNOW, fault_of, faults, read_questionnaire
from torg.survey.questionnaire.lines import lines_of

UNHURRIED = settings(
    deadline=None,  # the machine may be busy
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LINES = TOWNS.split("\n")


def in_a_file(content, use):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questionnaire.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return use(path)


@settings(UNHURRIED, max_examples=scale(50, 1000))
@given(questionnaires())
def test_what_is_written_is_read(drawn):
    assert in_a_file(as_toml(drawn), faults) == ()
    assert in_a_file(as_toml(drawn), read_questionnaire) == drawn


@settings(UNHURRIED, max_examples=scale(30, 500))
@given(questionnaires())
def test_every_code_is_an_answer_and_don_t_know_only_where_it_is_offered(drawn):
    for item in drawn.items.values():
        assert [code for code in item.codes if fault_of(item, code)] == []
        if not item.question.allows_dont_know and item.question.kind != "text":
            assert fault_of(item, DONT_KNOW)


@settings(UNHURRIED, max_examples=scale(100, 2000))
@given(st.data())
def test_damage_is_told_with_a_line_that_is_there(data):
    """Lines left out, doubled, swapped, cut and overwritten."""
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        damage = data.draw(st.sampled_from(sorted(DAMAGE)))
        DAMAGE[damage](lines, at, other, data)
    text = "\n".join(lines)
    found = in_a_file(text, faults)
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in found)
    assert all(fault.message.endswith((".", "?")) for fault in found)


def _cut(lines, at, _, data):
    lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]


def _overwrite(lines, at, _, data):
    key = lines[at].split("=")[0]
    values = ["3", "-1.5", "true", "'x'", "[]", "{}", "2026-01-01", "[[1]]", "nan", "{ a = 'b' }"]
    lines[at] = f"{key}= {data.draw(st.sampled_from(values))}"


def _swap(lines, at, other, _):
    lines[at], lines[other] = lines[other], lines[at]


DAMAGE = {
    "cut": _cut,
    "double": lambda lines, at, _, __: lines.insert(at, lines[at]),
    "leave out": lambda lines, at, _, __: lines.pop(at) if len(lines) > 1 else None,
    "overwrite": _overwrite,
    "swap": _swap,
}


@settings(UNHURRIED, max_examples=scale(100, 2000))
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_no_bytes_give_a_traceback(content):
    assert in_a_file(content, faults)


KEYS = st.sampled_from(["a", "b", '"c d"', "'e.f'", '"\\u0041"', "x-1"])
SCALARS = st.sampled_from(
    ["1", "'l # ]'", '"b \\" } #"', '"""m\n"" ]\n\\""""', "'''x\n''y\n'''", "2026-01-01", "-1.5e3"]
)
SPACE = st.sampled_from(["", " ", "\n", " # note ]\n", "\n\n  "])


@st.composite
def arrays(draw, values):
    parts = [draw(SPACE) + draw(values) + draw(SPACE) for _ in range(draw(st.integers(0, 3)))]
    end = draw(st.sampled_from(["", ","])) if parts else ""
    return f"[{','.join(parts)}{end}{draw(SPACE)}]"


@st.composite
def inline_tables(draw, values):
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    return "{ " + ", ".join(f"{key} = {draw(values)}" for key in keys) + " }"


VALUES = st.recursive(SCALARS, lambda v: arrays(v) | inline_tables(v), max_leaves=6)
STATEMENTS = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(KEYS, KEYS, VALUES).map(lambda p: f"{p[0]} . {p[1]}={p[2]} # note"),
    KEYS.map(lambda k: f"[ {k} ]"),
    st.tuples(KEYS, KEYS).map(lambda p: f"[{p[0]}.{p[1]}]"),
    KEYS.map(lambda k: f"[[{k}]]"),
    st.tuples(KEYS, KEYS).map(lambda p: f"[[ {p[0]} . {p[1]} ]] # note"),
    st.just("# note = 1"),
    st.just(""),
)


def places(value, path=()):
    """Every table, key and element that the standard parser finds."""
    steps = value if isinstance(value, dict) else range(len(value))
    for step, part in ((step, value[step]) for step in steps):
        yield (*path, step)
        if isinstance(part, dict | list):
            yield from places(part, (*path, step))


@settings(UNHURRIED, max_examples=scale(200, 5000))
@given(st.lists(STATEMENTS, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_place_that_the_standard_parser_finds_has_a_line(statements, end):
    """Statements that do not go together are left out, one by one."""
    kept = []
    for statement in statements:
        try:
            tomllib.loads("\n".join([*kept, statement]))
        except tomllib.TOMLDecodeError:
            continue
        kept.append(statement)
    text = "\n".join(kept)
    lines = lines_of(text.replace("\n", end))
    assert set(lines) == set(places(tomllib.loads(text)))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
