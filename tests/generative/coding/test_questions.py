"""The question rule on whatever people may write."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from torg.coding import QUESTION_RULES, is_question

RULES = sorted(QUESTION_RULES.values(), key=lambda rule: rule.id)
WORDS = "hei når er onko koko can you det vi I hvornår varför ? ! ?! . , (?) www.a.b/?c=d it?s ✨"
words = st.sampled_from([*WORDS.split(), '"', "\n"])
texts = st.one_of(st.text(), st.lists(words, max_size=12).map(" ".join))


def decide(texts, rule):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(c=is_question(pl.col("text"), rule=rule))["c"].to_list()


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), texts), max_size=8))
def test_each_text_is_decided_by_itself_and_only_a_missing_text_is_undecided(some):
    for rule in RULES:
        decisions = decide(some, rule)
        assert [d is None for d in decisions] == [text is None for text in some]
        assert decisions == [decide([text], rule)[0] for text in some]


@settings(deadline=None)
@given(texts)
def test_more_languages_find_no_fewer_questions(text):
    (sign,) = decide([text], QUESTION_RULES["sign-1"])
    for both, one in (("nb+nn-1", "nn-1"), ("nb+nn-1", "nb-1"), ("fi+sv-1", "fi-1")):
        found = decide([text], QUESTION_RULES[one])[0]
        assert found >= sign
        assert decide([text], QUESTION_RULES[both])[0] >= found
