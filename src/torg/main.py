"""The use cases as sentences: one function per command, for the command line and Python alike."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from torg import disclose, publish
from torg.archive import Archive, Reading, load_key, make_key
from torg.collect import ImportOptions
from torg.errors import StudyError, UserError
from torg.importing import import_files, unclaimed_channels
from torg.measure import Observed, observe, read_corrections
from torg.register import read_register
from torg.registering import asked_about, register_import
from torg.release import Release, make_release
from torg.report import Results, write_report, write_tables
from torg.report.survey import SurveyResults, write_survey, write_survey_tables
from torg.score import Ranked
from torg.score import rank as rank_observed
from torg.simulate import Recipe, SimulatedStudy, demo_recipe, simulate_study, write_study
from torg.study import Study, create_study, read_study
from torg.survey.questionnaire import read_questionnaire

Row = dict[str, Any]


def study_in(folder: Path) -> Study:
    """The study in `folder`."""
    return read_study(folder)


def init(folder: Path, *, template: str = "default", title: str | None = None) -> Study:
    """Make a study, and a key for authors' names outside of it."""
    study = create_study(folder, template=template, title=title)
    make_key(study.id)
    return study


# --- import ------------------------------------------------------------------------------------


def import_options(study: Study, **answers: Any) -> ImportOptions:  # noqa: ANN401 -- as its fields
    """How files are to be read: what the call says, else what the study says."""
    said = {name: answer for name, answer in answers.items() if answer is not None}
    return ImportOptions(**{"timezone": study.imports.timezone, **said})


# --- measure, rank, report ---------------------------------------------------------------------


def measure(
    study: Study,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    engine: str = "duckdb",
    as_of: dt.datetime | None = None,
) -> pl.DataFrame:
    """Every measure of every municipality, platform and channel over a window."""
    reading = Archive(study.archive).reading(as_of=as_of)
    return _observe(study, reading, start=start, end=end, engine=engine).rows


def rank(
    study: Study,
    *,
    group: str | None = None,
    engine: str = "duckdb",
    as_of: dt.datetime | None = None,
) -> pl.DataFrame:
    """Places with the places that cannot be excluded, and the municipalities' names."""
    reading = Archive(study.archive).reading(as_of=as_of)
    observed = _observe(study, reading, engine=engine)
    names = asked_about(study).municipality_frame(observed.population_date)
    named = names.select("country", "municipality", "name")
    rows = _in_group(_rank(study, observed).rows, group)
    return rows.join(named, on=["country", "municipality"], how="left", maintain_order="left")


def _in_group(rows: pl.DataFrame, group: str | None) -> pl.DataFrame:
    if group is None:
        return rows
    groups = rows["group"].unique(maintain_order=True).to_list()
    if group not in groups:
        raise UserError(f"no group is called '{group}': there are {', '.join(groups)}.")
    return rows.filter(pl.col("group") == group)


@dataclass(frozen=True)
class AnsweredSurvey:
    """A survey as a report takes it in: its results, given the observed rows of the window."""

    results: Callable[[pl.DataFrame | None], SurveyResults]
    digest: str  # of all answers


def report(
    study: Study, *, internal: bool = False, survey: AnsweredSurvey | None = None
) -> list[Row]:
    """Write pages and tables into the study's folder report/; a row per language.

    `internal` writes what those who make the study may see, and into internal-report/.
    """
    name = "internal-report" if internal else "report"
    folder = study.folder / name
    if folder.exists() and not folder.is_dir():
        raise StudyError(f"{folder} is a file: move it away, the report is written there.")
    reading = Archive(study.archive).reading()
    _write(study, _shown(study, reading, survey=survey, internal=internal), folder)
    return [
        {"language": language, "path": str(folder / "report" / language / "index.html")}
        for language in study.languages
    ]


