"""Where archived records lie: what counts as a WARC, and which record answers."""

from __future__ import annotations

import gzip
import os

import pytest
from scrapy import Request

from generator.crawl.replay import ArchiveIndex, resource_key, response_from_record
from generator.errors import ArchiveError


@pytest.fixture
def index_of():
    """An index that is closed at the end of the test."""
    opened = []

    def make(*paths):
        opened.append(ArchiveIndex(paths))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"<!doctype html><p>not an archive", "no WARC file", id="html"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "no WARC file", id="image"),
        pytest.param(gzip.compress(b"hello, world\n"), "no WARC file", id="other gzip"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x1f\x8b\x08", "(no WARC file|empty)", id="torn in its first bytes"),
    ],
)
def test_what_is_no_warc_is_refused_with_its_path(tmp_path, content, words):
    """A file that holds no WARC record is an ArchiveError that names it."""
    path = tmp_path / "given.warc.gz"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match=rf"given\.warc\.gz: .*{words}"):
        ArchiveIndex((path,))


def test_a_folder_is_no_warc(tmp_path):
    """A folder given as an archive is an ArchiveError, not a traceback."""
    with pytest.raises(ArchiveError, match="cannot read this archive"):
        ArchiveIndex((tmp_path,))


@pytest.mark.parametrize("cut", [50, 2_500, 4_900], ids=["last bytes", "half of it", "most of it"])
def test_a_record_torn_anywhere_costs_itself_only(new_warc, index_of, cut):
    """Whole records before a torn end answer; the torn one does not; a warning says so."""
    path = new_warc().add("https://a.example/", b"whole").add("https://b.example/", os.urandom(5_000)).write()
    path.write_bytes(path.read_bytes()[:-cut])

    index = index_of(path)

    assert index.record("https://a.example/") is not None
    assert index.record("https://b.example/") is None
    assert index.warnings == (f"{path}: cut off or damaged after 1 records; what came before was read.",)


def test_an_uncompressed_archive_reads_the_same(tmp_path, new_warc, index_of):
    """WARC files without gzip are archives as well."""
    packed = new_warc().add("https://a.example/", b"plain").write()
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))

    record = index_of(plain).record("https://a.example/")

    assert response_from_record(record, Request("https://a.example/")).body == b"plain"


def test_the_first_record_of_an_address_answers(new_warc, index_of):
    """Two captures of one address: the first in the file is the web."""
    path = new_warc().add("https://a.example/", b"first").add("http://a.example/", b"second").write()

    assert (
        response_from_record(index_of(path).record("https://a.example/"), Request("https://a.example/")).body
        == b"first"
    )


def test_a_record_without_readable_date_or_status_still_answers(new_warc, index_of):
    """Odd archives cost nothing but the facts they lack."""
    path = new_warc().add("https://a.example/", b"x", date="soon", status="abc").write()
    request = Request("https://a.example/")

    answer = response_from_record(index_of(path).record("https://a.example/"), request)

    assert (answer.status, request.meta["archived_at"].isoformat()) == (502, "1970-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://A.example/x", "http://a.example:80/x", id="case, scheme and port"),
        pytest.param("https://a.example/%7Eada/", "https://a.example/~ada/", id="percent-encoding"),
        pytest.param("https://a.example/?a=b+c", "https://a.example/?a=b%20c", id="query encoding"),
        pytest.param("https://a.example", "https://a.example/", id="empty path"),
        pytest.param("https://a.example/x?utm_source=feed", "https://a.example/x", id="tracking"),
    ],
)
def test_spellings_share_a_key(one, other):
    """What the address rules fold, the archive's key folds as well."""
    assert resource_key(one) == resource_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://a.example/x", "https://a.example/x/", id="final slash"),
        pytest.param("https://a.example/", "https://www.a.example/", id="www"),
        pytest.param("https://a.example/X", "https://a.example/x", id="case of the path"),
        pytest.param("https://a.example/?p=1", "https://a.example/?p=2", id="query"),
    ],
)
def test_other_resources_keep_other_keys(one, other):
    """Folding stops where servers may answer differently."""
    assert resource_key(one) != resource_key(other)
