"""Torg: how municipalities use social media, what works, and how sure we can be.

::

    import torg

    study = torg.open("my-study")
    study.measure()     # a Polars frame: a row per municipality and measure
    study.rank()        # a Polars frame: places with their rank sets
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from torg.errors import (
    ArchiveError,
    FileRefused,
    LackingPart,
    MeasureError,
    QuestionError,
    RegisterError,
    StudyError,
    TorgError,
    UserError,
)

if TYPE_CHECKING:
    from torg.opened import OpenStudy, create, demo, open  # noqa: A004 -- read as torg.open(DIR)

__version__ = version("torg")

__all__ = [
    "ArchiveError",
    "FileRefused",
    "LackingPart",
    "MeasureError",
    "OpenStudy",
    "QuestionError",
    "RegisterError",
    "StudyError",
    "TorgError",
    "UserError",
    "__version__",
    "create",
    "demo",
    "open",
]

_OPENED = ("OpenStudy", "create", "demo", "open")


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- a module gives whatever stands in it
    """Load the engines only when a study is opened: `import torg` alone is quick."""
    if name not in _OPENED:
        raise AttributeError(f"module 'torg' has no attribute '{name}'")
    return getattr(import_module("torg.opened"), name)
