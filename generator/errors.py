"""All exceptions that can stop a run, as one hierarchy.

GeneratorError                exit code 1 unless a subclass says otherwise
├── TopicError                the topic file is wrong (exit 2); holds every problem at once
├── UsageError                the command line or the environment is wrong (exit 2)
├── ArchiveError              a WARC is missing, truncated or not a WARC
├── WorkspaceError            STATE cannot be read, written or is in use
├── ExtractionError           a page or feed could not be parsed (caught per snapshot, never ends a run)
├── ConvergenceError          an iterative method did not converge
└── PublishError              the site could not be built or written

Expected failures (robots.txt, 404, too large, timeout) are `records.Refusal` values, not exceptions.
"""

from __future__ import annotations


class GeneratorError(Exception):
    """Base class of errors that the command reports as a message instead of a traceback."""

    exit_code = 1


class TopicError(GeneratorError):
    """The topic file cannot be used; the message lists every problem with file, line and column."""

    exit_code = 2


class UsageError(GeneratorError):
    """The command was called in a way that cannot work; the message says what to do instead."""

    exit_code = 2


class ArchiveError(GeneratorError):
    """A web archive is missing, truncated beyond use, or not a WARC file."""


class WorkspaceError(GeneratorError):
    """The state folder cannot be used: not writable, full, or in use by another run."""


class ExtractionError(GeneratorError):
    """One snapshot could not be parsed; it is skipped, and the run continues."""


class ConvergenceError(GeneratorError):
    """An iterative method did not converge within its maximum number of rounds."""


class PublishError(GeneratorError):
    """The site could not be built, or a page would load something from another server."""
