"""What a host has told us in a run: when it may be asked again, and whether at all."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from generator.crawl.failures import RequestRefused
from generator.crawl.host_limits import HostLimits, retry_after_s
from generator.crawl.middlewares import BoundedCompression, BoundedRedirects
from generator.records import RefusalReason

HOST = "a.example"


def said(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"https://{HOST}/", status=status, headers=named)


@pytest.mark.parametrize(
    ("statuses", "closed"),
    [
        pytest.param([403, 403], None, id="twice"),
        pytest.param([403, 401, 403], RefusalReason.SITE_SAID_NO, id="three times"),
        pytest.param([403, 403, 200, 403], None, id="not in a row"),
        pytest.param([403, 403, 404, 403], None, id="a page that is not there is no no"),
        pytest.param([429, 429, 429], RefusalReason.RATE_LIMITED, id="slow down"),
    ],
)
def test_a_host_that_keeps_saying_no_is_let_be(statuses, closed):
    """Three noes in a row, whatever the paths."""
    hosts = HostLimits()
    for status in statuses:
        hosts.note_answer(HOST, said(status), 0.0)

    assert (hosts.closed(HOST) or (None,))[0] is closed
    assert hosts.closed("b.example") is None


def test_a_host_that_keeps_failing_is_let_be_for_what_it_last_did():
    """Six failures in a row; an answer begins the count anew."""
    hosts, timeout = HostLimits(), RefusalReason.TIMEOUT
    for status in (0, 500, 0, 500, 0, 200, 0, 500, 0, 500, 0):
        if status:
            hosts.note_answer(HOST, said(status), 0.0)
        else:
            hosts.note_failure(HOST, timeout)
    before = hosts.closed(HOST)
    hosts.note_failure(HOST, timeout)

    assert (before, hosts.closed(HOST)[0]) == (None, timeout)


def test_a_host_of_bombs_and_circles_is_let_be():
    """What its bodies and redirects come to counts by address, six in a row, though each was an answer."""
    hosts, large = HostLimits(), RefusalReason.TOO_LARGE
    for reason in (large, large, None, large, large, RefusalReason.REDIRECT_LOOP, large, large):
        hosts.note_answer(HOST, said(200), 0.0)
        hosts.note_outcome(HOST, reason)
    before = hosts.closed(HOST)
    hosts.note_outcome(HOST, large)

    assert (before, hosts.closed(HOST)[0]) == (None, large)


def test_a_modest_wish_to_wait_is_a_pause_and_a_long_one_closes():
    """Retry-After up to 30 s is waited for; beyond, the host has its peace."""
    hosts = HostLimits()
    hosts.note_answer(HOST, said(503, Retry_After="20"), 100.0)
    pause = hosts.pause_s(HOST, 105.0)
    hosts.note_answer(HOST, said(429, Retry_After="31"), 105.0)

    assert (pause, hosts.closed(HOST)[0]) == (15.0, RefusalReason.RATE_LIMITED)


@pytest.mark.parametrize(
    ("delay_s", "closed"), [(120.0, None), (121.0, RefusalReason.BUDGET), (float("inf"), RefusalReason.BUDGET)]
)
def test_a_crawl_delay_is_kept_whole_or_the_host_is_asked_once(delay_s, closed):
    """No delay is shortened: what is too long for a night leaves the rest for another."""
    hosts = HostLimits()
    hosts.note_request(HOST, 10.0, delay_s=delay_s)

    assert (hosts.pause_s(HOST, 10.0), (hosts.closed(HOST) or (None,))[0]) == (delay_s, closed)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": b"7"}, 7.0), ({"Retry-After": b"-7"}, 0.0), ({"Retry-After": b"soon"}, 0.0), ({}, 0.0),
        ({"Retry-After": "\u0667".encode()}, 0.0),
        ({"Retry-After": b"Sat, 31 Jan 2026 10:01:00 GMT", "Date": b"Sat, 31 Jan 2026 10:00:00 GMT"}, 60.0),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms(headers, seconds):
    """Seconds, or a date counted from the answer's own: our clock does not matter."""
    assert retry_after_s(headers) == seconds


@pytest.mark.parametrize("named", ["gzip, gzip", "gzip,br", "identity, gzip, deflate"])
def test_what_is_packed_more_than_once_is_not_unpacked(named):
    """A bomb in a parcel is refused before it is opened."""
    response = Response("https://a.example/", headers={"Content-Encoding": named}, body=b"x")
    with pytest.raises(RequestRefused) as refused:
        BoundedCompression.process_response(object.__new__(BoundedCompression), Request("https://a.example/"), response)
    assert refused.value.reason is RefusalReason.BROKEN


def test_credentials_in_a_redirect_are_not_ours_to_send():
    """The target is followed without its name and password."""
    from scrapy.settings import Settings

    redirects = BoundedRedirects(Settings())
    redirects.crawler = SimpleNamespace(spider=None, settings=Settings(), stats=None)
    response = Response("https://a.example/", status=302, headers={"Location": "https://ada:secret@b.example/x"})

    assert redirects.process_response(Request("https://a.example/"), response).url == "https://b.example/x"
