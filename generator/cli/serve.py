"""Serve a built report over HTTP on the loopback interface; only files inside its folder are served."""

from __future__ import annotations

import http.server
import os
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from generator.errors import UsageError

LOOPBACK = "127.0.0.1"
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of one folder without listings or log lines, and only to requests for a local host name."""

    def translate_path(self, path: str) -> str:
        """The requested file; a name that cannot exist if the path leaves the folder through a symbolic link."""
        root = Path(self.directory).resolve()
        requested = Path(super().translate_path(path))
        try:
            inside = requested.resolve().is_relative_to(root)
        except (OSError, ValueError, RuntimeError):  # a NUL, a name too long, a loop of links
            inside = False
        return str(requested) if inside else str(root / "\N{REPLACEMENT CHARACTER}")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Reject other names in the Host header, so that DNS rebinding cannot read the report."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in LOCAL_NAMES:
            self.send_error(403, "This report answers to local names only")
            return None
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:  # noqa: ARG002 - signature of the base class
        """Answer 404 instead of listing a folder."""
        self.send_error(404, "Not found")
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name in the base class
        """Print no log line for a request."""


def site_folder(path: Path) -> Path:
    """The folder with index.html: `path`, or `site` inside it.

    Raises:
        UsageError: neither folder holds a report.
    """
    for folder in (path, path / "site"):
        if (folder / "index.html").is_file():
            return folder
    raise UsageError(f"{path}: holds no report (no index.html, no site/index.html). `whomatters build` makes one.")


def site_server(folder: Path, *, port: int) -> http.server.ThreadingHTTPServer:
    """A server of `folder` on the loopback interface, bound but not started; port 0 selects a free port.

    Raises:
        OSError: the port is taken.
    """
    return http.server.ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, directory=str(folder)))
