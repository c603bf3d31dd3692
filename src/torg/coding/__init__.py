"""What a text is: decided by documented rules whose accuracy is measured.

`is_question` says which comments ask; `accuracy` says how far to trust it.
"""

from torg.coding.accuracy import Accuracy, accuracy, field_accuracy, read_sample
from torg.coding.questions import (
    QUESTION_RULES,
    Rule,
    is_question,
    languages_of,
    question_rule,
)

__all__ = [
    "QUESTION_RULES",
    "Accuracy",
    "Rule",
    "accuracy",
    "field_accuracy",
    "is_question",
    "languages_of",
    "question_rule",
    "read_sample",
]
