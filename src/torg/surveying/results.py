"""From answers to all that is shown of a survey, as one value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import polars as pl

from torg import __version__, compare, disclose
from torg.measure import DEFINITIONS, MEASURE_COLUMNS
from torg.register import read_register
from torg.report.survey import (
    AGREEMENT,
    BIAS,
    COVERAGE,
    FLOWS,
    NOWCAST,
    STATED,
    MeasureWords,
    SurveyResults,
    WeightingNote,
)
from torg.study import Study
from torg.survey import (
    ESTIMATES,
    Questionnaire,
    Surveyed,
    Wave,
    disagreements_by_item,
    respondents_of,
    weigh,
)
from torg.survey.change import change, gross_flows
from torg.survey.estimating import estimate
from torg.survey.questionnaire import PLANNED
from torg.survey.response import (
    REPRESENTATIVITY,
    Representativity,
    representativity,
    response,
)
from torg.survey.trend import by_plan, nowcast, trend
from torg.surveying.asked import Asked, Collected, Observe, asked, reweighing
from torg.surveying.kept import hypotheses, printed
from torg.surveying.observing import OBSERVATION, agreements, seen_by_hand

GROUPS = ("all", "size", "county", "kind")


def results(
    study: Study,
    questionnaire: Questionnaire,
    collected: Collected,
    *,
    measures: pl.DataFrame | None = None,
    internal: bool = False,
) -> SurveyResults:
    """All that may be shown of the answers; `measures` are the observed rows of the window.

    Raises SurveyError where nobody has answered anything.
    """
    population = read_register(study.register_folder).in_country(study.country)
    observed = observing(study, questionnaire, measures)
    waves = asked(study, questionnaire, collected, observed=observed)
    raw = Tables(
        estimates=estimates(study, questionnaire, waves),
        changes=changes(study, questionnaire, waves),
        plans=plans(study, questionnaire, waves[-1]),
    )
    found = guarded(raw, waves, questionnaire)
    flows = _flows(study, questionnaire, waves)
    lines = trends(questionnaire, waves, found.estimates)
    held = compared_with_observed(study, questionnaire, waves[-1])
    return SurveyResults(
        title=study.title,
        study_id=study.id,
        invented=study.is_invented or population.is_invented,
        code_version=__version__,
        confidence=study.survey.confidence,
        questionnaire=questionnaire,
        asker=study.survey.contact or "",
        country=study.country,
        internal=internal,
        reasons={**compare.GATE_REASONS, **disclose.REASONS},
        measures={
            name: MeasureWords(title=d.title, unit=d.unit) for name, d in DEFINITIONS.items()
        },
        weightings=tuple(_note(one) for one in waves),
        hypotheses=hypotheses(study),
        frame=_rows(one.surveyed.frame for one in waves),
        facts=_rows(one.sheet.rows for one in waves),
        response=_rows(_response(one) for one in waves),
        classes=_rows(_classes(one) for one in waves),
        estimates=found.estimates,
        trends=lines,
        nowcasts=_nowcasts(study, questionnaire, waves, lines),
        changes=disclose.protect_panel(found.changes, flows, questionnaire),
        flows=flows,
        plans=found.plans,
        representativity=_rows(representativity_of(study, one) for one in waves),
        disagreements=_rows(disagreements_by_item(one.sheet) for one in waves),
        agreement=_agreements(questionnaire, collected),
        printed=printed(study, questionnaire),
        coverage=held.coverage,
        bias=held.bias,
        stated=held.stated,
    )


def observing(study: Study, questionnaire: Questionnaire, measures: pl.DataFrame | None) -> Observe:
    """What was observed of any frame: measured in the study's window, and seen by hand."""
    measured = pl.DataFrame(schema=MEASURE_COLUMNS) if measures is None else measures

    def observed(wave: Wave, frame: pl.DataFrame) -> pl.DataFrame | None:
        by_hand = seen_by_hand(study, questionnaire, frame)
        if measures is None and by_hand is None:
            return None
        register = read_register(study.register_folder)
        return compare.observed_of(measured, frame, register, day=wave.frame_date, by_hand=by_hand)

    return observed


def _agreements(questionnaire: Questionnaire, collected: Collected) -> pl.DataFrame:
    waves = [w for w in questionnaire.waves if w.mode == OBSERVATION and w.id in collected.waves]
    found = [agreements(questionnaire, wave, collected).select(*AGREEMENT) for wave in waves]
    return pl.concat([pl.DataFrame(schema=dict(AGREEMENT)), *found])


