"""A small release for tests of what is made from releases: made once in a process."""

import os
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.lib.site import SHARED, released
from torg.deposit import LICENCES, Terms, read_held

TERMS = Terms(
    publisher="Kommunerådet & Søn {test}",
    address="https://torg.example.org",
    licence=LICENCES["CC-BY-4.0"],
)


@cache
def a_release():
    """The folder of a release of an invented country, with a survey."""
    study = released(Path(mkdtemp(prefix="deposit-", dir=os.environ[SHARED])))
    (folder,) = [path for path in study.releases.iterdir() if path.is_dir()]
    return folder


@cache
def a_held():
    """What it holds."""
    return read_held(a_release())
