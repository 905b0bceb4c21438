"""Snapshots and workspaces for the tests beside this file."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from generator.records import Purpose, Snapshot, Url
from generator.workspace import Workspace

AS_OF = date(2026, 1, 31)


@pytest.fixture
def shot():
    """A snapshot of an address; any field can be given."""

    def make(url="https://a.example/", body=b"<p>hello</p>", **fields):
        digest = "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
        plain = Snapshot(
            url=Url(url),
            final_url=Url(url),
            purpose=Purpose.POST,
            status=200,
            content_type="text/html; charset=utf-8",
            body=body,
            digest=digest,
            fetched_at=datetime(2026, 1, 15, 10, 20, 30, tzinfo=UTC),
            etag='"v1"',
        )
        return replace(plain, **fields)

    return make


@pytest.fixture
def reopen(tmp_path):
    """Opens the state folder of this test, closing the one opened before."""
    opened = []

    def open_(as_of=AS_OF):
        while opened:
            opened.pop().close()
        opened.append(Workspace(tmp_path / "state", as_of=as_of))
        return opened[-1]

    yield open_
    while opened:
        opened.pop().close()
