"""One real page, through the whole road: City of Sugar Land, Texas, May 2018."""

import pytest

from tests.functional.command import torg

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def imported(real_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sugarland") / "study"
    environment = {"XDG_CONFIG_HOME": str(folder.parent / "config")}
    assert torg("init", folder, **environment).status == 0
    register = torg("-C", folder, "register", "import", real_data / "posts/register", **environment)
    assert register.status == 0, register.err
    rows = torg(
        "-C", folder, "import", real_data / "posts/sugarland",
        "--timezone", "America/Chicago", "--json", **environment,
    )  # fmt: skip
    assert rows.status == 0, rows.err
    return (
        folder,
        environment,
        {row["path"].rsplit("_", 1)[1]: row for row in rows.json() if not row["refused"]},
    )


@pytest.fixture(scope="module")
def figures(imported):
    folder, environment, _ = imported
    rows = torg("-C", folder, "measure", "--json", **environment).json()
    return {
        row["measure"]: row
        for row in rows
        if row["municipality"] == "4870808" and row["channel"] is None and row["platform"] is None
    }


def test_posts_go_in_and_the_shifted_row_does_not(imported):
    posts = imported[2]["statuses.csv"]
    assert (posts["read"], posts["accepted"], posts["rejected"]) == (56, 55, 1)
    assert posts["posts_new"] == posts["snapshots_new"] == 55


def test_comments_go_in(imported):
    replies = imported[2]["comments.csv"]
    assert (replies["accepted"], replies["rejected"], replies["replies_new"]) == (239, 0, 239)


def test_the_same_files_again_change_nothing(imported, real_data):
    folder, environment, _ = imported
    again = torg(
        "-C", folder, "import", real_data / "posts/sugarland",
        "--timezone", "America/Chicago", "--json", **environment,
    ).json()  # fmt: skip
    assert {row["posts_new"] + row["snapshots_new"] + row["replies_new"] for row in again} == {0}


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("posts", 55),
        ("p1", 53 / 55),  # 0.9636: two posts without a reaction
        ("p2", 759 / 55),  # 13.8
        ("c2", 204 / 55),  # 3.7091
        ("v2", 163 / 55),  # 2.9636
        ("comments_received", 200),
        ("owner_replies", 19),
        ("answered", 12 / 200),
    ],
)
def test_figures_of_the_page(figures, measure, value):
    assert figures[measure]["value"] == pytest.approx(value)


def test_hours_to_an_answer(figures):
    assert round(figures["answer_hours_answered_median"]["value"], 3) == 0.735
    assert figures["answer_hours_median"]["value"] is None
    assert figures["answer_hours_median"]["missing"] == "never_reached"


def test_no_name_of_a_commenter_reaches_the_disk(imported):
    folder = imported[0]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"Local business page" in path.read_bytes()] == []
