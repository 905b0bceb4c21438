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
from generator.corpus import Built, Lexicon, build_corpus
from generator.crawl import Answer, Ask, Crawler, consult, first_asks, is_source, seed_request
from generator.discover import Depth, Frontier, choose_sites, cited_addresses
from generator.errors import GeneratorError, UsageError
from generator.extract import EXTRACTOR_VERSION, Extractor
from generator.records import (
    Extraction,
    FetchRequest,
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
from generator.workspace import Workspace

TRIES_PER_SITE = 20  # sites tried for each that may be heard: most addresses cited years ago no longer answer
DOUBTFUL_RELEVANCE, DOUBTFUL_HITS = 0.2, 2  # a mean, or so many posts on topic, that a few posts more may turn
DOUBTFUL_TITLES = 2  # unread posts whose titles name the topic, from which a rejection is doubtful
DOUBTFUL_POSTS = 40  # posts after which a rejection is final
PASSING = frozenset({
    RefusalReason.TIMEOUT, RefusalReason.CONNECTION, RefusalReason.SERVER_ERROR, RefusalReason.RATE_LIMITED,
    RefusalReason.ROBOTS_UNREACHABLE,
})  # fmt: skip


class Say(Protocol):
    """Told every event once: a past-tense word and its figures."""

    def __call__(self, event: str, /, **fields: str | float) -> None:
        """Take note of one event."""


class Listener:
    """One run's listening; use as a context manager."""

    def __init__(
        self,
        topic: Topic,
        workspace: Workspace,
        *,
        replay: tuple[Path, ...] = (),
        as_of: date,
        workers: int,
        say: Say,
        offline: bool = False,
    ) -> None:
        """Prepare; nothing is asked before `listen`."""
        crawl = topic.crawl
        if not replay and not offline and not crawl.contact:
            raise UsageError(
                "a live crawl needs crawl.contact in the topic file: the address that goes into the User-Agent, "
                "so that whoever runs a site can reach you. With --replay it is not needed."
            )
        self._topic, self._workspace, self._as_of, self._say = topic, workspace, as_of, say
        agent = f"whomatters/{__version__} (+{crawl.contact or 'replay'})"
        self._crawler = None if offline else Crawler(user_agent=agent, delay_s=crawl.delay_s, replay=replay)
        self._extractor = Extractor(workers=workers)
        self._lexicon = Lexicon(topic.topic.keywords, topic.topic.exclude)
        self._frontier = Frontier(
            max_pages_per_site=crawl.max_pages_per_site,
            never=[o.leave_out for o in topic.people if o.leave_out],
            names_topic=self._lexicon.names_topic,
        )
        self.requests = 0
        self.not_modified = 0
        self.refusals: Counter[str] = Counter()
        self.sources: tuple[SourceOutcome, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about archives that could be read only in part."""
        return self._crawler.warnings if self._crawler else ()

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

    def listen(self) -> Built:
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
        return built

    # ── rounds ───────────────────────────────────────────────────────────────────────────────────

    def _open_seeds(self) -> None:
        """Everything the analyst pasted, as sites to hear.

        Raises:
            UsageError: a seed is neither an address nor a question a source knows; nothing was asked yet.
        """
        for seed in self._topic.seeds:
            if not is_local_list(seed) and is_source(seed):
                first_asks(seed, as_of=self._as_of)
        for seed in self._topic.seeds:
            if is_local_list(seed):
                self._open_local(Path(seed))
            elif is_source(seed):
                self._open_named(seed)
            else:
                self._open_address(seed_request(seed))

    def _open_address(self, request: FetchRequest) -> None:
        """A seed that is an address; of a list, what it lists."""
        self._frontier.open_site(request.url, hop=0, found_by="seed", entries=[request.url])
        self._frontier.note_asked(request)
        for snapshot, extraction in self._hear([request]):
            self._frontier.take(snapshot.url, extraction, snapshot.redirects)
            self._open_listed(extraction, extraction.url)

    def _open_named(self, seed: str) -> None:
        """The sites a source names; what it was refused is counted and kept to be told."""
        pause = self._crawler.pause if self._crawler else _no_pause
        consulted = consult(seed, as_of=self._as_of, fetch=self._asked, wait=pause)
        self.sources += (consulted.outcome,)
        self.refusals.update(refusal.reason for refusal in consulted.outcome.refusals)
        for lead in consulted.leads:
            self._frontier.open_site(lead.url, hop=0, found_by=f"seed {seed}", entries=[lead.url])

    def _asked(self, asks: Sequence[Ask]) -> Iterable[Answer | Refusal]:
        """What a source's addresses answered: archived like any other, and read by the parsers where they are pages."""
        for ask in asks:
            if self._frontier.forbidden(ask.url):
                yield Refusal(ask.url, Purpose.SEED, RefusalReason.SITE_SAID_NO, "left out by the topic file")
        by_url = {ask.url: ask for ask in asks if not self._frontier.forbidden(ask.url)}
        self.requests += len(by_url)
        wave = [FetchRequest(url, Purpose.SEED) for url in by_url]
        pages = []
        for answer in (_light(answer) for answer in self._answers(wave)):
            if isinstance(answer, Refusal):
                yield answer
            elif by_url[answer.url].page:
                pages.append(answer)
            else:
                yield Answer(by_url[answer.url], self._archived(answer))
        for snapshot, extraction in self._read(pages):
            yield extraction if isinstance(extraction, Refusal) else Answer(by_url[snapshot.url], snapshot, extraction)

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
                self._frontier.open_site(link.target, hop=0, found_by=f"listed in {name}", entries=[link.target])

    def _open_next(self, built: Built, hop: int) -> bool:
        """Open sites that relevant people cite, in batches, until the budget of reached sites is spent."""
        crawl, opened = self._topic.crawl, 0
        while True:
            sites = self._frontier.sites()
            room = crawl.max_sites - sum(site.state != SiteState.UNREACHED for site in sites)
            tries = TRIES_PER_SITE * crawl.max_sites - len(sites)
            batch = choose_sites(built.corpus, known=self._frontier.knows, limit=max(0, min(room, tries)))
            for candidate in batch:
                self._frontier.open_site(candidate.url, hop=hop, found_by=candidate.found_by, entries=[candidate.url])
            opened += len(batch)
            self._waves(Depth.PROBE)
            if not batch or not opened:
                return opened > 0

    def _round(self, hop: int) -> Built:
        """Probe what is new, judge it, hear in full what is on topic, and what it cites on sites already known."""
        self._waves(Depth.PROBE)
        built = self._built()
        # A feed shows what somebody wrote last; who wrote about the topic for years may be on another subject now.
        rejected = [site for site in built.corpus.sites if _on_few_posts(site)]
        self._waves(Depth.HISTORY, frozenset(site.id for site in rejected))
        titles = self._frontier.naming_topic()
        doubtful = frozenset(site.id for site in rejected if _doubtful(site, titles.get(site.id, 0)))
        if doubtful and self._waves(Depth.DOUBT, doubtful):
            built = self._built()
        for _ in range(2):
            self._frontier.cite(cited_addresses(built.corpus))
            inside = frozenset(site.id for site in built.corpus.sites if site.state == SiteState.IN)
            if not self._waves(Depth.FULL, inside):
                break
            built = self._built()
        corpus = built.corpus
        self._say("heard", hop=hop, sites_tried=len(corpus.sites),
                  sites_in=sum(site.state == SiteState.IN for site in corpus.sites), posts=len(corpus.posts),
                  requests=self.requests)  # fmt: skip
        return built

    def _built(self) -> Built:
        frontier = self._frontier
        return build_corpus(
            frontier.extractions(),
            frontier.sites(),
            topic=self._topic,
            lexicon=self._lexicon,
            redirects=frontier.redirects,
            known_slugs=dict(self._workspace.slugs()),
            as_of=self._as_of,
        )

    # ── waves ────────────────────────────────────────────────────────────────────────────────────

    def _waves(self, depth: Depth, only: frozenset[SiteId] | None = None) -> int:
        """Ask wave after wave until the frontier wants nothing more; returns how many addresses were asked for."""
        asked = 0
        while wave := self._frontier.next_wave(depth, only):
            asked += len(wave)
            for snapshot, extraction in self._hear(wave):
                self._frontier.take(snapshot.url, extraction, snapshot.redirects)
        return asked

    def _hear(self, wave: Sequence[FetchRequest]) -> list[tuple[Snapshot, Extraction]]:
        """Fetch, archive and read one wave; answers in order of address, refusals counted and told to the frontier."""
        self.requests += len(wave)
        # Bodies stay in the archive: a wave of a large crawl would not fit into memory.
        answers = sorted((_light(answer) for answer in self._answers(wave)), key=lambda answer: answer.url)
        snapshots = [answer for answer in answers if isinstance(answer, Snapshot)]
        for answer in answers:
            if isinstance(answer, Refusal):
                self._refused(answer)
        read = []
        for snapshot, extraction in self._read(snapshots):
            if isinstance(extraction, Refusal):
                self._refused(extraction)
            else:
                read.append((snapshot, extraction))
        return read

    def _refused(self, refusal: Refusal) -> None:
        self.refusals[refusal.reason] += 1
        self._frontier.refuse(refusal)

    def _answers(self, wave: Sequence[FetchRequest]) -> Iterable[Snapshot | Refusal]:
        """Answers from this unfinished run's journal, from the web, or (after a 304) from the archive."""
        ask: list[FetchRequest] = []
        purposes = {request.url: request.purpose for request in wave}
        for request in wave:
            if (known := self._workspace.answered(request.url)) is not None:
                yield replace(known, purpose=request.purpose)
            elif self._crawler is None:
                held = self._workspace.latest(request.url)
                yield (
                    replace(held, purpose=request.purpose)
                    if held
                    else Refusal(request.url, request.purpose, RefusalReason.NOT_FOUND, "not in the state")
                )
            else:
                etag, modified = self._workspace.validators(request.url) or (None, None)
                ask.append(replace(request, etag=etag, last_modified=modified))
        if self._crawler is None or not ask:
            return
        for answer in self._crawler.fetch(ask):
            yield self._kept(answer, purposes[answer.url])

    def _kept(self, answer: Snapshot | Refusal, purpose: Purpose) -> Snapshot | Refusal:
        """The answer as archived; an unchanged or passingly unreachable page is read from the archive."""
        if isinstance(answer, Refusal):
            self._workspace.note_refusal(answer)
            held = self._workspace.latest(answer.url) if answer.reason in PASSING else None
            return replace(held, purpose=purpose) if held else answer
        if answer.not_modified:
            self.not_modified += 1
        self._workspace.store(answer)
        if answer.not_modified:
            held = self._workspace.latest(answer.url)
            if held is None:
                return Refusal(answer.url, purpose, RefusalReason.BROKEN, "304 for a page that is not archived")
            return replace(held, purpose=purpose, not_modified=True)
        return answer

    def _archived(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with its body."""
        held = self._workspace.latest(snapshot.url)
        return replace(snapshot, body=held.body if held else b"")

    def _read(self, snapshots: Sequence[Snapshot]) -> Iterable[tuple[Snapshot, Extraction | Refusal]]:
        """What snapshots say: remembered by digest, or parsed now."""
        keys = {id(s): f"{EXTRACTOR_VERSION}|{s.final_url}|{s.purpose}|{s.digest}" for s in snapshots}
        remembered = {id(s): self._workspace.remembered(keys[id(s)]) for s in snapshots}
        fresh = {
            snapshot.url: extraction
            for snapshot, extraction in self._extractor.extract(
                self._archived(s) for s in snapshots if remembered[id(s)] is None
            )
        }
        for snapshot in snapshots:
            known = remembered[id(snapshot)] or fresh[snapshot.url]
            if remembered[id(snapshot)] is None and isinstance(known, Extraction):
                self._workspace.remember(keys[id(snapshot)], known)
            yield snapshot, known


def _on_few_posts(site: Site) -> bool:
    """Whether a site that was read was rejected on few posts."""
    return site.state == SiteState.OUT and site.posts < DOUBTFUL_POSTS


def _doubtful(site: Site, titles: int) -> bool:
    """Whether there is a sign that a rejected site has more on the topic than the few posts read show."""
    hint = site.on_topic_posts >= DOUBTFUL_HITS or site.relevance >= DOUBTFUL_RELEVANCE
    return titles >= DOUBTFUL_TITLES or (site.posts > 0 and hint)


def _no_pause(_seconds: float) -> None:
    """What was fetched before asks nobody to wait."""


def _light(answer: Snapshot | Refusal) -> Snapshot | Refusal:
    """The answer without its body."""
    return replace(answer, body=b"") if isinstance(answer, Snapshot) else answer
