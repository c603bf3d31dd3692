"""Answers that the user gives, and what is said when they cannot be right."""

import pytest

from tests.lib.exports import COMMENTS, STATUSES, comment, read, status, table
from torg.errors import FileRefused


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(table(STATUSES, status()))
    return path


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"timezone": "Middle/Earth"}, "'Middle/Earth' is no time zone"),
        ({"format": "telepathy"}, "there is no format 'telepathy'"),
        (
            {"format": "crowdtangle_facebook", "timezone": "UTC"},
            "no CrowdTangle export of Facebook",
        ),
    ],
)
def test_a_wrong_answer_is_refused_with_the_remedy(file, options, sentence):
    with pytest.raises(FileRefused, match=f"export.csv: .*{sentence}"):
        read(file, **options)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[telepathy]", "names the format 'telepathy'"),
        ('[page_scraper_statuses]\nmood = ["mood"]', "has no field 'mood'"),
        ("[page_scraper_statuses]\nshares = 3", "cannot be read as header names"),
        ("shares = ", "cannot be read as header names"),
        ("shares = 3", "cannot be read as header names"),
    ],
)
def test_a_wrong_alias_file_is_refused_with_the_remedy(file, tmp_path, toml, sentence):
    aliases = tmp_path / "names.toml"
    aliases.write_text(toml)

    with pytest.raises(FileRefused, match=sentence):
        read(file, aliases=aliases, timezone="UTC")


def test_the_format_told_is_the_format_read(file):
    assert read(file, format="page_scraper_statuses", timezone="UTC").posts.height == 1


def test_owners_of_two_platforms_are_not_mixed(tmp_path):
    from torg.collect import KnownChannels

    known = KnownChannels(names={("instagram", "77"): frozenset({"kari nordmann"})})

    replies = read(tmp_path / "c.csv", table(COMMENTS, comment()), timezone="UTC", known=known)

    assert replies.replies["is_owner"].to_list() == [None]


def test_what_the_register_knows_is_known_by_id_and_by_handle():
    from torg.collect import KnownChannels
    from torg.register import Channel, Register

    channels = (
        Channel("NO", "0301", "facebook", "https://www.facebook.com/Oslo.Kommune", "77", "Oslo"),
        Channel("NO", "0301", "facebook", "", "78"),
    )

    known = KnownChannels.of(Register(channels=channels), languages_of=lambda country: (country,))

    assert known.channel_id("facebook", "@oslokommune") == "77"
    assert known.channel_id("facebook", "Oslo.kommune") == "77"  # Facebook ignores points
    assert known.channel_id("facebook", "nowhere") is None
    assert known.owner_names("facebook", "77") == {"oslo"}
    assert known.owner_names("facebook", "78") == frozenset()
    assert known.languages("facebook", "78") == ("NO",)
