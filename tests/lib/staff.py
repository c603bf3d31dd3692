"""The staff's rooms in a test: a study with a survey that is open, and every address of theirs."""

import re
from pathlib import Path

from tests.lib.site import released
from torg.study import read_study

WAVE = "2026"

QUESTIONNAIRE = """\
id = "towns"
title = { en = "Towns in social media", nb = "Byer i sosiale medier" }
languages = ["en", "nb"]

[[wave]]
id = "2026"
opens = 2020-01-01
closes = 2099-12-31
frame_date = 2026-01-01

[[question]]
id = "guidelines"
kind = "planned"
text = { en = "Are there guidelines?", nb = "Finnes det retningslinjer?" }
dont_know = true
"""

SURVEY = """
[survey]
contact = "The Association of Towns, survey@towns.example"
link = "http://localhost/answer/"

[mail]
from = "survey@towns.example"
server = "%s"
"""


def asking(folder, *, server="localhost:1"):
    """A study with a release, whose survey can be sent out."""
    study = released(folder)
    path = Path(study.folder, "study.toml")
    text = re.sub(r"(?ms)^\[(mail|survey)\].*?(?=^\[|\Z)", "", path.read_text(encoding="utf-8"))
    path.write_text(text + SURVEY % server, encoding="utf-8")
    Path(study.folder, "questionnaire.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    return read_study(study.folder)


def units_of(study):
    """Country and code of every municipality in the study's register."""
    from torg.register import read_register

    known = read_register(study.register_folder).municipalities
    return sorted((each.country, each.code) for each in known)


def addresses_of(study, *, many=3):
    """A list of addresses, as it is handed in."""
    lines = ["country,unit,address,role,language"]
    for country, unit in units_of(study)[:many]:
        lines.append(f"{country},{unit},post-{unit}@town.example,registry,en")
    return "\n".join(lines) + "\n"


def staff_addresses():
    """Every address of the staff: name, path pattern and view."""
    from torg.site.staff.urls import urlpatterns

    return {pattern.name: pattern for pattern in urlpatterns}


PARTS = {
    "wave": WAVE, "kind": "invitation", "number": 1, "release": "2026-01-01-1",
}  # fmt: skip


def address_of(name, *, language="en", **parts):
    """The address of a page of the staff, with some value for each part."""
    from django.urls import reverse

    converters = staff_addresses()[name].pattern.converters
    return reverse(
        name, kwargs={"language": language, **{p: (PARTS | parts)[p] for p in converters}}
    )
