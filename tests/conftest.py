"""What every test can ask for."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.lib.parts import STRICT, lacking

SHARED = "TORG_TESTS_SHARED"  # where processes of one run find what was made once for all

# On a server a red test is the change's doing: the same draws every time. At home they are new.
settings.register_profile("same-draws", derandomize=True)
if STRICT:
    settings.load_profile("same-draws")

# The browser's driver keeps an event loop open in the thread of the tests, and Django would refuse
# its database there, though nothing is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SECRETS = (
    "TORG_AUTHOR_KEY", "TORG_TOKENS_KEY", "TORG_YOUTUBE_KEY", "TORG_META_APP_ID",
    "TORG_META_APP_SECRET", "TORG_MAIL_PASSWORD", "TORG_DATABASE",
)  # fmt: skip

PARTS = {
    "spark": (lambda: bool(shutil.which("java")) and _importable("pyspark"), "Java and pyspark"),
    "browser": (lambda: bool(shutil.which("chromium")), "Chromium"),
    "oracle": (lambda: bool(shutil.which("Rscript")), "R with the packages survival and survey"),
}


def _importable(name):
    from importlib.util import find_spec

    return find_spec(name) is not None


def pytest_configure(config):
    """A folder that all processes of this run share; whoever begins the run takes it away again."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="torg-tests-")


def pytest_unconfigure(config):
    """Called when the workers have ended."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_runtest_setup(item):
    for part, (is_here, name) in PARTS.items():
        if item.get_closest_marker(part) and not is_here():
            lacking(f"this machine has no {name}")


@pytest.fixture(scope="session")
def real_data():
    """The folder of published data that the project does not ship."""
    folder = os.environ.get("TORG_REAL_DATA")
    if not folder:
        pytest.skip("TORG_REAL_DATA does not name a folder of real data")
    return Path(folder).resolve()


@pytest.fixture
def figure(record_property):
    """Say a figure that a test is run for; all of them stand at the end of the run."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.getreports("passed")
    said = [text for r in reports for name, text in r.user_properties if name == "figure"]
    if said:
        terminalreporter.section("figures")
    for text in sorted(said):
        terminalreporter.write_line(text)


@pytest.fixture(autouse=True)
def own_configuration(tmp_path_factory, monkeypatch):
    """No test reads or writes the user's own keys."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """The site counts calls by the address they come from: all tests of a process share one."""
    from django.conf import settings
    from django.core.cache import cache

    if settings.configured:
        cache.clear()
