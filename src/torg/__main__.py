"""The command line: parse, call one function of `main`, show, end with the right status.

Exit status: 0 done (rejected rows included); 1 a fault of ours, with its traceback; 2 a fault of
the input or the call, said in one sentence with the remedy.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer import Argument, Option

from torg import __version__, importing, main, show
from torg.errors import TorgError, UserError
from torg.study import TEMPLATES, in_calendar

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
app.add_typer(register_app, name="register")
app.add_typer(archive_app, name="archive")

Json = Annotated[bool, Option("--json", help="Print one JSON array to standard output.")]
Paths = Annotated[list[Path], Argument(help="Files, or folders of files.")]
Day = Annotated[str | None, Option(metavar="DATE", help="As 2025-01-31.")]
Engine = Annotated[str, Option(help="'duckdb', in the process, or 'spark'.")]
AsOf = Annotated[
    str | None, Option(metavar="MOMENT", help="Read the archive as it stood then, as 2025-01-31.")
]

_folder = Path()


@app.callback(invoke_without_command=True)
def choose_study(
    folder: Annotated[Path, Option("-C", metavar="DIR", help="The study's folder.")] = Path(),
    *,
    version: Annotated[bool, Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """How municipalities use social media, and how sure we can be."""
    global _folder
    _folder = folder
    if version:
        show.line(f"torg {__version__}")
        raise typer.Exit


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


@register_app.command("import")
def register_import(paths: Paths, *, json: Json = False) -> None:
    """Take municipalities and channels from files of any known format into the register."""
    show.rows(main.register_import(main.study_in(_folder), paths), as_json=json)


@register_app.command("show")
def register_show(*, on: Day = None, json: Json = False) -> None:
    """Show the municipalities of a day with their channels."""
    show.rows(main.register_show(main.study_in(_folder), on=_day(on)), as_json=json)


@register_app.command("check")
def register_check(*, on: Day = None, json: Json = False) -> None:
    """List what is doubtful or unknown in the register."""
    show.rows(main.register_check(main.study_in(_folder), on=_day(on)), as_json=json)


@register_app.command("claim")
def register_claim(
    platform: Annotated[str, Argument(help="As 'torg import' listed it: facebook, ...")],
    channel: Annotated[str, Argument(help="The channel's id on the platform.")],
    municipality: Annotated[str, Argument(help="The municipality's official code.")],
    *,
    country: Annotated[str | None, Option(help="Where several countries share the code.")] = None,
    address: Annotated[str | None, Option(help="The page's address.")] = None,
    owner_name: Annotated[
        str | None, Option(help="The name under which the page answers; without it none is known.")
    ] = None,
    scope: Annotated[
        Literal["municipality", "service", "person", "campaign"],
        Option(help="For whom the channel speaks."),
    ] = "municipality",
    json: Json = False,
) -> None:
    """Say whose an unclaimed channel is."""
    claimed = main.register_claim(
        main.study_in(_folder),
        platform=platform,
        channel=channel,
        code=municipality,
        country=country,
        address=address,
        owner_name=owner_name,
        scope=scope,
    )
    show.claimed(claimed, as_json=json)


@app.command("import")
def import_files(
    paths: Paths,
    *,
    format_: Annotated[str | None, Option("--format", help="Skip recognition: the format.")] = None,
    timezone: Annotated[
        str | None, Option(metavar="ZONE", help="Of times that carry no zone: Europe/Oslo.")
    ] = None,
    exported_at: Annotated[
        str | None, Option(metavar="MOMENT", help="When the file was exported: 2025-01-31.")
    ] = None,
    decimal: Annotated[
        Literal["point", "comma"] | None,
        Option(help="The decimal sign, where numbers can be read in two ways."),
    ] = None,
    dates: Annotated[
        Literal["month-first", "day-first"] | None,
        Option(help="The order, where 03/04/2025 can be two days."),
    ] = None,
    aliases: Annotated[
        Path | None, Option(metavar="FILE", help="Your own table of column names (TOML).")
    ] = None,
    json: Json = False,
) -> None:
    """Take exports into the archive; a file that is refused does not stop the others."""
    study = main.study_in(_folder)
    options = main.import_options(
        study,
        format=format_,
        timezone=timezone,
        exported_at=_moment(exported_at, hour=12),
        aliases=aliases,
        decimal=decimal,
        dates=dates,
    )
    with show.progress() as progress:
        outcome = importing.import_files(study, paths, options=options, progress=progress)
    show.imported(outcome, as_json=json)
    if outcome.refusals:
        raise typer.Exit(UserError.exit_status)


@app.command()
def measure(
    *,
    start: Annotated[str | None, Option("--from", metavar="DATE", help="First day.")] = None,
    end: Annotated[str | None, Option("--to", metavar="DATE", help="Last day.")] = None,
    engine: Engine = "duckdb",
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Measure every municipality; each missing value carries its reason."""
    days = {"start": _day(start), "end": _day(end)}
    study = main.study_in(_folder)
    with show.working("Measuring"):
        rows = main.measure(study, **days, engine=engine, as_of=_moment(as_of))
    show.measures(rows, as_json=json)


