"""The built site, and a headless browser that may open nothing but files."""

import os
import shutil
from pathlib import Path

import pytest

from gradproof import project
from gradproof.site import stage

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW = ("the site's tests need a browser: on Debian `apt-get install chromium`, elsewhere any "
       "Chromium or Chrome on the path, or its path in GRADPROOF_BROWSER")


def unavailable(reason):
    """Skip on a desk; fail in continuous integration, where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def html():
    """The folder of the site, built from the chapters as they are."""
    pytest.importorskip("sphinx") if not os.environ.get("CI") else __import__("sphinx")
    from gradproof.__main__ import main

    root = project.root(Path(__file__))
    if os.environ.get("GRADPROOF_SITE") != "built":
        assert main(["site"]) == 0, "the site cannot be built"
    return root / stage.HTML


@pytest.fixture(scope="session")
def browser():
    """A headless browser."""
    wanted = os.environ.get("GRADPROOF_BROWSER")
    path = wanted or next(filter(None, map(shutil.which, NAMES)), None)
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        unavailable("the site's tests need playwright: pip install -e .[test]")
    found = {"executable_path": path} if path else {"channel": "chrome"}  # where it usually is
    with sync_playwright() as driver:
        try:
            opened = driver.chromium.launch(args=["--no-sandbox"], **found)
        except Error:
            unavailable(HOW)
        yield opened
        opened.close()


class Visit:
    """A page in the browser, with everything that it complained of."""

    def __init__(self, page, html):
        self.page, self.html, self.faults = page, html, []
        page.route("**/*", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

    def _request(self, route):
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.faults.append(f"asked the network: {route.request.url}")
            route.abort()

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def open(self, address, unfold=False):
        """Go to a page of the site and wait until its formulas are typeset."""
        self.page.goto(f"{self.html.as_uri()}/{address}")
        self.page.wait_for_function("document.documentElement.dataset.ready === 'yes'",
                                    timeout=60_000)
        if unfold:
            folds = "[...document.querySelectorAll('details.fold')]"
            self.page.evaluate(f"for (const d of {folds}) d.open = true")
            self.page.wait_for_function(f"{folds}.every(d => d.dataset.typeset === 'done')",
                                        timeout=60_000)
        return self.page


    def look(self, width, scheme):
        """Change the window's width and the reader's preference for light or dark."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
        self.page.wait_for_timeout(300)  # wide formulas are found again after a resize


@pytest.fixture(scope="session")
def windows(browser, html):
    """A function that opens a browser window."""
    def window():
        context = browser.new_context(viewport={"width": 1280, "height": 900},
                                      reduced_motion="reduce")
        return Visit(context.new_page(), html)

    return window


@pytest.fixture
def visit(windows):
    """A window of a test's own: visit().open("ledger.html")."""
    found = []
    yield lambda: found.append(windows()) or found[-1]
    for window in found:
        window.page.context.close()
