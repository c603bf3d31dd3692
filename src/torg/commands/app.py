"""The tree of commands, and the study that a call is about."""

from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Option

from torg import __version__, main, show
from torg.study import Study

_PLAIN: dict[str, Any] = {
    "no_args_is_help": True,
    "rich_markup_mode": "markdown",
    "add_completion": False,
    "pretty_exceptions_enable": False,  # a fault of ours keeps Python's own traceback
}
app = typer.Typer(help="How municipalities use social media, and how sure we can be.", **_PLAIN)
register_app = typer.Typer(
    help="Which municipalities exist, and which channels are theirs.", **_PLAIN
)
archive_app = typer.Typer(help="Look after what was imported.", **_PLAIN)
survey_app = typer.Typer(help="Ask every municipality, and own up to who did not answer.", **_PLAIN)
app.add_typer(register_app, name="register")
app.add_typer(survey_app, name="survey")
app.add_typer(archive_app, name="archive")

_folder: ContextVar[Path] = ContextVar("folder", default=Path())


@app.callback(invoke_without_command=True)
def choose_study(
    folder: Annotated[Path, Option("-C", metavar="DIR", help="The study's folder.")] = Path(),
    *,
    version: Annotated[bool, Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """How municipalities use social media, and how sure we can be."""
    _folder.set(folder)
    if version:
        show.line(f"torg {__version__}")
        raise typer.Exit


def chosen_study() -> Study:
    """The study that the call names with -C, else the one in the folder it is made from."""
    return main.study_in(_folder.get())
