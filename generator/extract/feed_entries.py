"""Converts a feed entry of any format to a post.

The HTML of an entry is read like the main text of a page, so that both give the same post.
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
from generator.languages.alternation import alternation
from generator.records import ExtractedPost, Link, Mention, NameSource, Url
from generator.urls import canonical_url, url_key

MAX_POST_CHARS = 400_000  # characters kept of a post
MAX_TITLE_CHARS = 300
MAX_CITED_TITLE_CHARS = 200
MAX_TAGS = 30
MAX_TAG_CHARS = 60
MAX_ENDING_CHARS = 200  # characters at the end of a text in which it is marked as cut
MIN_FULL_CHARS = 1_500  # longer texts are not summaries
MIN_FULL_FEED_CHARS = 2_500  # one marked-up description this long shows that a feed's descriptions are whole posts
MIN_FULL_BLOCKS = 2  # a description with fewer blocks is a summary
TEASER_ENDING = re.compile(
    rf"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.|{alternation('pages', 'teaser_endings')})\s*$", re.IGNORECASE
)
# WordPress adds a line to every entry that is not part of the post.
SIGNATURE = re.compile(rf"\n*{alternation('pages', 'post_signatures')}\.?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """Fields of one feed entry as they stand. Texts are HTML; "" where a field is absent."""

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
    anchor: str = ""  # tells it from other entries with the same address
    cited: tuple[Url, ...] = ()  # pages of other hosts that it discusses


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """Facts about entries that only the feed as a whole shows."""

    url: Url
    fetched_at: datetime
    shared_updates: frozenset[str]  # `updated` values that several entries share: the date of a rebuild
    full_descriptions: bool  # the feed's descriptions are whole posts


def plain_to_html(plain: str) -> str:
    """Plain text as HTML paragraphs."""
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", plain) if part.strip())


def read_entry(entry: RawEntry, facts: FeedFacts) -> tuple[ExtractedPost, int, bool]:
    """The post of an entry.

    Returns:
        The post, the number of links dropped beyond the limit, and whether its writer states an age under 18.
    """
    reading = _read_markup(entry.content or entry.summary)
    body = reading.body
    prose, when = own_text(body), entry_date(entry, facts)
    whole = SIGNATURE.sub("", join_blocks(body, MAX_POST_CHARS))
    title_root = parse_html(entry.title) if "<" in entry.title or "&" in entry.title else None
    title = (
        " ".join(b.text for b in read_blocks(title_root, whole=True).blocks) if title_root is not None else entry.title
    )
    post = ExtractedPost(
        url=entry.link,
        title=text.clip(title, limit=MAX_TITLE_CHARS),
        text=whole,
        published_at=when.at if when else None,
        time_known=bool(when and when.time_known),
        language=detect_language(prose, entry.language),
        authors=entry.authors,
        tags=tuple(dict.fromkeys(t for raw in entry.tags if 0 < len(t := text.fold(raw).lstrip("#")) <= MAX_TAG_CHARS))[
            :MAX_TAGS
        ],
        links=_with_cited(links.collect_links(body, entry.base, page=entry.link), entry, text.fold(title)),
        from_feed=True,
        full=is_full(entry, whole, len(body), facts),
        source=facts.url,
        in_reply_to=tuple(dict.fromkeys(u for raw in entry.in_reply_to if (u := canonical_url(raw, entry.base)))),
        code_share=code_share(body),
    )
    minor = when is not None and self_statements.states_minor(prose, when.at, facts.fetched_at)
    return post, reading.dropped_links, minor


def _with_cited(found: tuple[Link, ...], entry: RawEntry, title: str) -> tuple[Link, ...]:
    """The links of a text with the pages that the entry links outside it; on a link blog these stand in the title."""
    known = {url_key(link.target) for link in found}
    words = text.clip(title, limit=MAX_CITED_TITLE_CHARS)
    return (*found, *(Link(url, words, words, in_body=True) for url in entry.cited if url_key(url) not in known))


def _read_markup(markup: str) -> DocumentBlocks:
    """The blocks of an entry's HTML, all of it main text except furniture."""
    root = parse_html(markup)
    return read_blocks(root, whole=True) if root is not None else DocumentBlocks(())


def is_full(entry: RawEntry, whole: str, blocks: int, facts: FeedFacts) -> bool:
    """Whether an entry holds the whole post rather than a teaser.

    Args:
        entry: the entry.
        whole: its text.
        blocks: number of blocks of the text.
        facts: what its feed as a whole shows.
    """
    if not whole or TEASER_ENDING.search(whole[-MAX_ENDING_CHARS:]):
        return False
    if entry.content:
        return len(entry.content) > len(entry.summary) or len(whole) > MIN_FULL_CHARS or not entry.summary
    # A short description may be a generated summary. To take a whole post for a summary costs one page fetch only.
    return blocks >= MIN_FULL_BLOCKS and (facts.full_descriptions or len(whole) > MIN_FULL_CHARS)


def entry_date(entry: RawEntry, facts: FeedFacts) -> PostDate | None:
    """Publication date: as stated, else from the permalink, else from `updated` where other entries do not share it."""
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
    """Mentions in one author field, also of the form `ada@a.example (Ada Example)`.

    Args:
        raw_name: the name, perhaps with an address.
        raw_email: the e-mail address; "" if absent.
        raw_url: the address of the author's page; "" if absent.
        page: the address of the feed.
        titles: titles that are not names on this site.
    """
    parts = split_names(raw_name, titles) or (raw_name,)
    if len(parts) > 1:
        found = [authors.make_mention(part, NameSource.FEED_AUTHOR, page, site_titles=titles) for part in parts]
    else:
        name = raw_name or raw_email
        found = [
            authors.make_mention(
                name, NameSource.FEED_AUTHOR, page, url=raw_url, email=raw_email or raw_name, site_titles=titles
            )
        ]
    return tuple(mention for mention in found if mention)
