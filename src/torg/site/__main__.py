"""Django's own commands, for those who change the models: python -m torg.site makemigrations."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from torg.site.configured import configure
from torg.site.opening import open_people
from torg.study import create_study


def run(arguments: list[str]) -> None:
    """Run one of Django's commands on an empty database."""
    configure()
    from django.core.management import execute_from_command_line

    with TemporaryDirectory() as folder:
        if arguments[:1] != ["makemigrations"]:
            open_people(create_study(Path(folder)))
        execute_from_command_line(["torg.site", *arguments])


if __name__ == "__main__":
    run(sys.argv[1:])
