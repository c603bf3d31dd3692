"""Make a study, and the simulated country."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from torg import main, show
from torg.commands.answers import Json
from torg.commands.app import app
from torg.study import TEMPLATES


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
    json: Json = False,
) -> None:
    """Simulate a country and run the whole road on it."""
    with show.working("Simulating a country and running the whole road on it"):
        made = main.demo(folder, municipalities=municipalities, weeks=weeks, seed=seed)
    show.release(made, as_json=json)
