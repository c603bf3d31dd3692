"""A command does not wait for libraries that it does not need: they are slow to load."""

import subprocess
import sys

import pytest

HEAVY = ("altair", "django", "jsonschema", "pyreadstat", "scipy.optimize", "scipy.stats", "svy")


@pytest.fixture(scope="module")
def loaded():
    look = "import sys, torg.__main__; print('\\n'.join(sys.modules))"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    return set(said.stdout.split())


@pytest.mark.parametrize("name", HEAVY)
def test_no_command_loads_it_before_it_is_asked_for(loaded, name):
    assert "torg.commands.results" in loaded
    assert name not in loaded
