"""The data package: what a folder of tables holds, for programs (Data Package v2)."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from torg.deposit.codebook import Described
from torg.deposit.columns import Column, Kind
from torg.deposit.held import Held, HeldFile
from torg.deposit.terms import Terms

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"

_TYPES: Mapping[Kind, Mapping[str, str]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    "instant": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S.%f%z"},
}

MEDIA: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "px": "application/octet-stream",
    "sav": "application/x-spss-sav",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}


def datapackage(
    held: Held, terms: Terms, *, path_of: Callable[[HeldFile], str], extra: str = ""
) -> bytes:
    """`datapackage.json` of a release; `path_of`: where each file is, from where it lies."""
    package = {
        "$schema": PROFILE.format("datapackage"),
        "name": package_name(held),
        "id": f"sha256:{held.digest}",
        "title": held.title,
        "description": _about(held) + extra,
        **({"homepage": f"{terms.address}/en/data/{held.name}/"} if terms.address else {}),
        "version": version_of(held),
        "created": f"{held.provenance.get('made_at', held.day.isoformat() + 'T00:00:00+00:00')}",
        "keywords": ["municipalities", "social media", "public sector"],
        "contributors": [{"title": terms.publisher, "roles": ["publisher"]}],
        "licenses": [
            {
                "name": terms.licence.name,
                "title": terms.licence.title,
                "path": terms.licence.path,
            }
        ],
        "sources": [{"title": title} for title in _sources(held)],
        "resources": [
            _resource(table, _file(held, table), path_of) for table in held.tables.values()
        ],
        "torg": {
            "release": held.name,
            "digest": held.digest,
            "report_digest": held.report_digest,
            "code_version": held.provenance.get("code_version"),
            "invented": held.is_invented,
        },
    }
    return as_json(package)


def package_name(held: Held) -> str:
    """The name of the package: of lower-case letters, digits and hyphens."""
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in held.study)
    return f"{plain.strip('-').lower() or 'torg'}-{held.name}"


def version_of(held: Held) -> str:
    """The release's day and number as a version: 2026.11.22-1 becomes 2026.11.22.1."""
    return held.name.replace("-", ".")


def as_json(value: Mapping[str, Any]) -> bytes:
    """JSON that is the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _about(held: Held) -> str:
    invented = "All names and figures are invented. " if held.is_invented else ""
    return (
        f"{invented}Figures of how municipalities use social media, each with its base, n, date "
        "and how it was got. Missing is not zero: the column missing says why. A place in a "
        "ranking must not be quoted without its rank set."
    )


def _sources(held: Held) -> Iterator[str]:
    """Each source that the release says it was made from; without any, the answers."""
    named = sorted({str(source["name"]) for source in held.provenance.get("sources", ())})
    yield from named or ["Answers to the survey"]


def _file(held: Held, table: Described) -> HeldFile:
    """The file that stands for a table: CSV where there is one, as the standard asks for."""
    return held.files.get(f"{table.name}.csv") or held.files[f"{table.name}.parquet"]


def _resource(
    table: Described, file: HeldFile, path_of: Callable[[HeldFile], str]
) -> dict[str, Any]:
    return {
        "$schema": PROFILE.format("dataresource"),
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": path_of(file),
        "title": table.title,
        **({"description": table.about} if table.about else {}),
        "format": file.ending,
        "mediatype": MEDIA[file.ending].partition(";")[0],
        **({"encoding": "utf-8"} if file.ending == "csv" else {}),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Described) -> dict[str, Any]:
    return {
        "$schema": PROFILE.format("tableschema"),
        "fields": [_field(name, column) for name, column in table.columns.items()],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
    }


def _field(name: str, column: Column) -> dict[str, str]:
    about = f"{column.about} Unit: {column.unit}." if column.unit else column.about
    return {"name": name, **_TYPES[column.kind], **({"description": about} if about else {})}
