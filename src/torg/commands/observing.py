"""Observation by hand, as a wave whose respondents are observers."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from torg import show, site, surveying
from torg.commands.answers import Json
from torg.commands.app import survey_app
from torg.commands.inviting import Wave, chosen_wave


@survey_app.command()
def observe(
    path: Annotated[Path, Argument(metavar="FILE", help="Where to write who looks at what (CSV).")],
    *,
    observers: Annotated[int, Option(min=1, help="How many observers there are.")] = 2,
    twice: Annotated[float, Option(min=0, max=1, help="The share that two look at.")] = 0.2,
    seed: Annotated[int, Option(help="Another seed, another lot.")] = 1,
    wave: Wave = None,
    json: Json = False,
) -> None:
    """Draw by lot who looks at which channel by hand."""
    study, questionnaire, asked = chosen_wave(wave)
    frame = site.drawn(study, asked)
    told = surveying.draw_observers(
        study, questionnaire, asked, frame, observers=observers, twice=twice, seed=seed
    )
    who = told.select("observer", "country", "unit").unique(maintain_order=True)
    with surveying.writing(path):
        told.write_csv(path)
    site.add_observers(study, who, wave=asked.id)
    show.rows(told.group_by("observer").len("forms").sort("observer").to_dicts(), as_json=json)


@survey_app.command()
def observed(*, wave: Wave = None, json: Json = False) -> None:
    """Take what was seen by hand into the archive; say how far two observers agree."""
    study, questionnaire, asked = chosen_wave(wave)
    answers = site.collected(study, questionnaire)
    rows = surveying.keep_observed(study, questionnaire, asked, answers)
    show.rows(rows.to_dicts(), as_json=json, nothing="Nothing was looked at twice.")
