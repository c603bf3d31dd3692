"""Questionnaires for tests, as the text of a questionnaire.toml."""

from torg.survey.questionnaire import read_questionnaire

TOP = """\
id = "towns"
title = { en = "Towns in social media", nb = "Byer i sosiale medier" }
languages = ["en", "nb"]
"""

WAVES = """\
[[wave]]
id = "2024"
opens = 2024-01-15
closes = 2024-03-31

[[wave]]
id = "2026"
opens = 2026-01-15
closes = 2026-03-31
"""

PLATFORMS = """\
[lists.platforms]
facebook = "Facebook"
youtube = "YouTube"
other = { en = "another", nb = "en annen" }
"""


def question(id_, kind, *lines):
    """A [[question]] with texts in both languages."""
    head = f'[[question]]\nid = "{id_}"\nkind = "{kind}"\n'
    return head + f'text = {{ en = "{id_}?", nb = "{id_} nb?" }}\n' + "\n".join(lines) + "\n"


TOWNS = "\n".join(
    [
        TOP,
        PLATFORMS,
        WAVES,
        question(
            "channels", "many", 'options = "platforms"', 'prefill = "channel"',
            'disclosure = "public"',
        ),
        question("pages", "number", 'shown_if = "channels.facebook = yes"', "low = 1", "high = 50"),
        question("guidelines", "planned", "dont_know = true", "required = true"),
        question("why", "text", 'shown_if = "guidelines = no|dont_know"', 'waves = ["2026"]'),
        question(
            "leader", "one",
            'options = [{ id = "yes", text = { en = "yes", nb = "ja" } }, '
            '{ id = "private", text = { en = "in private only", nb = "bare privat" } }]',
        ),
        question(
            "use", "scale", "dont_know = true",
            'options = { 1 = { en = "little", nb = "lite" }, 2 = { en = "some", nb = "noe" }, '
            '3 = { en = "much", nb = "mye" } }',
        ),
        question(
            "services", "matrix",
            'rows = { library = { en = "library", nb = "bibliotek" }, '
            'youth = { en = "youth services", nb = "ungdom" } }',
            'columns = "platforms"',
        ),
        question(
            "tried", "matrix", "dont_know = true",
            'rows = { crisis = { en = "crisis", nb = "krise" } }',
            'columns = { residents = { en = "residents", nb = "innbyggere" }, '
            'young = { en = "the young", nb = "unge" } }',
            'options = { good = { en = "good", nb = "gode" }, bad = { en = "bad", nb = "lite" } }',
        ),
    ]
)  # fmt: skip


def written(folder, text):
    path = folder / "questionnaire.toml"
    path.write_text(text, encoding="utf-8")
    return path


def towns(folder):
    """A questionnaire with every kind of question, in two languages and two waves."""
    return read_questionnaire(written(folder, TOWNS))
