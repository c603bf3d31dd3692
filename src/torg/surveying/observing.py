"""Observation by hand: who looks at what, what was seen, and how far observers agree."""

import polars as pl

from torg.archive import Archive
from torg.coding import languages_of
from torg.collect import ByHand, KnownChannels
from torg.errors import SurveyError
from torg.register import read_register
from torg.study import Study
from torg.survey import OBSERVED, Questionnaire, Wave
from torg.survey.observing import (
    agreement,
    assignments,
    forms,
    observed_measures,
    observed_values,
)
from torg.surveying.asked import Collected

OBSERVATION = "observation"
OBSERVED_FILE = "observed.csv"  # as `simulate` writes it


def draw_observers(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    frame: pl.DataFrame,
    *,
    observers: int,
    twice: float,
    seed: int,
) -> pl.DataFrame:
    """Who looks at which channel of which unit, drawn by lot. Raises SurveyError."""
    _require_observation(wave)
    register = read_register(study.register_folder)
    drawn = forms(frame, questionnaire, wave, register=register)
    return assignments(drawn, observers, share_twice=twice, seed=seed)


def keep_observed(
    study: Study, questionnaire: Questionnaire, wave: Wave, answers: Collected
) -> pl.DataFrame:
    """Take what observers saw into the archive; how far they agree, item by item.

    The same again changes nothing; more forms later replace what the wave brought before.
    """
    _require_observation(wave)
    register = read_register(study.register_folder)
    given, frame = answers.answers[wave.id], answers.frames[wave.id]
    if given.is_empty():
        raise SurveyError(f"wave '{wave.id}' has no forms yet: 'torg survey import' takes them in.")
    rows = observed_values(given, questionnaire, wave, frame=frame, register=register)
    source = ByHand(study=study.id, wave=wave.id, rows=rows)
    known = KnownChannels.of(register, languages_of=languages_of)
    Archive(study.archive).append(
        source, source.batches(), pseudonyms=None, languages=known.languages, text_days=0
    )
    return agreements(questionnaire, wave, answers)


def agreements(questionnaire: Questionnaire, wave: Wave, answers: Collected) -> pl.DataFrame:
    """How far observers of a wave agree, an item each."""
    return agreement(answers.answers[wave.id], questionnaire, wave, frame=answers.frames[wave.id])


def seen_by_hand(
    study: Study, questionnaire: Questionnaire, frame: pl.DataFrame
) -> pl.DataFrame | None:
    """What the latest wave of observation saw of each unit of a frame; None where there is none."""
    waves = [wave for wave in questionnaire.waves if wave.mode == OBSERVATION]
    if not waves:
        return _made_up(study, frame)
    latest = max(waves, key=lambda wave: (wave.opens, wave.id))
    seen = Archive(study.archive).reading().observations().filter(pl.col("wave") == latest.id)
    return observed_measures(seen, frame) if seen.height else None


def _require_observation(wave: Wave) -> None:
    if wave.mode != OBSERVATION:
        raise SurveyError(
            f"wave '{wave.id}' asks respondents: observers fill in a wave whose table in "
            f'questionnaire.toml says mode = "{OBSERVATION}".'
        )


def _made_up(study: Study, frame: pl.DataFrame) -> pl.DataFrame | None:
    """What observers of a simulated country saw, where the simulation made any up."""
    path = study.folder / "simulated" / OBSERVED_FILE
    if study.simulated is None or not path.is_file():
        return None
    return pl.read_csv(path, schema=dict(OBSERVED)).join(frame, on=["country", "unit"], how="semi")
