"""An advisory lock on a state folder, so that only one run uses it; it ends with the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from generator.errors import WorkspaceError


class Lock:
    """The lock of a state folder; held from construction until `release`.

    The kernel releases it when the process ends in any way, so locks cannot become stale.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            WorkspaceError: another run holds it, or the folder is not writable.
        """
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise WorkspaceError(
                f"{path.parent}: cannot write here ({error.strerror or error}).\n"
                "  Give --state a folder you may write to."
            ) from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._handle, 32, 0).decode("ascii", errors="replace").strip()
            os.close(self._handle)
            raise WorkspaceError(
                f"{path.parent}: another run is at work here (process {holder or 'unknown'}).\n"
                "  Wait for it to end, or give --state another folder."
            ) from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode("ascii"), 0)

    def release(self) -> None:
        """Release the lock; safe to call twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
