"""Reading a robots.txt answer: what counts, how much of it, and what it means for us."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from generator.crawl.failures import RequestRefused
from generator.crawl.robots import RobotsMiddleware
from generator.records import RefusalReason

ORIGIN = "https://a.example"


@pytest.fixture
def robots():
    """The middleware as a crawl with our name builds it."""
    return RobotsMiddleware(
        SimpleNamespace(settings={"USER_AGENT": "whomatters/0.1 (+https://agency.example/crawler)"})
    )


def read(robots, body, status=200):
    return robots._read(ORIGIN, Response(f"{ORIGIN}/robots.txt", status=status, body=body))


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        pytest.param(b"User-agent: *\nDisallow: /x\n", "/x/1", False, id="disallowed"),
        pytest.param(b"User-agent: *\nDisallow: /x\nAllow: /x/1\n", "/x/1", True, id="longer rule wins"),
        pytest.param(
            b"User-agent: *\nDisallow: /\n\nUser-agent: WhoMatters\nAllow: /\n", "/x", True, id="our name wins"
        ),
        pytest.param(b"User-agent: matters\nDisallow: /\n", "/x", True, id="part of our name is another's"),
        pytest.param(
            b"User-agent: *\nDisallow: /\n\nUser-agent: who\nAllow: /\n", "/x", False, id="the beginning of it as well"
        ),
        pytest.param(b"User-agent: WhoMatters/2.0 # us\nDisallow: /x\n", "/x", False, id="our name with a version"),
        pytest.param(b"User-Agent : whomatters*\rDisallow: /x\r", "/x", False, id="with a star, lines of old"),
        pytest.param(b"User-agent: whomatters-news\nDisallow: /x\n", "/x", True, id="more than our name"),
        pytest.param(b"User-agent: x\nUser-agent: whomatters\nDisallow: /x\n", "/x", False, id="two names, one group"),
        pytest.param(
            b"User-agent: whomatters\nDisallow: /y\n\nUser-agent: x\nAllow: /\n\nUser-agent: whomatters\nDisallow: /x\n",
            "/x",
            False,
            id="two groups, one name",
        ),
        pytest.param(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/x", False, id="byte order mark"),
        pytest.param(b"User-agent: *\r\nDisallow: /*.php$\r\n", "/a.php", False, id="wildcards"),
        pytest.param(b"<html>not found</html>", "/x", True, id="a page instead"),
        pytest.param(b"\xff\xfe\x00garbage\x00", "/x", True, id="garbage"),
        pytest.param(b"# x\n" * 128_000 + b"User-agent: *\nDisallow: /\n", "/x", True, id="past 500 KiB"),
    ],
)
def test_rules_are_read_as_rfc_9309_says(robots, body, path, allowed):
    """The longest matching rule of the group that names us, or of `*`; only the first 500 KiB count."""
    assert read(robots, body).parser.can_fetch(ORIGIN + path, "whomatters") is allowed


@pytest.mark.parametrize(
    ("status", "closed"),
    [
        (404, None),
        (401, None),
        (403, None),
        (410, None),
        (301, None),
        (429, RefusalReason.ROBOTS_UNREACHABLE),
        (500, RefusalReason.ROBOTS_UNREACHABLE),
        (503, RefusalReason.ROBOTS_UNREACHABLE),
    ],
)
def test_no_robots_is_permission_and_a_failing_server_is_none(robots, status, closed):
    """4xx means there is none; 429 and 5xx mean stay out."""
    assert read(robots, b"", status).closed is closed


@pytest.mark.parametrize(
    ("error", "closed"),
    [
        pytest.param(TimeoutError(), RefusalReason.ROBOTS_UNREACHABLE, id="time-out"),
        pytest.param(RequestRefused(RefusalReason.TOO_LARGE, "x"), RefusalReason.ROBOTS_UNREACHABLE, id="endless"),
        pytest.param(RequestRefused(RefusalReason.REDIRECT_LOOP, "x"), None, id="too many redirects"),
        pytest.param(
            RequestRefused(RefusalReason.FORBIDDEN_ADDRESS, "x"), RefusalReason.FORBIDDEN_ADDRESS, id="leads inside"
        ),
        pytest.param(ConnectionResetError(), RefusalReason.CONNECTION, id="no connection"),
        pytest.param(ZeroDivisionError(), RefusalReason.ROBOTS_UNREACHABLE, id="anything else"),
    ],
)
def test_a_robots_that_cannot_be_read_keeps_us_out(robots, error, closed):
    """Whatever goes wrong, we stay out; only too many redirects count as none (RFC 9309, 2.3.1.2)."""
    assert robots._unreadable(ORIGIN, error).closed is closed


def test_rules_hold_for_a_day(monkeypatch):
    """RFC 9309, 2.4: an origin's robots.txt is asked for once in 24 hours, and then again."""
    asked, now = [], [1_000.0]

    async def download(request):
        asked.append(request.url)
        return Response(request.url, status=200, body=f"User-agent: *\nDisallow: /{len(asked)}\n".encode())

    async def day():
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now[0])
        crawler = SimpleNamespace(settings={"USER_AGENT": "x/1"}, engine=SimpleNamespace(download_async=download))
        middleware, refused = RobotsMiddleware(crawler), []
        for hours in (0, 1, 22.9, 0.2):
            now[0] += hours * 3_600
            try:
                await middleware.process_request(Request(f"{ORIGIN}/1"))
            except RequestRefused:
                refused.append(now[0])
        return refused

    with ThreadPoolExecutor(1) as aside:  # the browser tests leave a loop running in this thread
        assert len(aside.submit(lambda: asyncio.run(day())).result()) == 3
    assert asked == [f"{ORIGIN}/robots.txt"] * 2


@pytest.mark.parametrize(("asked", "kept"), [("2.5", 2.5), ("86400", 86400.0), ("-1", 0.0), ("soon", 0.0)])
def test_crawl_delay_is_read_as_it_stands(robots, asked, kept):
    """Seconds, whatever their number; nonsense is none."""
    assert read(robots, f"User-agent: *\nCrawl-delay: {asked}\n".encode()).crawl_delay_s == kept
