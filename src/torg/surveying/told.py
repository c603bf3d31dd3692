"""What the commands tell of a survey: estimates, change, comparison, files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from torg import disclose, main
from torg.archive import Archive
from torg.errors import SurveyError
from torg.main import AnsweredSurvey
from torg.register import read_register
from torg.report.survey import write_survey_tables
from torg.study import Study
from torg.survey import Questionnaire, Surveyed, Wave
from torg.survey.change import change, gross_flows
from torg.survey.estimating import differences
from torg.survey.estimating import estimate as estimated
from torg.surveying.asked import Asked, Collected, asked
from torg.surveying.definition import questionnaire_of, wave_of
from torg.surveying.output import folder_for
from torg.surveying.results import (
    GROUPS,
    compared_with_observed,
    estimates,
    observing,
    representativity_of,
    trends,
)


def estimate(
    study: Study,
    answers: Collected,
    *,
    wave: str | None = None,
    items: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    between: str | None = None,
) -> pl.DataFrame:
    """Shares and means of all units of a wave, with intervals; what may be shown of them.

    `between`: differences between all groups of that kind instead.
    """
    questionnaire = questionnaire_of(study)
    one = _one(study, questionnaire, answers, wave)
    tell = differences if between else estimated
    rows = tell(
        one.surveyed,
        questionnaire,
        items=_known(questionnaire, items),
        groups=(between,) if between else groups or GROUPS,
        confidence=study.survey.confidence,
    )
    return disclose.protect(rows, [one.surveyed], questionnaire)


def change_between(
    study: Study,
    answers: Collected,
    before: str | None,
    after: str | None,
    *,
    items: Sequence[str] | None = None,
) -> pl.DataFrame:
    """What changed from one wave to another; without names, between the last two."""
    pair = _pair(study, answers, before, after)
    rows = change(
        pair.before.surveyed,
        pair.after.surveyed,
        pair.questionnaire,
        register=read_register(study.register_folder),
        items=_known(pair.questionnaire, items),
        confidence=study.survey.confidence,
    )
    shown = disclose.protect(rows, pair.surveyed, pair.questionnaire)
    return disclose.protect_panel(shown, _flows(study, pair, items), pair.questionnaire)


def flows_between(
    study: Study,
    answers: Collected,
    before: str | None,
    after: str | None,
    *,
    items: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Who went from which answer to which, of the units that answered both waves."""
    return _flows(study, _pair(study, answers, before, after), items)


def _flows(study: Study, pair: "_Pair", items: Sequence[str] | None) -> pl.DataFrame:
    found = gross_flows(
        pair.before.surveyed,
        pair.after.surveyed,
        pair.questionnaire,
        register=read_register(study.register_folder),
        items=_known(pair.questionnaire, items),
    )
    return disclose.protect_flows(found.table, pair.questionnaire, pair.surveyed)


@dataclass(frozen=True, eq=False)
class _Pair:
    before: Asked
    after: Asked
    questionnaire: Questionnaire

    @property
    def surveyed(self) -> list[Surveyed]:
        """Both waves."""
        return [self.before.surveyed, self.after.surveyed]


def _pair(study: Study, answers: Collected, before: str | None, after: str | None) -> _Pair:
    questionnaire = questionnaire_of(study)
    waves = {one.wave.id: one for one in _all_asked(study, questionnaire, answers)}
    if len(waves) < 2:
        raise SurveyError("only one wave has answers: a change is between two.")
    names = list(waves)
    earlier, later = (before or names[-2]), (after or names[-1])
    for name in (earlier, later):
        if name not in waves:
            raise SurveyError(f"wave '{name}' has no answers: there are {', '.join(names)}.")
    if names.index(earlier) >= names.index(later):
        raise SurveyError(
            f"a change goes from an earlier wave to a later one, and '{earlier}' is not before "
            f"'{later}': say --from and --to in the order {', '.join(names)}."
        )
    return _Pair(waves[earlier], waves[later], questionnaire)


def trend_of(
    study: Study, answers: Collected, *, items: Sequence[str] | None = None
) -> pl.DataFrame:
    """Each item over all waves that were answered; what was not asked stays a gap."""
    questionnaire = questionnaire_of(study)
    waves = _all_asked(study, questionnaire, answers)
    found = estimates(study, questionnaire, waves, items=_known(questionnaire, items))
    shown = disclose.protect(found, [one.surveyed for one in waves], questionnaire)
    return trends(questionnaire, waves, shown)


def likeness(study: Study, answers: Collected, wave: Wave) -> pl.DataFrame:
    """How like the frame those are that have answered so far (R-indicator and its parts)."""
    questionnaire = questionnaire_of(study)
    one = _one(study, questionnaire, answers, wave.id)
    return representativity_of(study, one)


COMPARISONS = ("stated", "bias", "coverage")


def compared(
    study: Study, answers: Collected, *, what: str, wave: str | None = None
) -> pl.DataFrame:
    """Answers beside what was observed in the study's window; one of COMPARISONS."""
    if what not in COMPARISONS:
        raise SurveyError(f"'{what}' cannot be compared: say one of {', '.join(COMPARISONS)}.")
    questionnaire = questionnaire_of(study)
    one = _one(study, questionnaire, answers, wave)
    found: pl.DataFrame = getattr(compared_with_observed(study, questionnaire, one), what)
    return found


def _measured(study: Study) -> pl.DataFrame | None:
    if Archive(study.archive).reading().sources.is_empty():
        return None
    return main.measure(study)


def export(study: Study, survey: AnsweredSurvey, folder: Path) -> list[Path]:
    """Write all results into the folder, for spreadsheets, SPSS, archives and databases."""
    with folder_for(folder):
        write_survey_tables(survey.results(_measured(study)), folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _all_asked(study: Study, questionnaire: Questionnaire, answers: Collected) -> tuple[Asked, ...]:
    """Every wave, weighted as in the report: with what was observed, where anything was."""
    observed = observing(study, questionnaire, _measured(study))
    return asked(study, questionnaire, answers, observed=observed)


def _one(study: Study, questionnaire: Questionnaire, answers: Collected, wave: str | None) -> Asked:
    """The wave of that name, else the last that has answers."""
    waves = _all_asked(study, questionnaire, answers)
    if wave is None:
        return waves[-1]
    name = wave_of(questionnaire, wave).id
    found = [one for one in waves if one.wave.id == name]
    if not found:
        raise SurveyError(f"wave '{name}' has no answers yet.")
    return found[0]


def _known(questionnaire: Questionnaire, items: Sequence[str] | None) -> Sequence[str] | None:
    """The items, where all of them are; a question's id stands for all its items."""
    if not items:
        return None
    found = [
        item.id
        for name in items
        for item in questionnaire.items.values()
        if name in {item.id, item.question.id}
    ]
    unknown = [
        name
        for name in items
        if name not in questionnaire.items
        and name not in {question.id for question in questionnaire.questions}
    ]
    if unknown:
        raise SurveyError(f"no item is called '{unknown[0]}': 'torg survey preview' shows them.")
    return found
