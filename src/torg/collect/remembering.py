"""What a study was taught, in a file of header names that a person may read and mend."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from torg.collect.reading.headers import Columns, plain, read_aliases


def remember(
    path: Path,
    taught: Mapping[str, Columns],
    *,
    left_out: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Add what was taught to the file at `path`; a name taught anew leaves its former field.

    So do the names `left_out`, by format, which are no field's any more.
    """
    known: dict[str, dict[str, tuple[str, ...]]] = read_aliases(path) if path.exists() else {}
    for name in dict.fromkeys([*taught, *left_out]):
        more, gone = taught.get(name, {}), left_out.get(name, ())
        known[name] = _amended(known.get(name, {}), more, gone)
    known = {name: columns for name, columns in known.items() if columns}
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(_as_toml(known), encoding="utf-8")
    draft.replace(path)  # whole or not at all


def _amended(columns: Columns, more: Columns, gone: Sequence[str]) -> dict[str, tuple[str, ...]]:
    anew = {plain(name) for names in (*more.values(), gone) for name in names}
    kept = {
        field: tuple(name for name in names if plain(name) not in anew)
        for field, names in columns.items()
    }
    fields = dict.fromkeys([*kept, *more])
    joined = {field: (*kept.get(field, ()), *more.get(field, ())) for field in fields}
    return {field: names for field, names in joined.items() if names}


def _as_toml(tables: Mapping[str, Columns]) -> str:
    lines = [
        "# Header names that this study was taught, used on every import. 'torg import --teach'",
        "# adds to them; a name that is wrong may be mended or taken out here.",
    ]
    for name in sorted(tables):
        lines += ["", f"[{name}]"]
        lines += [
            f"{field} = [{', '.join(json.dumps(header, ensure_ascii=False) for header in names)}]"
            for field, names in tables[name].items()
        ]
    return "\n".join(lines) + "\n"
