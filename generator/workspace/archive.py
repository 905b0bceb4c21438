"""The WARC files of a state folder: appending, reading by place, and mending a torn end. Knows no tables."""

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
    """Where a record lies: file name, offset and packed length in bytes."""

    file: str
    offset: int
    length: int


def file_name(number: int, as_of: date) -> str:
    """The archive file of a run."""
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
        self.size = size_of(folder / current)  # bytes of the current file, all of them whole records

    def append(self, records: bytes, last_offset: int) -> RecordLocation:
        """Write records in one go, Ctrl-C or not, and say where the last of them lies.

        Args:
            records: whole gzip members.
            last_offset: where in `records` the last member begins.

        Raises:
            WorkspaceError: the disk is full or not writable; nothing of the records stays behind.
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
            place = RecordLocation(self._current, self.size + last_offset, len(records) - last_offset)
            self.size += len(records)
        return place

    def sync(self) -> None:
        """Make sure that what was appended survives a power cut."""
        if self._out is not None:
            try:
                os.fsync(self._out.fileno())
            except OSError as error:
                raise disk_error(self._folder, error) from error

    def body(self, place: RecordLocation, digest: str) -> bytes | None:
        """The body stored at a place; None where it is not there, or not what it was."""
        try:
            if place.file not in self._readers:
                self._readers[place.file] = (self._folder / place.file).open("rb")
            reader = self._readers[place.file]
            reader.seek(place.offset)
            found = read_record(zlib.decompress(reader.read(place.length), 31))
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
    """Archive files in the order of their runs."""
    return tuple(sorted(entry.name for entry in folder.iterdir() if FILE_NAME.match(entry.name)))


def size_of(path: Path) -> int:
    """Size in bytes; 0 where there is no such file."""
    return path.stat().st_size if path.exists() else 0


def scan(folder: Path, name: str, start: int) -> Iterator[tuple[ArchivedAnswer, RecordLocation]]:
    """What the records of a file say, from an offset on; a torn end is cut off the file.

    Damage before the end costs the records it lies in and is left as it is.
    """
    path, end = folder / name, start
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for offset, length, member in members(data, start):
            try:
                found = read_record(member)
            except (ValueError, KeyError, TypeError, AttributeError):
                found = None  # whole, but not as we write it: left where it is, not indexed
            end = offset + length
            if found is not None:
                yield found[0], RecordLocation(name, offset, length)
    if end < path.stat().st_size:
        os.truncate(path, end)


def disk_error(folder: Path, error: OSError) -> WorkspaceError:
    """The words for a disk that does not take what it is given."""
    return WorkspaceError(
        f"{folder}: cannot write ({error.strerror or error}).\n"
        "  Make room or mend the permissions, then run the same command again: what was fetched so far is kept."
    )
