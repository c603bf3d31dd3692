"""A browser, and a survey that is served on this machine."""

import shutil

import pytest

from tests.lib.answer_pages import FJORDBY, Pages
from tests.lib.answer_server import served
from torg.site import close_people

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-quic --no-first-run "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS.split()
        )
        yield launched
        launched.close()


@pytest.fixture
def pages(tmp_path):
    """The survey; in Fjordby Finnish is spoken."""
    yield Pages(tmp_path / "study", languages={FJORDBY: "fi"})
    close_people()


@pytest.fixture
def address(pages):
    with served(pages.study) as found:
        yield found
