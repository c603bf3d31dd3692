"""The names of a figure, taken apart into what it is made of."""

import pytest

from torg.disclose.protect import Parts, parts_of


@pytest.mark.parametrize(
    ("group", "groups"),
    [
        ("all", ("all",)),
        ("panel", ("all",)),
        ("size:<2k - size:2-5k", ("size:<2k", "size:2-5k")),
        ("all - county:North", ("all", "county:North")),
        ("county:North - South", ("county:North - South",)),  # one county's name
        ("county:A - B - county:C", ("county:A - B", "county:C")),
        ("item:use=yes - item:use=no", ("item:use=yes", "item:use=no")),
    ],
)
def test_groups(group, groups):
    assert parts_of("2015", group, "yes") == Parts(("2015",), groups, ("yes",))


def test_waves_and_categories():
    assert parts_of("2014 - 2015", "all", "by_plan") == Parts(
        ("2014", "2015"), ("all",), ("yes", "planned")
    )
    assert parts_of("2015", "all", None).categories == ("",)
