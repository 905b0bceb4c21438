"""The child's end of the pipe: waves in by one thread, answers out by another, the reactor never blocked.

The pipe is also the leash: when the parent is gone it reads as ended, and the child ends at once.
"""

from __future__ import annotations

import asyncio
import gc
import os
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from generator.records import FetchRequest, Snapshot

Wave = tuple[tuple[int, FetchRequest], ...]
CROWDED_BYTES = 64 * 1024 * 1024  # answers waiting for the parent; beyond it no new page is asked for
ALIVE_EVERY_S = 5.0


class WorkerPipe:
    """Answers to the parent, waves from it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._parent = os.getppid()

    def listen(self, take_wave: Callable[[Wave], None]) -> None:
        """Start both threads; must be called in the running event loop, in which waves are delivered."""
        loop = asyncio.get_running_loop()
        gc.freeze()
        threading.Thread(target=self._read, args=(loop, take_wave), daemon=True).start()
        threading.Thread(target=self._write, daemon=True).start()
        self._tell_alive(loop)

    def send(self, message: tuple[Any, ...]) -> None:
        """Queue a message; returns at once."""
        with self._lock:
            self._waiting_bytes += _weight(message)
        self._waiting.put(message)

    async def room(self) -> None:
        """Wait while the parent has so much to take that asking for more would only fill memory."""
        # Polled, because the writer is a thread: an event of its own would cost more than it saves.
        while self._waiting_bytes > CROWDED_BYTES:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)

    def _tell_alive(self, loop: asyncio.AbstractEventLoop) -> None:
        if os.getppid() != self._parent:  # the parent was killed while a relative of its held the pipe
            os._exit(0)
        # Failures hold the bodies they failed over in circles (110 to 60 MB beside 60 hostile hosts, 2026-11-28).
        gc.collect()
        self.send(("alive",))
        loop.call_later(ALIVE_EVERY_S, self._tell_alive, loop)

    def _read(self, loop: asyncio.AbstractEventLoop, take_wave: Callable[[Wave], None]) -> None:
        while True:
            try:
                wave: Wave = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)  # the parent ended: no answer of ours has a reader any more
            loop.call_soon_threadsafe(take_wave, wave)

    def _write(self) -> None:
        while True:
            message = self._waiting.get()
            try:
                self._connection.send(message)
            except OSError:
                os._exit(0)
            with self._lock:
                self._waiting_bytes -= _weight(message)


def _weight(message: tuple[Any, ...]) -> int:
    return len(message[-1].body) if isinstance(message[-1], Snapshot) else 0
