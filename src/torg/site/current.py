"""The one study that this process serves."""

from torg.errors import StudyError
from torg.study import Study

_served: Study | None = None


def serve_study(study: Study) -> None:
    """Let `current_study` be this one from now on."""
    global _served
    _served = study


def current_study() -> Study:
    """The study that the site shows. Raises StudyError before one was named."""
    if _served is None:
        raise StudyError("no study is served by this process: start it with 'torg -C DIR serve'.")
    return _served
