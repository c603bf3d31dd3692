"""Make a study, and the simulated country."""

import os
import sys
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from torg import main, show, site, surveying
from torg.commands.answers import Json
from torg.commands.app import app, chosen_study
from torg.errors import StudyError
from torg.simulate import RECIPES, SimulatedStudy, answers_of, simulate_study
from torg.study import TEMPLATES, Study


@app.command()
def init(
    folder: Annotated[Path, Argument(metavar="DIR", help="The folder of the new study.")],
    template: Annotated[
        str, Option(help=f"Where to start from: {', '.join(TEMPLATES)}.")
    ] = "default",
    title: Annotated[str | None, Option(help="The study's title; else the folder's name.")] = None,
) -> None:
    """Make a study: a folder with a study.toml, and a key for authors' names outside of it."""
    show.new_study(main.init(folder, template=template, title=title))


@app.command()
def demo(
    folder: Annotated[Path, Argument(metavar="DIR", help="Where to make it.")] = Path("demo"),
    *,
    municipalities: Annotated[int, Option(min=20, help="How many municipalities.")] = 357,
    weeks: Annotated[int, Option(min=6, help="How many weeks.")] = 17,
    seed: Annotated[int, Option(help="Another seed, another country.")] = 1,
    port: Annotated[int, Option(min=1, max=65535, help="The port of its site.")] = 8000,
    json: Json = False,
) -> None:
    """Simulate a country, run the whole road on it, and show its site.

    All of it takes about three minutes. Without a terminal the site's first page is looked at, and
    that is all.
    """
    with show.working("Simulating a country and running the whole road on it: about three minutes"):
        made = site.demo(folder, municipalities=municipalities, weeks=weeks, seed=seed)
    show.release(made.release, as_json=json)
    if json:
        return
    if show.is_watched():
        for what, path in made.ways_in:
            show.line(f"{what}: http://127.0.0.1:{port}{path}")
        _serve(made.study, port=port)
    else:
        show.line(f"The site's first page is there: {site.check_front_page(made.study)}")


def _serve(study: Study, *, port: int) -> None:
    """Become the server: threads that made the study would not live on in its processes."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "torg", "-C", str(study.folder), "serve", "--port", str(port)]
    os.execv(sys.executable, command)  # noqa: S606 -- our own command


@app.command()
def simulate(*, json: Json = False) -> None:
    """Make up the register, posts and answers of a study that says it is simulated."""
    study = chosen_study()
    recipe = RECIPES.get(study.simulated.recipe) if study.simulated else None
    if study.simulated is None or recipe is None:
        raise StudyError(
            f"{study.folder / 'study.toml'} has no [simulated] table with a recipe: only a study "
            f"that says it is made up is filled. Recipes: {', '.join(sorted(RECIPES))}."
        )
    questionnaire = surveying.questionnaire_of(study)
    with show.working("Simulating"):
        made = simulate_study(recipe, questionnaire=questionnaire, seed=study.simulated.seed)
        main.take_simulated(study, made)
        found = [_answer(study, made, wave) for wave in made.answers]
    show.rows(found, as_json=json)


def _answer(study: Study, made: SimulatedStudy, name: str) -> dict[str, object]:
    """Draw the wave's frame and keep what its units would answer."""
    questionnaire = surveying.questionnaire_of(study)
    frame = site.drawn(study, surveying.wave_of(questionnaire, name))
    answers = answers_of(made, wave=name, frame=frame)
    site.store_answers(study, answers, name=f"simulated {name}", simulated=True)
    units = answers.select("country", "unit").n_unique()
    return {"wave": name, "units": frame.height, "answered": units, "answers": answers.height}
