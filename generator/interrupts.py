"""Defer KeyboardInterrupt until a critical section has finished.

SIGKILL and power cuts cannot be deferred; code that must survive them needs atomic writes.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def defer_interrupts() -> Iterator[None]:
    """Run a block to its end, then raise KeyboardInterrupt if Ctrl-C was pressed meanwhile.

    An exception from the block takes precedence. The context manager has no effect inside another such block, outside
    the main thread, or if another handler for SIGINT is installed.
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
