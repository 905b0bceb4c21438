"""Extraction in child processes that can be killed: a hostile page costs itself, never the run.

Each worker lives long and reads one snapshot at a time within 10 s of processor time and 512 MB of further
memory. Answers come back in the order of the questions. A worker says when it is ready: one that cannot
even start is the fault of the set-up, not of a page, and ends the run in words.
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

EXTRACTOR_VERSION = "4"
"""Part of the key under which extractions are remembered: raise it whenever the same bytes would read differently."""

CPU_LIMIT_S = 10  # processor seconds a snapshot
MEMORY_LIMIT_BYTES = 512 * 1024 * 1024  # address space a snapshot may add
SILENCE_LIMIT_S = 120.0  # if no worker at all answers for so long, the busy ones hang
START_LIMIT_S = 60.0  # seconds in which a worker has to be ready, whatever the limit of silence
M_MMAP_THRESHOLD = -3  # malloc.h
READY = True  # what a worker says first
AHEAD = 4  # snapshots taken up a worker before the first of them is answered

Answer = Extraction | Refusal


class Extractor:
    """A pool of killable workers; use as a context manager.

    Args:
        workers: child processes, at least 1; even one is a child, so that limits hold.
        cpu_limit_s: processor seconds a snapshot may take.
        silence_limit_s: seconds without any answer after which the busy workers count as hanging.
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
        """End every worker."""
        for worker in [*self._idle, *(worker for worker, _, _ in self._busy.values())]:
            worker.kill()
        self._idle, self._busy = [], {}

    def extract(self, snapshots: Iterable[Snapshot]) -> Iterator[tuple[Snapshot, Answer]]:
        """What each snapshot says, in input order; a Refusal BROKEN where it could not be read.

        Takes up at most four snapshots a worker ahead of the one it yields.

        Raises:
            ExtractionError: the workers cannot be started at all.
        """
        source = enumerate(snapshots)
        order: deque[tuple[int, Snapshot]] = deque()
        answers: dict[int, Answer] = {}
        try:
            more = True
            while more or order:
                while more and len(order) < AHEAD * self._count and len(self._busy) < self._count:
                    if (item := next(source, None)) is None:
                        more = False
                        break
                    order.append(item)
                    self._hand_out(*item)
                if self._busy and order[0][0] not in answers:
                    answers.update(self._collect())
                while order and order[0][0] in answers:
                    number, snapshot = order.popleft()
                    yield snapshot, answers.pop(number)
        finally:
            # Abandoned half way: what is still being read belongs to nobody.
            for worker, _, _ in self._busy.values():
                worker.kill()
            self._busy = {}

    def _hand_out(self, number: int, snapshot: Snapshot) -> None:
        """Give a snapshot to an idle worker, or to a new one."""
        while True:
            worker = self._idle.pop() if self._idle else _Worker(self._context, self._cpu_limit_s)
            if worker.ask(snapshot):
                self._busy[worker.connection] = (worker, number, snapshot)
                return
            started, code = worker.ready or worker.hear_ready(), worker.kill()
            if not started:
                raise _cannot_start(code)

    def _collect(self) -> dict[int, Answer]:
        """Wait for at least one worker and take the answers that are there."""
        starting = any(not worker.ready for worker, _, _ in self._busy.values())
        limit = max(self._silence_limit_s, START_LIMIT_S) if starting else self._silence_limit_s
        ready = wait(list(self._busy), timeout=limit)
        done: dict[int, Answer] = {}
        for connection in ready or list(self._busy):
            assert isinstance(connection, Connection)
            worker, number, snapshot = self._busy[connection]
            if not worker.ready:
                if not ready or not worker.hear_ready():
                    del self._busy[connection]
                    raise _cannot_start(worker.kill())
                continue
            del self._busy[connection]
            answer = worker.answer() if ready else None
            if isinstance(answer, Extraction):
                done[number] = answer
            else:
                why = answer or ("took too long or too much memory to read" if ready else "hung while being read")
                done[number] = Refusal(snapshot.url, snapshot.purpose, RefusalReason.BROKEN, why)
            if answer is None:
                worker.kill()
            else:
                self._idle.append(worker)
        return done


def _cannot_start(code: int | None) -> ExtractionError:
    """Why no page can be read: `code` is how the first worker ended, None where it had to be ended."""
    how = "was silent" if code is None else f"ended with code {code}"
    return ExtractionError(
        f"extraction workers cannot start: one {how} before it was ready. Its own error stands above; start the run "
        "from an installed command or a script file whose imports work, not from standard input."
    )


class _Worker:
    """One child process and the pipe to it."""

    def __init__(self, context: multiprocessing.context.SpawnContext, cpu_limit_s: int) -> None:
        self.ready = False  # it has said that it can work
        self.connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs, cpu_limit_s), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, snapshot: Snapshot) -> bool:
        """Send a snapshot; False if the worker is gone."""
        try:
            self.connection.send(snapshot)
        except OSError:
            return False
        return True

    def hear_ready(self) -> bool:
        """Take its first word; False if it ended without one."""
        try:
            self.ready = self.connection.recv() is READY
        except (EOFError, OSError):
            self.ready = False
        return self.ready

    def answer(self) -> Extraction | str | None:
        """What it says: an extraction, why there is none, or None if it died over it."""
        try:
            said = self.connection.recv()
        except (EOFError, OSError):
            return None
        return said if isinstance(said, Extraction | str) else None

    def kill(self) -> int | None:
        """End it, whatever it does; the code it had ended with by itself, None where it had not."""
        self.connection.close()
        self._process.join(timeout=0 if self.ready else 1)  # who closed the pipe unready is on the way out
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self._process.close()
        return code


def _serve(connection: Connection, cpu_limit_s: int) -> None:
    """The life of a worker: read what comes until the pipe closes."""
    from generator.extract.snapshot import extract_snapshot  # noqa: PLC0415 - the parsers are loaded here alone

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    _be_frugal()
    connection.send(READY)
    while True:
        try:
            snapshot: Snapshot = connection.recv()
        except (EOFError, OSError):
            return
        _limit(cpu_limit_s)
        answer: Extraction | str
        try:
            answer = extract_snapshot(snapshot)
        except ExtractionError as error:
            answer = str(error)
        except MemoryError:
            return  # no state to trust after that: the parent sees the pipe close and starts a fresh worker
        connection.send(answer)


def _be_frugal() -> None:
    """Have glibc take large pieces straight from the system and give them back; elsewhere this does nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 256 * 1024)


def _limit(cpu_limit_s: int) -> None:
    """Renew the limits: so much processor time and memory from here on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_limit_s, hard))
    size = _address_space()
    if size:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY_LIMIT_BYTES, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (only Linux counts them here)."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
