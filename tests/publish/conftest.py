"""A built site, made once for the folder from the synthetic report of tests/render."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "render"))

from generator.publish import Published, publish_site
from generator.records import RenderedSite
from generator.render import render_report
from tests.factories import report as fixture_report


@pytest.fixture(scope="session")
def rendered() -> RenderedSite:
    return render_report(fixture_report.make_report(), fixture_report.topic())


@pytest.fixture(scope="session")
def published(rendered, tmp_path_factory) -> Published:
    out = tmp_path_factory.mktemp("published")
    return publish_site(
        rendered, out, settings=fixture_report.topic().site, topic_slug="snow", as_of=fixture_report.AS_OF
    )
