"""The rules of Data Package v2 and Table Schema v2, as their published pages have them."""

import re

# https://datapackage.org/standard/table-schema/#field-types
FIELD_TYPES = {
    "string", "number", "integer", "boolean", "object", "list", "array", "datetime", "date", "time",
    "year", "yearmonth", "duration", "geopoint", "geojson", "any",
}  # fmt: skip

DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
HASH = re.compile(r"(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|[0-9a-f]{32})")


def faults_of(package):
    """What the standard does not allow, in words."""
    faults = [*_of_package(package)]
    names = [resource.get("name") for resource in package.get("resources", ())]
    if len(set(names)) != len(names):
        faults.append("names of resources are not unique")
    for resource in package.get("resources", ()):
        faults.extend(f"{resource.get('name')}: {fault}" for fault in _of_resource(resource))
    return faults


def _of_package(package):
    if not package.get("resources"):
        yield "a package needs resources"
    if package.get("$schema") != "https://datapackage.org/profiles/2.0/datapackage.json":
        yield "$schema is not the profile's address"
    if "created" in package and not DATETIME.fullmatch(package["created"]):
        yield "created is no RFC 3339 moment"
    if "licenses" in package:
        if not package["licenses"]:
            yield "licenses may not be empty"
        yield from (
            "a licence has name or path"
            for licence in package["licenses"]
            if "name" not in licence and "path" not in licence
        )
    yield from (
        "a contributor has at least one property" for each in package["contributors"] if not each
    )
    yield from ("a source has at least one property" for each in package["sources"] if not each)


def _of_resource(resource):
    if not resource.get("name"):
        yield "a resource needs a name"
    if ("path" in resource) == ("data" in resource):
        yield "a resource has either path or data"
    path = resource.get("path", "")
    if path.startswith(("/", ".")) or "/../" in path:
        yield f"path {path} is not below the description"
    if "hash" in resource and not HASH.fullmatch(resource["hash"]):
        yield "hash is none"
    if resource.get("type") == "table" and "schema" not in resource:
        yield "a table says its schema"
    yield from _of_schema(resource["schema"])


def _of_schema(schema):
    fields = schema.get("fields")
    if not fields:
        yield "a schema needs fields"
        return
    names = [field.get("name") for field in fields]
    if None in names or len(set(names)) != len(names):
        yield "fields need names, each its own"
    yield from (f"type {f['type']}" for f in fields if f.get("type") not in FIELD_TYPES)
    if not all(isinstance(each, str) for each in schema.get("missingValues", [""])):
        yield "missing values are texts"
    yield from (f"key {key}" for key in schema.get("primaryKey", ()) if key not in names)
