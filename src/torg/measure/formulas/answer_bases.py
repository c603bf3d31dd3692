"""What a figure about comments counts, in words, and why it may be missing."""

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.coding import Accuracy, accuracy, field_accuracy
from torg.errors import MeasureError

LEAST_QUESTIONS = 5  # with fewer a share says more about chance than about the municipality


def access(table: Table) -> ir.StringValue:
    """The access tier of the replies, "mixed" for several."""
    first, last = table.access_first, table.access_last
    return ibis.ifelse(first == last, first, "mixed")


def rule_texts(by_week: Table) -> dict[str, str]:
    """For each question rule in use what its figures count and how far it can be trusted."""
    rules = by_week.select(rule=by_week.rule_first).union(by_week.select(rule=by_week.rule_last))
    found = rules.distinct().to_pyarrow()["rule"].to_pylist()
    return {rule: f"citizens' questions by {_trust(rule)}" for rule in sorted(filter(None, found))}


def base_of(table: Table, texts: dict[str, str]) -> ir.StringValue:
    """What n counts in a row of `table`; a row with several rules names the first and last."""
    several = ibis.literal("citizens' questions by rules ").concat(
        table.rule_first, " to ", table.rule_last
    )
    one = table.rule_first.cases(*texts.items(), else_=several) if texts else several
    questions = ibis.ifelse(table.rule_first == table.rule_last, one, several)
    return ibis.ifelse(
        table.is_of_questions,
        questions.fill_null("citizens' questions"),
        "citizens' comments on the top level",
    )


def why_missing(table: Table, *, support: ir.IntegerValue, otherwise: str) -> ir.StringValue:
    """The first reason that holds; null where the figure can be computed.

    support: how many comments carry the figure; `otherwise` is the reason where that is none.
    """
    few = table.is_of_questions & (support < LEAST_QUESTIONS)
    return table.why.fill_null(
        ibis.cases((support == 0, otherwise), (few, "too_few_questions"), else_=None)
    )


def why_no_figure(table: Table) -> ir.StringValue:
    """The reason where a row has nothing to make any figure of."""
    asks = table.is_of_questions
    return ibis.cases(
        ((table.of_citizens == 0) & (table.of_unknown > 0), "owner_unknown"),
        (table.of_citizens == 0, "no_comments"),
        (asks & (table.of_known_kind == 0), "questions_unknown"),
        (asks & (table.n == 0), "no_questions"),
        (asks & (table.n < LEAST_QUESTIONS), "too_few_questions"),
        else_=ibis.null("string"),
    )


def _trust(rule: str) -> str:
    try:
        samples = (accuracy(rule), *field_accuracy(rule))
    except MeasureError:
        return f"rule {rule}, of unknown precision and recall"
    return f"rule {rule}: {'; '.join(map(_measured, samples))}"


def _measured(known: Accuracy) -> str:
    return (
        f"precision {_share(known.precision)}, recall {_share(known.recall)} "
        f"({known.sample}, n {known.n})"
    )


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"
