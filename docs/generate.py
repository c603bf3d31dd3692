"""Writes the pages of docs/reference that are made from the code: `make docs`."""

from pathlib import Path

import typer
from typer.core import TyperGroup

from torg.commands import app
from torg.measure import reference
from torg.score import criteria_page
from torg.study import study_page
from torg.survey.questionnaire import questionnaire_page

REFERENCE = Path(__file__).parent / "reference"

MADE = "<!-- Made from the code by `make docs`: do not edit. -->\n"


def commands_page():
    """Every command with its arguments and options, as the command line itself knows them."""
    root = typer.main.get_command(app)
    parts = [MADE, "# Commands\n", _STATUS, _describe(root, "torg")]
    parts += [_describe(command, name) for name, command in _commands(root, "torg")]
    return "\n".join(parts)


_STATUS = """\
Exit status: 0 done (rejected rows included); 1 a fault of Torg's, with its traceback; 2 a fault of
the input or the call, said in one sentence with the remedy; 3 of `torg doctor`: a person is needed;
130 stopped by Ctrl-C. With `--json`, one array goes to
standard output and everything else to standard error.
"""


def _commands(group, name):
    for key in sorted(group.commands):
        command = group.commands[key]
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


def _describe(command, name):
    context = typer.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    lines = [f"## `{name}`\n", f"{command.help}\n", f"```\n{usage}\n```\n"]
    rows = [_row(p, context) for p in command.params if p.get_help_record(context)]
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(parameter, context):
    name, text = parameter.get_help_record(context)
    return f"| `{name}` | {text.replace('|', '/')} |"


PAGES = {
    "commands.md": commands_page,
    "criteria.md": criteria_page,
    "measures.md": reference,
    "questionnaire.md": questionnaire_page,
    "study.md": study_page,
}


if __name__ == "__main__":
    for page, make in PAGES.items():
        (REFERENCE / page).write_text(make(), encoding="utf-8")
