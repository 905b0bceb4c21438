"""Stretches of work that Ctrl-C does not cut in two: they are done first, then it is heard.

Knows nothing of what the work is. Whatever ends a process without asking (kill -9, a power cut) is not its concern.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def defer_interrupts() -> Iterator[None]:
    """Do all of a block, and raise KeyboardInterrupt after it where Ctrl-C was pressed meanwhile.

    An error of the block goes first. Within another such block, in other threads, and where somebody else answers
    Ctrl-C, nothing is changed.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt
