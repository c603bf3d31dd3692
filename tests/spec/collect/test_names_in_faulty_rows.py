"""A name that slipped into the wrong column reaches neither the reject nor the source's options."""

import polars as pl
import pytest

from tests.lib.exports import COMMENTS, comment, table, together
from torg.collect import ImportOptions, open_source

NAME = "Kari Lekkasje"
OWN = {
    "platform": "bluesky",
    "channel": "did:1",
    "native_id": "a",
    "id_space": "comment",
    "post_native_id": "1",
    "post_id_space": "post",
    "parent_native_id": "",
    "published_at": "2024-01-08T12:00:00Z",
    "author": "N/A",
    "is_owner": "false",
    "text": "Hei",
    "reactions": "0",
}


def told(path):
    """Everything that an import would write of a file's rejects, and about the file."""
    source = open_source(path, options=ImportOptions(timezone="UTC"))
    rejects = together(list(source.batches())).rejects
    return " ".join([*rejects["reason"], *rejects["row"], source.options])


@pytest.mark.parametrize("column", COMMENTS.split(","))
def test_in_a_page_scrapers_comments(tmp_path, column):
    path = tmp_path / "comments.csv"
    path.write_text(
        table(COMMENTS, comment(**{column: NAME}), comment(2, num_reactions="x"), comment(3))
    )

    assert "Lekkasje" not in told(path)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("faulty", ["published_at", "reactions", "is_owner"])
@pytest.mark.parametrize("column", OWN)
def test_in_a_table_of_replies(tmp_path, column, faulty, kind):
    row = OWN | {faulty: "Per Lekkasje", column: NAME}
    frame = pl.DataFrame([OWN, row])
    path = tmp_path / f"replies.{kind}"
    frame.write_csv(path) if kind == "csv" else frame.write_parquet(path)

    assert "Lekkasje" not in told(path)
    assert " is withheld" in told(path)


def test_a_cell_that_is_harmless_by_its_shape_is_quoted(tmp_path):
    path = tmp_path / "comments.csv"
    rows = [
        comment(comment_published="2018-02-30 10:00:00"),
        comment(num_reactions="-3"),
        comment(comment_published="2018-05-25 16:36:26Kari"),
        comment(num_reactions="4712345678901234567890"),
        comment(),
    ]
    path.write_text(table(COMMENTS, *rows))

    source = open_source(path, options=ImportOptions(timezone="UTC"))
    reasons = together(list(source.batches())).rejects["reason"].to_list()

    assert reasons == [
        "comment_published is '2018-02-30 10:00:00', which is no exact time",
        "num_reactions is '-3', which is no whole number of zero or more",
        "comment_published is withheld, for it may be personal: it is no exact time",
        "num_reactions is withheld, for it may be personal: it is no whole number of zero or more",
    ]
    assert "Kari" not in told(path)


def test_a_tier_that_is_none_is_refused_without_its_cell(tmp_path):
    path = tmp_path / "replies.csv"
    pl.DataFrame([OWN | {"access": NAME}]).write_csv(path)

    with pytest.raises(Exception, match="access") as refused:
        told(path)
    assert "Lekkasje" not in str(refused.value)
