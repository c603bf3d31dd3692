"""What is said of a call that the parser of the command line did not understand."""

from typing import Any

from pydantic import ValidationError
from typer.exceptions import TyperException


def usage_fault(error: Exception) -> str | None:
    """What the parser of the command line says of a wrong call; None for any other error."""
    if not isinstance(error, TyperException):
        return None
    said = _number_fault(error) or error.format_message()
    context = getattr(error, "ctx", None)
    if context is None or not said:  # without a command its help is printed, and that is all
        return said
    if said.endswith(": -C"):
        return "-C DIR chooses the study and stands before the command: torg -C DIR import FILE."
    return (
        f"{said if said.endswith(('.', '?')) else f'{said}.'} See '{context.command_path} --help'."
    )


def _number_fault(error: TyperException) -> str | None:
    """That a number was asked for, and which; None where the fault is another."""
    found = error.__cause__
    if not isinstance(found, ValidationError):
        return None
    fault, param = found.errors()[0], getattr(error, "param", None)
    number = _NUMBERS.get(fault["type"])
    if number is None or param is None:
        return None
    return f"{param.get_error_hint()} takes {number}{_range(param)}, not '{fault['input']}'."


def _range(param: Any) -> str:  # noqa: ANN401 -- the parser's own, which says no type
    low, high = getattr(param, "min", None), getattr(param, "max", None)
    if low is None:
        return "" if high is None else f" up to {high}"
    return f" from {low} on" if high is None else f" from {low} to {high}"


_NUMBERS = {
    **dict.fromkeys(("int_parsing", "int_from_float", "int_parsing_size"), "a whole number"),
    **dict.fromkeys(("float_parsing", "less_than_equal", "greater_than_equal"), "a number"),
}
