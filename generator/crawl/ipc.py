"""The child's end of the pipe: one thread reads waves, another writes answers, so the reactor never blocks.

The child exits when the pipe closes, that is, when the parent dies.
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
MAX_QUEUED_BYTES = 64 * 1024 * 1024  # answers waiting for the parent; above it no new page is requested
HEARTBEAT_S = 5.0


class WorkerPipe:
    """Sends answers to the parent and receives waves from it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._parent = os.getppid()

    def start(self, take_wave: Callable[[Wave], None]) -> None:
        """Start both threads; must be called in the running event loop, in which `take_wave` is called."""
        loop = asyncio.get_running_loop()
        gc.freeze()
        threading.Thread(target=self._read, args=(loop, take_wave), daemon=True).start()
        threading.Thread(target=self._write, daemon=True).start()
        self._send_heartbeat(loop)

    def send(self, message: tuple[Any, ...]) -> None:
        """Queue a message for the parent; never blocks."""
        with self._lock:
            self._waiting_bytes += _body_bytes(message)
        self._waiting.put(message)

    async def wait_for_room(self) -> None:
        """Wait while more than MAX_QUEUED_BYTES of answers are queued, to bound memory."""
        # Polled, because the writer is a thread: an event across threads would cost more than it saves.
        while self._waiting_bytes > MAX_QUEUED_BYTES:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)

    def _send_heartbeat(self, loop: asyncio.AbstractEventLoop) -> None:
        if os.getppid() != self._parent:  # the parent was killed while another process held the pipe
            os._exit(0)
        # Failures keep bodies in reference cycles; collecting them saves 50 of 110 MB (60 hostile hosts, 2026-11-28).
        gc.collect()
        self.send(("alive",))
        loop.call_later(HEARTBEAT_S, self._send_heartbeat, loop)

    def _read(self, loop: asyncio.AbstractEventLoop, take_wave: Callable[[Wave], None]) -> None:
        while True:
            try:
                wave: Wave = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)  # the parent ended: no one reads our answers any more
            loop.call_soon_threadsafe(take_wave, wave)

    def _write(self) -> None:
        while True:
            message = self._waiting.get()
            try:
                self._connection.send(message)
            except OSError:
                os._exit(0)
            with self._lock:
                self._waiting_bytes -= _body_bytes(message)


def _body_bytes(message: tuple[Any, ...]) -> int:
    return len(message[-1].body) if isinstance(message[-1], Snapshot) else 0
