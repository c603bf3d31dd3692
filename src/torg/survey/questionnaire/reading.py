"""From questionnaire.toml to a questionnaire, or to all its faults by line."""

from collections.abc import Mapping
from pathlib import Path

from torg.errors import SurveyError
from torg.survey.questionnaire.checks import all_told
from torg.survey.questionnaire.conditions import parsed
from torg.survey.questionnaire.draft import Draft, draft_of
from torg.survey.questionnaire.model import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Wave,
    items_of,
)
from torg.survey.questionnaire.ready import READY
from torg.survey.questionnaire.shape import EVERY, Offered, QuestionTable, WaveTable
from torg.survey.questionnaire.source import Fault


def read_questionnaire(path: Path, *, ready: Mapping[str, Path] = READY) -> Questionnaire:
    """The questionnaire that a file defines.

    `ready`: the questionnaires that it can begin with, by their names.

    Raises SurveyError with the line of the first fault, and how many more there are.
    """
    draft, found = _looked_at(path, ready)
    if found:
        more = f" And {len(found) - 1} more: see 'torg survey check'." if len(found) > 1 else ""
        raise SurveyError(f"{path}, line {found[0].line}: {found[0].message}{more}")
    return _built(draft)


def faults(path: Path, *, ready: Mapping[str, Path] = READY) -> tuple[Fault, ...]:
    """All faults of a questionnaire's file, in the order of their lines; empty where it is sound.

    Raises SurveyError only where there is no file.
    """
    return _looked_at(path, ready)[1]


def _looked_at(path: Path, ready: Mapping[str, Path]) -> tuple[Draft, tuple[Fault, ...]]:
    draft, found = draft_of(path, ready)
    told = (draft.fault(each) for each in all_told(draft)) if draft.own.is_whole else ()
    return draft, tuple(sorted({*found, *told}))


def _built(draft: Draft) -> Questionnaire:
    languages = draft.languages
    questions: list[Question] = []
    of_item: dict[str, Question] = {}
    for placed in draft.questions:
        question = _question(placed.table, draft, of_item)
        questions.append(question)
        of_item |= {item.id: question for item in items_of(question)}
    return Questionnaire(
        id=draft.top.id or "",
        titles=_texts(draft.top.title, languages),
        languages=languages,
        waves=tuple(
            sorted((_wave(w.table, languages) for w in draft.waves), key=lambda w: (w.opens, w.id))
        ),
        questions=tuple(questions),
        introductions=_texts(draft.top.introduction, languages),
    )


def _wave(table: WaveTable, languages: tuple[str, ...]) -> Wave:
    return Wave(
        id=table.id,
        opens=table.opens,
        closes=table.closes,
        frame_date=table.frame_date or table.opens,
        frame=table.frame,
        mode=table.mode,
        titles=_texts(table.title, languages),
    )


def _question(table: QuestionTable, draft: Draft, of_item: Mapping[str, Question]) -> Question:
    languages = draft.languages
    return Question(
        id=table.id,
        kind=table.kind,
        texts=_texts(table.text, languages),
        options=_options(table.options, draft),
        rows=_options(table.rows, draft),
        columns=_options(table.columns, draft),
        allows_dont_know=table.dont_know,
        shown_if=_condition(table.shown_if, of_item),
        disclosure=table.disclosure,
        waves=table.waves,
        units=table.units,
        prefill=table.prefill,
        required=table.required,
        low=table.low,
        high=table.high,
        break_at=table.break_at,
        helps=_texts(table.help, languages),
    )


def _condition(written: str | None, of_item: Mapping[str, Question]) -> Condition | None:
    """The condition, with those that its own item hangs on."""
    condition = parsed(written) if written else None
    if condition is None:
        return None
    return Condition(condition.item, condition.codes, of_item[condition.item].shown_if)


def _options(written: Offered | None, draft: Draft) -> tuple[Option, ...]:
    return tuple(
        Option(each.id, _texts(each.text, draft.languages)) for each in draft.offered(written)
    )


def _texts(written: Mapping[str, str] | None, languages: tuple[str, ...]) -> Mapping[str, str]:
    """A text by language; one that is the same in all stands under each."""
    if not written:
        return {}
    same = dict.fromkeys(languages, written[EVERY]) if EVERY in written else {}
    return same | {language: text for language, text in written.items() if language != EVERY}
