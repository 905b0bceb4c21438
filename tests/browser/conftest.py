"""A real Chromium on a built site, from file:// and with every request watched."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "render"))

from generator.publish import publish_site
from generator.render import render_report
from tests.factories import report as fixture_report

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    topic = fixture_report.topic()
    out = tmp_path_factory.mktemp("browser")
    rendered = render_report(fixture_report.make_report(), topic)
    return publish_site(rendered, out, settings=topic.site, topic_slug="snow", as_of=fixture_report.AS_OF).site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


class Watched:
    """A page with its console messages and its requests to other servers."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda r: self.asked.append(r.url) if not r.url.startswith(("file:", "data:")) else None)

    def open(self, path: str) -> Page:
        """The page at a path of the site."""
        self.page.goto(f"file://{self.site}/{path}")
        return self.page


@pytest.fixture
def watched(browser, site, request) -> Iterator[Watched]:
    options = getattr(request, "param", {"viewport": {"width": 1280, "height": 900}})
    context = browser.new_context(**options)
    yield Watched(context.new_page(), site)
    context.close()
