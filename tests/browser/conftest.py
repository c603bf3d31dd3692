"""A browser that may read files and nothing else."""

import shutil

import pytest

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-quic --no-first-run "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium. Playwright talks to it over pipes: sockets stay blocked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS.split()
        )
        yield launched
        launched.close()
