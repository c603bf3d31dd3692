"""The waves of a study, each with its frame, its answers and its weights."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from torg import compare, main
from torg.errors import SurveyError
from torg.register import Register, read_register
from torg.study import Study
from torg.survey import (
    ANSWERS,
    Questionnaire,
    Sheet,
    Surveyed,
    Wave,
    Weighting,
    frame_of,
    sheet_of,
    weigh,
)

Unit = tuple[str, str]  # country, unit
# A wave and its frame -> OBSERVED rows; None where nothing was observed.
Observe = Callable[[Wave, pl.DataFrame], pl.DataFrame | None]


@dataclass(frozen=True, eq=False)
class Collected:
    """What the people's part holds, by wave: answers (ANSWERS), and the frames that were drawn."""

    answers: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that anybody answered."""
        return tuple(sorted(name for name, rows in self.answers.items() if rows.height))

    @property
    def digest(self) -> str:
        """SHA-256 over all answers and frames: the same answers, the same digest."""
        total = hashlib.sha256()
        for tables in (self.answers, self.frames):
            for wave in sorted(tables):
                rows = tables[wave]
                total.update(rows.sort(rows.columns).write_csv().encode())
        return total.hexdigest()


@dataclass(frozen=True, eq=False)
class Joined:
    """What was observed of a wave's units, asked or not, and what the coverage gate says of it."""

    passed: pl.DataFrame  # OBSERVED rows of the measures that passed
    coverage: pl.DataFrame


@dataclass(frozen=True, eq=False)
class Asked:
    """A wave with all that is known of it; `joined` where the archive was looked at."""

    surveyed: Surveyed
    sheet: Sheet
    joined: Joined | None = None

    @property
    def wave(self) -> Wave:
        """The wave."""
        return self.surveyed.wave


def draw_frame(
    study: Study,
    wave: Wave,
    *,
    respondents: Callable[[str], Sequence[Unit]],
) -> pl.DataFrame:
    """Whom the wave asks, from the register on its day. Raises SurveyError.

    `respondents` says which units answered another wave, for one that asks only those.
    """
    rule, _, rest = wave.frame.partition(":")
    only = {
        "top": lambda: best(study, int(rest)),
        "answered": lambda: respondents(rest),
    }.get(rule, lambda: None)()
    return frame_of(
        read_register(study.register_folder),
        wave,
        units=study.survey.units,
        country=study.country,
        languages=study.languages,
        only=only,
    )


def best(study: Study, places: int) -> list[Unit]:
    """The units with the most points, as many as `places`; in a tie the one first by its code."""
    ranked = main.rank(study, group="all").drop_nulls("rank")
    units = ranked.select("rank", "country", "municipality").unique()  # a row for each rank set
    order = units.sort("rank", "country", "municipality").head(places)
    if order.height < places:
        raise SurveyError(
            f"the {places} with the most points are to be asked, and only {order.height} are "
            "ranked: import what is needed to rank them first."
        )
    return list(order.select("country", "municipality").iter_rows())


def asked(
    study: Study,
    questionnaire: Questionnaire,
    collected: Collected,
    *,
    observed: Observe | None = None,
) -> tuple[Asked, ...]:
    """Every wave that respondents answered, in the order in which they opened.

    `observed` gives what was observed of a frame's units; it is joined with the latest wave.
    Raises SurveyError where nobody has answered anything.
    """
    waves = sorted(questionnaire.waves, key=lambda wave: (wave.opens, wave.id))
    answered = [w for w in waves if w.id in collected.waves and w.mode == "questionnaire"]
    if not answered:
        raise SurveyError(
            f"{study.folder} has no answers yet: 'torg survey invite' asks for them, "
            "'torg survey import FILE' takes in those that were collected elsewhere."
        )
    register = read_register(study.register_folder)
    return tuple(
        _asked(
            study,
            questionnaire,
            wave,
            collected=collected,
            register=register,
            observed=observed if wave is answered[-1] else None,
        )
        for wave in answered
    )


def _asked(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    collected: Collected,
    register: Register,
    observed: Observe | None,
) -> Asked:
    frame = collected.frames[wave.id]
    sheet = sheet_of(
        collected.answers[wave.id].select(*ANSWERS),
        questionnaire,
        wave,
        frame=frame,
        conflict=study.survey.conflict,
        register=register,
    )
    seen = observed(wave, frame) if observed else None
    joined = None if seen is None else _joined(seen, frame, sheet.respondents)
    activity = None if joined is None else _activity(study, joined)
    weighting = weighed(study, frame, sheet.respondents, observed=activity)
    return Asked(Surveyed(wave, frame, sheet.rows, weighting), sheet, joined)


def _joined(seen: pl.DataFrame, frame: pl.DataFrame, respondents: pl.DataFrame) -> Joined:
    coverage = compare.gate(seen, frame, respondents=respondents)
    return Joined(compare.through(seen, coverage), coverage)


def _activity(study: Study, joined: Joined) -> pl.DataFrame:
    return joined.passed.filter(pl.col("measure").is_in(study.survey.activity))


def weighed(
    study: Study,
    frame: pl.DataFrame,
    respondents: pl.DataFrame,
    *,
    observed: pl.DataFrame | None = None,
) -> Weighting:
    """Weights as the study wants them; `observed` are the rows that activity is made of."""
    return weigh(
        frame,
        respondents,
        method=study.survey.weights,
        margins=study.survey.margins,
        observed=observed,
        bounds=study.survey.bounds,
        least=study.survey.least,
    )


def reweighing(study: Study, one: Asked) -> Callable[[pl.DataFrame], Weighting]:
    """A function that weighs the wave anew on the observed rows it is given."""
    return partial(_anew, study, one)


def _anew(study: Study, one: Asked, observed: pl.DataFrame) -> Weighting:
    return weighed(study, one.surveyed.frame, one.sheet.respondents, observed=observed)
