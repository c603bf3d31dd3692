"""What changed in a release against the one before: by table, in rows."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from torg.release import releases_in
from torg.site.releases.queries import order_of
from torg.study import Study


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One table: rows then and now, and how many of them only one of the two has."""

    table: str
    before: int
    now: int
    gone: int
    new: int


@dataclass(frozen=True, kw_only=True)
class Against:
    """A release held against the one before it."""

    before: str | None  # None: it is the first
    tables: tuple[Changed, ...]
    made_from: Mapping[str, tuple[Any, Any]]  # what of its provenance differs: before, now


def changes_of(study: Study, release: str) -> Against | None:
    """What changed in a release; None where there is no such release."""
    folders = {each.folder.name: each.folder for each in releases_in(study.releases)}
    if release not in folders:
        return None
    earlier = [name for name in folders if order_of(name) < order_of(release)]
    before = max(earlier, key=order_of, default=None)
    return _against(folders[release], folders[before] if before else None)


@cache  # a release never changes
def _against(now: Path, before: Path | None) -> Against:
    if before is None:
        return Against(before=None, tables=(), made_from={})
    old, new = _tables(before), _tables(now)
    tables = (
        _changed(name, old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())
    )
    return Against(
        before=before.name,
        tables=tuple(each for each in tables if each.gone or each.new),
        made_from=_differing(_provenance(before), _provenance(now)),
    )


def _changed(name: str, before: Path | None, now: Path | None) -> Changed:
    old, new = _rows(before), _rows(now)
    return Changed(
        table=name, before=old.total(), now=new.total(), gone=(old - new).total(),
        new=(new - old).total(),
    )  # fmt: skip


def _rows(path: Path | None) -> Counter[str]:
    if path is None:
        return Counter()
    return Counter(path.read_text(encoding="utf-8").splitlines()[1:])


def _tables(folder: Path) -> Mapping[str, Path]:
    results = folder / "results"
    return {str(path.relative_to(results)): path for path in results.rglob("*.csv")}


def _provenance(folder: Path) -> Mapping[str, Any]:
    path = folder / "provenance.json"
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, tuple[Any, Any]]:
    """The plain facts that differ; what is a table of its own is counted."""
    names = sorted(before.keys() | now.keys())
    pairs = {name: (_plain(before.get(name)), _plain(now.get(name))) for name in names}
    return {name: pair for name, pair in pairs.items() if before.get(name) != now.get(name)}


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list | dict):
        return f"({len(value)})"
    return "–" if value is None else str(value)
