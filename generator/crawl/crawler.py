"""The crawl as the pipeline uses it: waves of requests in, one answer for each out.

Scrapy runs in one child process for the whole run, so that it starts once and Twisted's reactor stays out of the
caller's process. Parent and child share one pipe; each of them notices when the other end closes.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from generator.crawl.settings import CrawlConfig
from generator.errors import ArchiveError, GeneratorError
from generator.records import FetchRequest, Refusal, RefusalReason, Snapshot

MAX_SILENCE_S = 120.0  # the child sends a heartbeat every 5 s; after this time without one it is killed
# By default glibc keeps the memory of large bodies; with these settings it returns it to the system.
MALLOC_SETTINGS = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_ARENA_MAX": "2"}
TIME_IS_UP = "the run's time was used up"
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class Crawler:
    """A crawl, live or replayed; a context manager that owns a child process.

    Attributes:
        warnings: sentences for the report, such as one about an archive that was only partly readable.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        delay_s: float,
        replay: tuple[Path, ...] = (),
        loopback_port: int | None = None,
        timeout_s: float = 30.0,
        budget_s: float | None = None,
    ) -> None:
        """Prepare a crawl; `__enter__` starts it.

        Args:
            user_agent: User-Agent with contact address; its first word is matched against robots.txt.
            delay_s: seconds between two requests to one host, ± half; no meaning in a replay.
            replay: WARC files that replace the web; empty for the live web.
            loopback_port: a port of this machine that may be requested; for tests, by a hidden option of the command.
            timeout_s: seconds for a complete answer.
            budget_s: seconds after which open and further requests are refused; None for no limit.
        """
        self.warnings: tuple[str, ...] = ()
        self._budget_s = budget_s
        self._until: float | None = None  # on the monotonic clock
        self._config = CrawlConfig(user_agent, delay_s, tuple(replay), loopback_port, timeout_s)
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._stderr: IO[bytes] | None = None
        self._next_number = 0

    def __enter__(self) -> Self:
        """Start the child and wait until it has read its archives.

        Raises:
            ArchiveError: an archive is missing or not a WARC file.
            GeneratorError: the child could not be started.
        """
        try:
            self._start()
            message = self._receive()
            assert message is not None  # the deadline is set after the start
            self._read_greeting(message)
        except BaseException:
            self.close()
            raise
        if self._budget_s is not None:
            self._until = time.monotonic() + self._budget_s
        return self

    @property
    def time_is_up(self) -> bool:
        """Whether the time budget is spent; then every request is refused."""
        return self._until is not None and time.monotonic() >= self._until

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fetch(self, wave: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Fetch a wave of addresses.

        Yields:
            Exactly one answer for each request, in order of arrival; requests that are open when the time is up are
            refused as `BUDGET`.

        Raises:
            GeneratorError: the child process died or stopped responding; answers yielded before remain valid.
        """
        if self._connection is None and not self.time_is_up:
            raise GeneratorError("The crawler was asked outside its `with` block.")
        waiting = dict(enumerate(wave, start=self._next_number))
        self._next_number += len(waiting)
        if waiting and self._connection is not None and not self.time_is_up:
            try:
                self._connection.send(tuple(waiting.items()))
            except OSError as error:
                raise self._died() from error
        while waiting and self._connection is not None and not self.time_is_up:
            message = self._receive()
            # Answers to an earlier wave that was abandoned may still arrive; they are ignored.
            if message is not None and message[0] == "answer" and message[1] in waiting:
                del waiting[message[1]]
                yield message[2]
        if waiting:
            self.close()  # no one reads the answers of open requests any more
            for asked in waiting.values():
                yield Refusal(asked.url, asked.purpose, RefusalReason.BUDGET, TIME_IS_UP)

    def pause(self, seconds: float) -> None:
        """Wait as long as a server demanded; return at once in a replay."""
        if not self._config.replay:
            time.sleep(seconds)

    def close(self) -> None:
        """Kill the child; safe to call twice."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()  # nothing to save: the parent stores the answers
            self._process.wait()
            self._process = None
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    def _start(self) -> None:
        parent_end, child_end = socket.socketpair()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the crawler
        path = os.pathsep.join(filter(None, (str(PACKAGE_ROOT), os.environ.get("PYTHONPATH"))))
        with child_end:
            self._connection = Connection(parent_end.detach())
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                    [sys.executable, "-m", "generator.crawl.worker", str(child_end.fileno())],
                    pass_fds=(child_end.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._stderr,
                    env=os.environ | {"PYTHONPATH": path} | MALLOC_SETTINGS,
                )
            except OSError as error:
                raise GeneratorError(f"The crawler process could not be started: {error}") from error
        try:
            self._connection.send(self._config)
        except OSError as error:
            raise self._died() from error

    def _read_greeting(self, message: tuple[Any, ...]) -> None:
        if message[0] == "failed":
            raise ArchiveError(message[1])
        self.warnings = message[1]

    def _receive(self) -> tuple[Any, ...] | None:
        """The child's next message; None where the time budget ends before it arrives."""
        assert self._connection is not None
        left_s = MAX_SILENCE_S if self._until is None else max(0.0, self._until - time.monotonic())
        try:
            if self._connection.poll(min(left_s, MAX_SILENCE_S)):
                message: tuple[Any, ...] = self._connection.recv()
                return message
            if left_s < MAX_SILENCE_S:
                return None
        except (EOFError, OSError) as error:
            raise self._died() from error
        raise GeneratorError(
            f"The crawler process said nothing for {MAX_SILENCE_S:.0f} seconds and was ended.\n"
            "  What was fetched is kept: run the same command again to go on from there."
        )

    def _died(self) -> GeneratorError:
        """The error for a child that exited, with the last line of its stderr."""
        code, detail = None, ""
        if self._process is not None:
            try:
                code = self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
        if self._stderr is not None:
            self._stderr.seek(0)
            lines = self._stderr.read().decode("utf-8", errors="replace").strip().splitlines()
            detail = f" It said: {lines[-1][:300]}" if lines else ""
        return GeneratorError(
            f"The crawler process ended in the middle of its work (exit code {code}).{detail}\n"
            "  What was fetched is kept: run the same command again to go on from there."
        )