@app.command()
def rank(
    *,
    group: Annotated[
        str | None, Option(help="Only one group: all, 'size:2-5k', 'county:NAME', ...")
    ] = None,
    engine: Engine = "duckdb",
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Rank, with the places that each municipality cannot be excluded from."""
    study = main.study_in(_folder)
    with show.working("Measuring and ranking"):
        ranked = main.rank(study, group=group, engine=engine, as_of=_moment(as_of))
    show.ranks(ranked, as_json=json)


@app.command()
def report(*, json: Json = False) -> None:
    """Write the report's pages and tables into the study's folder report/."""
    study = main.study_in(_folder)
    with show.working("Measuring, ranking and writing the report"):
        written = main.report(study)
    show.rows(written, as_json=json)


@app.command()
def run(*, json: Json = False) -> None:
    """Do all that the study says and make a release, if anything has changed."""
    study = main.study_in(_folder)
    with show.working("Measuring, ranking and writing a release"):
        made = main.run(study)
    show.release(made, as_json=json)


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


@archive_app.command("check")
def archive_check(*, json: Json = False) -> None:
    """Look whether the archive is whole."""
    findings = main.archive_check(main.study_in(_folder))
    show.rows(findings, as_json=json, nothing="The archive is whole.")


@archive_app.command("rejects")
def archive_rejects(*, json: Json = False) -> None:
    """List every rejected row with its file, line and reason."""
    found = main.archive_rejects(main.study_in(_folder))
    show.rows(found, as_json=json, nothing="No row was rejected.")


@archive_app.command("compact")
def archive_compact(*, json: Json = False) -> None:
    """Join many small files into few, and clear away what killed imports left."""
    show.rows(main.archive_compact(main.study_in(_folder)), as_json=json)


@archive_app.command("forget")
def archive_forget(
    *,
    author: Annotated[str | None, Option(help="A name, as the platform shows it.")] = None,
    post: Annotated[
        str | None, Option(metavar="PLATFORM:CHANNEL:ID", help="A post and all said to it.")
    ] = None,
    json: Json = False,
) -> None:
    """Take the text and author keys of one author or one post out, everywhere and for good."""
    if (author is None) == (post is None):
        raise UserError("say whom to forget: either --author NAME or --post PLATFORM:CHANNEL:ID.")
    forgotten = main.archive_forget(main.study_in(_folder), author=author, post=post)
    show.forgotten(forgotten, as_json=json)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return _in_calendar(dt.date.fromisoformat(text))
    except ValueError as error:
        raise UserError(f"'{text}' is not a day: write it as 2025-01-31.") from error


def _moment(text: str | None, *, hour: int = 0) -> dt.datetime | None:
    """An instant; a day alone is that day at `hour` in UTC."""
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"'{text}' is not a moment: {_HOW_TO_SAY_A_MOMENT}") from error
    _in_calendar(moment)
    if moment.tzinfo:
        return moment
    if len(text) > len("2025-01-31"):
        raise UserError(f"'{text}' lacks its offset from UTC: {_HOW_TO_SAY_A_MOMENT}")
    return moment.replace(hour=hour, tzinfo=dt.UTC)


def _in_calendar(day: dt.date) -> dt.date:
    try:
        return in_calendar(day)
    except ValueError as error:
        raise UserError(f"{error}.") from error


_HOW_TO_SAY_A_MOMENT = "write it as 2025-01-31T14:30+01:00, or a day as 2025-01-31."


def run_command(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    try:
        status = app(arguments, standalone_mode=False, prog_name="torg")
    except TorgError as error:
        show.fault(str(error))
        return error.exit_status
    except typer.Abort:
        show.fault("stopped.")
        return UserError.exit_status
    except Exception as error:
        if (said := show.usage_fault(error)) is None:
            raise
        if said:
            show.fault(said)
        return UserError.exit_status
    return status if isinstance(status, int) else 0


def run_and_exit() -> None:
    """The entry point of `torg`."""
    sys.exit(run_command())


if __name__ == "__main__":
    run_and_exit()