def estimates(
    study: Study,
    questionnaire: Questionnaire,
    waves: Sequence[Asked],
    *,
    items: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Shares and means of every wave, weighted, and of those that answered."""
    return _rows(_estimates(study, questionnaire, one, items) for one in waves)


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables of ESTIMATES rows that are published together."""

    estimates: pl.DataFrame
    changes: pl.DataFrame
    plans: pl.DataFrame


def guarded(tables: Tables, waves: Sequence[Asked], questionnaire: Questionnaire) -> Tables:
    """The tables without what few units are behind, and without what would give that away.

    All at once: what one table hides, another would give away.
    """
    every = [tables.estimates, tables.changes, tables.plans]
    guard = disclose.guard(every, [one.surveyed for one in waves], questionnaire)
    return Tables(
        guard.one_of_two(guard.protect(tables.estimates)),
        *(guard.protect(rows) for rows in (tables.changes, tables.plans)),
    )


def _estimates(
    study: Study, questionnaire: Questionnaire, one: Asked, items: Sequence[str] | None
) -> pl.DataFrame:
    """The weighted figures, and unless they are the same, the plain ones beside."""
    surveyed = [one.surveyed]
    if one.surveyed.weighting.by:
        surveyed.append(unweighted(one.surveyed))
    found = [
        estimate(
            each, questionnaire, items=items, groups=GROUPS, confidence=study.survey.confidence
        )
        for each in surveyed
    ]
    return _rows(found)


def trends(
    questionnaire: Questionnaire, waves: Sequence[Asked], found: pl.DataFrame
) -> pl.DataFrame:
    """Each item over the waves, by the weighted figures where there are any."""
    weighted = {
        one.wave.id: found.filter(
            (pl.col("wave") == one.wave.id)
            & (pl.col("weighted_by") == one.surveyed.weighting.by)
            & (pl.col("group") == "all")
        )
        for one in waves
    }
    frames = {one.wave.id: one.surveyed.frame for one in waves}
    return trend(weighted, questionnaire, frames=frames)


def changes(study: Study, questionnaire: Questionnaire, waves: Sequence[Asked]) -> pl.DataFrame:
    """What changed from each wave to the next, for all and in the matched panel."""
    register = read_register(study.register_folder)
    return _rows(
        change(
            before.surveyed,
            after.surveyed,
            questionnaire,
            register=register,
            confidence=study.survey.confidence,
        )
        for before, after in pairwise(waves)
    )


@dataclass(frozen=True, eq=False)
class Compared:
    """What answers and observation say of each other; nothing where nothing was observed."""

    coverage: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(COVERAGE)))
    bias: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(BIAS)))
    stated: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(STATED)))


def compared_with_observed(study: Study, questionnaire: Questionnaire, one: Asked) -> Compared:
    """A wave held against what was observed, of those too that did not answer."""
    if one.joined is None:
        return Compared()
    represented = _represented(study, one)
    seen, wave = one.joined.passed, pl.lit(one.wave.id).alias("wave")
    biases = compare.bias(
        seen,
        one.surveyed.frame,
        one.sheet.respondents,
        activity=study.survey.activity,
        weigh=reweighing(study, one),
        cv=None if represented is None else represented.cv,
    )
    pairs = compare.pairs_of(questionnaire, seen["measure"], wave=one.wave.id)
    found = compare.stated(one.surveyed, seen, pairs)
    said = disclose.protect_stated(found, questionnaire, one.surveyed)
    return Compared(
        coverage=one.joined.coverage.with_columns(wave),
        bias=biases.with_columns(wave),
        stated=said.with_columns(wave),
    )


def unweighted(surveyed: Surveyed) -> Surveyed:
    """The wave with the same weight for everybody: what is said of those that answered."""
    plain = weigh(surveyed.frame, respondents_of(surveyed.sheet), method="none")
    return replace(surveyed, weighting=plain)


def _note(one: Asked) -> WeightingNote:
    weighting = one.surveyed.weighting
    return WeightingNote(
        wave=one.wave.id,
        method=weighting.method,
        by=weighting.by,
        kish=weighting.kish,
        effective_n=weighting.effective_n,
        least=weighting.least,
        most=weighting.most,
        trimmed=weighting.trimmed,
        joined=weighting.joined,
    )


def _response(one: Asked) -> pl.DataFrame:
    return response(one.surveyed.frame, one.sheet.respondents)


def _classes(one: Asked) -> pl.DataFrame:
    return one.surveyed.weighting.classes.with_columns(wave=pl.lit(one.wave.id))


def representativity_of(study: Study, one: Asked) -> pl.DataFrame:
    """How like the frame those are that answered; nothing where all or nobody did."""
    found = _represented(study, one)
    return pl.DataFrame(schema=dict(REPRESENTATIVITY)) if found is None else found.table


def _represented(study: Study, one: Asked) -> Representativity | None:
    frame, respondents = one.surveyed.frame, one.sheet.respondents
    if respondents.height in {0, frame.height}:
        return None
    return representativity(frame, respondents, confidence=study.survey.confidence)


def _flows(study: Study, questionnaire: Questionnaire, waves: Sequence[Asked]) -> pl.DataFrame:
    register = read_register(study.register_folder)
    found = (
        gross_flows(before.surveyed, after.surveyed, questionnaire, register=register).table
        for before, after in pairwise(waves)
    )
    tables = [pl.DataFrame(schema=dict(FLOWS)), *(rows.select(*FLOWS) for rows in found)]
    surveyed = [one.surveyed for one in waves]
    return disclose.protect_flows(pl.concat(tables), questionnaire, surveyed)


def _nowcasts(
    study: Study, questionnaire: Questionnaire, waves: Sequence[Asked], lines: pl.DataFrame
) -> pl.DataFrame:
    """The levels on the day that the study wants them for; none where it names no day."""
    if study.survey.nowcast is None:
        return pl.DataFrame(schema=dict(NOWCAST))
    found = nowcast(lines, day=study.survey.nowcast, confidence=study.survey.confidence)
    return disclose.protect_nowcasts(found, [one.surveyed for one in waves], questionnaire)


def plans(study: Study, questionnaire: Questionnaire, one: Asked) -> pl.DataFrame:
    """What there will be if the plans come true, of each item of the wave that can be planned."""
    items = [
        item.id
        for item in questionnaire.items.values()
        if PLANNED in item.codes and item.question.is_asked_in(one.wave.id)
    ]
    return _rows(
        by_plan(one.surveyed, questionnaire, item=name, confidence=study.survey.confidence)
        for name in items
    )


def _rows(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all, which have the same columns; of none, no estimates."""
    found = list(frames)
    return pl.concat(found) if found else pl.DataFrame(schema=dict(ESTIMATES))
