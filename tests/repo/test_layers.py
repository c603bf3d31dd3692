"""The data goes one way, and every package opens only through its front door."""

import pytest

from tests.repo.source import PACKAGE, imported, modules, place, room

# room: the rooms it may import from
MAY_IMPORT = {
    "errors": set(),
    "study": {"errors"},
    "register": {"errors", "study"},
    "coding": {"errors"},
    "locale": {"errors"},
    "tokens": {"errors", "study"},
    "collect": {"errors", "study", "register", "tokens"},
    "archive": {"errors", "study", "collect", "coding"},
    "measure": {"errors", "study", "register", "archive", "coding"},
    "score": {"errors", "study", "measure"},
    "survey": {"errors", "study", "register"},
    "compare": {"errors", "study", "register", "archive", "measure", "survey"},
    "report": {"errors", "locale", "survey"},
    "release": {"errors", "study", "report"},
    "experience": {"locale"},
    "deposit": {"errors", "locale", "survey", "report", "release"},
    "simulate": {"errors", "register", "collect", "survey"},
    "publish": {
        "errors", "study", "register", "coding", "archive", "measure", "disclose", "score",
        "compare", "report",
    },
    "mail": {"errors", "study", "tokens"},
    "follow": {"errors", "study", "register", "tokens", "coding", "collect", "archive", "mail"},
    "disclose": {"errors", "study", "register", "archive", "measure", "survey"},
    # Only the command line imports the site; the packages take and return values.
    "site": {
        "main", "importing", "registering", "surveying",
        "errors", "locale", "study", "register", "tokens", "coding", "collect", "archive",
        "measure", "disclose", "score", "survey", "compare", "mail", "report", "release",
        "simulate", "deposit", "experience",
    },
    "importing": {"errors", "study", "register", "coding", "collect", "archive"},
    "connecting": {"errors", "study", "register", "tokens", "collect"},
    "registering": {"errors", "study", "register", "importing"},
    "main": {
        "importing", "publish", "registering",
        "errors", "study", "register", "tokens", "coding", "collect", "archive", "measure",
        "disclose", "follow", "score", "report", "release", "simulate", "survey",
    },
    "surveying": {
        "main", "errors", "study", "register", "coding", "collect", "archive", "measure", "survey",
        "compare", "disclose", "report",
    },
    "show": {"collect", "errors", "follow", "importing", "release", "study", "surveying"},
    "opened": {"importing", "main", "registering", "study"},
    "__init__": {"errors", "opened"},
    "commands": {
        "connecting", "deposit", "importing", "main", "registering", "show", "simulate", "site",
        "survey", "surveying",
        "errors", "study", "tokens", "collect", "follow",
    },
    "__main__": {"commands", "errors", "show"},
}  # fmt: skip

# Packages within a room that have a front door of their own, and others may knock at it.
DOORS_WITHIN = (
    "torg.collect.platforms",
    "torg.collect.transport",
    "torg.report.printed",
    "torg.report.questionnaire",
    "torg.report.survey",
    "torg.survey.change",
    "torg.survey.elsewhere",
    "torg.survey.estimating",
    "torg.survey.observing",
    "torg.survey.questionnaire",
    "torg.survey.response",
    "torg.survey.trend",
)


def test_every_room_is_in_the_table():
    assert {room(path) for path in modules()} == set(MAY_IMPORT)


def test_the_table_has_no_way_back():
    for name, others in MAY_IMPORT.items():
        for other in others - {"__init__"}:
            assert name not in MAY_IMPORT[other], f"{name} and {other} import each other"


@pytest.mark.parametrize("path", modules(), ids=place)
def test_a_module_imports_only_what_its_room_may(path):
    mine = room(path)
    for name in imported(path):
        other = name.split(".")[1] if "." in name else "__init__"
        is_version = name == "torg.__version__"
        assert is_version or other == mine or other in MAY_IMPORT[mine], f"imports {name}"


@pytest.mark.parametrize("path", modules(), ids=place)
def test_packages_open_only_through_their_front_door(path):
    for name in imported(path):
        parts = name.split(".")
        if len(parts) > 2 and parts[1] != room(path) and not _is_door_within(name):
            assert not (PACKAGE / parts[1]).is_dir(), (
                f"{place(path)} reaches past torg.{parts[1]}: {name}"
            )


def _is_door_within(name):
    """The package itself, or a package in it: `platforms`, `platforms.bluesky`."""
    within = any(name == door or name.startswith(f"{door}.") for door in DOORS_WITHIN)
    return within and PACKAGE.joinpath(*name.split(".")[1:]).is_dir()
