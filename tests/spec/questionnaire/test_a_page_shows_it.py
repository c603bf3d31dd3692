"""The preview: a page in each language that can be read by everybody, and asks for nothing."""

from html.parser import HTMLParser

import pytest

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.report.questionnaire import write_preview
from torg.survey.questionnaire import read_questionnaire


class Page(HTMLParser):
    """The tags of a page with what they carry, and its words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def page(questionnaire, folder, language="en", wave="2026"):
    write_preview(questionnaire, questionnaire.wave(wave), folder)
    return Page((folder / f"{language}.html").read_text(encoding="utf-8"))


def asked(folder, *questions):
    return read_questionnaire(written(folder, "\n".join([TOP, WAVES, *questions])))


def test_a_page_for_each_language_and_each_links_the_others(tmp_path):
    shown = page(towns(tmp_path), tmp_path, "nb")
    assert shown.all("html") == [{"lang": "nb"}]
    assert {"href": "en.html", "lang": "en", "hreflang": "en"} in shown.all("a")
    assert "Byer i sosiale medier" in shown.text
    assert "Dette er en forhåndsvisning" in shown.text


def test_only_the_languages_that_are_wanted(tmp_path):
    read = towns(tmp_path)
    write_preview(read, read.wave("2026"), tmp_path / "pages", languages=("nb",))
    assert [each.name for each in (tmp_path / "pages").iterdir()] == ["nb.html"]


def test_it_runs_no_script_and_asks_the_network_for_nothing(tmp_path):
    shown = page(towns(tmp_path), tmp_path)
    policy = {"http-equiv": "Content-Security-Policy"}
    assert [each["content"] for each in shown.all("meta") if policy.items() <= each.items()] == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert shown.all("script") == shown.all("form") == shown.all("link") == []
    assert [each for _, each in shown.tags if "src" in each] == []


def test_what_a_wave_does_not_ask_is_not_shown(tmp_path):
    read = towns(tmp_path)
    assert "why?" in page(read, tmp_path, wave="2026").text
    assert "why?" not in page(read, tmp_path, wave="2024").text


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("uses.a = yes", "Only if “Apples” is ticked in question 1."),
        ("uses.a = no", "Only if “Apples” is not ticked in question 1."),
        ("cells.r.c = yes", "Only if “Row, Column” is ticked in question 2."),
        ("known.r.c = no", "Only if the answer for “Row, Column” in question 3 is “No”."),
        ("plan = yes", "Only if the answer to question 4 is “Yes”."),
        ("plan = no|dont_know", "Only if the answer to question 4 is “No” or “Don't know”."),
    ],
)
def test_a_condition_is_told_in_words(tmp_path, condition, said):
    cells = ('rows = { r = "Row" }', 'columns = { c = "Column" }')
    read = asked(
        tmp_path,
        question("uses", "many", 'options = { a = "Apples", b = "Bread" }'),
        question("cells", "matrix", *cells),
        question("known", "matrix", *cells, "dont_know = true"),
        question("plan", "planned", "dont_know = true"),
        question("why", "text", f"shown_if = '{condition}'"),
    )
    assert said in page(read, tmp_path).text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("required = true", "Must be answered."),
        ("units = ['county']", "Asked of counties only."),
        ("disclosure = 'public'", "The answer is public."),
        ("disclosure = 'aggregate'", "The answer is shown only together with those of others."),
        ("break_at = ['2026']", "Its wording is new"),
    ],
)
def test_what_a_respondent_should_know_stands_below(tmp_path, line, said):
    assert said in page(asked(tmp_path, question("q", "text", line)), tmp_path).text


def test_a_form_for_observers_says_so(tmp_path):
    observed = WAVES + 'mode = "observation"\n'
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, observed, question("q", "text")])))
    opened = "open from 15 January 2026 to 31 March 2026"
    assert f"A form for observers, {opened}" in page(read, tmp_path).text
    assert f"A questionnaire, {opened}" in page(towns(tmp_path), tmp_path).text


def test_every_field_has_a_label_and_every_group_a_legend(tmp_path):
    shown = page(towns(tmp_path), tmp_path)
    labelled = {each["for"] for each in shown.all("label") if "for" in each}
    alone = {each["id"] for tag in ("input", "textarea") for each in shown.all(tag) if "id" in each}
    assert alone == labelled == {"field-pages", "field-why"}
    assert len(shown.all("fieldset")) == len(shown.all("legend")) == 6
    assert len(shown.all("h1")) == 1


def test_a_matrix_is_a_table_with_headers(tmp_path):
    shown = page(towns(tmp_path), tmp_path)
    scopes = [each.get("scope") for each in shown.all("th")]
    assert scopes == ["col"] * 3 + ["row"] * 2 + ["col"] * 2 + ["row"]


def test_a_number_carries_its_bounds(tmp_path):
    (field,) = [each for each in page(towns(tmp_path), tmp_path).all("input") if "min" in each]
    assert (field["min"], field["max"], field["type"]) == ("1", "50", "number")


def test_a_text_is_text(tmp_path):
    nasty = question("q", "text", "help = '<script>alert(1)</script>'").replace("q?", "<b>&{{x}}")
    shown = page(asked(tmp_path, nasty), tmp_path)
    assert shown.all("script") == shown.all("b") == []
    assert "<b>&{{x}}" in shown.text


def test_torgs_own_words_are_marked_where_it_has_none_in_the_language(tmp_path):
    top = TOP.replace('["en", "nb"]', '["se"]').replace("nb =", "se =")
    read = asked_in(tmp_path, top, question("q", "text").replace("nb =", "se ="))
    shown = page(read, tmp_path, "se")
    assert shown.all("html") == [{"lang": "se"}]
    assert {"class": "notes", "lang": "en"} in shown.all("ul")


def asked_in(folder, top, *questions):
    return read_questionnaire(written(folder, "\n".join([top, WAVES, *questions])))


def test_the_same_questionnaire_gives_the_same_bytes(tmp_path):
    page(towns(tmp_path), tmp_path / "1")
    page(towns(tmp_path), tmp_path / "2")
    assert (tmp_path / "1/nb.html").read_bytes() == (tmp_path / "2/nb.html").read_bytes()
