"""Answer requests: from the log of an interrupted run, from the web, or from the archive if the web fails.

Passes requests and answers between the crawl and the workspace. Counts requests, and records which hosts failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urljoin

from generator.crawl import Crawler
from generator.discover import (
    DENIALS,
    HOST_FAILURES,
    MISSING_PAGE_DAYS,
    NOT_IN_ARCHIVE,
    NOT_REQUESTED,
    TEMPORARY,
    is_missing_page,
    is_resting,
    post_revisit_days,
    update_failing_hosts,
)
from generator.interrupts import defer_interrupts
from generator.records import FailingHost, FetchRequest, Purpose, Refusal, RefusalReason, Snapshot, StaleHost, Url
from generator.urls import default_site, host_of, url_key
from generator.workspace import Workspace

UNLIMITED_DAYS = 100_000
RESTS_WITHOUT_NEWS = frozenset({Purpose.SEED, Purpose.HOME, Purpose.LISTING, Purpose.ABOUT})


@dataclass(slots=True)
class Fetcher:
    """Fetches waves of addresses.

    Attributes:
        workspace: archive and log of the state folder.
        crawler: None answers from the state folder alone.
        as_of: the day of the run.
        max_requests: requests per run; None is unlimited.
        live: False if an archive replaces the web or the run is offline; host failures are then ignored.
        planned_requests: requests a live crawl would send; filled only without a crawler.
    """

    workspace: Workspace
    crawler: Crawler | None
    as_of: date
    max_requests: int | None = None
    live: bool = True
    planned_requests: list[FetchRequest] = field(default_factory=list)
    _requested: int = 0
    _failing_hosts: dict[str, FailingHost] | None = None  # as they were when the run began
    _answered: set[str] = field(default_factory=set)
    _failed: dict[str, RefusalReason] = field(default_factory=dict)
    _from_archive: set[str] = field(default_factory=set)
    _feeds: dict[str, list[Url]] | None = None  # known feeds by site, until they were requested
    _quiet_sites: set[str] = field(default_factory=set)  # whose feeds have nothing new

    def fetch(self, wave: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Yield exactly one answer for each request."""
        self._look_for_news(wave)
        web_requests: list[FetchRequest] = []
        for request in wave:
            if (known := self._answer_without_request(request)) is not None:
                yield known
            else:
                self._requested += 1
                web_requests.append(self._conditional(request))
        yield from self._from_web(web_requests)

    def _from_web(self, requests: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Send requests; an address that moved for good is requested where it is now."""
        if self.crawler is None or not requests:
            return
        purposes = {request.url: request.purpose for request in requests}
        moved: dict[Url, Snapshot] = {}
        sent = []
        for request in requests:
            known = self.workspace.permanent_address(request.url) if self.live else None
            if known is not None and known.final_url not in purposes and known.final_url not in moved:
                moved[known.final_url] = known
                sent.append(replace(request, url=known.final_url))
            else:
                sent.append(request)
        for answer in self.crawler.fetch(sent):
            known = moved.get(answer.url)
            asked = answer if known is None else _as_asked(answer, known)
            yield self._store(asked, purposes[asked.url])

    def _look_for_news(self, wave: Sequence[FetchRequest]) -> None:
        """Request the known feeds of sites whose lists are due; where none has news, the lists rest."""
        if not self.live or self.crawler is None:
            return
        if self._feeds is None:
            self._feeds = {}
            for url in self.workspace.known_feeds():
                self._feeds.setdefault(url_key(default_site(url)), []).append(url)
        due = {url_key(default_site(r.url)) for r in wave if r.purpose in RESTS_WITHOUT_NEWS} & self._feeds.keys()
        feeds = {url: site for site in sorted(due) for url in self._feeds.pop(site)}
        wanted = [FetchRequest(url, Purpose.FEED) for url in feeds]
        known = {request.url: self._answer_without_request(request) for request in wanted}
        new = [self._conditional(request) for request in wanted if known[request.url] is None]
        self._requested += len(new)
        answers = [*(answer for answer in known.values() if answer is not None), *self._from_web(new)]
        quiet = {feeds[a.url] for a in answers if isinstance(a, Snapshot) and a.not_modified}
        news = {feeds[a.url] for a in answers if not (isinstance(a, Snapshot) and a.not_modified)}
        self._quiet_sites |= quiet - news

    def _answer_without_request(self, request: FetchRequest) -> Snapshot | Refusal | None:
        """An answer from the log or the archive, or a refusal by our own rules; None if the web must be asked."""
        if (known := self.workspace.answered_in_this_run(request.url)) is not None:
            return self._record_host(replace(known, purpose=request.purpose))
        if (known := self._recent_page(request) or self._recent_not_found(request)) is not None:
            return known
        if (resting := self._resting_refusal(request)) is not None:
            return self._archived_or(resting)
        if self.crawler is None:
            self.planned_requests.append(self._conditional(request))
            archived = self._archived(request.url, request.purpose)
            return archived or Refusal(request.url, request.purpose, RefusalReason.NOT_FOUND, "not in the state")
        if self.max_requests is not None and self._requested >= self.max_requests:
            detail = f"the run's {self.max_requests:,} requests were used up"
            return self._archived_or(Refusal(request.url, request.purpose, RefusalReason.BUDGET, detail))
        return None

    def _resting_refusal(self, request: FetchRequest) -> Refusal | None:
        """The refusal for an address whose host failed for several nights; None if the host may be asked."""
        if self._failing_hosts is None:
            self._failing_hosts = self.workspace.failing_hosts() if self.live else {}
        failing = self._failing_hosts.get(host_of(request.url))
        if failing is None or not is_resting(failing, self.as_of):
            return None
        detail = f"failed in {failing.nights} nights in a row; asked again later"
        return Refusal(request.url, request.purpose, RefusalReason.RESTING, detail)

    def _recent_page(self, request: FetchRequest) -> Snapshot | None:
        """A page read a few days ago: a post, since posts rarely change, or a list while the feed has no news."""
        rests = request.purpose in RESTS_WITHOUT_NEWS and url_key(default_site(request.url)) in self._quiet_sites
        if not self.live or not (rests or request.purpose is Purpose.POST):
            return None
        archived = self.workspace.answered_within(request.url, days=post_revisit_days(request.url))
        return None if archived is None else replace(archived, purpose=request.purpose)

    def _recent_not_found(self, request: FetchRequest) -> Refusal | None:
        """The 404 of a few days ago, so that guessed addresses are not requested every night."""
        if not self.live or request.purpose in (Purpose.SEED, Purpose.HOME):
            return None
        refusal = self.workspace.refused_before(request.url, days=MISSING_PAGE_DAYS)
        if refusal is None or not is_missing_page(refusal):
            return None
        return replace(refusal, purpose=request.purpose)

    def is_gone(self, home: Url) -> bool:
        """Whether the host of a site's home no longer answers.

        Any answer, even 404, means that it is there. A site that ever denied access counts as there as well: the
        denial stays valid after the site has gone. It is stored under the address of the site's robots.txt, which
        nothing else requests.
        """
        robots = Url(urljoin(home, "/robots.txt"))
        earlier = [self.workspace.refused_before(url, days=UNLIMITED_DAYS) for url in (robots, home)]
        denials = [refusal for refusal in earlier if refusal is not None and refusal.reason in DENIALS]
        if not denials:
            answers = list(self.fetch([FetchRequest(home, Purpose.HOME)]))
            denials = [answer for answer in answers if isinstance(answer, Refusal) and answer.reason in DENIALS]
        if denials:
            self.workspace.note_refusal(replace(denials[0], url=robots))
            return False
        host = host_of(home)
        return host not in self._answered and self._failed.get(host) is RefusalReason.CONNECTION

    def fetch_captures(self, captures: Sequence[FetchRequest]) -> Iterator[Snapshot | Refusal]:
        """Fetch captures from a web archive and store them as older than every run of this state folder."""
        left = len(captures) if self.max_requests is None else max(0, self.max_requests - self._requested)
        self._requested += min(left, len(captures))
        for over in captures[left:]:
            yield Refusal(over.url, over.purpose, RefusalReason.BUDGET, "the run's requests were used up")
        if self.crawler is not None and captures[:left]:
            for answer in self.crawler.fetch(captures[:left]):
                if isinstance(answer, Snapshot):
                    with defer_interrupts():
                        self.workspace.store(answer, earlier=True)
                yield answer

    def finish(self) -> None:
        """Store which hosts failed in this run, for the runs to come."""
        if self.live:
            before = self.workspace.failing_hosts()
            after = update_failing_hosts(before, answered=self._answered, failed=self._failed, as_of=self.as_of)
            self.workspace.save_failing_hosts(after)

    def stale_hosts(self) -> tuple[StaleHost, ...]:
        """Hosts that failed in this run and are shown from archived pages, by name."""
        failing = self.workspace.failing_hosts()
        return tuple(
            StaleHost(
                host,
                self._failed.get(host, RefusalReason.RESTING),
                failing[host].since if host in failing else self.as_of,
            )
            for host in sorted(self._from_archive - self._answered)
        )

    def _conditional(self, request: FetchRequest) -> FetchRequest:
        etag, modified = self.workspace.validators(request.url) or (None, None)
        return replace(request, etag=etag, last_modified=modified)

    def _store(self, answer: Snapshot | Refusal, purpose: Purpose) -> Snapshot | Refusal:
        """Store an answer of the web; an unchanged page (304) is read from the archive."""
        if isinstance(answer, Refusal):
            if not self.live and answer.reason is RefusalReason.NOT_FOUND:
                answer = replace(answer, detail=NOT_IN_ARCHIVE)
            if answer.reason not in NOT_REQUESTED:
                self.workspace.note_refusal(answer)
            return self._record_host(answer)
        if any(self.workspace.is_opted_out(url) for url in (answer.final_url, *answer.redirects)):
            refusal = Refusal(answer.url, purpose, RefusalReason.SITE_SAID_NO)
            self.workspace.note_refusal(refusal)
            return refusal
        with defer_interrupts():  # the archive and the log must agree
            answer = self.workspace.store(answer)
        if answer.not_modified:
            archived = self.workspace.latest(answer.url)
            if archived is None:
                return Refusal(answer.url, purpose, RefusalReason.BROKEN, "304 for a page that is not archived")
            return self._record_host(replace(archived, purpose=purpose, not_modified=True))
        return self._record_host(answer)

    def _record_host(self, answer: Snapshot | Refusal) -> Snapshot | Refusal:
        """Record whether the host answered or failed; return an archived copy after a temporary failure."""
        host = host_of(answer.url)
        if isinstance(answer, Snapshot):
            self._answered.add(host)
            return answer
        if answer.reason in HOST_FAILURES:
            self._failed.setdefault(host, answer.reason)
        elif answer.reason not in NOT_REQUESTED:
            self._answered.add(host)  # a denial, or an unreadable answer, still comes from a working host
        return self._archived_or(answer)

    def _archived_or(self, refusal: Refusal) -> Snapshot | Refusal:
        archived = self._archived(refusal.url, refusal.purpose) if refusal.reason in TEMPORARY else None
        if archived is not None and self.live and refusal.reason is not RefusalReason.BUDGET:
            self._from_archive.add(host_of(refusal.url))
        return archived or refusal

    def _archived(self, url: Url, purpose: Purpose) -> Snapshot | None:
        archived = self.workspace.latest(url)
        return None if archived is None else replace(archived, purpose=purpose)


def _as_asked(answer: Snapshot | Refusal, known: Snapshot) -> Snapshot | Refusal:
    """The answer of an address's permanent successor as that of the address, with the redirects known from before."""
    if isinstance(answer, Refusal):
        return replace(answer, url=known.url)
    still = answer.final_url == known.final_url
    way = known.redirects if still else (*known.redirects, known.final_url, *answer.redirects)
    return replace(answer, url=known.url, redirects=way, moved_permanently=still)


def without_bodies(answers: Iterable[Snapshot | Refusal]) -> list[Snapshot | Refusal]:
    """Answers sorted by address, without bodies: the bodies of one wave of a large crawl would not fit into memory."""
    light = (replace(a, body=b"") if isinstance(a, Snapshot) else a for a in answers)
    return sorted(light, key=lambda answer: answer.url)
