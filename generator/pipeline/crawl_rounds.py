"""The rounds of one crawl: fetch a wave, archive it, parse it, and let the frontier choose the next wave.

Passes records between stages; the rules are in `discover` and `corpus`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from generator import __version__
from generator.config import Topic, is_local_list
from generator.corpus import CorpusResult, TermVectoriser, build_corpus
from generator.crawl import Crawler, first_requests, is_source, query_source, seed_request
from generator.discover import (
    CrawlDepth,
    Frontier,
    batch_limit,
    choose_sites,
    cited_addresses,
    is_doubtful,
    rejected_on_few_posts,
)
from generator.errors import GeneratorError, UsageError
from generator.extract import EXTRACTOR_VERSION, Extractor, merge_feed_history
from generator.pipeline.capture_fetching import fetch_captures
from generator.pipeline.fetching import Fetcher, without_bodies
from generator.records import (
    AGENT,
    Extraction,
    FetchRequest,
    Limits,
    PageKind,
    Purpose,
    Refusal,
    RefusalReason,
    SiteId,
    SiteOrigin,
    SiteState,
    Snapshot,
    SourceOutcome,
    Url,
)
from generator.sources import SourceAnswer, SourceRequest
from generator.workspace import Workspace


class EventLogger(Protocol):
    """Receives each event once: a past-tense verb and its figures."""

    def __call__(self, event: str, /, **fields: str | float) -> None:
        """Log one event."""


class CrawlSession:
    """The crawl of one run; use as a context manager.

    Attributes:
        requests: addresses requested so far, answered from the archive or not.
        not_modified: answers with status 304.
        refusals: refused addresses by reason.
        sources: how each source of seeds answered.
    """

    def __init__(
        self,
        topic: Topic,
        workspace: Workspace,
        *,
        replay: tuple[Path, ...] = (),
        as_of: date,
        workers: int,
        log_event: EventLogger,
        offline: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Prepare the crawler, the extractor and the frontier; `run_rounds` sends the first request.

        Raises:
            UsageError: a live crawl without `crawl.contact`.
        """
        crawl = topic.crawl
        if not replay and not offline and not crawl.contact:
            raise UsageError(
                "a live crawl needs crawl.contact in the topic file: the address that goes into the User-Agent, "
                "so that whoever runs a site can reach you. With --replay it is not needed."
            )
        self._topic, self._workspace, self._as_of, self._log_event = topic, workspace, as_of, log_event
        agent = f"{AGENT}/{__version__} (+{crawl.contact or 'replay'})"
        live = not (replay or offline)
        limits = limits or Limits(crawl.max_requests, crawl.max_minutes)
        self._crawler = (
            None
            if offline
            else Crawler(
                user_agent=agent,
                delay_s=crawl.delay_s,
                replay=replay,
                loopback_port=limits.loopback_port,
                budget_s=limits.minutes * 60 if live and limits.minutes is not None else None,
            )
        )
        self.fetcher = Fetcher(workspace, self._crawler, as_of, limits.requests if live else None, live=live)
        self._extractor = Extractor(workers=workers)
        self._vectoriser = TermVectoriser(
            topic.topic.keywords, topic.topic.exclude, language=next(iter(topic.topic.languages), "")
        )
        self._frontier = Frontier(
            max_pages_per_site=crawl.max_pages_per_site,
            never=[o.leave_out for o in topic.people if o.leave_out],
            opted_out=workspace.is_opted_out,
            mentions_topic=self._vectoriser.mentions_topic,
        )
        self._new_answers = 0  # since the corpus was last built
        self.requests = 0
        self.not_modified = 0
        self.refusals: Counter[str] = Counter()
        self.sources: tuple[SourceOutcome, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about archives that were read only in part, and about a crawl that ran out of time."""
        if self._crawler is None:
            return ()
        time_is_up = f"The time ran out: {self.refusals[RefusalReason.BUDGET]:,} addresses were left for another night."
        return (*self._crawler.warnings, *((time_is_up,) if self._crawler.time_is_up else ()))

    def __enter__(self) -> Self:
        """Start the crawler and the extractor."""
        self._extractor.__enter__()
        if self._crawler:
            self._crawler.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the crawler and the extractor."""
        if self._crawler:
            self._crawler.__exit__(kind, error, trace)
        self._extractor.__exit__(kind, error, trace)

    def run_rounds(self) -> CorpusResult:
        """Crawl the seeds, then follow citations for as many hops as the topic allows.

        Returns:
            The corpus of everything read.

        Raises:
            GeneratorError: no seed could be read.
            UsageError: a seed is not an address or a query of a known source; nothing was requested.
        """
        self._open_seeds()
        built = self._round(0)
        seeds = [site for site in built.corpus.sites if site.hop == 0]
        if not any(site.state != SiteState.UNREACHED for site in seeds):
            failures = [f"{site.id} ({site.reason})" for site in seeds]
            failures += [f"{source.seed} ({r.reason})" for source in self.sources for r in source.refusals[:1]]
            why = "; ".join(failures[:6]) or "none could be read"
            raise GeneratorError(f"no seed could be read: {why}. Check the addresses under `seeds:`, or the archive.")
        for hop in range(1, self._topic.crawl.hops + 1):
            if not self._open_next(built, hop):
                break
            built = self._round(hop)
        self.fetcher.finish()
        return built

    # ── rounds ───────────────────────────────────────────────────────────────────────────────────

    def _open_seeds(self) -> None:
        """Add the seeds of the topic file to the frontier, in their order; all addresses are fetched in one wave.

        Raises:
            UsageError: a seed is not an address or a query of a known source; nothing was requested.
        """
        seeds = self._topic.seeds
        for seed in (seed for seed in seeds if is_source(seed)):
            first_requests(seed, as_of=self._as_of)
        wanted = {seed: seed_request(seed) for seed in seeds if not is_local_list(seed) and not is_source(seed)}
        for request in wanted.values():
            self._frontier.add_site(request.url, hop=0, found_by="seed", origin=SiteOrigin.SEED, entries=[request.url])
            self._frontier.note_requested(request)
        requests = {r.url: r for r in wanted.values() if not self._frontier.forbidden(r.url)}
        answers = {snapshot.url: (snapshot, read) for snapshot, read in self._fetch_wave(tuple(requests.values()))}
        for seed in seeds:
            if is_local_list(seed):
                self._open_opml_file(Path(seed))
            elif is_source(seed):
                self._open_source(seed)
            elif (answer := answers.get(wanted[seed].url)) is not None:
                snapshot, extraction = answer
                self._frontier.record_answer(snapshot.url, extraction, snapshot.redirects, snapshot.sitemaps)
                self._open_opml_sites(extraction, extraction.url)

    def _open_source(self, seed: str) -> None:
        """Query a source of seeds and add the sites it names; record how the query went."""
        pause = self._crawler.pause if self._crawler else _no_pause
        result = query_source(seed, as_of=self._as_of, fetch=self._fetch_for_source, wait=pause)
        requested, refused = fetch_captures(result.captures, self.fetcher, forbidden=self._frontier.forbidden)
        outcome = result.outcome
        outcome = replace(outcome, requests=outcome.requests + requested, refusals=(*outcome.refusals, *refused))
        self.requests += requested
        self.sources += (outcome,)
        self.refusals.update(refusal.reason for refusal in outcome.refusals)
        for lead in result.candidates:
            self._frontier.add_site(
                lead.url, hop=0, found_by=f"seed {seed}", origin=SiteOrigin.SOURCE, entries=[lead.url]
            )

    def _fetch_for_source(self, requests: Sequence[SourceRequest]) -> Iterable[SourceAnswer | Refusal]:
        """Fetch and archive the addresses of a source; parse those that are pages."""
        for request in requests:
            if self._frontier.forbidden(request.url):
                yield Refusal(request.url, Purpose.SEED, RefusalReason.SITE_SAID_NO, "left out by the topic file")
        by_url = {request.url: request for request in requests if not self._frontier.forbidden(request.url)}
        self.requests += len(by_url)
        pages = []
        for answer in without_bodies(self.fetcher.fetch([FetchRequest(url, Purpose.SEED) for url in by_url])):
            if isinstance(answer, Refusal):
                yield answer
            elif by_url[answer.url].page:
                pages.append(answer)
            else:
                yield SourceAnswer(by_url[answer.url], self._with_body(answer))
        for snapshot, extraction in self._read(pages):
            yield (
                extraction
                if isinstance(extraction, Refusal)
                else SourceAnswer(by_url[snapshot.url], snapshot, extraction)
            )

    def _open_opml_file(self, path: Path) -> None:
        """Add the sites of a local OPML file, read by the same limited parser as one from the web.

        Raises:
            UsageError: the file is not readable OPML.
        """
        url = Url(f"https://local.invalid/{path.name}")
        seen_at = datetime.combine(self._as_of, time(), UTC)
        snapshot = Snapshot(url, url, Purpose.SEED, 200, "text/x-opml", path.read_bytes(), "", seen_at)
        for _, extraction in self._extractor.extract([snapshot]):
            if isinstance(extraction, Refusal) or extraction.kind != PageKind.OPML:
                raise UsageError(
                    f"{path}: is not an OPML file that can be read; save the list again from your feed reader."
                )
            self._open_opml_sites(extraction, path.name)

    def _open_opml_sites(self, extraction: Extraction, name: str) -> None:
        """Add the sites of an OPML list as seeds; other kinds of pages add none."""
        if extraction.kind == PageKind.OPML:
            for link in extraction.blogroll:
                self._frontier.add_site(
                    link.target, hop=0, found_by=f"listed in {name}", origin=SiteOrigin.LIST, entries=[link.target]
                )

    def _open_next(self, built: CorpusResult, hop: int) -> bool:
        """Add sites that relevant people cite, in batches up to the site budget; return whether any were added."""
        opened = 0
        while True:
            limit = batch_limit(self._frontier.sites(), max_sites=self._topic.crawl.max_sites)
            batch = choose_sites(built.corpus, known=self._frontier.knows, limit=limit)
            for site in batch:
                self._frontier.add_site(
                    site.url, hop=hop, found_by=site.found_by, origin=site.origin, entries=[site.url]
                )
            opened += len(batch)
            self._waves(CrawlDepth.PROBE)
            if not batch or not opened:
                return opened > 0

    def _round(self, hop: int) -> CorpusResult:
        """Probe new sites, crawl those on topic in full, and fetch the posts they cite on known sites."""
        self._waves(CrawlDepth.PROBE)
        built = self._build_corpus()
        # A feed holds the latest posts only; an author may have written about the topic for years before that.
        rejected = [site for site in built.corpus.sites if rejected_on_few_posts(site)]
        self._waves(CrawlDepth.HISTORY, frozenset(site.id for site in rejected))
        titles = self._frontier.count_topical_titles()
        doubtful = frozenset(site.id for site in rejected if is_doubtful(site, topical_titles=titles.get(site.id, 0)))
        if doubtful and self._waves(CrawlDepth.DOUBT, doubtful):
            built = self._build_corpus()
        for _ in range(2):
            self._frontier.add_cited(cited_addresses(built.corpus))
            inside = frozenset(site.id for site in built.corpus.sites if site.state == SiteState.IN)
            if not self._waves(CrawlDepth.FULL, inside):
                break
            if self._new_answers:  # refusals alone do not change the corpus
                built = self._build_corpus()
        corpus = built.corpus
        self._log_event(
            "round_finished",
            hop=hop,
            sites_tried=len(corpus.sites),
            sites_in=sum(site.state == SiteState.IN for site in corpus.sites),
            posts=len(corpus.posts),
            requests=self.requests,
        )
        return built

    def _build_corpus(self) -> CorpusResult:
        frontier, self._new_answers = self._frontier, 0
        return build_corpus(
            frontier.extractions(),
            frontier.sites(),
            topic=self._topic,
            vectoriser=self._vectoriser,
            redirects=frontier.redirects,
            known_slugs=dict(self._workspace.slugs()),
            as_of=self._as_of,
        )

    # ── waves ────────────────────────────────────────────────────────────────────────────────────

    def _waves(self, depth: CrawlDepth, only: frozenset[SiteId] | None = None) -> int:
        """Fetch waves until the frontier has no more requests at this depth; return how many were made."""
        requested = 0
        while wave := self._frontier.next_wave(depth, only):
            requested += len(wave)
            for snapshot, extraction in self._fetch_wave(wave):
                self._frontier.record_answer(snapshot.url, extraction, snapshot.redirects, snapshot.sitemaps)
                self._new_answers += 1
        return requested

    def _fetch_wave(self, wave: Sequence[FetchRequest]) -> list[tuple[Snapshot, Extraction]]:
        """Fetch, archive and parse one wave; return the readable answers by address, record the refusals."""
        self.requests += len(wave)
        answers = without_bodies(self.fetcher.fetch(wave))
        snapshots = [answer for answer in answers if isinstance(answer, Snapshot)]
        self.not_modified += sum(snapshot.not_modified for snapshot in snapshots)
        for answer in answers:
            if isinstance(answer, Refusal):
                self._record_refusal(answer)
        read = []
        for snapshot, extraction in self._read(snapshots):
            if isinstance(extraction, Refusal):
                self._record_refusal(extraction)
            elif extraction.refusal is not None:
                detail = "an error page, a challenge or a parked domain in place of content"
                self._record_refusal(Refusal(snapshot.url, snapshot.purpose, extraction.refusal, detail))
            else:
                read.append((snapshot, self._with_feed_history(snapshot.url, extraction)))
        return read

    def _with_feed_history(self, url: Url, latest: Extraction) -> Extraction:
        """A feed with the posts of its earlier versions; versions that add no post are deleted."""
        if latest.kind != PageKind.FEED or not (versions := self._workspace.earlier_versions(url)):
            return latest
        read = {s.digest: one for s, one in self._read(versions) if isinstance(one, Extraction)}
        merged, used = merge_feed_history(latest, read)
        self._workspace.drop_earlier_versions(url, read.keys() - used)
        return merged

    def _record_refusal(self, refusal: Refusal) -> None:
        self.refusals[refusal.reason] += 1
        self._frontier.record_refusal(refusal)

    def _with_body(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with its body, read from the archive."""
        return self._workspace.with_body(snapshot) or replace(snapshot, body=b"")

    def _read(self, snapshots: Sequence[Snapshot]) -> Iterable[tuple[Snapshot, Extraction | Refusal]]:
        """Yield the extraction of each snapshot, from the cache or parsed now."""
        # The key holds the X-Robots-Tag headers, because they can change while the bytes stay the same.
        keys = [
            "|".join((EXTRACTOR_VERSION, s.final_url, s.purpose, *s.robots_tag.splitlines(), s.digest))
            for s in snapshots
        ]
        remembered = [self._workspace.extraction(key) for key in keys]
        fresh = self._extractor.extract(
            self._with_body(s) for s, known in zip(snapshots, remembered, strict=True) if known is None
        )
        parsed = [extraction for _, extraction in fresh][::-1]
        for snapshot, key, known in zip(snapshots, keys, remembered, strict=True):
            extraction = known if known is not None else parsed.pop()
            if known is None and isinstance(extraction, Extraction):
                self._workspace.save_extraction(key, extraction)
            yield snapshot, extraction


def _no_pause(_seconds: float) -> None:
    """Offline answers need no delay."""
