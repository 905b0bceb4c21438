"""Decoding, OPML and sitemaps, and hostile answers."""

import msgspec
import pytest

from generator.errors import ExtractionError
from generator.extract import EXTRACTOR_VERSION
from generator.extract.charset import decode
from generator.extract.snapshot import extract_snapshot
from generator.records import Extraction, PageKind
from tests.factories.extract import PROSE, article, page, read, read_feed, rss

SMILE = "Müller – “größer”"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        pytest.param(SMILE.encode(), "", id="utf-8 unlabelled"),
        pytest.param(SMILE.encode("cp1252"), "", id="windows-1252 unlabelled"),
        pytest.param(SMILE.encode("cp1252"), "text/html; charset=iso-8859-1", id="latin-1 by header"),
        pytest.param(SMILE.encode("cp1252"), "text/html; charset=utf-8", id="wrong utf-8 label"),
        pytest.param(SMILE.encode(), "text/html; charset=iso-8859-1", id="wrong latin-1 label"),
        pytest.param(SMILE.encode("utf-8-sig"), "text/html; charset=iso-8859-1", id="byte order mark"),
        pytest.param(SMILE.encode("utf-16"), "", id="utf-16 with mark"),
        pytest.param(SMILE.encode("utf-16-le"), "", id="utf-16 without"),
        pytest.param(SMILE.encode(), "text/html; charset=klingon", id="unknown label"),
        pytest.param(SMILE.encode(), "text/html; charset=base64", id="a codec that is no charset"),
        pytest.param("Mü\0ller\x07 – “größer”\ufeff".encode(), "", id="control characters"),
    ],
)
def test_charset(body, header):
    """The text is the same whatever the declared encoding, without control characters."""
    assert decode(body, header) == SMILE


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("<meta charset='windows-1251'>", "cp1251", id="meta"),
        pytest.param(
            "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "cp932", id="http-equiv"
        ),
        pytest.param("<?xml version='1.0' encoding='iso-8859-2'?>", "iso8859-2", id="xml declaration"),
    ],
)
def test_declared_charset(head, encoding):
    """A declared encoding counts where the bytes are not UTF-8."""
    words = {"cp1251": "снег", "cp932": "雪崩", "iso8859-2": "śnieg"}[encoding]

    assert decode(f"{head}{words}".encode(encoding)).endswith(words)


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        pytest.param("<meta charset=x-sjis>雪崩".encode("cp932"), "", "雪崩", id="label of browsers"),
        pytest.param(
            "<meta charset=gb2312>雪山日记".encode("gbk"), "text/html; charset=utf-8", "雪山日记", id="header"
        ),
        pytest.param(
            "<meta charset=gbk>雪山日记".encode("gbk"), "text/html; charset=iso-8859-1", "雪山日记", id="latin header"
        ),
        pytest.param(
            "<meta charset=gbk>für Höhen".encode("cp1252"), "text/html; charset=iso-8859-1", "für Höhen", id="latin"
        ),
        pytest.param("<meta charset=utf-16>für Grüße".encode("cp1252"), "", "für Grüße", id="impossible label"),
        pytest.param("<p>Höhe über Größe</p>".encode() + b"\xc3", "", "Größe</p>\ufffd", id="one bad byte"),
        pytest.param(b"<?xml version='1.0'?><a>" + b"\xe9</a>", "", "<a>\ufffd</a>", id="xml is utf-8"),
        pytest.param("<?xml version='1.0'?><a>é ö ü".encode("cp1252"), "", "é ö ü", id="xml that is not utf-8"),
    ],
)
def test_contradicted_labels(body, header, expected):
    """A label that the bytes contradict yields to the next one, then to UTF-8; one bad byte contradicts nothing."""
    assert decode(body, header).endswith(expected)


def test_opml():
    """Every outline with an address is a recommendation and, where it has one, a feed; a document with a DOCTYPE is read."""
    markup = (
        "<?xml version='1.0'?><!DOCTYPE opml [<!ELEMENT opml ANY>]><opml version='2.0'><head><title>Snow</title></head><body><outline text='Riders'>"
        "<outline text='Bo' type='rss' xmlUrl='https://b.example/feed' htmlUrl='https://b.example/'/><outline title='Cy' xmlURL='https://c.example/rss'/>"
        "<outline text='nothing'/><outline text='bad' xmlUrl='ftp://d.example/'/></outline></body></opml>"
    )
    extraction = read(markup, kind="text/x-opml")

    assert (extraction.kind, extraction.title) == (PageKind.OPML, "Snow")
    assert [(link.target, link.text) for link in extraction.blogroll] == [
        ("https://b.example/", "Bo"),
        ("https://c.example/rss", "Cy"),
    ]
    assert [feed.url for feed in extraction.feeds] == ["https://b.example/feed", "https://c.example/rss"]
    assert [gone.what for gone in extraction.dropped] == ["nothing", "bad"]


