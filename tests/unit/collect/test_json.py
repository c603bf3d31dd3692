"""JSON by lines and as a document: where its rows lie, and what is refused."""

import json

import pytest

from torg.collect.containers import json_document
from torg.collect.reading.rows_of import heads_of, parts_of
from torg.collect.reading.table import Layout
from torg.errors import FileRefused


@pytest.fixture
def heads(tmp_path):
    def found(content):
        path = tmp_path / "file.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path, heads_of(path)

    return found


def taken(path, head):
    """The rows of a head: cells, lines, and the lines of what is broken."""
    layout = Layout(head.header, head.dialect, {name: n for n, name in enumerate(head.header)})
    parts = [rows for rows, _ in parts_of(path, layout=layout, work=lambda rows: rows)]
    good = [row for part in parts for row in part.frame.rows()]
    return good, [broken.line for part in parts for broken in part.broken]


def test_nested_keys_are_columns_by_their_dotted_paths(heads):
    path, (head,) = heads('{"a":1,"b":{"c":"x","d":[1,"ø"]}}\n{"a":2.50,"b":null,"e":true}\n')

    assert head.header == ("a", "b.c", "b.d", "b", "e")
    assert taken(path, head)[0] == [
        ("1", "x", '[1,"ø"]', "", "", 1),
        ("2.5", "", "", "", "true", 2),
    ]


def test_a_path_may_lead_into_a_list_or_be_a_key_of_its_own(tmp_path):
    path = tmp_path / "file.ndjson"
    path.write_text('{"a":[{"b":"x"}],"c.d":1}\n{"a":[],"c":{"d":2}}\n')
    dialect = heads_of(path)[0].dialect
    layout = Layout(("a.0.b", "c.d"), dialect, {"a.0.b": 0, "c.d": 1})

    parts = [rows for rows, _ in parts_of(path, layout=layout, work=lambda rows: rows)]

    assert parts[0].frame.rows() == [("x", "1", 1), ("", "2", 2)]
    assert parts[0].whole([0, 1]) == [("x", "1"), ("", "2")]
    assert parts[0].objects() == [{"a": [{"b": "x"}], "c.d": 1}, {"a": [], "c": {"d": 2}}]


def test_digits_are_kept_as_they_are(heads):
    path, (head,) = heads('{"id":123456789012345678901234567890}\n{"id":12345678901234567}\n')

    rows, _ = taken(path, head)

    assert [row[0] for row in rows] == ["123456789012345678901234567890", "12345678901234567"]


def test_half_a_surrogate_pair_costs_the_letter_and_not_the_row(heads):
    path, (head,) = heads('{"a":"x\\ud83d"}\n{"a":"y"}\n')

    assert [row[0] for row in taken(path, head)[0]] == ["x\ufffd", "y"]


def test_a_line_in_cp1252_is_read_beside_utf_8(heads):
    path, (head,) = heads('{"a":"ø"}\n'.encode() + '{"a":"ø"}\n'.encode("cp1252"))

    assert [row[0] for row in taken(path, head)[0]] == ["ø", "ø"]


@pytest.mark.parametrize("line", ["", "nothing", "[1]", "3", '{"a":', '{"a":1}{"a":2}', "NaN"])
def test_a_line_that_is_no_object_is_broken_and_blank_ones_are_none(heads, line):
    path, (head,) = heads(f'{{"a":1}}\n{line}\n{{"a":2}}')

    rows, broken = taken(path, head)

    assert [row[-1] for row in rows] == [1, 3]
    assert broken == ([2] if line else [])


def test_an_object_as_deep_as_no_platform_writes_is_broken(heads):
    deep = '{"a":' + "[" * 5_000 + "]" * 5_000 + "}"
    path, (head,) = heads(f'{{"a":1}}\n{deep}\n')

    assert taken(path, head)[1] == [2]


@pytest.mark.parametrize(
    ("document", "within"),
    [
        ('{"posts":[{"x":1},{"x":2}]}', ("posts",)),
        ('{"status":200,"result":{"posts":[{"x":1},{"x":2}],"more":null}}', ("result.posts",)),
        ('{"ancestors":[{"x":1}],"descendants":[{"x":2}]}', ("ancestors", "descendants")),
        ('{"users":[{"y":1}],"feed":[{"x":1},{"x":2}]}', ("feed",)),
        ('{\n  "items": [\n    {"x": 1},\n    {"x": 2}\n  ]\n}\n', ("items",)),
    ],
)
def test_rows_lie_in_the_longest_list_and_in_those_beside_it_of_the_same_keys(
    heads, document, within
):
    path, (whole, head, *_) = heads(document)

    assert (whole.dialect.within, head.dialect.within) == ((), within)
    assert taken(path, head)[0] == [("1", 1), ("2", 2)]


def test_a_list_is_read_as_it_is_and_an_object_may_be_a_row_itself(heads):
    path, (head,) = heads('[{"x":1},{"x":2}]')
    assert taken(path, head)[0] == [("1", 1), ("2", 2)]

    path, (head,) = heads('{"x":1}')
    assert taken(path, head)[0] == [("1", 1)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_documents_encoding_changes_nothing(heads, encoding):
    path, (head,) = heads('[{"x":"ø"}]'.encode(encoding))

    assert taken(path, head)[0] == [("ø", 1)]


@pytest.mark.parametrize("document", ['[{"x":1},', '{"x":[1}', "[1] and more"])
def test_a_damaged_document_is_refused(heads, document):
    with pytest.raises(FileRefused, match="damaged or cut short"):
        heads(document)


def test_a_document_that_cannot_be_held_is_refused_with_what_to_do(heads, monkeypatch):
    monkeypatch.setattr(json_document, "LONGEST_DOCUMENT", 1 << 20)
    with pytest.raises(FileRefused, match="NDJSON"):
        heads(json.dumps([{"x": "y" * (1 << 20)}, {}]))


def test_lines_come_in_blocks_and_are_numbered_through(heads):
    many = "".join(f'{{"n":{n},"text":"{"x" * 200}"}}\n' for n in range(1, 60_001))
    path, (head,) = heads(many)
    layout = Layout(("n",), head.dialect, {"n": 0})

    parts = list(parts_of(path, layout=layout, work=lambda rows: rows.frame))

    assert len(parts) > 1
    assert [n for frame, _ in parts for n in frame["line"]] == list(range(1, 60_001))
    assert parts[-1][1] == path.stat().st_size