def run(study: Study, *, survey: AnsweredSurvey | None = None) -> Release:
    """Make a release of all that the study asks, if anything has changed."""
    reading = Archive(study.archive).reading()
    shown = _shown(study, reading, survey=survey)
    sources = shown.sources if isinstance(shown, Results) else reading.sources
    provenance = publish.provenance(study, reading, sources)
    return make_release(
        study.releases,
        write=partial(_write, study, shown),
        provenance={**provenance, "answers": survey.digest} if survey else provenance,
        now=dt.datetime.now(dt.UTC),
    )


def _observe(
    study: Study,
    reading: Reading,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    engine: str = "duckdb",
    in_part: bool = False,
) -> Observed:
    _require_somebody(study)
    return observe(
        reading,
        read_register(study.register_folder),
        study,
        start=start,
        end=end,
        engine=engine,
        threads=_threads(),
        corrections=read_corrections(study.corrections, zone=study.zone),
        in_part=in_part,
    )


def _require_somebody(study: Study) -> None:
    """Raise StudyError where the study asks about nobody, or about platforms that nobody has."""
    register = read_register(study.register_folder)
    if study.country and study.country not in register.countries:
        known = ", ".join(register.countries) or "none yet: see 'torg register import'"
        raise StudyError(
            f"{study.folder / 'study.toml'}: country '{study.country}' has no municipality in the "
            f"register; its countries are {known}."
        )
    platforms = {channel.platform for channel in register.channels}
    for name in study.channels.platforms:
        if name not in platforms:
            raise StudyError(
                f"{study.folder / 'study.toml'}: no channel in the register is on '{name}'; its "
                f"platforms are {', '.join(sorted(platforms)) or 'none yet'}."
            )


def _threads() -> int | None:
    """TORG_THREADS, for a machine that is shared; without it all that the machine has."""
    text = os.environ.get("TORG_THREADS")
    if text is None:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise UserError(f"TORG_THREADS is '{text}': write a whole number from 1, or unset it.")
    return int(text)


def _rank(study: Study, observed: Observed) -> Ranked:
    register = read_register(study.register_folder)
    return rank_observed(observed, register.municipality_frame(observed.population_date), study)


def _shown(
    study: Study,
    reading: Reading,
    *,
    survey: AnsweredSurvey | None = None,
    internal: bool = False,
) -> Results | SurveyResults:
    """What everybody may see, or, `internal`, those who make the study.

    Where nothing was ever collected the answers to the survey are all there is.
    """
    if survey and reading.sources.is_empty():
        return survey.results(None)
    register = read_register(study.register_folder)
    disclosed = _CIRCLES[internal](
        reading,
        register,
        unclaimed=unclaimed_channels(study),
        measure=partial(_observe, study),
    )
    return publish.results(
        study,
        reading=reading,
        register=register,
        disclosed=disclosed,
        ranked=_rank(study, disclosed.observed),
        survey=survey.results(disclosed.observed.rows) if survey else None,
        internal=internal,
    )


_CIRCLES = {False: disclose.for_everybody, True: disclose.for_analysts}


def _write(study: Study, shown: Results | SurveyResults, folder: Path) -> None:
    survey = shown if isinstance(shown, SurveyResults) else shown.survey
    if isinstance(shown, Results):
        write_tables(shown, folder / "results")
    if survey:
        write_survey_tables(survey, folder / "results" / "survey")
    for language in study.languages:
        into = folder / "report" / language
        if isinstance(shown, Results):
            write_report(shown, into, language=language, languages=study.languages)
        else:
            write_survey(shown, into, language=language, languages=study.languages)


# --- archive, demo -----------------------------------------------------------------------------


def archive_check(study: Study) -> list[Row]:
    """What is wrong with the archive; nothing where it is whole."""
    return [asdict(finding) for finding in Archive(study.archive).check()]


def archive_rejects(study: Study) -> list[Row]:
    """Every rejected row: file, line, reason, and the row with personal columns blanked."""
    return Archive(study.archive).rejects().drop("source_id").to_dicts()


def archive_compact(study: Study) -> list[Row]:
    """Join many small files into few."""
    return [asdict(Archive(study.archive).compact())]


