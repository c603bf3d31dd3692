"""What is asked, answered and counted, in the reader's words: questions, answers, groups, bases."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from babel.lists import format_list

from torg.locale import Words, message
from torg.report.figures import figure
from torg.report.places import size_name
from torg.report.results import SIZE_CLASSES
from torg.report.survey.lookup import BY_PLAN
from torg.report.survey.results import SurveyResults
from torg.report.terms import PLATFORMS
from torg.survey import Item, Question, Wave
from torg.survey.questionnaire import DONT_KNOW, NO, PLANNED, YES, text_in

ANSWERS = {
    YES: message("yes"),
    NO: message("no"),
    PLANNED: message("planned"),
    DONT_KNOW: message("don't know"),
    BY_PLAN: message("yes or planned"),
}

UNITS = {
    "municipality": message("municipalities"),
    "county": message("counties"),
    "both": message("municipalities and counties"),
}
OF_ANSWERED = {
    "municipality": message("of the municipalities that answered"),
    "county": message("of the counties that answered"),
    "both": message("of the municipalities and counties that answered"),
}
OF_ALL = {
    "municipality": message("of all municipalities"),
    "county": message("of all counties"),
    "both": message("of all municipalities and counties"),
}

GROUPS = {
    "all": message("All"),
    "panel": message("Those that answered both times"),
    "kind:municipality": message("Municipalities"),
    "kind:county": message("Counties"),
    "kind:both": message("Both municipality and county"),
    "size:county": message("Counties"),
}

OF_PLATFORMS = {
    "has_page": message("Has a page on %(platform)s"),
    "posts": message("Posts on %(platform)s"),
}
_UNITS = {"has_page": "share"}

_LEFT_OUT = "left out, "  # in a note on the weights, before the reason

CALLED_X_FROM = dt.date(2023, 7, 24)  # Twitter before

MARGINS = {
    "size": message("number of inhabitants"),
    "region": message("county"),
    "county": message("county"),
    "activity": message("observed activity"),
    "kind": message("kind of unit"),
    "size_class": message("number of inhabitants"),
}
_SIZES = frozenset({"size", "size_class"})

# The classes of a margin that have no name of their own: fifths by what was observed.
CLASSES = {
    "unknown": message("not known"),
    "lowest": message("the lowest fifth"),
    "low": message("the second lowest fifth"),
    "middle": message("the middle fifth"),
    "high": message("the second highest fifth"),
    "highest": message("the highest fifth"),
    "county": UNITS["county"],
}


@dataclass(frozen=True)
class Phrases:
    """The words of one survey in one language."""

    survey: SurveyResults
    words: Words

    def question(self, question: Question) -> str:
        """A question as it was asked."""
        return text_in(question.texts, self.words.language)

    def short(self, item: Item) -> str:
        """What tells an item from the others of its question; the question where it is alone."""
        parts = [part for part in (item.option, item.row, item.column) if part]
        if not parts:
            return self.question(item.question)
        return " · ".join(text_in(part.texts, self.words.language) for part in parts)

    def channel(self, platform: str, day: dt.date) -> str:
        """A platform's name as it was on a day."""
        if platform == "x" and day < CALLED_X_FROM:
            return "Twitter"
        return PLATFORMS.get(platform, platform)

    def whole(self, item: Item) -> str:
        """An item with its question: "Which channels …? Facebook"."""
        question, short = self.question(item.question), self.short(item)
        return question if question == short else f"{question} {short}"

    def answer(self, item: Item, code: str | None) -> str:
        """An answer's words: the questionnaire's own, or those for yes, no and don't know."""
        own = {option.id: option for option in item.question.options}
        if code in own and item.question.kind != "many":
            return text_in(own[code].texts, self.words.language)
        return self.words.say(ANSWERS[code]) if code in ANSWERS else (code or "")

    def group(self, group: str) -> str:
        """A group of units by name."""
        if group in GROUPS:
            return self.words.say(GROUPS[group])
        kind, _, name = group.partition(":")
        return size_name(name, self.words, short=True) if kind == "size" else name or group

    def wave(self, wave: Wave) -> str:
        """A wave's title; one without is called after its id."""
        title = text_in(wave.titles, self.words.language)
        return title or self.words.say(message("The survey %(wave)s"), wave=wave.id)

    def measure(self, measure: str) -> str:
        """An observed measure by its title; one without is called by its id."""
        name, _, platform = measure.partition(":")
        if name in OF_PLATFORMS:
            at = PLATFORMS.get(platform, platform)
            return self.words.say(OF_PLATFORMS[name], platform=at)
        known = self.survey.measures.get(measure)
        return self.words.say(known.title) if known else measure.replace("_", " ")

    def measured(self, measure: str, value: float | None) -> str:
        """A value of an observed measure in its unit."""
        return figure(value, unit=self.unit(measure), words=self.words)

    def unit(self, measure: str) -> str:
        """The unit of an observed measure; "share" is shown in per cent."""
        known = self.survey.measures.get(measure)
        return known.unit if known else _UNITS.get(measure.partition(":")[0], "")

    def margins(self, by: str) -> str:
        """The margins "size + region" as words in a row."""
        names = [name.strip() for name in re.split(r" [+x] ", by)]
        return self.listed([self.words.say(MARGINS.get(name, name)) for name in names if name])

    def classes(self, margin: str, label: str) -> str:
        """A class of a margin by name, or several that were joined: "<2k + 2-5k"."""
        return " + ".join(self._class(margin, name) for name in label.split(" + "))

    def _class(self, margin: str, name: str) -> str:
        if name in CLASSES:
            return self.words.say(CLASSES[name])
        is_size = margin in _SIZES and name in SIZE_CLASSES
        return size_name(name, self.words, short=True) if is_size else name

    def joined(self, notes: Sequence[str]) -> list[str]:
        """The classes that were joined: "size: <2k + 2-5k" in words."""
        parts = [note.partition(":") for note in notes if _LEFT_OUT not in note]
        return [
            f"{self.words.say(MARGINS.get(name, name))}: {self.classes(name, label.strip())}"
            for name, _, label in parts
        ]

    def left_out(self, notes: Sequence[str]) -> list[str]:
        """What was not weighted by: a margin, or one measure of it."""
        found = [note.partition(_LEFT_OUT)[0].partition(":") for note in notes if _LEFT_OUT in note]
        return [
            self.measure(own)
            if (own := measure.strip())
            else self.words.say(MARGINS.get(name, name))
            for name, _, measure in found
        ]

    def listed(self, parts: list[str]) -> str:
        """Parts in a row, the last with "and"."""
        return str(format_list(parts, locale=self.words.locale))

    def kind_of(self, question: Question | None = None) -> str:
        """Whom a question is put to: "municipality", "county" or "both"."""
        asked = set(question.units) & self._kinds if question else self._kinds
        return next(iter(asked)) if len(asked) == 1 else "both"

    @cached_property
    def _kinds(self) -> set[str]:
        kinds = set(self.survey.kinds)
        if "both" in kinds:
            return {"municipality", "county"}
        return kinds or {"municipality"}

    def of_base(self, item: Item, *, of_all: bool = False) -> str:
        """Of whom a share is, as it stands after the share: "of the municipalities that answered".

        `of_all`: the share is weighted, and said of all units rather than those that answered.
        """
        condition = item.question.shown_if
        if condition is None:
            table = OF_ALL if of_all else OF_ANSWERED
            return self.words.say(table[self.kind_of(item.question)])
        asked = self.survey.questionnaire.items[condition.item]
        answers = " / ".join(self.answer(asked, code) for code in condition.codes)
        return self.words.say(
            message("of those that answered “%(answer)s” to “%(question)s”"),
            answer=answers,
            question=self.whole(asked),
        )
