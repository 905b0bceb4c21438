"""The crawl as the pipeline sees it: waves of requests in, one answer for each out.

Scrapy lives in one child process for the whole run, so that its start-up is paid once and Twisted's reactor
never meets the caller. Parent and child hold one pipe; whichever end disappears, the other notices.
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

SILENCE_S = 120.0  # the child says it is alive every 5 s; past this it hangs and is ended
# glibc keeps what large bodies were held in, unless large pieces come straight from the system and go back there.
FRUGAL = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_ARENA_MAX": "2"}
TIME_IS_UP = "the run's time was used up"
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class Crawler:
    """A crawl, live or replayed; a context manager, because it holds a process.

    Attributes:
        warnings: sentences the report should show, such as an archive that could be read only in part.
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
        """Prepare a crawl; nothing is started yet.

        Args:
            user_agent: how we name ourselves, contact address included; its first word is matched by robots.txt.
            delay_s: seconds between two requests to one host, ± half; no meaning in a replay.
            replay: WARC files that stand in for the web; empty: the live web.
            loopback_port: a port of this machine that may be asked; for tests, by the command's hidden switch alone.
            timeout_s: seconds a whole answer may take.
            budget_s: seconds after which nothing more is asked and every open request is refused; None: no end.
        """
        self.warnings: tuple[str, ...] = ()
        self._budget_s = budget_s
        self._until: float | None = None  # on the monotonic clock, which nobody can set back
        self._config = CrawlConfig(user_agent, delay_s, tuple(replay), loopback_port, timeout_s)
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._complaints: IO[bytes] | None = None
        self._next_number = 0

    def __enter__(self) -> Self:
        """Start the child and wait until it has read its archives.

        Raises:
            ArchiveError: an archive is missing or no WARC.
            GeneratorError: the child could not be started.
        """
        try:
            self._start()
            message = self._receive()
            assert message is not None  # there is no deadline yet
            self._greet(message)
        except BaseException:
            self.close()
            raise
        if self._budget_s is not None:
            self._until = time.monotonic() + self._budget_s
        return self

    @property
    def time_is_up(self) -> bool:
        """Whether the budget of time is spent; from then on every request is refused."""
        return self._until is not None and time.monotonic() >= self._until

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fetch(self, wave: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Ask for a wave of addresses.

        Yields:
            Exactly one answer for each request, in the order in which they arrive; those that are open when the
            time is up are refused as `BUDGET`.

        Raises:
            GeneratorError: the child process died or fell silent; what was yielded before stays true.
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
            # Answers to a wave that was abandoned half-way may still arrive: they are nobody's.
            if message is not None and message[0] == "answer" and message[1] in waiting:
                del waiting[message[1]]
                yield message[2]
        if waiting:
            self.close()  # what is under way has nobody to tell any more
            for asked in waiting.values():
                yield Refusal(asked.url, asked.purpose, RefusalReason.BUDGET, TIME_IS_UP)

    def pause(self, seconds: float) -> None:
        """Wait as a place asked to before it is asked again; an archive asks nobody to wait."""
        if not self._config.replay:
            time.sleep(seconds)

    def close(self) -> None:
        """End the child; safe to call twice."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()  # it holds nothing that needs saving: answers are kept on this side
            self._process.wait()
            self._process = None
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the crawler
        path = os.pathsep.join(filter(None, (str(PACKAGE_ROOT), os.environ.get("PYTHONPATH"))))
        with theirs:
            self._connection = Connection(ours.detach())
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                    [sys.executable, "-m", "generator.crawl.worker", str(theirs.fileno())],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._complaints,
                    env=os.environ | {"PYTHONPATH": path} | FRUGAL,
                )
            except OSError as error:
                raise GeneratorError(f"The crawler process could not be started: {error}") from error
        try:
            self._connection.send(self._config)
        except OSError as error:
            raise self._died() from error

    def _greet(self, message: tuple[Any, ...]) -> None:
        if message[0] == "failed":
            raise ArchiveError(message[1])
        self.warnings = message[1]

    def _receive(self) -> tuple[Any, ...] | None:
        """The child's next word; None where the time is up before it."""
        assert self._connection is not None
        left_s = SILENCE_S if self._until is None else max(0.0, self._until - time.monotonic())
        try:
            if self._connection.poll(min(left_s, SILENCE_S)):
                message: tuple[Any, ...] = self._connection.recv()
                return message
            if left_s < SILENCE_S:
                return None
        except (EOFError, OSError) as error:
            raise self._died() from error
        raise GeneratorError(
            f"The crawler process said nothing for {SILENCE_S:.0f} seconds and was ended.\n"
            "  What was fetched is kept: run the same command again to go on from there."
        )

    def _died(self) -> GeneratorError:
        """The error for a child that is gone, with its last words."""
        code, said = None, ""
        if self._process is not None:
            try:
                code = self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
        if self._complaints is not None:
            self._complaints.seek(0)
            lines = self._complaints.read().decode("utf-8", errors="replace").strip().splitlines()
            said = f" It said: {lines[-1][:300]}" if lines else ""
        return GeneratorError(
            f"The crawler process ended in the middle of its work (exit code {code}).{said}\n"
            "  What was fetched is kept: run the same command again to go on from there."
        )
