"""The reference page of the question rule says what is measured."""

from pathlib import Path

import pytest

from torg.coding import QUESTION_RULES, accuracy, field_accuracy

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "question-rule.md"


@pytest.mark.parametrize("rule_id", sorted(QUESTION_RULES))
def test_the_page_gives_each_rule_with_its_precision_and_recall(rule_id):
    known = accuracy(rule_id)
    row = f"| `{rule_id}` | {known.n} | {known.precision:.2f} | {known.recall:.2f} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_gives_the_samples_from_the_field():
    text = PAGE.read_text(encoding="utf-8")
    for rule_id in QUESTION_RULES:
        for field in field_accuracy(rule_id):
            assert f"| {field.precision:.2f} | {field.recall:.2f} |" in text
