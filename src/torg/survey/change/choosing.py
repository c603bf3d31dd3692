"""Which items a result is asked for, and what their figures are shares of."""

from collections.abc import Sequence

from torg.errors import SurveyError
from torg.survey.questionnaire import Item, Questionnaire


def chosen(questionnaire: Questionnaire, items: Sequence[str] | None) -> list[Item]:
    """The items of those ids, or all; without texts. Raises SurveyError for an id that is none."""
    unknown = sorted(set(items or ()) - set(questionnaire.items))
    if unknown:
        raise SurveyError(
            f"the questionnaire has no item '{unknown[0]}': its items are named by the ids of the "
            "question and, where there are several, of the option, or the row and column."
        )
    found = [item for item in questionnaire.items.values() if items is None or item.id in items]
    return [item for item in found if item.question.kind != "text"]


def base_of(item: Item) -> str:
    """What the figures of an item are shares of: "answered", "answered:uses_facebook=yes"."""
    condition = item.question.shown_if
    if condition is None:
        return "answered"
    return f"answered:{condition.item}={'|'.join(condition.codes)}"
