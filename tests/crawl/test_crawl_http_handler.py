"""The live crawl against servers on this machine that stall, lie, redirect and send bombs."""

from __future__ import annotations

import pytest

from generator.crawl import Crawler
from generator.records import FetchRequest, Purpose, RefusalReason, Url

AGENT = "whomatters/0.1 (+https://agency.example/crawler)"


@pytest.fixture(scope="module")
def web(loopback):
    """One live crawl, allowed to ask the loopback servers on their one port."""
    with Crawler(user_agent=AGENT, delay_s=0, loopback_port=loopback.port, timeout_s=1.0) as crawler:
        crawler.at = lambda path, host="127.0.0.1": Url(f"http://{host}:{loopback.port}{path}")
        yield crawler


def ask(web, url, purpose=Purpose.POST, **validators):
    (answer,) = web.fetch([FetchRequest(url, purpose, **validators)])
    return answer


def test_robots_5xx_keeps_us_out(web, loopback):
    """Where robots.txt cannot be read because the server fails, no page is asked for (RFC 9309)."""
    answer = ask(web, web.at("/page", "127.0.0.2"))

    assert answer.reason is RefusalReason.ROBOTS_UNREACHABLE
    assert loopback.paths("127.0.0.2") == ["/robots.txt"]


def test_robots_that_does_not_come_in_time_keeps_us_out(web, loopback):
    """A robots.txt that times out is a server that fails, not a permission."""
    answer = ask(web, web.at("/page", "127.0.0.5"))

    assert answer.reason is RefusalReason.ROBOTS_UNREACHABLE
    assert set(loopback.paths("127.0.0.5")) == {"/robots.txt"}


def test_hosts_do_not_wait_for_one_another(loopback):
    """With a delay between requests to a host, the answers of two hosts alternate."""
    urls = [Url(f"http://127.0.0.{host}:{loopback.port}/{n}") for n in range(4) for host in (1, 3)]
    with Crawler(user_agent=AGENT, delay_s=0.2, loopback_port=loopback.port, timeout_s=10.0) as crawler:
        hosts = [answer.url.split(":")[1] for answer in crawler.fetch([FetchRequest(u, Purpose.POST) for u in urls])]

    first, second = sorted(set(hosts))
    assert sorted(hosts) == [first] * 4 + [second] * 4
    assert hosts != sorted(hosts)
    assert hosts != sorted(hosts, reverse=True)


@pytest.mark.parametrize("path", ["/metadata", "/inside"])
def test_a_redirect_into_a_private_network_is_not_followed(web, loopback, path):
    """The target is refused before it is contacted."""
    answer = ask(web, web.at(path))

    assert answer.reason is RefusalReason.FORBIDDEN_ADDRESS
    assert loopback.paths("other") == []


def test_one_connection_at_a_time_for_a_host_without_delay(web, loopback):
    """With a delay of zero, a host still meets one request at a time."""
    answers = list(web.fetch([FetchRequest(web.at(f"/slow/{n}", "127.0.0.3"), Purpose.POST) for n in range(8)]))

    assert [answer.status for answer in answers] == [200] * 8
    assert loopback.busiest["127.0.0.3"] == 1


def test_a_gzip_bomb_is_cut_at_the_limit(web):
    """What unpacks beyond 10 MB is TOO_LARGE."""
    assert ask(web, web.at("/bomb")).reason is RefusalReason.TOO_LARGE


def test_a_slow_drip_is_cut(web):
    """A byte every tenth of a second does not extend the time-out of the whole answer, which would take ten."""
    assert ask(web, web.at("/drip")).reason is RefusalReason.TIMEOUT


def test_an_answer_cut_short_is_a_broken_connection(web):
    """Fewer bytes than promised are no page."""
    assert ask(web, web.at("/short")).reason is RefusalReason.CONNECTION


def test_a_modest_retry_after_is_waited_for(web, loopback):
    """A server that is busy for a second is asked once more."""
    assert ask(web, web.at("/busy")).status == 200
    assert loopback.paths("127.0.0.1").count("/busy") == 2


def test_a_host_that_asks_for_peace_gets_it(web, loopback):
    """After a Retry-After of an hour, the host is not asked again in this run."""
    first = ask(web, web.at("/peace", "127.0.0.4"))
    second = ask(web, web.at("/page", "127.0.0.4"))

    assert (first.reason, second.reason) == (RefusalReason.RATE_LIMITED, RefusalReason.RATE_LIMITED)
    assert loopback.paths("127.0.0.4") == ["/robots.txt", "/peace"]


def test_a_feed_is_asked_for_fresh_with_validators_and_without_cookies(web, loopback):
    """Validators go out, caches are told to check, cookies stay unsent, we say who we are."""
    first = ask(web, web.at("/feed"), Purpose.FEED)
    second = ask(web, web.at("/feed"), Purpose.FEED, etag=first.etag)
    sent = loopback.headers("127.0.0.1", "/feed")[-1]

    assert (first.status, second.status, second.not_modified, second.body) == (200, 304, True, b"")
    assert sent["User-Agent"] == AGENT
    assert sent["Cache-Control"] == "max-age=0"
    assert "Cookie" not in sent


def test_every_header_with_rules_for_robots_is_kept_apart(web):
    """A robot's name holds to the end of its header, so that where a header ends must not be lost."""
    assert ask(web, web.at("/robot-rules")).robots_tag == "otherbot: noindex\nwhomatters: noarchive, nofollow"


def test_an_address_nobody_listens_at_is_a_connection_refusal(loopback):
    """A refused connection costs its address, nothing else."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Crawler(user_agent=AGENT, delay_s=0, loopback_port=port, timeout_s=1.0) as web:
        assert ask(web, Url(f"http://127.0.0.1:{port}/")).reason is RefusalReason.CONNECTION
