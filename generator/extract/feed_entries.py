"""One feed entry to one post, whatever the format it came in.

Takes the raw HTML of the entry and reads it as a page's main text is read, so that a post met in a feed and
on its page says the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape

from generator import text
from generator.extract import authors, links, self_statements
from generator.extract.blocks import DocumentBlocks, read_blocks
from generator.extract.dates import PostDate, read_date, url_date
from generator.extract.dom import parse_html
from generator.extract.language import detect_language
from generator.extract.names import split_names
from generator.extract.running_text import code_share, join_blocks, own_text
from generator.records import ExtractedPost, Mention, NameSource, Url
from generator.urls import canonical_url

MAX_POST = 400_000  # characters kept of a post
MAX_TITLE = 300  # characters
MAX_TAGS = 30
LONG = 1_500  # characters; text this long is no summary
FULL_FEED = 2_500  # characters; a feed with one marked-up description this long gives full text in all not cut
PARAGRAPHS = 2  # blocks; fewer in a lone description are a summary
CUT = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.|(?:continue|keep)\s+reading\b.{0,80}|read\s+(?:the\s+)?(?:more|on|full\b.{0,40}|rest\b.{0,40})\W*|"
    r"(?:view|see)\s+(?:full|original)\s+post.{0,40}|weiterlesen\W*|lire\s+la\s+suite\W*|\(more\))\s*$",
    re.IGNORECASE,
)
# WordPress signs every entry; the signature is no text of the post's.
SIGNATURE = re.compile(r"\n*The post .{1,300} (?:first )?appeared (?:first )?on .{1,200}\.?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """What a feed says about one post, before it is judged. HTML where not said otherwise, "" for absent."""

    link: Url
    title: str
    content: str
    summary: str
    published: str
    updated: str
    base: str
    tags: tuple[str, ...]
    authors: tuple[Mention, ...]
    language: str
    in_reply_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What only the feed as a whole tells about its entries."""

    url: Url
    fetched_at: datetime
    shared_updates: frozenset[str]  # `updated` values that many entries share: a rebuild, no date
    full_descriptions: bool  # the feed's descriptions are whole posts


def plain_to_html(words: str) -> str:
    """Plain text as HTML paragraphs."""
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", words) if part.strip())


def read_entry(entry: RawEntry, facts: FeedFacts) -> tuple[ExtractedPost, int, bool]:
    """The post, how many of its links were left out for being too many, and whether its writer is a minor."""
    reading = _reading(entry.content or entry.summary)
    body = reading.body
    words, when = own_text(body), entry_date(entry, facts)
    whole = SIGNATURE.sub("", join_blocks(body, MAX_POST))
    title_root = parse_html(entry.title) if "<" in entry.title or "&" in entry.title else None
    title = (
        " ".join(b.text for b in read_blocks(title_root, whole=True).blocks) if title_root is not None else entry.title
    )
    post = ExtractedPost(
        url=entry.link,
        title=text.clip(title, limit=MAX_TITLE),
        text=whole,
        published_at=when.at if when else None,
        time_known=bool(when and when.time_known),
        language=detect_language(words, entry.language),
        authors=entry.authors,
        tags=tuple(dict.fromkeys(t for raw in entry.tags if 0 < len(t := text.fold(raw).lstrip("#")) <= 60))[:MAX_TAGS],
        links=links.collect_links(body, entry.base, page=entry.link),
        from_feed=True,
        full=is_full(entry, whole, len(body), facts),
        source=facts.url,
        in_reply_to=tuple(dict.fromkeys(u for raw in entry.in_reply_to if (u := canonical_url(raw, entry.base)))),
        code_share=code_share(body),
    )
    minor = when is not None and self_statements.says_minor(words, when.at, facts.fetched_at)
    return post, reading.links_left_out, minor


def _reading(markup: str) -> DocumentBlocks:
    """An entry's HTML read as main text throughout."""
    root = parse_html(markup)
    return read_blocks(root, whole=True) if root is not None else DocumentBlocks(())


def is_full(entry: RawEntry, whole: str, blocks: int, facts: FeedFacts) -> bool:
    """Whether the entry carries the post rather than a teaser of it."""
    if not whole or CUT.search(whole[-200:]):
        return False
    if entry.content:
        return len(entry.content) > len(entry.summary) or len(whole) > LONG or not entry.summary
    # A lone description without markup is a generator's summary, however long; so is one of a paragraph or
    # three in a feed that never has more. Calling a short whole post a summary costs one page fetch.
    return blocks >= PARAGRAPHS and (facts.full_descriptions or len(whole) > LONG)


def entry_date(entry: RawEntry, facts: FeedFacts) -> PostDate | None:
    """When it was published: as said, else by the permalink, else by `updated` if that is its own."""
    if entry.published and (when := read_date(entry.published, facts.fetched_at)):
        return when
    if when := url_date(entry.link, facts.fetched_at):
        return when
    if entry.updated and entry.updated not in facts.shared_updates:
        return read_date(entry.updated, facts.fetched_at)
    return None


def entry_author_names(
    raw_name: str, raw_email: str, raw_url: str, page: Url, titles: tuple[str, ...]
) -> tuple[Mention, ...]:
    """The names in one author field; `noreply@blogger.com (Ada Example)` and `ada@a.example (Ada)` among them."""
    parts = split_names(raw_name, titles) or (raw_name,)
    if len(parts) > 1:
        found = [authors.mention(part, NameSource.FEED_AUTHOR, page, site_titles=titles) for part in parts]
    else:
        name = raw_name or raw_email
        found = [
            authors.mention(
                name, NameSource.FEED_AUTHOR, page, url=raw_url, email=raw_email or raw_name, site_titles=titles
            )
        ]
    return tuple(one for one in found if one)
