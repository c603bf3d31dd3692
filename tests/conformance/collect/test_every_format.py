"""What every format keeps: its place in the manual, its columns, its tier."""

from importlib.resources import files
from pathlib import Path

import pytest

from torg.collect import AUDIENCE, FORMATS, POSTS, REPLIES, Batch
from torg.collect.formats.torg_own import TIERS
from torg.collect.reading.convert import SCHEMAS

MANUAL = Path(__file__).parents[3] / "docs" / "reference" / "formats.md"
every_format = pytest.mark.parametrize("name", FORMATS)


@every_format
def test_is_in_the_manual_with_every_field_and_its_names(name):
    text = MANUAL.read_text("utf-8")
    section = text.partition(f"## `{name}`")[2].partition("\n## ")[0]

    assert section, f"docs/reference/formats.md has no section ## `{name}`"
    for field, names in FORMATS[name].columns.items():
        assert f"`{field}`" in section, f"{field} is not explained"
        assert all(f"`{header}`" in section for header in names)
    assert f"`{FORMATS[name].access}`" in section


@every_format
def test_requires_only_fields_that_it_has(name):
    format_ = FORMATS[name]

    fields = set(format_.columns)
    assert format_.required <= fields
    assert {format_.dated_by, *format_.channel_fields, *format_.counts, *format_.personal} <= fields
    assert format_.access in TIERS


def test_their_kinds_are_the_frames_of_a_batch():
    assert SCHEMAS == {"posts": POSTS, "replies": REPLIES, "audience": AUDIENCE}
    assert all(hasattr(Batch(), kind) for kind in SCHEMAS)


def test_the_names_that_the_project_ships_lie_in_a_file_that_a_user_can_read():
    shipped = files("torg.collect.formats") / "aliases" / "business_suite_facebook.toml"

    assert "Publicerings-id" in shipped.read_text("utf-8")
