"""The entry point: run a command, turn exceptions into a message on stderr and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import Abort, Exit, TyperException

from generator.cli.commands import app
from generator.cli.console import print_error
from generator.errors import GeneratorError

STOPPED = 130  # 128 + SIGINT, as shells report it
STOPPED_MESSAGE = "stopped; what was fetched is kept, the next run goes on from there"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after `whomatters`; None takes them from the command line.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) closed the pipe; redirect stdout so that flushing it at exit does not fail again.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(words: list[str]) -> int:
    """Run the command and return its exit code; print a message for an exception."""
    try:
        answer = typer.main.get_command(app).main(args=words, prog_name="whomatters", standalone_mode=False)
        if answer != STOPPED:  # typer returns only the code after Ctrl-C
            return answer if isinstance(answer, int) else 0
        message, code = STOPPED_MESSAGE, STOPPED
    except Exit as done:
        return done.exit_code
    except TyperException as misuse:
        _show_misuse(misuse)
        return misuse.exit_code
    except BrokenPipeError:
        raise
    except GeneratorError as error:
        message, code = str(error), error.exit_code
    except (KeyboardInterrupt, Abort):
        message, code = STOPPED_MESSAGE, STOPPED
    except OSError as error:
        message, code = _system_error_message(error), 1
    except Exception as error:  # noqa: BLE001 - any other error becomes a message and a log file
        if "--debug" in words:
            traceback.print_exc()
        message, code = _unexpected_error_message(error), 1
    print_error(message, as_json="--json" in words)
    return code


def _show_misuse(misuse: TyperException) -> None:
    """Print a usage error, with the usage line if Typer provides one."""
    show = getattr(misuse, "show", None)
    if show is not None:
        show()
    else:
        print_error(misuse.format_message(), as_json=False)


def _system_error_message(error: OSError) -> str:
    """Message for an operating system error, with advice."""
    where = f"{error.filename}: " if error.filename else ""
    advice = {
        errno.ENOSPC: ": make room, then run the same command again; it goes on where it stopped",
        errno.EDQUOT: ": make room, then run the same command again; it goes on where it stopped",
        errno.EACCES: ": choose another folder with --out or --state, or change its permissions",
        errno.EROFS: ": choose another folder with --out or --state",
        errno.EADDRINUSE: ": choose another --port",
    }.get(error.errno or 0, "")
    return f"{where}{error.strerror or error}{advice}"


def _unexpected_error_message(error: Exception) -> str:
    """Message for an unexpected error, naming the file with the traceback."""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="whomatters-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write("".join(traceback.format_exception(error)))
        where = f"details are in {Path(file.name)}"
    except OSError:
        where = "run it again with --debug for details"
    return f"something went wrong that should not have ({what}); {where}"
