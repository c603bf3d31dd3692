"""What `torg import` says: each thing once, and nothing of what is not there."""

import polars as pl

from torg.collect import REJECTS
from torg.importing import Imports
from torg.show import imported, rows

REFUSED = {"path": "a.csv", "format": "business_suite_facebook", "refused": "a.csv: which zone?"}


def outcome(*unclaimed, refusals=(), done=()):
    columns = ("platform", "channel", "channel_name", "posts", "replies")
    frame = pl.DataFrame(list(unclaimed), schema=columns, orient="row")
    empty = pl.DataFrame(schema={"name": pl.String, **REJECTS})
    return Imports(list(done), list(refusals), empty, frame, has_key=True)


def test_a_refusal_is_said_once_beside_the_format(capsys):
    imported(outcome(refusals=["a.csv: which zone?"], done=[REFUSED]), as_json=False)

    said = capsys.readouterr()
    assert (said.out + said.err).count("which zone?") == 1
    assert "business_suite_facebook" in said.out


def test_a_program_is_given_the_refusal_in_its_row(capsys):
    imported(outcome(refusals=["a.csv: which zone?"], done=[REFUSED]), as_json=True)

    assert '"refused": "a.csv: which zone?"' in capsys.readouterr().out


def test_of_an_unclaimed_channel_only_what_there_is_is_counted(capsys):
    told = outcome(
        ("facebook", "1", "Town", 2, 1),
        ("facebook", "2", None, 0, 3),
        ("facebook", "3", None, 0, 0),
    )

    imported(told, as_json=False)

    said = capsys.readouterr().out
    assert "Unclaimed: Town: 2 posts and 1 reply. Whose is it?" in said
    assert "Unclaimed: 3 replies. Whose" in said
    assert "Unclaimed: only follower counts of facebook 3. Whose" in said


def test_a_cell_that_holds_nothing_is_blank(capsys):
    rows([{"read": 1, "left_out": ()}, {"read": 2, "left_out": ("a", "b")}], as_json=False)

    said = capsys.readouterr().out
    assert "()" not in said
    assert "a, b" in said
