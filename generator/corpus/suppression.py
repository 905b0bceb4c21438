"""Suppression of people who are left out by the topic file, by their own request, or because they are under age."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.config import Override
from generator.corpus.merged_posts import MergedPost
from generator.records import REDACTION_MARK, Extraction, PageKind, SiteId
from generator.text import fold
from generator.urls import canonical_url, host_of, url_key


@dataclass(frozen=True, slots=True)
class Suppression:
    """Keys of suppressed sites, and words that identify their owners in other texts."""

    roots: frozenset[str]
    words: frozenset[str]

    def covers(self, url: str) -> bool:
        """Whether an address is on a suppressed site."""
        key = url_key(url) + "/"
        return any(key.startswith(root + "/") for root in self.roots)

    def mentions(self, text: str) -> bool:
        """Whether a text names a suppressed person."""
        folded = text.casefold()
        return any(word in folded for word in self.words)


def analyst_roots(overrides: Iterable[Override]) -> frozenset[str]:
    """Keys of the sites the topic file leaves out."""
    found = (canonical_url(o.leave_out) for o in overrides if o.leave_out)
    return frozenset(url_key(url) for url in found if url)


def opt_out_requests(pages: Mapping[SiteId, Sequence[Extraction]]) -> frozenset[SiteId]:
    """Sites that ask to be left out, say their owner is under age, or forbid indexing of their home page."""
    return frozenset(
        site
        for site, found in pages.items()
        if any(page.opt_out_request or page.states_minor for page in found)
        or any(page.noindex and page.kind == PageKind.HOME for page in found)
    )


def make_suppression(roots: frozenset[str], sites: Iterable[SiteId], names: Iterable[str]) -> Suppression:
    """Everything that is suppressed: roots named by the analyst, sites by their own request, their full names."""
    keys = roots | {url_key(site) for site in sites}
    full_names = {fold(name).casefold() for name in names if len(name.split()) > 1}
    hosts = {host_of(f"https://{key}") if "/" not in key else key for key in keys}
    return Suppression(frozenset(keys), frozenset(full_names | hosts | {REDACTION_MARK}))


def remove_suppressed_links(post: MergedPost, suppressed: Suppression) -> None:
    """Remove links to suppressed sites and sentences about their owners from a post."""
    post.links = tuple(
        replace(link, sentence="") if suppressed.mentions(link.sentence) else link
        for link in post.links
        if not suppressed.covers(link.target)
    )
    if suppressed.mentions(post.best.text) or suppressed.mentions(post.best.title):
        paragraphs = [_without(paragraph, suppressed) for paragraph in post.best.text.split("\n\n")]
        title = "" if suppressed.mentions(post.best.title) else post.best.title
        post.best = replace(post.best, text="\n\n".join(p for p in paragraphs if p), title=title)


def _without(paragraph: str, suppressed: Suppression) -> str:
    if not suppressed.mentions(paragraph):
        return paragraph
    return " ".join(s for s in re.split(r"(?<=[.!?])\s+", paragraph) if not suppressed.mentions(s))
