"""Which sentences readers can meet, and the catalogues that hold them.

`python -m tests.lib.catalogues` brings src/torg/locale/*.po in step: new sentences come in without
words (English: as they are), those that nobody says any more go.
"""

import sys
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from tests.repo.source import PACKAGE
from torg.coding import QUESTION_RULES, accuracy, field_accuracy
from torg.compare import CONTRAST_REASONS, GATE_REASONS
from torg.deposit import SENTENCES as OF_CODEBOOK
from torg.disclose import REASONS as OF_DISCLOSURE
from torg.experience import TAXONOMY
from torg.locale import shipped
from torg.measure import DEFINITIONS
from torg.measure import REASONS as OF_MEASURES
from torg.report import terms
from torg.score import REASONS as OF_SCORES

KEYWORDS = {"say": None, "count": (1, 2), "message": None}
FOLDERS = ("deposit", "experience", "report", "locale", "site")
READERS = {"*.py": "python", "*.jinja": "jinja2"}


def said():
    """Every sentence in the code, the templates, the definitions, and the tables of words."""
    found = {_key(text) for folder in FOLDERS for text in _in_folder(PACKAGE / folder)}
    return found | _defined() | _reasons() | _samples() | set(TAXONOMY.sentences) | OF_CODEBOOK


def _in_folder(folder):
    for pattern, method in READERS.items():
        for path in sorted(folder.rglob(pattern)):
            yield from (
                text for _, text, *_ in extract(method, BytesIO(path.read_bytes()), KEYWORDS)
            )


def _key(text):
    return tuple(text) if isinstance(text, tuple | list) else text


def _defined():
    return {text for each in DEFINITIONS.values() for text in (each.title, each.why, each.base)}


def _samples():
    """What the question rules were tried on."""
    return {
        tried.sample for rule in QUESTION_RULES for tried in (accuracy(rule), *field_accuracy(rule))
    }


def _reasons():
    """The report's own words come before those of the packages that give the codes."""
    own = terms.REASONS
    compared = {**CONTRAST_REASONS, **GATE_REASONS}
    given = {**OF_MEASURES, **OF_SCORES, **compared, **OF_DISCLOSURE}
    return {text for code, text in given.items() if code not in own}


def catalogue(language):
    return read_po(BytesIO((PACKAGE / "locale" / f"{language}.po").read_bytes()), locale=language)


def in_catalogue(language):
    return {_key(entry.id): entry for entry in catalogue(language) if entry.id}


def bring_in_step(language, words=None):
    """Rewrite a catalogue: the sentences said now, sorted, with the words that it has for them."""
    words, before = words or {}, in_catalogue(language)
    after = Catalog(locale=language, header_comment=f"# Torg's words in '{language}'.", fuzzy=False)
    for key in sorted(said(), key=str):
        old = before[key].string if key in before else ""
        after.add(key, string=key if language == "en" else words.get(key) or old)
    out = BytesIO()
    write_po(out, after, width=0, omit_header=False, sort_output=False)
    path = PACKAGE / "locale" / f"{language}.po"
    path.write_bytes(_without_dates(out.getvalue()))


def _without_dates(text):
    """A catalogue changes when its words do, not when it is written."""
    names = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Report-Msgid')
    return b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(names))


if __name__ == "__main__":
    for name in sys.argv[1:] or shipped():
        bring_in_step(name)
