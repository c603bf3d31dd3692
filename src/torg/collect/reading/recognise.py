"""Which format a header belongs to, or why none."""

from collections.abc import Collection, Mapping
from pathlib import Path

from torg.collect.formats import FORMATS, LOOK_ALIKES, Format
from torg.collect.options import ImportOptions
from torg.collect.reading.headers import (
    Columns,
    extended,
    joined,
    places,
    plain,
    read_aliases,
    untitled,
)
from torg.collect.reading.table import FURTHER, Cells
from torg.errors import FileRefused

LEAST_ALIKE = 3  # columns in common: with fewer, to name a format would only mislead
Where = Mapping[str, tuple[int, ...]]  # field -> its columns


def recognise(header: Cells, *, options: ImportOptions) -> tuple[Format, Where]:
    """The format whose required columns the header has; of several, the most demanding.

    Raises `FileRefused` with the name of a look-alike, or with what is lacking.
    """
    aliases = _told_names(options)
    found = {
        name: places(header, extended(format_.columns, aliases.get(name, {})))
        for name, format_ in FORMATS.items()
    }
    if options.format is not None:
        return _read_alone(*_as_told(options.format, found))
    fitting = [name for name, where in found.items() if FORMATS[name].required <= where.keys()]
    if fitting:
        best = max(fitting, key=lambda name: len(FORMATS[name].required))
        return _read_alone(FORMATS[best], found[best])
    meant = read_aliases(options.aliases).keys() if options.aliases else ()
    raise FileRefused(_why_none(header, found, aliased=meant))


def wanted_columns(where: Where) -> dict[str, int]:
    """Each field's column; the second and later ones of a field under numbered names."""
    return {
        field if nth == 0 else f"{field}{FURTHER}{nth}": column
        for field, columns in where.items()
        for nth, column in enumerate(columns)
    }


def _read_alone(format_: Format, where: Where) -> tuple[Format, Where]:
    """Without the fields that have done their part once the format is known."""
    return format_, {field: at for field, at in where.items() if field not in format_.telling}


def _as_told(name: str, found: Mapping[str, Where]) -> tuple[Format, Where]:
    if name not in FORMATS:
        raise FileRefused(f"there is no format '{name}': give --format one of {', '.join(FORMATS)}")
    lacking = sorted(FORMATS[name].required - found[name].keys())
    if lacking:
        raise FileRefused(f"this is no {FORMATS[name].title}: {_lacking(FORMATS[name], lacking)}")
    return FORMATS[name], found[name]


def _why_none(header: Cells, found: Mapping[str, Where], *, aliased: Collection[str]) -> str:
    names = {plain(part) for name in header for part in untitled(name)}
    for look_alike in LOOK_ALIKES:
        if look_alike.signs <= names:
            return f"{look_alike.what}: {look_alike.remedy}"
    # Who gives names for a format means it, however few of them fit.
    name = max(aliased or found, key=lambda name: len(found[name]))
    format_ = FORMATS[name]
    lacking = sorted(format_.required - found[name].keys())
    if len(found[name]) < LEAST_ALIKE and not aliased:
        return (
            f"no format that Torg reads has the columns {_shown(header)}: "
            "docs/reference/formats.md lists what can be imported. If it is an export in a "
            "language that Torg does not know, teach it once: torg import --teach FILE"
        )
    return f"this is nearly a {format_.title}, but {_lacking(format_, lacking)}"


def _shown(header: Cells) -> str:
    names = [name[:30] for name in header[:6] if name.isprintable()]
    return ", ".join([*names, "..."] if len(names) < len(header) else names)


def _lacking(format_: Format, fields: list[str]) -> str:
    wanted = "; ".join(f"{field} (such as '{format_.columns[field][0]}')" for field in fields)
    return (
        f"no column is known to hold {wanted}: export it with these columns, or teach Torg what "
        f"they are called with --teach (or under [{format_.name}] in a file given with --aliases)"
    )


def _told_names(options: ImportOptions) -> dict[str, Columns]:
    """The header names that the user gives, by format: those for this import, then the study's."""
    told: dict[str, Columns] = {}
    has_learnt = options.learnt is not None and options.learnt.exists()
    for path in (options.aliases, options.learnt if has_learnt else None):
        if path is not None:
            for name, columns in _checked(read_aliases(path), path).items():
                told[name] = joined(told.get(name, {}), columns)
    return told


def _checked(tables: Mapping[str, Columns], path: Path) -> Mapping[str, Columns]:
    for name, table in tables.items():
        if name not in FORMATS:
            raise FileRefused(f"{path} names the format '{name}', which does not exist")
        unknown = sorted(table.keys() - FORMATS[name].columns.keys())
        if unknown:
            raise FileRefused(
                f"{path}: [{name}] has no field '{unknown[0]}'; its fields are "
                f"{', '.join(sorted(FORMATS[name].columns))}"
            )
    return tables
