"""Lists of addresses: all of a file or nothing, and no address in what is said."""

import sqlite3
from contextlib import closing

import pytest

from tests.lib.surveying import a_frame, a_study
from torg.errors import SurveyError
from torg.site import add_addresses, close_people, draw_frame, erase, note_refusal, revoke


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.delenv("TORG_DATABASE", raising=False)
    yield a_study(tmp_path / "study")
    close_people()


def add(study, text, **how):
    path = study.folder / "list.csv"
    path.write_text(text, **{"encoding": "utf-8", **how})
    return add_addresses(study, path)


HEAD = "country,unit,address,role,language,name\n"


def test_what_a_list_brings(study):
    first = add(
        study, HEAD + "XX,0101,a@b.example,registry,nb,\nXX,0101,c@b.example,head,nb,Kari\n"
    )
    assert (first.new, first.changed, first.same) == (2, 0, 0)
    again = add(
        study, HEAD + "XX,0101,A@b.example,registry,sv,\nXX,0101,c@b.example,head,nb,Kari\n"
    )
    assert (again.new, again.changed, again.same) == (0, 1, 1)


def contacts():
    from torg.site.answers.models import Contact

    return list(Contact.objects.values_list("unit", flat=True))


def test_a_code_that_lost_its_leading_nought_is_mended(study):
    draw_frame(study, a_frame())
    unit = a_frame()["unit"][0]
    assert unit.startswith("0")
    add(study, HEAD + f"XX,{unit.lstrip('0')},a@b.example,registry,nb,\n")
    assert contacts() == [unit]


def test_a_unit_that_nobody_asks_stops_the_file(study):
    draw_frame(study, a_frame())
    known = f"XX,{a_frame()['unit'][0]},a@b.example,registry,nb,\n"
    with pytest.raises(SurveyError, match=r"line 3: no unit XX 9999 is asked"):
        add(study, HEAD + known + "XX,9999,c@b.example,registry,nb,\n")
    assert contacts() == []


def test_semicolons_and_a_mark_at_the_front(study):
    assert (
        add(
            study, HEAD.replace(",", ";") + "XX;0101;a@b.example;registry;;\n", encoding="utf-8-sig"
        ).new
        == 1
    )


def test_letters_beyond_ascii_in_a_domain(study):
    assert add(study, HEAD + "XX,0101,post@håbo.example,registry,sv,\n").new == 1
    from torg.site.answers.models import Contact

    assert Contact.objects.get().address == "post@xn--hbo-ula.example"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("XX,0101,secret-at-b,registry,nb,", r"list\.csv, line 3: the address is no mail address"),
        ("XX,0101,secret@b,registry,nb,", "line 3: the address is no mail address"),
        ('XX,0101,"secret@b.example\nBcc: x@y.example",r,nb,', "the address is no mail address"),
        ("XX,0101,åse.secret@b.example,registry,nb,", "line 3: the address is no mail address"),
        ("XX,,secret@b.example,registry,nb,", "line 3: unit is blank: fill it in"),
        ("XX,0101,secret@b.example,registry,ru,", "line 3: language 'ru' is not one of en, nb"),
    ],
)
def test_a_faulty_line_stops_the_file_and_the_address_is_not_repeated(study, line, says):
    with pytest.raises(SurveyError, match=says) as raised:
        add(study, HEAD + "XX,0102,good@b.example,registry,nb,\n" + line + "\n")
    assert "secret" not in str(raised.value)
    assert add(study, HEAD + "XX,0102,good@b.example,registry,nb,\n").new == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("country,unit,mail,role\nXX,1,a@b.example,r\n", "line 1: the column address is not there"),
        ("", "line 1: the column country is not there"),
    ],
)
def test_a_list_without_its_columns(study, text, says):
    with pytest.raises(SurveyError, match=says):
        add(study, text)


def test_a_list_that_is_not_there_or_not_text(study):
    with pytest.raises(SurveyError, match=r"nothing\.csv cannot be read"):
        add_addresses(study, study.folder / "nothing.csv")
    with pytest.raises(SurveyError, match="is not UTF-8 text"):
        add(study, HEAD + "XX,0101,a@b.example,resepsjon på loftet,nb,\n", encoding="latin-1")


@pytest.mark.parametrize(
    "said", ["post@håbo.example", "POST@xn--hbo-ula.example", " post@HÅBO.example "]
)
def test_an_address_is_erased_however_it_is_written(study, said):
    add(study, HEAD + "XX,0101,post@håbo.example,registry,sv,\n")
    assert erase(study, address=said) == 1
    assert erase(study, address=said) == 0


@pytest.mark.parametrize("action", [revoke, note_refusal])
def test_a_unit_that_nobody_asks_is_a_slip_of_the_pen(study, action):
    with pytest.raises(SurveyError, match="XX:9999 is not in the frame of wave '2026': mend its"):
        action(study, wave="2026", country="XX", unit="9999")


def test_an_address_that_cannot_leave_the_file_yet_is_told(study, monkeypatch):
    monkeypatch.setattr("torg.site.database.PATIENCE", 0.1)
    close_people()
    add(study, HEAD + "XX,0101,a@b.example,registry,nb,\n")
    with closing(sqlite3.connect(study.folder / "torg.sqlite3")) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM answers_contact").fetchone()
        with pytest.raises(SurveyError, match="another program reads: end that program, and call"):
            erase(study, address="a@b.example")
    assert erase(study, address="a@b.example") == 0
    files = study.folder.glob("torg.sqlite3*")
    assert not any(b"a@b.example" in file.read_bytes() for file in files)


def test_a_cell_without_end_is_told(study):
    with pytest.raises(SurveyError, match=r"list\.csv is no whole CSV"):
        add(study, HEAD + "x" * 200_000 + ",0101,a@b.example,r,nb,\n")
