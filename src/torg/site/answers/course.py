"""The way through a form: which questions are asked of somebody, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from torg.survey.questionnaire import Question, Questionnaire, is_shown, items_of

_MINUTES = {"matrix": 1.0, "text": 1.0, "number": 0.5}  # besides reading, where it takes longer
CHECK = "check:"  # the place after the last question; no question is called so

_READING = 0.3
_STEP = 5  # nobody promises four minutes


@dataclass(frozen=True)
class Course:
    """The questions of a form, in order, after what was answered until now.

    `every` holds also those that a condition spares somebody; an answer that was given to one
    stays where it is and counts for nothing.
    """

    every: tuple[Question, ...]
    values: Mapping[str, str]

    @property
    def shown(self) -> tuple[Question, ...]:
        """The questions that are asked now."""
        return tuple(each for each in self.every if is_shown(each, self.values))

    @property
    def is_settled(self) -> bool:
        """Whether no answer changes how many questions are asked."""
        return all(each.shown_if is None for each in self.every)

    def named(self, name: str) -> Question | None:
        """The question of that id; None where the form has none."""
        return next((each for each in self.every if each.id == name), None)

    def is_on(self, question: Question) -> bool:
        """Whether it is asked now."""
        return is_shown(question, self.values)

    def after(self, question: Question) -> Question | None:
        """The next that is asked; None: it was the last."""
        later = self.every[self.every.index(question) + 1 :]
        return next((each for each in later if self.is_on(each)), None)

    def before(self, question: Question) -> Question | None:
        """The one before; None: it was the first."""
        earlier = self.every[: self.every.index(question)]
        return next((each for each in reversed(earlier) if self.is_on(each)), None)

    def from_place(self, place: str | None) -> Question | None:
        """Where to go on: the question that the form was left at, or the next that is asked."""
        left = self.named(place or "")
        if left is None:
            return next(iter(self.shown), None)
        return left if self.is_on(left) else self.after(left)

    def is_answered(self, question: Question) -> bool:
        """Whether anything was said to it."""
        return any(item.id in self.values for item in items_of(question))

    @property
    def answered(self) -> int:
        """How many of the questions that are asked have an answer."""
        return sum(self.is_answered(each) for each in self.shown)

    @property
    def minutes(self) -> int:
        """About how long it takes, in steps of five minutes."""
        long = sum(_READING + _MINUTES.get(each.kind, 0.2) for each in self.shown)
        return max(_STEP, round(long / _STEP) * _STEP)


def is_asked(question: Question, *, wave: str, kind: str) -> bool:
    """Whether a wave asks the question of a unit of that kind; conditions are another matter."""
    is_of_kind = kind not in {"municipality", "county"} or kind in question.units
    return question.is_asked_in(wave) and is_of_kind


def course(
    questionnaire: Questionnaire, *, wave: str, kind: str, values: Mapping[str, str]
) -> Course:
    """The way through the form of a unit of that kind."""
    asked = (each for each in questionnaire.questions if is_asked(each, wave=wave, kind=kind))
    return Course(tuple(asked), values)
