"""What is sent from a page is an answer, or a sentence says why not."""

import pytest

from tests.lib.answering import options, question
from torg.locale import translate
from torg.site.answers.drawing import draw
from torg.site.answers.reading import (
    BOTH,
    NO_NUMBER,
    NO_TEXT,
    NOT_OFFERED,
    THOUSANDS,
    TOO_LITTLE,
    TOO_LONG,
    TOO_MUCH,
    read,
    typed_of,
)

MANY = question("where", "many", options=options("facebook", "youtube"), allows_dont_know=True)
TICKED = question("which", "matrix", rows=options("a", "b"), columns=options("x", "y"))
CHOSEN = question(
    "how", "matrix", rows=options("a"), columns=options("x", "y"), options=options("good", "bad"),
)  # fmt: skip
NUMBER = question("pages", "number", low=1, high=5000, allows_dont_know=True)
TEXT = question("why", "text")
ONE = question("leader", allows_dont_know=True)


def said(asked, *, known=None, is_whole=True, **typed):
    sent = {name.replace("__", "."): (value,) for name, value in typed.items()}
    found = read(asked, sent, known=known or {}, is_whole=is_whole)
    return {name: each.sentence for name, each in found.wrong.items()} or dict(found.values)


def test_boxes_beside_a_ticked_one_say_no():
    assert said(MANY, where__facebook="yes") == {"where.facebook": "yes", "where.youtube": "no"}


def test_a_page_without_a_ticked_box_says_nothing():
    assert said(MANY) == {"where.facebook": None, "where.youtube": None}


def test_none_of_these_and_dont_know_are_answers_of_all():
    assert said(MANY, alone="none") == {"where.facebook": "no", "where.youtube": "no"}
    assert said(MANY, alone="dont_know") == dict.fromkeys(
        ("where.facebook", "where.youtube"), "dont_know"
    )
    assert said(TICKED, alone="none") == dict.fromkeys(
        ("which.a.x", "which.a.y", "which.b.x", "which.b.y"), "no"
    )


def test_a_box_and_none_of_these_contradict_each_other():
    assert said(MANY, where__facebook="yes", alone="none") == {"where": BOTH}
    assert said(NUMBER, pages="3", alone="dont_know") == {"pages": BOTH}


def test_a_box_that_nobody_offers_is_not_read():
    assert said(TEXT, why="So", alone="dont_know") == {"why": "So"}


def test_until_the_page_is_left_only_what_was_ticked_before_can_say_no():
    known = {"where.youtube": "yes"}
    kept = said(MANY, known=known, is_whole=False, where__facebook="yes")
    assert kept == {"where.facebook": "yes", "where.youtube": "no"}
    assert said(MANY, is_whole=False, where__facebook="yes") == {"where.facebook": "yes"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        (" 12,5 ", "12.5"),
        ("1 200", "1200"),
        ("1\N{NO-BREAK SPACE}200", "1200"),
        ("1\N{NARROW NO-BREAK SPACE}200", "1200"),
        ("1.25", "1.25"),
        ("", None),
    ],
)
def test_a_number_is_read_as_the_nordic_countries_write_it(typed, kept):
    assert said(NUMBER, pages=typed) == {"pages": kept}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("many", NO_NUMBER),
        ("1e3", NO_NUMBER),
        ("1.2.3", NO_NUMBER),
        ("1.200", THOUSANDS),
        ("1,200", THOUSANDS),
        ("12.345.678", THOUSANDS),
        ("0", TOO_LITTLE),
        ("-5", TOO_LITTLE),
        ("5001", TOO_MUCH),
        ("١٢", NO_NUMBER),
    ],
)
def test_what_may_be_meant_otherwise_is_asked_again(typed, why):
    assert said(NUMBER, pages=typed) == {"pages": why}


def test_a_bound_is_written_out():
    """As a respondent would type it: without an exponent, and with the language's own comma."""
    costs = question("costs", "number", low=0.5, high=2_500_000)
    found = read(costs, {"costs": ("2500001",)}, known={}, is_whole=True)
    assert found.wrong["costs"].values == {"high": "2500000"}
    hints = [draw(costs, {}, language="en", words=translate(w)).hint for w in ("en", "nb")]
    assert hints == ["A number from 0.5 to 2500000", "Et tall fra 0,5 til 2500000"]


def test_a_text_is_kept_in_its_lines_and_has_an_end():
    assert said(TEXT, why=" One\r\ntwo ") == {"why": "One\ntwo"}
    assert said(TEXT, why="  ") == {"why": None}
    assert said(TEXT, why="x" * 10_000) == {"why": "x" * 10_000}
    assert said(TEXT, why="x" * 10_001) == {"why": TOO_LONG}
    assert said(TEXT, why="a\0b") == {"why": NO_TEXT}


def test_only_what_is_offered_is_an_answer():
    assert said(ONE, leader="planned") == {"leader": "planned"}
    assert said(ONE, leader="perhaps") == {"leader": NOT_OFFERED}
    assert said(ONE) == {}  # nothing is chosen: what was chosen before stays
    assert said(CHOSEN, how__a__x="good") == {"how.a.x": "good", "how.a.y": None}
    assert said(CHOSEN, how__a__x="yes") == {"how.a.x": NOT_OFFERED}


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        (MANY, {"where.facebook": "yes", "where.youtube": "no"}),
        (MANY, {"where.facebook": "no", "where.youtube": "no"}),
        (MANY, {"where.facebook": "dont_know", "where.youtube": "dont_know"}),
        (NUMBER, {"pages": "dont_know"}),
        (NUMBER, {"pages": "12.5"}),
        (TEXT, {"why": "So"}),
        (ONE, {"leader": "dont_know"}),
        (CHOSEN, {"how.a.x": "good", "how.a.y": "bad"}),
    ],
)
def test_a_page_that_is_sent_as_it_was_shown_says_the_same(asked, values):
    shown = typed_of(asked, values)
    ticked = {
        name: sent for name, sent in shown.items() if not (asked.is_ticked and sent != ("yes",))
    }
    sent = {**ticked, **({"alone": shown["alone"]} if "alone" in shown else {})}
    if sent.get("alone") and asked.kind == "number":
        sent.pop("pages")  # the field stands empty beside the box
    found = read(asked, sent, known=values, is_whole=True)
    assert (dict(found.values), found.wrong) == (values, {})
