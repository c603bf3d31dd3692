"""Where uploads lie, what they are called there, and what their owners call them."""

import pytest

from tests.lib.rooms import a_room


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("posts.csv", ""),
        ("storby-2024-05-13.csv", "_2024-05-13"),
        ("Jul-01-2024_Jul-31-2024_99.csv", "_Jul-01-2024_Jul-31-2024"),
        ("2021-07-06-16-45-20-CEST-history.csv", "_2021-07-06-16-45-20-CEST"),
        ("../../2024-05-13/../x", "_2024-05-13"),
        ("no date 123456789012.csv", ""),
    ],
)
def test_of_a_name_only_its_dates_are_kept_on_disk(tmp_path, called, kept):
    from torg.site.room.places import new_place, path_for

    study = a_room(tmp_path)
    place = new_place(study)
    path = path_for(study, place, called=called)
    assert path.name == f"hand-in-{place[:8]}{kept}"
    assert path.parent == study.folder / "handins" / place


@pytest.mark.parametrize("place", ["", "..", "../archive", "a" * 31, "A" * 32, "a" * 32 + "/.."])
def test_what_is_no_place_is_never_made_a_path(tmp_path, place):
    from torg.site.room.places import path_for

    with pytest.raises(ValueError, match="no place"):
        path_for(a_room(tmp_path), place, called="a.csv")


@pytest.mark.parametrize(
    ("called", "shown"),
    [
        ("a.csv", "a.csv"),
        ("C:\\Users\\Kari\\a.csv", "a.csv"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("", "?"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_shown_without_folders_and_control_characters(called, shown):
    from torg.site.room.places import plain_name

    assert plain_name(called) == shown
