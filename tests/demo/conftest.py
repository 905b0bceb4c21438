"""The demo's own script, planned once for all tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

DEMO = Path(__file__).parents[2] / "config" / "demo"
sys.path.insert(0, str(DEMO))


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    return DEMO


@pytest.fixture(scope="session")
def planned():
    """Voices, posts and the citing sentences that found no place."""
    from blogosphere import plan

    return plan()


@pytest.fixture(scope="session")
def archived() -> dict[str, tuple[str, bytes, str]]:
    """Address → (status, body, where it redirects) of every response of the kept archive, digests checked."""
    with (DEMO / "pages.warc.gz").open("rb") as stream:
        return {
            r.rec_headers.get_header("WARC-Target-URI"): (
                r.http_headers.get_statuscode(), r.content_stream().read(), r.http_headers.get_header("Location") or ""
            )
            for r in ArchiveIterator(stream, check_digests="raise")
            if r.rec_type == "response"
        }  # fmt: skip


@pytest.fixture(scope="session")
def judged() -> dict:
    return yaml.safe_load((DEMO / "judged.yaml").read_text("utf-8"))
