"""Ctrl-C in the midst of work that must not be cut in two."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from generator.interrupts import defer_interrupts


def press():
    os.kill(os.getpid(), signal.SIGINT)


def nested(done):
    with defer_interrupts():
        press()
        with defer_interrupts():
            press()
            done.append("inner")
        done.append("outer")


def failing():
    with defer_interrupts():
        press()
        raise ValueError("full")


def test_a_block_is_done_before_ctrl_c_is_heard():
    """Pressed once or twice, within two such blocks: all is done, then it is raised, at the end of the outer one."""
    done = []
    with pytest.raises(KeyboardInterrupt):
        nested(done)

    assert done == ["inner", "outer"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_of_the_block_goes_first():
    """What went wrong is what there is to tell; afterwards Ctrl-C works as ever."""
    with pytest.raises(ValueError, match="full"):
        failing()
    with pytest.raises(KeyboardInterrupt):
        press()


def test_nothing_is_raised_where_nobody_pressed():
    """A block is a block."""
    with defer_interrupts():
        pass

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_and_handlers_are_not_changed():
    """Python delivers signals to the main thread only, and an existing handler for Ctrl-C is kept."""
    seen = []

    def elsewhere():
        with defer_interrupts():
            seen.append(signal.getsignal(signal.SIGINT))

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with defer_interrupts():
            seen.append(signal.getsignal(signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert seen == [signal.SIG_IGN, signal.default_int_handler]
