"""The WARC files of a state folder: append, read by location, cut off a truncated end."""

from __future__ import annotations

import mmap
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import FileIO
from pathlib import Path
from typing import IO

from generator.errors import WorkspaceError
from generator.interrupts import defer_interrupts
from generator.workspace.warc import ArchivedAnswer, members, payload_digest, read_record

FILE_NAME = re.compile(r"^(\d{5})-(\d{4}-\d\d-\d\d)\.warc\.gz$")


@dataclass(frozen=True, slots=True)
class RecordLocation:
    """Location of a record: file name, offset and compressed length in bytes."""

    file: str
    offset: int
    length: int


def file_name(number: int, as_of: date) -> str:
    """Name of the archive file of a run."""
    return f"{number:05d}-{as_of.isoformat()}.warc.gz"


def run_of(name: str) -> tuple[int, date]:
    """Number and date of the run that wrote a file."""
    match = FILE_NAME.match(name)
    assert match is not None  # only names that files() returned get here
    return int(match[1]), date.fromisoformat(match[2])


class Archive:
    """The folder of WARC files. `current` is the file of this run; it appears with the first record."""

    def __init__(self, folder: Path, current: str) -> None:
        self._folder = folder
        self._current = current
        self._out: FileIO | None = None
        self._readers: dict[str, IO[bytes]] = {}
        self.size = size_of(folder / current)  # bytes of complete records in the current file

    def append(self, records: bytes, last_offset: int) -> RecordLocation:
        """Append records, uninterrupted by Ctrl-C.

        Args:
            records: complete gzip members.
            last_offset: offset in `records` of the last member.

        Returns:
            The location of the last record.

        Raises:
            WorkspaceError: the disk is full or not writable; the file is restored to its size before.
        """
        with defer_interrupts():
            try:
                if self._out is None:
                    self._out = FileIO(self._folder / self._current, "a")
                rest = memoryview(records)
                while rest:
                    rest = rest[self._out.write(rest) :]
            except OSError as error:
                if self._out is not None:
                    self._out.truncate(self.size)
                raise disk_error(self._folder, error) from error
            location = RecordLocation(self._current, self.size + last_offset, len(records) - last_offset)
            self.size += len(records)
        return location

    def sync(self) -> None:
        """Flush appended records to the disk, so that they survive a power failure."""
        if self._out is not None:
            try:
                os.fsync(self._out.fileno())
            except OSError as error:
                raise disk_error(self._folder, error) from error

    def body(self, location: RecordLocation, digest: str) -> bytes | None:
        """The body stored at a location; None where it is missing or does not match its digest."""
        try:
            if location.file not in self._readers:
                self._readers[location.file] = (self._folder / location.file).open("rb")
            reader = self._readers[location.file]
            reader.seek(location.offset)
            found = read_record(zlib.decompress(reader.read(location.length), 31))
        except (OSError, zlib.error, ValueError):
            return None
        return found[1] if found is not None and payload_digest(found[1]) == digest else None

    def close(self) -> None:
        """Close all files; safe to call twice."""
        for handle in (*self._readers.values(), *filter(None, (self._out,))):
            handle.close()
        self._readers.clear()
        self._out = None


def files(folder: Path) -> tuple[str, ...]:
    """Names of archive files, in order of run."""
    return tuple(sorted(entry.name for entry in folder.iterdir() if FILE_NAME.match(entry.name)))


def size_of(path: Path) -> int:
    """Size in bytes; 0 for a missing file."""
    return path.stat().st_size if path.exists() else 0


def scan(folder: Path, name: str, start: int) -> Iterator[tuple[ArchivedAnswer, RecordLocation]]:
    """Yield the answers in a file from an offset on; a truncated end is cut off the file.

    Damaged records before the end are skipped and stay in the file.
    """
    path, end = folder / name, start
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for offset, length, member in members(data, start):
            try:
                found = read_record(member)
            except (ValueError, KeyError, TypeError, AttributeError):
                found = None  # complete, but not written by this program: not indexed
            end = offset + length
            if found is not None:
                yield found[0], RecordLocation(name, offset, length)
    if end < path.stat().st_size:
        os.truncate(path, end)


def disk_error(folder: Path, error: OSError) -> WorkspaceError:
    """The error for a disk that cannot be written."""
    return WorkspaceError(
        f"{folder}: cannot write ({error.strerror or error}).\n"
        "  Make room or mend the permissions, then run the same command again: what was fetched so far is kept."
    )
