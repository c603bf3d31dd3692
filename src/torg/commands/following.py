"""Following channels: collect, listen, and the doctor who looks after both."""

from typing import Annotated

import typer
from typer import Option

from torg import follow, show
from torg.commands.answers import Json
from torg.commands.app import app, chosen_study

Platforms = Annotated[
    list[str] | None, Option("--platform", help="Only this platform; can be said several times.")
]


@app.command()
def collect(
    *,
    forever: Annotated[bool, Option("--forever", help="Go on, round after round.")] = False,
    platform: Platforms = None,
    json: Json = False,
) -> None:
    """Ask the networks for what is due, keep it, and stop."""
    study, only = chosen_study(), tuple(platform or ())
    with follow.stopping() as stop:
        if forever:
            follow.collect_forever(
                study,
                only=only,
                stop=stop,
                told=lambda done: show.round_done(done, as_json=json),
                failed=show.fault,
            )
            return
        with show.working("Collecting what is due"):
            done = follow.collect_round(study, only=only, stop=stop)
    show.round_done(done, as_json=json)


@app.command()
def listen(*, json: Json = False) -> None:
    """Hold Bluesky's live stream: what the register's channels post, and what is said to them."""
    study = chosen_study()
    with follow.stopping() as stop:
        follow.listen(study, stop=stop, told=lambda news: show.heard(news, as_json=json))


@app.command()
def doctor(
    *,
    mail: Annotated[
        bool, Option("--mail", help="Write to whom study.toml names, if anything is new.")
    ] = False,
    json: Json = False,
) -> None:
    """Say whether a person is needed, for what, and what to type. Exit status 3: needed."""
    study = chosen_study()
    found = follow.doctor(study)
    show.diagnosis(found, as_json=json)
    if mail:
        follow.mail_diagnosis(study, found)
    raise typer.Exit(found.exit_status)
