"""Factories of snapshots, pages and feeds."""

from datetime import UTC, datetime

from generator.extract.snapshot import extract_snapshot
from generator.records import Purpose, Snapshot, Url

FETCHED_AT = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
PROSE = (
    "The north face held wind slab above the old crust all week. We dug three pits before noon and the column failed "
    "on the second tap each time. Nobody was in the mood to argue with that, so we turned around at the col and rode "
    "the trees instead, which were better than anyone had hoped. "
)


def answer(
    body,
    *,
    url="https://a.example/p/slab",
    kind="text/html; charset=utf-8",
    purpose=Purpose.POST,
    requested_url=None,
    robots="",
):
    """A snapshot with the given body."""
    raw = body if isinstance(body, bytes) else body.encode()
    return Snapshot(
        url=Url(requested_url or url),
        final_url=Url(url),
        purpose=purpose,
        status=200,
        content_type=kind,
        body=raw,
        digest="sha1:TEST",
        fetched_at=FETCHED_AT,
        robots_tag=robots,
    )


def read(body, **options):
    """The extraction of a body."""
    return extract_snapshot(answer(body, **options))


def page(main="", *, title="Slab in June", head="", before="", after="", body_class=""):
    """A page around a main text."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body class='{body_class}'>{before}{main}{after}</body></html>"
    )


def article(inner, *, title="Slab in June", date="2025-05-17"):
    """An article with a heading, a date and some prose before what is tested."""
    return f"<article><h1>{title}</h1><time datetime='{date}'>{date}</time><p>{PROSE * 3}</p>{inner}</article>"


def read_post(inner, **options):
    """The post of a page whose article holds the markup."""
    (post,) = read(page(article(inner)), **options).posts
    return post


def rss(items, *, channel="", attributes=""):
    """An RSS 2.0 feed."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:atom='http://www.w3.org/2005/Atom' {attributes}><channel>"
        f"<title>Powder Lines</title><link>https://a.example/</link><description>Notes from the skin track</description>{channel}"
        f"{items}</channel></rss>"
    )


def atom(entries, *, feed=""):
    """An Atom 1.0 feed."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Powder Lines</title>"
        f"<subtitle>Notes from the skin track</subtitle><link href='https://a.example/'/>{feed}{entries}</feed>"
    )


def read_feed(markup, **options):
    """The extraction of a feed."""
    options.setdefault("url", "https://a.example/feed.xml")
    return read(markup, kind=options.pop("kind", "application/xml"), **options)
