"""Getting answers: from this unfinished run's journal, from the web, or from the archive where the web has none.

Carries requests and answers between the crawl and the workspace; keeps count of what was asked and who failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urljoin
from zlib import crc32

from generator.crawl import Crawler
from generator.discover import is_resting, update_failing_hosts
from generator.interrupts import defer_interrupts
from generator.records import FailingHost, FetchRequest, Purpose, Refusal, RefusalReason, Snapshot, StaleHost, Url
from generator.urls import host_of
from generator.workspace import Workspace

FAILING = frozenset(
    {
        RefusalReason.TIMEOUT,
        RefusalReason.CONNECTION,
        RefusalReason.SERVER_ERROR,
        RefusalReason.RATE_LIMITED,
        RefusalReason.ROBOTS_UNREACHABLE,
    }
)
GONE_DAYS = 6  # for which an address that was not there is not asked for again
POST_DAYS = (4, 10)  # for which a post that was read is not asked for again; spread, so that no night asks for all
EVER = 100_000  # days
IN_ARCHIVE = "not in the archive"  # which says nothing of the web
UNASKED = frozenset({RefusalReason.BUDGET, RefusalReason.RESTING})
SAID_NO = frozenset({RefusalReason.ROBOTS, RefusalReason.FORBIDDEN, RefusalReason.SITE_SAID_NO})
PASSING = FAILING | UNASKED  # what was read before still stands: it was not withdrawn


@dataclass(slots=True)
class Fetcher:
    """Asks for waves of addresses; `crawler` None answers from the state alone.

    Attributes:
        would_ask: what would have been asked of the web, where there is no crawler.
    """

    workspace: Workspace
    crawler: Crawler | None
    as_of: date
    most_requests: int | None = None
    live: bool = True  # False: an archive stands in for the web, or nobody is asked; hosts then neither fail nor rest
    would_ask: list[FetchRequest] = field(default_factory=list)
    _asked: int = 0
    _troubles: dict[str, FailingHost] | None = None  # as they were when the night began
    _answered: set[str] = field(default_factory=set)
    _failed: dict[str, RefusalReason] = field(default_factory=dict)
    _from_archive: set[str] = field(default_factory=set)

    def answers(self, wave: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Exactly one answer for each request."""
        ask: list[FetchRequest] = []
        purposes = {request.url: request.purpose for request in wave}
        for request in wave:
            if (known := self._without_asking(request)) is not None:
                yield known
            else:
                self._asked += 1
                ask.append(self._conditional(request))
        if self.crawler is not None and ask:
            for answer in self.crawler.fetch(ask):
                yield self._kept(answer, purposes[answer.url])

    def _without_asking(self, request: FetchRequest) -> Snapshot | Refusal | None:
        """What the journal or the archive has to say, or why nobody is asked; None where the web is."""
        if (known := self.workspace.answered_in_this_run(request.url)) is not None:
            return self._heard(replace(known, purpose=request.purpose))
        if (lately := self._read_lately(request) or self._known_gone(request)) is not None:
            return lately
        if (resting := self._resting(request)) is not None:
            return self._or_held(resting)
        if self.crawler is None:
            self.would_ask.append(self._conditional(request))
            held = self._held(request.url, request.purpose)
            return held or Refusal(request.url, request.purpose, RefusalReason.NOT_FOUND, "not in the state")
        if self.most_requests is not None and self._asked >= self.most_requests:
            why = f"the run's {self.most_requests:,} requests were used up"
            return self._or_held(Refusal(request.url, request.purpose, RefusalReason.BUDGET, why))
        return None

    def _resting(self, request: FetchRequest) -> Refusal | None:
        """Why the host of an address is left in peace tonight; None where it is not."""
        if self._troubles is None:
            self._troubles = self.workspace.failing_hosts() if self.live else {}
        trouble = self._troubles.get(host_of(request.url))
        if trouble is None or not is_resting(trouble, self.as_of):
            return None
        why = f"failed in {trouble.nights} nights in a row; asked again later"
        return Refusal(request.url, request.purpose, RefusalReason.RESTING, why)

    def _read_lately(self, request: FetchRequest) -> Snapshot | None:
        """A post read a few nights ago: feeds tell what is new, and posts hardly ever change."""
        if not self.live or request.purpose is not Purpose.POST:
            return None
        first, last = POST_DAYS
        held = self.workspace.answered_within(request.url, days=first + crc32(request.url.encode()) % (last - first))
        return None if held is None else replace(held, purpose=request.purpose)

    def _known_gone(self, request: FetchRequest) -> Refusal | None:
        """What an address answered a few nights ago, where it was not there: guesses are not repeated every night."""
        if not self.live or request.purpose in (Purpose.SEED, Purpose.HOME):
            return None
        refusal = self.workspace.refused_before(request.url, days=GONE_DAYS)
        if refusal is None or refusal.reason is not RefusalReason.NOT_FOUND or refusal.detail == IN_ARCHIVE:
            return None
        return replace(refusal, purpose=request.purpose)

    def is_gone(self, home: Url) -> bool:
        """Whether nobody is there any more at a site's home.

        Not where anything answers, were it 404, nor where we were ever told that we may not: that holds when the site
        is gone as well, and is kept under the address of its robots.txt, which is asked for on no other account.
        """
        robots = Url(urljoin(home, "/robots.txt"))
        said = [self.workspace.refused_before(url, days=EVER) for url in (robots, home)]
        consecutive_refusals = [refusal for refusal in said if refusal is not None and refusal.reason in SAID_NO]
        if not consecutive_refusals:
            answered = list(self.answers([FetchRequest(home, Purpose.HOME)]))
            consecutive_refusals = [
                answer for answer in answered if isinstance(answer, Refusal) and answer.reason in SAID_NO
            ]
        if consecutive_refusals:
            self.workspace.note_refusal(replace(consecutive_refusals[0], url=robots))
            return False
        host = host_of(home)
        return host not in self._answered and self._failed.get(host) is RefusalReason.CONNECTION

    def take(self, captures: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Archive pages from where somebody else keeps them, as answers from before any run of ours."""
        left = len(captures) if self.most_requests is None else max(0, self.most_requests - self._asked)
        self._asked += min(left, len(captures))
        for over in captures[left:]:
            yield Refusal(over.url, over.purpose, RefusalReason.BUDGET, "the run's requests were used up")
        if self.crawler is not None and captures[:left]:
            for answer in self.crawler.fetch(captures[:left]):
                if isinstance(answer, Snapshot):
                    with defer_interrupts():
                        self.workspace.store(answer, earlier=True)
                yield answer

    def finish(self) -> None:
        """Keep which hosts failed tonight, for the nights to come."""
        if self.live:
            before = self.workspace.failing_hosts()
            after = update_failing_hosts(before, answered=self._answered, failed=self._failed, as_of=self.as_of)
            self.workspace.save_failing_hosts(after)

    def stale_hosts(self) -> tuple[StaleHost, ...]:
        """Hosts that failed and are shown from what they said before, by name."""
        troubles = self.workspace.failing_hosts()
        return tuple(
            StaleHost(
                host,
                self._failed.get(host, RefusalReason.RESTING),
                troubles[host].since if host in troubles else self.as_of,
            )
            for host in sorted(self._from_archive - self._answered)
        )

    def _conditional(self, request: FetchRequest) -> FetchRequest:
        etag, modified = self.workspace.validators(request.url) or (None, None)
        return replace(request, etag=etag, last_modified=modified)

    def _kept(self, answer: Snapshot | Refusal, purpose: Purpose) -> Snapshot | Refusal:
        """The answer as archived; an unchanged page is read from the archive."""
        if isinstance(answer, Refusal):
            if not self.live and answer.reason is RefusalReason.NOT_FOUND:
                answer = replace(answer, detail=IN_ARCHIVE)
            if answer.reason not in UNASKED:
                self.workspace.note_refusal(answer)
            return self._heard(answer)
        if any(self.workspace.is_opted_out(url) for url in (answer.final_url, *answer.redirects)):
            refusal = Refusal(answer.url, purpose, RefusalReason.SITE_SAID_NO)
            self.workspace.note_refusal(refusal)
            return refusal
        with defer_interrupts():  # archived and noted, or neither
            answer = self.workspace.store(answer)
        if answer.not_modified:
            held = self.workspace.latest(answer.url)
            if held is None:
                return Refusal(answer.url, purpose, RefusalReason.BROKEN, "304 for a page that is not archived")
            return self._heard(replace(held, purpose=purpose, not_modified=True))
        return self._heard(answer)

    def _heard(self, answer: Snapshot | Refusal) -> Snapshot | Refusal:
        """Note whether a host answers or fails; what failed in passing is read from the archive."""
        host = host_of(answer.url)
        if isinstance(answer, Snapshot):
            self._answered.add(host)
            return answer
        if answer.reason in FAILING:
            self._failed.setdefault(host, answer.reason)
        elif answer.reason not in UNASKED:
            self._answered.add(host)  # it said no, or nothing that can be read; but it is there
        return self._or_held(answer)

    def _or_held(self, refusal: Refusal) -> Snapshot | Refusal:
        held = self._held(refusal.url, refusal.purpose) if refusal.reason in PASSING else None
        if held is not None and self.live and refusal.reason is not RefusalReason.BUDGET:
            self._from_archive.add(host_of(refusal.url))
        return held or refusal

    def _held(self, url: Url, purpose: Purpose) -> Snapshot | None:
        held = self.workspace.latest(url)
        return None if held is None else replace(held, purpose=purpose)


def without_bodies(answers: Iterable[Snapshot | Refusal]) -> list[Snapshot | Refusal]:
    """Answers in order of address; bodies stay in the archive: a wave of a large crawl would not fit into memory."""
    light = (replace(a, body=b"") if isinstance(a, Snapshot) else a for a in answers)
    return sorted(light, key=lambda answer: answer.url)
