"""The data package says what is there, as the standard has it."""

import csv
import datetime as dt
import hashlib
import io
import json

import pytest

from tests.lib.data_package import faults_of
from tests.lib.deposits import TERMS, a_held, a_release
from torg.deposit import datapackage


def package(path_of=lambda file: file.path):
    return json.loads(datapackage(a_held(), TERMS, path_of=path_of))


def test_it_is_valid():
    assert faults_of(package()) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda p: p["resources"][0].update(path="/etc/passwd"), "is not below"),
        (lambda p: p["resources"][0]["schema"]["fields"][0].update(type="text"), "type text"),
        (lambda p: p.update(created="yesterday"), "created"),
        (lambda p: p.update(resources=[]), "needs resources"),
    ],
)
def test_the_rules_find_what_is_wrong(spoil, fault):
    spoiled = package()
    spoil(spoiled)
    assert any(fault in each for each in faults_of(spoiled))


def test_every_table_is_in_it():
    named = {resource["name"] for resource in package()["resources"]}
    assert named == {name.replace("_", "-") for name in a_held().tables}


def csv_resources():
    return [each for each in package()["resources"] if each["format"] == "csv"]


def test_files_are_as_it_says():
    for resource in csv_resources():
        content = (a_release() / resource["path"]).read_bytes()
        assert len(content) == resource["bytes"]
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]


READ = {
    "string": str,
    "number": float,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
}


def read(field, text):
    if field["type"] == "datetime":
        assert field["format"].endswith("%z")
        return dt.datetime.strptime(text, field["format"]).astimezone(dt.UTC)
    return READ[field["type"]](text)


def test_every_cell_is_of_the_type_that_it_says():
    cells = 0
    for resource in csv_resources():
        rows = csv.reader(io.StringIO((a_release() / resource["path"]).read_text("utf-8")))
        fields = resource["schema"]["fields"]
        assert next(rows) == [field["name"] for field in fields]
        for row in rows:
            for field, text in zip(fields, row, strict=True):
                if text not in resource["schema"]["missingValues"]:
                    read(field, text)
                    cells += 1
    assert cells > 1000


def test_what_is_invented_says_so():
    assert package()["torg"]["invented"] is True
    assert package()["description"].startswith("All names and figures are invented.")


def test_the_same_release_gives_the_same_bytes():
    first, again = (datapackage(a_held(), TERMS, path_of=lambda f: f.name) for _ in range(2))
    assert first == again
