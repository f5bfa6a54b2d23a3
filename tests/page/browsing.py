"""Debian's chromium, as the tests and the pictures drive it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

# It shall look nothing up elsewhere.
ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


def found() -> str | None:
    return shutil.which("chromium")


# A busy machine may take that long; what already holds is told at once.
expect.set_options(timeout=20_000)


@contextmanager
def opened(chromium: str) -> Iterator[Browser]:
    # Chromium refuses its sandbox to root.
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()