def test_sitemap():
    """A sitemap gives its addresses within the host, in order."""
    markup = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> https://a.example/p/1 </loc></url><url><loc>https://b.example/</loc></url><url><loc>https://a.example/p/2</loc></url></urlset>"
    extraction = read(markup, kind="application/xml")

    assert (extraction.kind, [link.target for link in extraction.internal]) == (
        PageKind.LISTING, ["https://a.example/p/1", "https://a.example/p/2"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        pytest.param(rss(""), "text/html", PageKind.FEED, id="feed called html"),
        pytest.param(page(article("")), "application/xml", PageKind.POST, id="page called xml"),
        pytest.param("\ufeff\n<!-- hi --><?xml-stylesheet href='x'?>" + rss("")[38:], "text/plain", PageKind.FEED, id="comments before the root"),
        pytest.param("<html xmlns='http://www.w3.org/1999/xhtml'>" + article("") + "</html>", "application/xhtml+xml", PageKind.POST, id="xhtml"),
        pytest.param(article("").encode("utf-16"), "text/html", PageKind.POST, id="utf-16 page"),
        pytest.param(rss("").encode("utf-16"), "application/rss+xml", PageKind.FEED, id="utf-16 feed"),
    ],
)  # fmt: skip
def test_the_type_is_recognised_by_content(body, kind, expected):
    """The content decides the type of an answer; the declared type is a hint."""
    assert read(body, kind=kind).kind is expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"", "text/html", id="empty"),
        pytest.param(b"\0\0\0\n", "text/html", id="nothing but NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "image/png", id="picture"),
        pytest.param(b"%PDF-1.7", "application/pdf", id="pdf"),
        pytest.param(b"just words", "text/plain", id="plain text"),
        pytest.param(b"no markup", "application/rss+xml", id="no feed"),
        pytest.param(b"</div>", "text/html", id="an end tag alone"),
    ],
)
def test_nothing_to_read(body, kind):
    """An answer without a page or feed is an extraction error."""
    with pytest.raises(ExtractionError, match=r"a\.example"):
        read(body, kind=kind)


LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12))
    + "]>"
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param("<p " + " ".join(f"a{n}=x" for n in range(100_000)) + f">hi</p>{article('')}", "text/html", id="100,000 attributes"),
        pytest.param("<div>" * 200_000 + PROSE, "text/html", id="200,000 deep page"),
        pytest.param("<b><i><a href=x>" * 60_000, "text/html", id="unclosed everything"),
        pytest.param("<rss><channel><title>T</title>" + "<a>" * 200_000, "application/xml", id="200,000 deep feed"),
        pytest.param("<opml><body>" + "<outline text='x'>" * 200_000, "text/x-opml", id="200,000 deep opml"),
        pytest.param("<p>" + "<a href='https://b.example/x'>l</a> " * 100_000 + "</p>", "text/html", id="100,000 links"),
        pytest.param("<title>" + "x" * 1_000_000 + f"</title>{article('')}", "text/html", id="huge title"),
        pytest.param(article("\0\x01\x1b[31m\ud800".encode("utf-8", "surrogatepass").decode("latin-1")), "text/html", id="NUL and controls"),
        pytest.param(article("").encode() + bytes(range(128, 256)) * 50, "text/html", id="invalid utf-8"),
        pytest.param(LAUGHS + "<opml><body><outline text='&m;' xmlUrl='https://b.example/'/></body></opml>", "text/x-opml", id="billion laughs in opml"),
        pytest.param(LAUGHS + "<rss><channel><title>&m;</title></channel></rss>", "application/xml", id="billion laughs in a feed"),
        pytest.param("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title></channel></rss>", "application/xml", id="foreign entity"),
        pytest.param("<table>" * 3_000 + "<tr><td>" * 3_000, "text/html", id="tables"),
        pytest.param("<script type='application/ld+json'>" + "[" * 50_000 + f"</script>{article('')}", "text/html", id="deep json-ld"),
    ],
)  # fmt: skip
def test_hostile_answers_are_survived(body, kind):
    """Hostile answers are read or refused in bounded time; results are small, serialisable and free of injected content."""
    try:
        extraction = read(body, kind=kind)
    except ExtractionError:
        return
    packed = msgspec.json.encode(extraction)
    assert len(packed) < 3_000_000
    assert b"root:" not in packed
    assert b"hahaha" not in packed
    assert "\0" not in extraction.title
    assert len(extraction.title) <= 300


def test_large_feed_is_cut_at_an_entry():
    """A feed beyond the size limit is cut after a whole entry, and the cut is recorded."""
    item = (
        "<item><title>{0}</title><link>https://a.example/p/{0}</link><description>"
        "<p>" + "snow " * 48_000 + "</p>" + "</description></item>"
    )
    extraction = read_feed(rss("".join(item.format(n) for n in range(40))))

    assert [post.title for post in extraction.posts[:2]] == ["0", "1"]
    assert 20 < len(extraction.posts) < 40
    assert extraction.dropped[0].what == "entries"


@pytest.mark.parametrize(
    "body",
    [
        page(article("<p>See <a href='https://b.example/'>Bo</a></p>")),
        rss("<item><link>https://a.example/x</link></item>"),
    ],
)
def test_extraction_survives_storage(body):
    """An extraction survives JSON unchanged and is the same each time."""
    first, second = read(body), read(body)

    assert first == second
    assert msgspec.json.decode(msgspec.json.encode(first), type=Extraction) == first


def test_version_is_a_string():
    """The version is part of a key; it is a string."""
    assert isinstance(EXTRACTOR_VERSION, str)
    assert extract_snapshot.__doc__
