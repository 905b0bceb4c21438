"""The synthetic report, rendered once for the folder."""

from __future__ import annotations

import pytest

from generator.records import RenderedSite
from generator.render import render_report
from tests.factories import report as fixture_report


@pytest.fixture(scope="session")
def rendered() -> RenderedSite:
    return render_report(fixture_report.make_report(), fixture_report.topic())


@pytest.fixture(scope="session")
def bodies(rendered) -> dict[str, str]:
    return {page.path: page.body for page in rendered.pages}


@pytest.fixture(scope="session")
def data(rendered) -> dict[str, bytes]:
    return {file.path: file.content for file in rendered.files}
