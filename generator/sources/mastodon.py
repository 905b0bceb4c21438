"""`mastodon:#tag@server` and `mastodon:@ada@server`: sites that posts on a Mastodon server link to.

A hashtag's public timeline is JSON, a list of statuses: `[{"id": "11", "content": "<p>... <a href=...>",
"card": {"url": ...}, "account": {"acct": "ada", "fields": [{"value": "<a ...>", "verified_at": "..." | null}]}}]`,
continued with `max_id`. For an account, its verified links are looked up and its RSS feed is read. Followers, boosts
and favourites are not read. An address in an account's field counts only where the server found the link back
(`verified_at`); it is a candidate site and no evidence that two sites belong to one person.

Source: https://docs.joinmastodon.org/methods/timelines/#tag, https://docs.joinmastodon.org/methods/accounts/#lookup
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import msgspec

from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import (
    addresses_in,
    decode_json,
    page_candidates,
    seed_candidate,
    source_request,
    unique_by_url,
)

PAGE_SIZE, MAX_PAGES = 40, 5
SERVER = "mastodon.social"
ANCHOR = re.compile(r"<a\b[^<>]{0,2000}>", re.IGNORECASE)
MENTION_CLASS = re.compile(r"class=[\"'][^\"']*\b(?:mention|hashtag)\b", re.IGNORECASE)


class _Card(msgspec.Struct):
    url: str | None = None


class _Field(msgspec.Struct):
    value: str = ""
    verified_at: str | None = None


class _Account(msgspec.Struct):
    acct: str = ""
    fields: list[_Field] = []


class _Status(msgspec.Struct):
    id: str
    content: str = ""
    card: _Card | None = None
    account: _Account = msgspec.field(default_factory=_Account)


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """A hashtag's timeline, or an account and its feed."""
    name, server = quote(query.parts["name"], safe=""), query.parts["server"] or SERVER
    if query.parts["account"]:
        feed = source_request(f"https://{server}/@{name}.rss", page=True)
        return (*source_request(f"https://{server}/api/v1/accounts/lookup?acct={name}"), *feed)
    return source_request(f"https://{server}/api/v1/timelines/tag/{name}?limit={PAGE_SIZE}")


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Links of the posts and verified links of their authors; then the next page of the timeline."""
    if answer.extraction is not None:
        return SourceReading(unique_by_url(page_candidates(answer.extraction, by=query.words)))
    if "/accounts/lookup" in answer.request.url:
        account = decode_json(answer.snapshot, _Account)
        return (
            SourceReading(unique_by_url(_verified(account)))
            if account
            else SourceReading(broken="no account of Mastodon's API")
        )
    statuses = decode_json(answer.snapshot, list[_Status])
    if statuses is None:
        return SourceReading(broken="no timeline of Mastodon's API")
    candidates = unique_by_url(one for status in statuses for one in _candidates(status))
    return SourceReading(candidates, _next(answer.request, statuses))


def _next(asked: SourceRequest, statuses: list[_Status]) -> tuple[SourceRequest, ...]:
    """The page of older posts; `page` is our own counter, servers ignore unknown parameters."""
    page = int(found[1]) if (found := re.search(r"[?&]page=(\d+)", asked.url)) else 1
    if len(statuses) < PAGE_SIZE or page >= MAX_PAGES or not statuses[-1].id.isdigit():
        return ()
    base = urlsplit(asked.url)._replace(query="").geturl()
    return source_request(f"{base}?limit={PAGE_SIZE}&max_id={statuses[-1].id}&page={page + 1}")


def _candidates(status: _Status) -> Iterator[SeedCandidate]:
    by = status.account.acct
    if status.card is not None:
        yield from seed_candidate(status.card.url, status.content, by)
    for anchor in ANCHOR.findall(status.content[:100_000]):
        if not MENTION_CLASS.search(anchor):
            for address in addresses_in(anchor):
                yield from seed_candidate(address, status.content, by)
    yield from _verified(status.account)


def _verified(account: _Account) -> Iterator[SeedCandidate]:
    for field in account.fields:
        if field.verified_at:
            for address in addresses_in(field.value):
                yield from seed_candidate(
                    address, "their own site, by a link back that the server checked", account.acct
                )


SOURCE = SourceDescriptor(
    name="mastodon",
    grammar=r"(?P<account>@)?#?(?P<name>[^\s@#/?&]+)(?:@(?P<server>[^\s@/]+\.[^\s@/]+))?",
    form="#tag@mastodon.example, or mastodon:@name@mastodon.example",
    mismatch="is neither #tag@server nor @name@server",
    example="mastodon:#splitboarding@mastodon.social",
    finds=(
        "sites that public posts under a hashtag link to, and verified sites of their authors; for "
        "`mastodon:@ada@server` the sites that account links to"
    ),
    limits=(
        "200 posts of a hashtag, 20 of an account; each server sees only what reached it, and some close their public "
        "timelines; mastodon.social where no server is named"
    ),
    terms="https://docs.joinmastodon.org/methods/timelines/#tag",
    empty_answer=("application/json", b"[]"),
    start=start,
    parse=parse,
)
