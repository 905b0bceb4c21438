"""Everything that can stop a run, as one tree.

GeneratorError                exit code 1 unless a subclass says otherwise
├── TopicError                the topic file is wrong (exit 2); holds every problem at once
├── UsageError                the command line or the environment is wrong (exit 2)
├── ArchiveError              a WARC is missing, torn or not a WARC
├── WorkspaceError            STATE cannot be read, written or is in use
├── ExtractionError           a page or feed could not be parsed (caught per snapshot, never ends a run)
├── ConvergenceError          an iteration found no fixed point
└── PublishError              the site could not be built or written

What is merely expected (robots, 404, too large, timeout) is a `records.Refusal`, not an exception.
"""

from __future__ import annotations


class GeneratorError(Exception):
    """Root of all errors the command reports as a message rather than a traceback."""

    exit_code = 1


class TopicError(GeneratorError):
    """The topic file cannot be used; the message lists every problem with file, line and column."""

    exit_code = 2


class UsageError(GeneratorError):
    """The command was called in a way that cannot work; the message says what to do instead."""

    exit_code = 2


class ArchiveError(GeneratorError):
    """A web archive is missing, truncated beyond use, or no WARC at all."""


class WorkspaceError(GeneratorError):
    """The state folder cannot be used: not writable, full, or in use by another run."""


class ExtractionError(GeneratorError):
    """One snapshot could not be parsed; it costs itself, never the run."""


class ConvergenceError(GeneratorError):
    """An iterative method found no fixed point within its rounds."""


class PublishError(GeneratorError):
    """The site could not be built, or would have asked a foreign server for something."""