def archive_forget(
    study: Study, *, author: str | None = None, post: str | None = None, reply: str | None = None
) -> list[Row]:
    """Take the text and author keys of one author, post or reply out, for good."""
    archive = Archive(study.archive)
    key = load_key(study.id)
    forgotten = archive.forget(author=author, post=post, reply=reply, pseudonyms=key)
    return [asdict(forgotten)]


def demo_study(
    folder: Path, *, municipalities: int = 357, weeks: int = 17, seed: int = 1
) -> tuple[Study, SimulatedStudy]:
    """Simulate a country and take it in; the same call again changes nothing.

    What its municipalities answered is in the second value: to keep it is the site's.
    """
    recipe = demo_recipe(municipalities=municipalities, weeks=weeks)
    study = _demo_study(folder, name=f"simulated-{municipalities}-{weeks}-{seed}", recipe=recipe)
    asked = read_questionnaire(study.questionnaire)
    made = simulate_study(recipe, seed=seed, questionnaire=asked)
    take_simulated(study, made)
    return study, made


def demo(folder: Path, *, municipalities: int = 357, weeks: int = 17, seed: int = 1) -> Release:
    """Simulate a country and make a release of what was observed of it."""
    study, _ = demo_study(folder, municipalities=municipalities, weeks=weeks, seed=seed)
    return run(study)


def take_simulated(study: Study, made: SimulatedStudy) -> None:
    """Write what was made up into the study's folder simulated/, and take it in.

    Raises StudyError where the register has a municipality that is not made up.
    """
    _require_nobody_else(study, made)
    folder = study.folder / "simulated"
    write_study(made, folder)
    register_import(study, [folder / "register"])
    if (folder / "exports").is_dir():
        import_files(study, [folder / "exports"], options=import_options(study))


def _require_nobody_else(study: Study, made: SimulatedStudy) -> None:
    invented = {(each.country, each.code) for each in made.register.municipalities}
    there = read_register(study.register_folder).municipalities
    others = [each for each in there if (each.country, each.code) not in invented]
    if others:
        raise StudyError(
            f"{study.register_folder} has municipalities that are not made up, as "
            f"{others[0].country} {others[0].code}: nothing is made up about them. Make a folder "
            "of its own for what is simulated."
        )


def _demo_study(folder: Path, *, name: str, recipe: Recipe) -> Study:
    if not (folder / "study.toml").exists():
        _write_demo_study(folder, name=name, recipe=recipe)
        make_key(name)
    study = read_study(folder)
    if study.id != name:
        raise UserError(f"{folder} holds another study ({study.title}): choose another folder.")
    return study


def _write_demo_study(folder: Path, *, name: str, recipe: Recipe) -> None:
    title, months = "A simulated country", recipe.months
    if months is None:
        raise ValueError(f"recipe {recipe.name} has no months")
    window = (months.start, months.start + dt.timedelta(weeks=months.weeks, days=-1))
    create_study(folder, template="simulated", title=title, study_id=name, window=window)
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(_DEMO_SURVEY)
    (folder / "questionnaire.toml").write_text(_DEMO_QUESTIONNAIRE, encoding="utf-8")


_DEMO_SURVEY = """
[survey]
contact = "The makers of this study, study@example.org"
link = "http://127.0.0.1:8000/answer/"
"""

_DEMO_QUESTIONNAIRE = """\
# Torg's own yearly questions, asked of the invented country twice.
ready = "torg-core"

[[wave]]
id = "2024"
opens = 2024-02-01
closes = 2024-03-31
frame_date = 2024-01-08

[[wave]]               # stays open, so that whoever tries the site can answer
id = "2024-autumn"
opens = 2024-09-02
closes = 2099-12-31
frame_date = 2024-05-01
title.en = "The survey of autumn 2024"
title.nb = "Undersøkelsen høsten 2024"
title.nn = "Undersøkinga hausten 2024"
title.sv = "Enkäten hösten 2024"
title.fi = "Syksyn 2024 kysely"
title.da = "Undersøgelsen efteråret 2024"
"""
