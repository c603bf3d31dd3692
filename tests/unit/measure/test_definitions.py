"""Every measure has its definition and its reasons in words, and the reference page shows them."""

from pathlib import Path

from torg.measure import DEFINITIONS, REASONS, reference
from torg.measure.formulas import FORMULAS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "measures.md"


def test_what_is_defined_is_what_is_measured():
    measured = [measure for formula in FORMULAS for measure in formula.measures]
    assert sorted(measured) == sorted(DEFINITIONS)
    assert len(measured) == len(set(measured))


def test_reasons_of_left_out_rows_are_in_words():
    assert {formula.absent for formula in FORMULAS} <= set(REASONS)


def test_the_reference_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "write docs/reference/measures.md anew from torg.measure.reference()"
    )
