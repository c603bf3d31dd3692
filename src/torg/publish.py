"""From what was observed and ranked to what a release shows."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

import polars as pl

from torg import __version__, compare
from torg.archive import Reading
from torg.coding import Accuracy, accuracy, field_accuracy
from torg.disclose import REASONS as WITHHELD_REASONS
from torg.disclose import Disclosure
from torg.measure import DEFINITIONS, Definition, Observed
from torg.measure import REASONS as MEASURE_REASONS
from torg.register import Register, check
from torg.report import Hypothesis, Meaning, Results, RuleAccuracy, shown
from torg.report.survey import SurveyResults
from torg.score import REASONS as RANK_REASONS
from torg.score import Ranked
from torg.study import Study

_MUNICIPALITY = ["country", "municipality"]


def results(
    study: Study,
    *,
    reading: Reading,
    register: Register,
    disclosed: Disclosure,
    ranked: Ranked,
    survey: SurveyResults | None = None,
    internal: bool = False,
) -> Results:
    """All that a release shows, as one value; `internal`: for those who make the study only."""
    observed = disclosed.observed
    day = observed.population_date
    population = register.in_country(study.country)
    made = Results(
        title=study.title,
        study_id=study.id,
        invented=study.is_invented or population.is_invented,
        start=observed.start,
        end=observed.end,
        open_end=study.window.end is None,
        population_date=day,
        zone=study.timezone,
        code_version=__version__,
        archive_versions=reading.versions,
        archive_digest=reading.digest,
        top=study.ranking.top,
        confidence=study.ranking.confidence,
        reasons={**MEASURE_REASONS, **RANK_REASONS, **WITHHELD_REASONS, **compare.CONTRAST_REASONS},
        definitions={name: _meaning(d) for name, d in DEFINITIONS.items()},
        question_rules=tuple(
            _accuracy(rule, found)
            for rule in observed.question_rules
            for found in (accuracy(rule), *field_accuracy(rule))
        ),
        internal=internal,
        survey=survey,
        withheld=disclosed.withheld.height,
        top_set=ranked.top_set,
        measures=observed.rows,
        weeks=observed.by_week,
        ranks=ranked.rows,
        criteria=ranked.criteria,
        points=ranked.points,
        not_ranked=ranked.not_ranked,
        municipalities=population.municipality_frame(day),
        names=population.name_frame(day),
        channels=population.channel_frame(day),
        sources=disclosed.sources,
        corrections=_corrections(observed),
        totals=disclosed.totals,
        unclaimed=disclosed.unclaimed,
        findings=_frame(check(population, on=day)),
    )
    return _with_contrasts(made, study, ranked)


def _with_contrasts(made: Results, study: Study, ranked: Ranked) -> Results:
    """What sets the top apart, of the figures as they are shown; nothing without a ranking."""
    places = made.ranks.filter(group="all", set="simultaneous").drop_nulls("rank")
    if places.is_empty():
        return made
    asked = compare.to_be_tested(study)
    order = compare.Order(
        places=places.join(made.municipalities, on=_MUNICIPALITY, how="left").select(
            *_MUNICIPALITY, "rank", "size_class"
        ),
        top_set=ranked.top_set,
        criteria=ranked.criteria.filter("kept")["measure"].to_list(),
        access=ranked.access["tier"][0],
    )
    whole = shown(made).measures.filter(pl.col("platform").is_null(), pl.col("channel").is_null())
    found = compare.contrasts(whole, order, asked, confidence=made.confidence)
    return replace(made, contrasts=found, hypotheses=tuple(_registered(one) for one in asked))


def _registered(found: compare.Hypothesis) -> Hypothesis:
    return Hypothesis(**{each.name: getattr(found, each.name) for each in fields(Hypothesis)})


def provenance(study: Study, reading: Reading, sources: pl.DataFrame) -> dict[str, Any]:
    """What made a release: code, study and `sources` as they may be shown, fit for JSON."""
    told = sources.select(
        "name", "sha256", "format", "rows_read", "rows_accepted", "rows_rejected", "access"
    )
    return {
        "code_version": __version__,
        "study": _toml(study),
        "archive": {"digest": reading.digest, "versions": dict(reading.versions)},
        "sources": told.sort("name", "sha256").to_dicts(),
    }


def _toml(study: Study) -> dict[str, Any]:
    """The study's settings; whom to write to and which servers to ask made nothing of a release."""
    values: Mapping[str, Any] = tomllib.loads((study.folder / "study.toml").read_text("utf-8"))
    return {key: _plain(value) for key, value in values.items() if key != "follow"}


def _plain(value: Any) -> Any:  # noqa: ANN401 -- TOML holds days, JSON does not
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _meaning(definition: Definition) -> Meaning:
    return Meaning(
        title=definition.title,
        unit=definition.unit,
        base=definition.base,
        formula=definition.formula,
        why=definition.why,
        source=definition.source,
        about_citizens=definition.about_citizens,
    )


def _accuracy(rule: str, found: Accuracy) -> RuleAccuracy:
    return RuleAccuracy(
        rule=rule,
        precision=found.precision,
        recall=found.recall,
        n=found.n,
        sample=found.sample,
    )


def _corrections(observed: Observed) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"what": c.sentence, "who": c.who, "when": c.when, "why": c.why}
            for c in observed.corrections_applied
        ],
        schema={"what": pl.String, "who": pl.String, "when": pl.Date, "why": pl.String},
    )


def _frame(findings: Iterable[Any]) -> pl.DataFrame:
    columns = ("kind", "country", "code", "message")
    rows = [{name: getattr(finding, name) for name in columns} for finding in findings]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
