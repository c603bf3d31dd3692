"""How often a question rule is right: measured on hand-coded samples that ship with Torg."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from torg.coding.grammar import GRAMMARS
from torg.coding.questions import VERSION, Rule, is_question, question_rule
from torg.errors import MeasureError

_SAMPLES = files("torg.coding") / "samples"
CONSTRUCTED = "constructed sample"


@dataclass(frozen=True)
class Accuracy:
    """What a rule got right on one hand-coded sample of `n` comments.

    precision: the share that are questions among those that the rule calls so.
    recall: the share that the rule finds among the questions. Either is null without a case.
    """

    sample: str
    n: int
    precision: float | None
    recall: float | None


def read_sample(language: str, *, part: str) -> pl.DataFrame:
    """The constructed sentences of a language.

    part: "develop" (the rule was written on them) or "measure" (it was not).
    Columns: part, is_question (coded by hand), text.
    """
    with (_SAMPLES / f"{language}.csv").open("rb") as file:
        sample = pl.read_csv(file, schema_overrides={"is_question": pl.Boolean})
    return sample.filter(pl.col("part") == part)


@cache
def accuracy(rule_id: str) -> Accuracy:
    """Precision and recall of a rule on the constructed sentences of its languages.

    Only sentences set apart for measuring count. Raises MeasureError for a rule that this version
    of Torg does not know.
    """
    rule = _rule(rule_id)
    languages = rule.languages or tuple(sorted(GRAMMARS))
    sample = pl.concat([read_sample(language, part="measure") for language in languages])
    called = sample.select(pl.col("is_question"), is_question(pl.col("text"), rule=rule).alias("c"))
    both = called.filter(pl.col("is_question") & pl.col("c")).height
    return Accuracy(
        sample=CONSTRUCTED,
        n=sample.height,
        precision=_share(both, called.filter(pl.col("c")).height),
        recall=_share(both, called.filter(pl.col("is_question")).height),
    )


@cache
def field_accuracy(rule_id: str) -> tuple[Accuracy, ...]:
    """Precision and recall on real comments, where somebody has coded some by hand."""
    with (_SAMPLES / "field.csv").open("rb") as file:
        rows = pl.read_csv(file).filter(pl.col("rule") == rule_id).sort("sample")
    return tuple(
        Accuracy(
            sample=row["sample"],
            n=row["n"],
            precision=_share(row["both"], row["called"]),
            recall=_share(row["both"], row["questions"]),
        )
        for row in rows.iter_rows(named=True)
    )


def _rule(rule_id: str) -> Rule:
    names, _, version = rule_id.rpartition("-")
    rule = question_rule(tuple(names.split("+")))
    if rule.id != rule_id or version != str(VERSION):
        raise MeasureError(
            f"No question rule is called '{rule_id}': this version of Torg has rules like "
            f"'{question_rule(('nb', 'nn')).id}'. Import the files again to decide by it."
        )
    return rule


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
