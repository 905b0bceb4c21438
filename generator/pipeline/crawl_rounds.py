"""Hearing a topic out: rounds of waves between the crawl, the archive, the parsers and the frontier.

It carries records between stages and decides nothing that a stage could decide.
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
from generator.discover import CrawlDepth, Frontier, choose_sites, cited_addresses
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
    Site,
    SiteId,
    SiteState,
    Snapshot,
    SourceOutcome,
    Url,
)
from generator.sources import SourceAnswer, SourceRequest
from generator.workspace import Workspace

TRIES_PER_SITE = 20  # sites tried for each that may be heard: most addresses cited years ago no longer answer
DOUBTFUL_RELEVANCE, DOUBTFUL_HITS = 0.2, 2  # a mean, or so many posts on topic, that a few posts more may turn
DOUBTFUL_TITLES = 2  # unread posts whose titles name the topic, from which a rejection is doubtful
DOUBTFUL_POSTS = 40  # posts after which a rejection is final


class EventLogger(Protocol):
    """Told every event once: a past-tense word and its figures."""

    def __call__(self, event: str, /, **fields: str | float) -> None:
        """Take note of one event."""


class CrawlSession:
    """One run's listening; use as a context manager."""

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
        """Prepare; nothing is asked before `listen`."""
        crawl = topic.crawl
        if not replay and not offline and not crawl.contact:
            raise UsageError(
                "a live crawl needs crawl.contact in the topic file: the address that goes into the User-Agent, "
                "so that whoever runs a site can reach you. With --replay it is not needed."
            )
        self._topic, self._workspace, self._as_of, self._say = topic, workspace, as_of, log_event
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
        self._lexicon = TermVectoriser(topic.topic.keywords, topic.topic.exclude)
        self._frontier = Frontier(
            max_pages_per_site=crawl.max_pages_per_site,
            never=[o.leave_out for o in topic.people if o.leave_out],
            opted_out=workspace.is_opted_out,
            mentions_topic=self._lexicon.mentions_topic,
        )
        self._unbuilt = 0  # answers taken since the corpus was last built
        self.requests = 0
        self.not_modified = 0
        self.refusals: Counter[str] = Counter()
        self.sources: tuple[SourceOutcome, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about archives that could be read only in part, and about a night that was too short."""
        if self._crawler is None:
            return ()
        late = f"The time ran out: {self.refusals[RefusalReason.BUDGET]:,} addresses were left for another night."
        return (*self._crawler.warnings, *((late,) if self._crawler.time_is_up else ()))

    def __enter__(self) -> Self:
        """Start the crawler and the parsers."""
        self._extractor.__enter__()
        if self._crawler:
            self._crawler.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop them."""
        if self._crawler:
            self._crawler.__exit__(kind, error, trace)
        self._extractor.__exit__(kind, error, trace)

    def listen(self) -> CorpusResult:
        """All rounds: seeds, then as many hops as the topic allows.

        Raises:
            GeneratorError: no seed gave anything.
        """
        self._open_seeds()
        built = self._round(0)
        seeds = [site for site in built.corpus.sites if site.hop == 0]
        if not any(site.state != SiteState.UNREACHED for site in seeds):
            silent = [f"{site.id} ({site.reason})" for site in seeds]
            silent += [f"{told.seed} ({r.reason})" for told in self.sources for r in told.refusals[:1]]
            why = "; ".join(silent[:6]) or "none could be read"
            raise GeneratorError(f"no seed could be read: {why}. Check the addresses under `seeds:`, or the archive.")
        for hop in range(1, self._topic.crawl.hops + 1):
            if not self._open_next(built, hop):
                break
            built = self._round(hop)
        self.fetcher.finish()
        return built

    # ── rounds ───────────────────────────────────────────────────────────────────────────────────

    def _open_seeds(self) -> None:
        """Everything the analyst pasted, as sites to hear; addresses are asked at once and taken up in their order.

        Raises:
            UsageError: a seed is neither an address nor a question a source knows; nothing was asked yet.
        """
        seeds = self._topic.seeds
        for seed in (seed for seed in seeds if is_source(seed)):
            first_requests(seed, as_of=self._as_of)
        wanted = {seed: seed_request(seed) for seed in seeds if not is_local_list(seed) and not is_source(seed)}
        for request in wanted.values():
            self._frontier.add_site(request.url, hop=0, found_by="seed", entries=[request.url])
            self._frontier.note_requested(request)
        asked = {r.url: r for r in wanted.values() if not self._frontier.forbidden(r.url)}
        heard = {snapshot.url: (snapshot, said) for snapshot, said in self._hear(tuple(asked.values()))}
        for seed in seeds:
            if is_local_list(seed):
                self._open_local(Path(seed))
            elif is_source(seed):
                self._open_named(seed)
            elif (answer := heard.get(wanted[seed].url)) is not None:
                snapshot, extraction = answer
                self._frontier.record_answer(snapshot.url, extraction, snapshot.redirects)
                self._open_listed(extraction, extraction.url)

    def _open_named(self, seed: str) -> None:
        """The sites a source names; what it was refused is counted and kept to be told."""
        pause = self._crawler.pause if self._crawler else _no_pause
        consulted = query_source(seed, as_of=self._as_of, fetch=self._asked, wait=pause)
        asked, refused = fetch_captures(consulted.captures, self.fetcher, forbidden=self._frontier.forbidden)
        told = consulted.outcome
        told = replace(told, requests=told.requests + asked, refusals=(*told.refusals, *refused))
        self.requests += asked
        self.sources += (told,)
        self.refusals.update(refusal.reason for refusal in told.refusals)
        for lead in consulted.candidates:
            self._frontier.add_site(lead.url, hop=0, found_by=f"seed {seed}", entries=[lead.url])

    def _asked(self, asks: Sequence[SourceRequest]) -> Iterable[SourceAnswer | Refusal]:
        """What a source's addresses answered: archived like any other, and read by the parsers where they are pages."""
        for ask in asks:
            if self._frontier.forbidden(ask.url):
                yield Refusal(ask.url, Purpose.SEED, RefusalReason.SITE_SAID_NO, "left out by the topic file")
        by_url = {ask.url: ask for ask in asks if not self._frontier.forbidden(ask.url)}
        self.requests += len(by_url)
        pages = []
        for answer in without_bodies(self.fetcher.answers([FetchRequest(url, Purpose.SEED) for url in by_url])):
            if isinstance(answer, Refusal):
                yield answer
            elif by_url[answer.url].page:
                pages.append(answer)
            else:
                yield SourceAnswer(by_url[answer.url], self._archived(answer))
        for snapshot, extraction in self._read(pages):
            yield (
                extraction
                if isinstance(extraction, Refusal)
                else SourceAnswer(by_url[snapshot.url], snapshot, extraction)
            )

    def _open_local(self, path: Path) -> None:
        """The sites of an OPML file on this machine; read by the same limited parser as one from the web."""
        url = Url(f"https://local.invalid/{path.name}")
        seen_at = datetime.combine(self._as_of, time(), UTC)
        snapshot = Snapshot(url, url, Purpose.SEED, 200, "text/x-opml", path.read_bytes(), "", seen_at)
        for _, extraction in self._extractor.extract([snapshot]):
            if isinstance(extraction, Refusal) or extraction.kind != PageKind.OPML:
                raise UsageError(
                    f"{path}: is no OPML file that can be read; save the list again from your feed reader."
                )
            self._open_listed(extraction, path.name)

    def _open_listed(self, extraction: Extraction, name: str) -> None:
        """The sites of an OPML seed are seeds themselves."""
        if extraction.kind == PageKind.OPML:
            for link in extraction.blogroll:
                self._frontier.add_site(link.target, hop=0, found_by=f"listed in {name}", entries=[link.target])

    def _open_next(self, built: CorpusResult, hop: int) -> bool:
        """Open sites that relevant people cite, in batches, until the budget of reached sites is spent."""
        crawl, opened = self._topic.crawl, 0
        while True:
            sites = self._frontier.sites()
            room = crawl.max_sites - sum(site.state != SiteState.UNREACHED for site in sites)
            tries = TRIES_PER_SITE * crawl.max_sites - len(sites)
            batch = choose_sites(built.corpus, known=self._frontier.knows, limit=max(0, min(room, tries)))
            for candidate in batch:
                self._frontier.add_site(candidate.url, hop=hop, found_by=candidate.found_by, entries=[candidate.url])
            opened += len(batch)
            self._waves(CrawlDepth.PROBE)
            if not batch or not opened:
                return opened > 0

    def _round(self, hop: int) -> CorpusResult:
        """Probe what is new, judge it, hear in full what is on topic, and what it cites on sites already known."""
        self._waves(CrawlDepth.PROBE)
        built = self._built()
        # A feed shows what somebody wrote last; who wrote about the topic for years may be on another subject now.
        rejected = [site for site in built.corpus.sites if _on_few_posts(site)]
        self._waves(CrawlDepth.HISTORY, frozenset(site.id for site in rejected))
        titles = self._frontier.count_topical_titles()
        doubtful = frozenset(site.id for site in rejected if _doubtful(site, titles.get(site.id, 0)))
        if doubtful and self._waves(CrawlDepth.DOUBT, doubtful):
            built = self._built()
        for _ in range(2):
            self._frontier.add_cited(cited_addresses(built.corpus))
            inside = frozenset(site.id for site in built.corpus.sites if site.state == SiteState.IN)
            if not self._waves(CrawlDepth.FULL, inside):
                break
            if self._unbuilt:  # else all that was asked for was refused, which changes nothing
                built = self._built()
        corpus = built.corpus
        self._say(
            "heard",
            hop=hop,
            sites_tried=len(corpus.sites),
            sites_in=sum(site.state == SiteState.IN for site in corpus.sites),
            posts=len(corpus.posts),
            requests=self.requests,
        )
        return built

    def _built(self) -> CorpusResult:
        frontier, self._unbuilt = self._frontier, 0
        return build_corpus(
            frontier.extractions(),
            frontier.sites(),
            topic=self._topic,
            vectoriser=self._lexicon,
            redirects=frontier.redirects,
            known_slugs=dict(self._workspace.slugs()),
            as_of=self._as_of,
        )

    # ── waves ────────────────────────────────────────────────────────────────────────────────────

    def _waves(self, depth: CrawlDepth, only: frozenset[SiteId] | None = None) -> int:
        """Ask wave after wave until the frontier wants nothing more; returns how many addresses were asked for."""
        asked = 0
        while wave := self._frontier.next_wave(depth, only):
            asked += len(wave)
            for snapshot, extraction in self._hear(wave):
                self._frontier.record_answer(snapshot.url, extraction, snapshot.redirects)
                self._unbuilt += 1
        return asked

    def _hear(self, wave: Sequence[FetchRequest]) -> list[tuple[Snapshot, Extraction]]:
        """Fetch, archive and read one wave; answers in order of address, refusals counted and told to the frontier."""
        self.requests += len(wave)
        answers = without_bodies(self.fetcher.answers(wave))
        snapshots = [answer for answer in answers if isinstance(answer, Snapshot)]
        self.not_modified += sum(snapshot.not_modified for snapshot in snapshots)
        for answer in answers:
            if isinstance(answer, Refusal):
                self._refused(answer)
        read = []
        for snapshot, extraction in self._read(snapshots):
            if isinstance(extraction, Refusal):
                self._refused(extraction)
            else:
                read.append((snapshot, self._with_earlier(snapshot.url, extraction)))
        return read

    def _with_earlier(self, url: Url, now: Extraction) -> Extraction:
        """A feed with the posts it no longer holds; versions that add nothing are remembered no longer."""
        if now.kind != PageKind.FEED or not (versions := self._workspace.earlier_versions(url)):
            return now
        read = {s.digest: said for s, said in self._read(versions) if isinstance(said, Extraction)}
        whole, used = merge_feed_history(now, read)
        self._workspace.drop_earlier_versions(url, read.keys() - used)
        return whole

    def _refused(self, refusal: Refusal) -> None:
        self.refusals[refusal.reason] += 1
        self._frontier.record_refusal(refusal)

    def _archived(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with its body."""
        return self._workspace.with_body(snapshot) or replace(snapshot, body=b"")

    def _read(self, snapshots: Sequence[Snapshot]) -> Iterable[tuple[Snapshot, Extraction | Refusal]]:
        """What snapshots say: remembered by digest, or parsed now."""
        # A page may ask something else of robots without a change of its bytes.
        keys = [
            "|".join((EXTRACTOR_VERSION, s.final_url, s.purpose, *s.robots_tag.splitlines(), s.digest))
            for s in snapshots
        ]
        remembered = [self._workspace.extraction(key) for key in keys]
        fresh = self._extractor.extract(
            self._archived(s) for s, known in zip(snapshots, remembered, strict=True) if known is None
        )
        parsed = [extraction for _, extraction in fresh][::-1]
        for snapshot, key, known in zip(snapshots, keys, remembered, strict=True):
            extraction = known if known is not None else parsed.pop()
            if known is None and isinstance(extraction, Extraction):
                self._workspace.save_extraction(key, extraction)
            yield snapshot, extraction


def _on_few_posts(site: Site) -> bool:
    """Whether a site that was read was rejected on few posts."""
    return site.state == SiteState.OUT and site.posts < DOUBTFUL_POSTS


def _doubtful(site: Site, titles: int) -> bool:
    """Whether there is a sign that a rejected site has more on the topic than the few posts read show."""
    hint = site.on_topic_posts >= DOUBTFUL_HITS or site.relevance >= DOUBTFUL_RELEVANCE
    return titles >= DOUBTFUL_TITLES or (site.posts > 0 and hint)


def _no_pause(_seconds: float) -> None:
    """What was fetched before asks nobody to wait."""
