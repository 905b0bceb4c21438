"""A built report over HTTP on this machine alone: nothing outside its folder, nobody outside this machine."""

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
    """Files of one folder, without listings, without log lines, and only under a local name."""

    def translate_path(self, path: str) -> str:
        """The file asked for; a name that cannot exist where the path leaves the folder through a link."""
        root = Path(self.directory).resolve()
        asked = Path(super().translate_path(path))
        try:
            inside = asked.resolve().is_relative_to(root)
        except (OSError, ValueError, RuntimeError):  # a NUL, a name too long, a loop of links
            inside = False
        return str(asked) if inside else str(root / "\N{REPLACEMENT CHARACTER}")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Refuse foreign names in Host: a page elsewhere could have its own name point here and read along."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in LOCAL_NAMES:
            self.send_error(403, "This report answers to local names only")
            return None
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:  # noqa: ARG002 - the base class's
        """No listings: a folder without an index page is not part of the report."""
        self.send_error(404, "Not found")
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Stay quiet: the terminal shows the address and nothing else."""


def site_folder(path: Path) -> Path:
    """The folder that holds index.html: `path`, or `site` inside it.

    Raises:
        UsageError: there is no report in either.
    """
    for folder in (path, path / "site"):
        if (folder / "index.html").is_file():
            return folder
    raise UsageError(f"{path}: holds no report (no index.html, no site/index.html). `whomatters build` makes one.")


def site_server(folder: Path, *, port: int) -> http.server.ThreadingHTTPServer:
    """A server of `folder` on loopback, bound and not yet serving; port 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    return http.server.ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, directory=str(folder)))
