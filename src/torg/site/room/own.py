"""What a municipality said in the survey beside what is observed of it: for itself alone."""

from dataclasses import dataclass

import polars as pl

from torg import surveying
from torg.compare import observed_of, own, pairs_of
from torg.register import read_register
from torg.site.answers.models import Form
from torg.site.answers.queries import answers_of, frame
from torg.site.places import shelf
from torg.site.releases.queries import in_question
from torg.study import Study
from torg.survey import ANSWERS, Questionnaire, Wave, sheet_of


@dataclass(frozen=True, kw_only=True)
class OwnRow:
    """One answer and the figure that it is held against; None where one is not known."""

    title: str
    caution: str  # what the observation cannot see
    measure: str
    says: bool | None
    shows: bool | None


def own_stated(study: Study, country: str, unit: str) -> tuple[OwnRow, ...]:
    """What the municipality said in the last wave that it sent in, beside what is observed."""
    publication = in_question()
    shown = shelf.offered(publication.release) if publication else None
    if shown is None or shown.results is None or not surveying.has_survey(study):
        return ()
    questionnaire = surveying.questionnaire_of(study)
    wave = _last_wave(questionnaire, country, unit)
    if wave is None:
        return ()
    return _rows(study, questionnaire, wave, shown.results.measures, country=country, unit=unit)


def _last_wave(questionnaire: Questionnaire, country: str, unit: str) -> Wave | None:
    sent = Form.objects.filter(
        unit__country=country, unit__unit=unit, submitted__isnull=False
    ).values_list("unit__wave", flat=True)
    found = [w for w in questionnaire.waves if w.id in set(sent) and w.mode == "questionnaire"]
    return max(found, key=lambda wave: (wave.opens, wave.id), default=None)


def _rows(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    measures: pl.DataFrame,
    *,
    country: str,
    unit: str,
) -> tuple[OwnRow, ...]:
    """The pairs of which something is known; read from this municipality's rows and no other's."""
    is_own = (pl.col("country") == country) & (pl.col("unit") == unit)
    mine = frame(study, wave=wave.id).filter(is_own)
    register = read_register(study.register_folder)
    sheet = sheet_of(
        answers_of(study, wave=wave.id).filter(is_own).select(*ANSWERS), questionnaire, wave,
        frame=mine, conflict=study.survey.conflict, register=register,
    ).rows  # fmt: skip
    measured = measures.filter(country=country, municipality=unit)
    seen = observed_of(measured, mine, register, day=wave.frame_date)
    pairs = pairs_of(questionnaire, seen["measure"], wave=wave.id)
    found = own(sheet, seen, pairs, country=country, unit=unit)
    return tuple(
        OwnRow(
            title=pair.definition.title, caution=pair.definition.caution, measure=pair.measure,
            says=row["says"], shows=row["shows"],
        )
        for pair, row in zip(pairs, found.iter_rows(named=True), strict=True)
        if row["says"] is not None
    )  # fmt: skip
