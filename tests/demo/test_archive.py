"""The bundled archive: reproducible, fictional, closed in itself."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import zlib
from urllib.parse import urlsplit

HREF = re.compile(rb'href="(https?://[^"#]+)')


def test_script_rewrites_the_kept_archive_to_the_byte(demo_folder, tmp_path):
    """`python config/demo/make_archive.py` writes exactly the archive in the repository, whatever the hash seed."""
    made = tmp_path / "pages.warc.gz"
    env = {"PYTHONHASHSEED": "77", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [sys.executable, str(demo_folder / "make_archive.py"), str(made)], check=True, env=env, capture_output=True
    )

    kept = (demo_folder / "pages.warc.gz").read_bytes()
    if "ng" in zlib.ZLIB_RUNTIME_VERSION:  # another deflate packs the same records differently
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(kept)
    else:
        assert made.read_bytes() == kept


def test_archive_is_small(demo_folder):
    """A clone carries at most three megabytes of demo archive."""
    assert (demo_folder / "pages.warc.gz").stat().st_size < 3_000_000


def test_every_host_is_reserved_for_fiction(archived):
    """No address of the archive, and no link in it, leaves the `.example` domain (names of standards aside)."""
    standards = {"www.w3.org", "purl.org", "schema.org", "jsonfeed.org", "www.sitemaps.org"}
    linked = {link.decode() for _, body, _ in archived.values() for link in HREF.findall(body)}
    assert {h for u in archived for h in [urlsplit(u).hostname or ""] if not h.endswith(".example")} == set()
    assert {h for u in linked for h in [urlsplit(u).hostname or ""] if not h.endswith(".example")} - standards == set()


def test_every_mail_address_is_reserved_for_fiction(archived):
    """No address of the demo can belong to a real person."""
    addresses = {a for _, body, _ in archived.values() for a in re.findall(rb"mailto:[^\"?]+", body)}
    assert len(addresses) > 30
    assert [a for a in addresses if not a.endswith(b".example")] == []


def test_every_citation_leads_to_an_archived_post(planned, archived):
    """Each planned citation stands in its page and its link answers 200, at once or after the archived redirect."""
    _, posts, _ = planned
    for post in posts:
        body = archived[post.url][1].decode()
        for cited, _ in post.cites + post.listed:
            old = cited.url.replace("twohalves.example", "otisbuilds.example")
            address = next(u for u in (cited.url, old) if f'href="{u}"' in body)
            status, _, location = archived[address]
            assert status == "200" or archived[location][0] == "200"


def test_every_link_written_in_prose_answers(archived):
    """Links between the archive's own hosts resolve, but for tag pages and reserved social accounts."""
    hosts = {urlsplit(u).hostname for u in archived}
    broken = set()
    for _, body, _ in archived.values():
        for raw in HREF.findall(body):
            link = raw.decode().replace("&amp;", "&")
            if urlsplit(link).hostname in hosts and link not in archived and "/tag/" not in link:
                broken.add(link)
    assert broken == set()


def test_moved_host_answers_with_redirects(archived):
    """Every address on the old host of Two Halves is a 301 to the same path on the new one."""
    old = {u: a for u, a in archived.items() if urlsplit(u).hostname == "otisbuilds.example"}
    assert len(old) > 5
    assert {status for status, _, _ in old.values()} == {"301"}
    assert all(location == u.replace("otisbuilds", "twohalves") for u, (_, _, location) in old.items())


def test_broken_feeds_are_broken(archived):
    """The planted faults are in the bytes: a bare ampersand, Latin-1 under a UTF-8 label, no date, 1970."""
    assert b" & friends</title>" in archived["https://parkinglotreport.example/feed/"][1]
    latin = archived["https://flatlightclub.example/feed/"][1]
    assert b'encoding="UTF-8"' in latin
    assert "�" in latin.decode("utf-8", "replace")
    assert b"<pubDate>" not in archived["https://waxbench.example/feed/"][1]
    assert b"01 Jan 1970" in archived["https://snowfolk.example/~ollie/feed.xml"][1]
