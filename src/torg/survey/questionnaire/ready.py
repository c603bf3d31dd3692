"""The ready questionnaires that come with Torg, by their names."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType


def _shipped() -> dict[str, Path]:
    folder = Path(str(files("torg.survey"))) / "ready"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


READY: Mapping[str, Path] = MappingProxyType(_shipped())
