"""The blank questionnaire: an accessible PDF with its fonts inside, the same bytes each time."""

import pytest
from pypdf import PdfReader

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.errors import LackingPart
from torg.report.questionnaire import write_blank
from torg.survey.questionnaire import READY, read_questionnaire


def sheet(questionnaire, folder, language="en", wave="2026"):
    path = folder / f"{language}.pdf"
    write_blank(questionnaire, questionnaire.wave(wave), path, language=language)
    return PdfReader(path)


def words(reader):
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split())


def test_every_question_of_the_wave_is_on_it(tmp_path):
    read = towns(tmp_path)
    text = words(sheet(read, tmp_path, "nb"))
    assert [q.id for q in read.questions if f"{q.id} nb?" not in text] == []
    assert "Byer i sosiale medier" in text
    assert "why nb?" not in words(sheet(read, tmp_path, "nb", wave="2024"))


def test_it_tells_how_to_answer_and_whom_it_is_asked_of(tmp_path):
    text = words(sheet(towns(tmp_path), tmp_path))
    assert "Only if “Facebook” is ticked in question 1." in text
    assert "A number from 1 to 50" in text
    assert "Write a letter in each cell: A good · B bad · C Don't know" in text


def test_observers_are_not_told_of_a_personal_link(tmp_path):
    observed = WAVES + 'mode = "observation"\n'
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, observed, question("q", "text")])))
    assert "notes while looking" in words(sheet(read, tmp_path))
    assert "personal link" in words(sheet(towns(tmp_path), tmp_path))


def test_it_can_be_read_aloud(tmp_path):
    """PDF/UA-1: tagged, with a title and a language."""
    reader = sheet(towns(tmp_path), tmp_path, "nb")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].split("-")[0] == "nb"
    assert reader.metadata.title == "Byer i sosiale medier – 2026"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_its_fonts_are_inside(tmp_path):
    fonts = [
        font.get_object()
        for page in sheet(towns(tmp_path), tmp_path).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    inside = [font["/DescendantFonts"][0]["/FontDescriptor"].keys() for font in fonts]
    assert inside
    assert all({"/FontFile2", "/FontFile3"} & set(keys) for keys in inside)


def test_the_same_questionnaire_gives_the_same_bytes(tmp_path):
    made = []
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        sheet(towns(tmp_path), tmp_path / name)
        made.append((tmp_path / name / "en.pdf").read_bytes())
    assert made[0] == made[1]


def test_a_text_is_never_a_command(tmp_path):
    nasty = '#panic("x") $x$ *b* \\\\ <label> @ref `raw` //'
    asked = question("q", "one", f"options = {{ a = '{nasty}', b = 'B' }}").replace("q?", "= #q[")
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, asked])))
    text = words(sheet(read, tmp_path))
    assert '#panic("x") $x$ *b*' in text
    assert "= #q[" in text


@pytest.mark.parametrize(
    "letters",
    [
        "åäöæøÅÄÖÆØ ðþ áéíóú",
        "áčđŋšŧž ÁČĐŊŠŦŽ",  # Northern Sámi
        "ïŋń âǥǧǩʒǯʹ ÂǤǦǨƷǮ",  # Lule, South and Skolt Sámi
        "“”’«»„–—…·•§©€£½² → ≥ ≤ ×",
    ],
)
def test_the_letters_of_the_north_are_in_the_fonts(tmp_path, letters):
    asked = question("q", "text").replace("q?", letters)
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, asked])))
    assert "".join(letters.split()) in "".join(words(sheet(read, tmp_path)).split())


def test_a_sign_that_no_font_has_is_told(tmp_path):
    asked = question("q", "text").replace("q?", "Glad \U0001fae8?")
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, asked])))
    with pytest.raises(LackingPart, match="no font for a PDF has the sign '\U0001fae8'"):
        sheet(read, tmp_path)


@pytest.mark.parametrize("name", sorted(READY))
def test_every_ready_questionnaire_can_be_taken_round_in_each_of_its_languages(tmp_path, name):
    read = read_questionnaire(READY[name])
    for language in read.languages:
        reader = sheet(read, tmp_path, language, wave=read.waves[-1].id)
        assert len(reader.pages) < 12
