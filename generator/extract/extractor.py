"""Runs extraction in child processes, so that a hostile page fails alone and not the whole run.

A worker reads one snapshot at a time, within 10 s of processor time and 512 MB of additional memory, and is reused.
Results are returned in input order. A worker sends a ready message first: if it exits before, the installation is at
fault and not a page, and the run ends with an error.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import resource
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.errors import ExtractionError
from generator.records import Extraction, Refusal, RefusalReason, Snapshot

EXTRACTOR_VERSION = "6"
"""Part of the key of cached extractions: raise it when the same bytes give another extraction or its fields change."""

CPU_LIMIT_S = 10  # processor time for one snapshot
MEMORY_LIMIT_BYTES = 512 * 1024 * 1024  # additional address space for one snapshot
SILENCE_LIMIT_S = 120.0  # without a result for this long, the busy workers hang
START_LIMIT_S = 60.0  # time for a worker to become ready, even where the silence limit is shorter
M_MMAP_THRESHOLD = -3  # parameter of mallopt, from malloc.h
MMAP_THRESHOLD_BYTES = 256 * 1024
READY = True  # first message of a worker
MAX_PENDING_PER_WORKER = 4  # snapshots taken from the input beyond the one yielded

Result = Extraction | Refusal


class Extractor:
    """A pool of worker processes that can be killed; use as a context manager.

    Args:
        workers: number of child processes, at least 1.
        cpu_limit_s: processor time for one snapshot, in seconds.
        silence_limit_s: seconds without a result after which the busy workers are killed.
    """

    def __init__(
        self, *, workers: int, cpu_limit_s: int = CPU_LIMIT_S, silence_limit_s: float = SILENCE_LIMIT_S
    ) -> None:
        self._silence_limit_s = silence_limit_s
        self._context = multiprocessing.get_context("spawn")
        self._count = max(workers, 1)
        self._cpu_limit_s = cpu_limit_s
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int, Snapshot]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers."""
        for worker in [*self._idle, *(worker for worker, _, _ in self._busy.values())]:
            worker.kill()
        self._idle, self._busy = [], {}

    def extract(self, snapshots: Iterable[Snapshot]) -> Iterator[tuple[Snapshot, Result]]:
        """Extract snapshots in input order; a Refusal with reason BROKEN for each that cannot be parsed.

        Takes at most four snapshots for each worker from the input before the first of them is yielded.

        Raises:
            ExtractionError: the workers cannot be started at all.
        """
        source = enumerate(snapshots)
        order: deque[tuple[int, Snapshot]] = deque()
        results: dict[int, Result] = {}
        try:
            more = True
            while more or order:
                while more and len(order) < MAX_PENDING_PER_WORKER * self._count and len(self._busy) < self._count:
                    if (item := next(source, None)) is None:
                        more = False
                        break
                    order.append(item)
                    self._assign(*item)
                if self._busy and order[0][0] not in results:
                    results.update(self._collect())
                while order and order[0][0] in results:
                    number, snapshot = order.popleft()
                    yield snapshot, results.pop(number)
        finally:
            # The caller stopped early: no one will take the pending results.
            for worker, _, _ in self._busy.values():
                worker.kill()
            self._busy = {}

    def _assign(self, number: int, snapshot: Snapshot) -> None:
        """Send a snapshot to an idle worker or to a new one."""
        while True:
            worker = self._idle.pop() if self._idle else _Worker(self._context, self._cpu_limit_s)
            if worker.send(snapshot):
                self._busy[worker.connection] = (worker, number, snapshot)
                return
            started, code = worker.ready or worker.wait_ready(), worker.kill()
            if not started:
                raise _cannot_start(code)

    def _collect(self) -> dict[int, Result]:
        """Wait for at least one worker and receive the results that are available."""
        starting = any(not worker.ready for worker, _, _ in self._busy.values())
        limit = max(self._silence_limit_s, START_LIMIT_S) if starting else self._silence_limit_s
        ready = wait(list(self._busy), timeout=limit)
        results: dict[int, Result] = {}
        for connection in ready or list(self._busy):
            assert isinstance(connection, Connection)
            worker, number, snapshot = self._busy[connection]
            if not worker.ready:
                if not ready or not worker.wait_ready():
                    del self._busy[connection]
                    raise _cannot_start(worker.kill())
                continue
            del self._busy[connection]
            result = worker.receive() if ready else None
            if isinstance(result, Extraction):
                results[number] = result
            else:
                why = result or ("took too long or too much memory to read" if ready else "hung while being read")
                results[number] = Refusal(snapshot.url, snapshot.purpose, RefusalReason.BROKEN, why)
            if result is None:
                worker.kill()
            else:
                self._idle.append(worker)
        return results


def _cannot_start(code: int | None) -> ExtractionError:
    """The error for workers that do not start; `code` is the exit code, None where the worker had to be killed."""
    how = "was silent" if code is None else f"ended with code {code}"
    return ExtractionError(
        f"extraction workers cannot start: one {how} before it was ready. Its own error stands above; start the run "
        "from an installed command or a script file whose imports work, not from standard input."
    )


class _Worker:
    """One child process with the pipe to it."""

    def __init__(self, context: multiprocessing.context.SpawnContext, cpu_limit_s: int) -> None:
        self.ready = False  # the ready message was received
        self.connection, child_end = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(child_end, cpu_limit_s), daemon=True)
        self._process.start()
        child_end.close()

    def send(self, snapshot: Snapshot) -> bool:
        """Send a snapshot; False where the worker has exited."""
        try:
            self.connection.send(snapshot)
        except OSError:
            return False
        return True

    def wait_ready(self) -> bool:
        """Wait for the ready message; False where the worker exited first."""
        try:
            self.ready = self.connection.recv() is READY
        except (EOFError, OSError):
            self.ready = False
        return self.ready

    def receive(self) -> Extraction | str | None:
        """The result: an extraction, the reason why there is none, or None where the worker died."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            return None
        return message if isinstance(message, Extraction | str) else None

    def kill(self) -> int | None:
        """Kill the worker; returns its exit code where it had already exited, else None."""
        self.connection.close()
        self._process.join(
            timeout=0 if self.ready else 1
        )  # a worker that closed the pipe before it was ready is exiting
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self._process.close()
        return code


def _serve(connection: Connection, cpu_limit_s: int) -> None:
    """Main loop of a worker: extract snapshots until the pipe closes."""
    from generator.extract.snapshot import extract_snapshot  # noqa: PLC0415 - the parsers are loaded here alone

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles interrupts
    _return_freed_memory()
    connection.send(READY)
    while True:
        try:
            snapshot: Snapshot = connection.recv()
        except (EOFError, OSError):
            return
        _set_limits(cpu_limit_s)
        result: Extraction | str
        try:
            result = extract_snapshot(snapshot)
        except ExtractionError as error:
            result = str(error)
        except MemoryError:
            return  # the process must not be used further; the parent sees the pipe close and starts a new worker
        connection.send(result)


def _return_freed_memory() -> None:
    """Make glibc return large freed blocks to the system; does nothing with other C libraries."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES)


def _set_limits(cpu_limit_s: int) -> None:
    """Limit processor time and memory from the current use on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_limit_s, hard))
    size = _address_space_bytes()
    if size:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY_LIMIT_BYTES, hard))


def _address_space_bytes() -> int:
    """Address space in use; 0 on systems other than Linux, where it is not known."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
