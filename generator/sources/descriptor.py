"""What a source of seeds is: a descriptor of its query form and texts, and two functions that speak its protocol.

`start` turns a query into requests. `parse` reads one answer and may ask for more: further pages, a second step, a
pause first. A source keeps no state between answers; the requested address tells which step an answer belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.errors import UsageError
from generator.records import Extraction, FetchRequest, Snapshot, Url


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """The text behind the colon of a seed, and today's date, because some sources search by date.

    `parts` holds the named groups of the source's grammar; "" for a group that did not take part.
    """

    words: str
    as_of: date
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """One address to request.

    `page` True: the page parsers read the answer (page, feed or list). False: the source itself reads its body.
    """

    url: Url
    page: bool = False


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What came back; `extraction` is the parsers' result, None where the source reads the body itself."""

    request: SourceRequest
    snapshot: Snapshot
    extraction: Extraction | None = None


@dataclass(frozen=True, slots=True)
class SeedCandidate:
    """An address that a source names, the words it came with, and who named it.

    `by` tells independent mentions apart; it is compared and never shown.
    """

    url: Url
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """The content of one answer.

    `broken` says what is wrong with an answer that does not follow the protocol, "" otherwise. `then` are further
    requests. `captures` are archived pages to fetch where the site itself is gone.
    """

    candidates: tuple[SeedCandidate, ...] = ()
    then: tuple[SourceRequest, ...] = ()
    wait_s: float = 0.0  # pause before the next request
    broken: str = ""
    captures: tuple[FetchRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDescriptor:
    """All that the project knows of one source; topic files, crawl, documents and tests read it from here."""

    name: str
    """The word before the colon of a seed."""
    grammar: str
    """Regular expression that the whole query must match; its named groups become `SourceQuery.parts`."""
    form: str
    """The query as shown to a person whose query does not match, such as `tag@site`."""
    mismatch: str
    """What a query that does not match is: the end of the sentence “Seed name:query …”."""
    example: str
    """A complete seed that works."""
    finds: str
    """Which sites it names, for the table of sources."""
    limits: str
    """How much it gives and what it refuses, for the table of sources."""
    terms: str
    """Address of the interface's documentation or terms of use."""
    empty_answer: tuple[str, bytes]
    """Media type and body of a first answer without results; tests replay it."""
    start: Callable[[SourceQuery], tuple[SourceRequest, ...]]
    """The first requests; none where the query names a host that cannot exist."""
    parse: Callable[[SourceQuery, SourceAnswer], SourceReading]
    """The content of one answer; raises nothing, whatever the answer holds."""

    def accepts(self, words: str) -> bool:
        """Whether a query matches the grammar."""
        return self._match(words) is not None

    def query(self, words: str, *, as_of: date) -> SourceQuery:
        """A query taken apart.

        Raises:
            UsageError: the query does not match the grammar.
        """
        match = self._match(words)
        if match is None:
            raise self._unusable(words)
        return SourceQuery(words, as_of, match.groupdict(default=""))

    def first_requests(self, query: SourceQuery) -> tuple[SourceRequest, ...]:
        """The first requests of a query.

        Raises:
            UsageError: the query candidates to no address.
        """
        requests = self.start(query)
        if not requests:
            raise self._unusable(query.words)
        return requests

    def _match(self, words: str) -> re.Match[str] | None:
        return re.fullmatch(self.grammar, words, re.DOTALL)

    def _unusable(self, words: str) -> UsageError:
        return UsageError(f"Seed {self.name}:{words} {self.mismatch}.\n  Write {self.example}.")
