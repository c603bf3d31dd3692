"""How far a question rule can be trusted."""

import hashlib

import polars as pl
import pytest

from torg.coding import QUESTION_RULES, accuracy, field_accuracy, is_question, read_sample
from torg.errors import MeasureError

LANGUAGES = ("da", "en", "fi", "nb", "nn", "sv")


@pytest.mark.parametrize("rule_id", sorted(QUESTION_RULES))
def test_precision_and_recall_are_counted_on_the_sentences_set_apart(rule_id):
    rule = QUESTION_RULES[rule_id]
    texts = pl.concat([read_sample(x, part="measure") for x in rule.languages or LANGUAGES])
    called = texts.select(c=is_question(pl.col("text"), rule=rule))["c"].to_list()
    coded = texts["is_question"].to_list()
    both = sum(a and b for a, b in zip(called, coded, strict=True))
    known = accuracy(rule_id)
    assert (known.n, known.sample) == (len(coded), "constructed sample")
    assert known.precision == both / sum(called)
    assert known.recall == both / sum(coded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_enough_sentences_and_none_is_in_both_parts(language):
    measure, develop = (read_sample(language, part=part) for part in ("measure", "develop"))
    assert measure.height >= 60
    assert 0.3 <= measure["is_question"].mean() <= 0.5
    assert not set(measure["text"]) & set(develop["text"])
    assert measure["text"].n_unique() == measure.height


def test_the_rules_are_at_least_as_good_as_the_question_mark_alone():
    for rule_id in QUESTION_RULES:
        assert accuracy(rule_id).recall >= accuracy("sign-1").recall
        assert accuracy(rule_id).precision >= 0.8


def test_a_sample_from_the_field_is_reported_beside_the_constructed_one():
    (field,) = field_accuracy("en-1")
    assert field.n == 220
    assert field.precision == 16 / 63
    assert field.recall == 1
    assert field_accuracy("fi-1") == ()


@pytest.mark.parametrize("rule_id", ["en-0", "xx-1", "sv+fi-1", "nonsense", "1"])
def test_a_rule_that_does_not_exist_is_refused(rule_id):
    with pytest.raises(MeasureError, match="No question rule is called"):
        accuracy(rule_id)


def test_a_changed_rule_has_a_new_number():
    # The archive keeps by which rule a comment was taken for a question. Whoever changes a pattern
    # raises VERSION in coding/questions.py, measures anew, and then writes the digest here.
    texts = pl.concat([read_sample(x, part=p) for x in LANGUAGES for p in ("develop", "measure")])
    decisions = [
        (rule_id, texts.select(c=is_question(pl.col("text"), rule=rule))["c"].to_list())
        for rule_id, rule in sorted(QUESTION_RULES.items())
    ]
    assert hashlib.sha256(repr(decisions).encode()).hexdigest()[:16] == "068a38b8114aef8e"
