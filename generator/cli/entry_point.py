"""From whatever a command did or raised to an exit code and, where it failed, a sentence on stderr."""

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

STOPPED = 130  # what shells use for "stopped by Ctrl-C"
STOPPED_WORDS = "stopped; what was fetched is kept, the next run goes on from there"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after `whomatters`; None takes them from the command line.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _answer(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; stdout goes nowhere so that closing it stays quiet too.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _answer(words: list[str]) -> int:
    """Run the command and turn what it raised into an exit code."""
    try:
        answer = typer.main.get_command(app).main(args=words, prog_name="whomatters", standalone_mode=False)
        if answer != STOPPED:  # typer answers Ctrl-C with the code alone
            return answer if isinstance(answer, int) else 0
        message, code = STOPPED_WORDS, STOPPED
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
        message, code = STOPPED_WORDS, STOPPED
    except OSError as error:
        message, code = _environment(error), 1
    except Exception as error:  # noqa: BLE001 - the last line of defence: people get a sentence, developers a file
        if "--debug" in words:
            traceback.print_exc()
        message, code = _surprise(error), 1
    print_error(message, as_json="--json" in words)
    return code


def _show_misuse(misuse: TyperException) -> None:
    """The command line's own complaint, with the usage line where it has one."""
    show = getattr(misuse, "show", None)
    if show is not None:
        show()
    else:
        print_error(misuse.format_message(), as_json=False)


def _environment(error: OSError) -> str:
    """What the machine refused, with what to do."""
    where = f"{error.filename}: " if error.filename else ""
    advice = {
        errno.ENOSPC: ": make room, then run the same command again; it goes on where it stopped",
        errno.EDQUOT: ": make room, then run the same command again; it goes on where it stopped",
        errno.EACCES: ": choose another folder with --out or --state, or change its permissions",
        errno.EROFS: ": choose another folder with --out or --state",
        errno.EADDRINUSE: ": choose another --port",
    }.get(error.errno or 0, "")
    return f"{where}{error.strerror or error}{advice}"


def _surprise(error: Exception) -> str:
    """A sentence about an error nobody foresaw, and the file that holds the details."""
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
