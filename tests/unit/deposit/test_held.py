"""A release says by its own results that it is made up."""

import json
import shutil

from tests.lib.deposits import a_release
from torg.deposit import read_held


def test_results_that_are_invented_say_so_whatever_study_toml_said(tmp_path):
    folder = shutil.copytree(a_release(), tmp_path / "2026-11-22-1")
    path = folder / "provenance.json"
    told = json.loads(path.read_text("utf-8"))
    real = {key: told["study"][key] for key in ("id", "title")}
    path.chmod(0o644)
    path.write_text(json.dumps({**told, "study": real}), encoding="utf-8")
    assert read_held(folder).is_invented
