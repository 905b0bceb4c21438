"""An archive as the web: the whole crawl, child process included, answered from small WARC files."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.crawl import Crawler
from generator.errors import ArchiveError
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, Snapshot, Url

AGENT = "whomatters/0.1 (+https://agency.example/crawler)"
HELLO_DIGEST = "sha1:EH2SPSI2J7IA53E7X7MLVOIBNGZPXYIP"


@pytest.fixture(scope="module")
def web(tmp_path_factory, warc_at):
    """One crawl over one archive with every kind of answer; shared, because its start-up costs a second."""
    warc = warc_at(tmp_path_factory.mktemp("web") / "pages.warc.gz")
    warc.add(
        "https://a.example/", b"<p>hello</p>", X_Robots_Tag="NoIndex", Last_Modified="Mon, 05 Jan 2026 00:00:00 GMT"
    )
    warc.add("https://a.example/tagged", b"<p>tagged</p>", ETag='"v7"', Last_Modified="Mon, 05 Jan 2026 00:00:00 GMT")
    warc.add("https://a.example/caf%C3%A9?q=two+words", b"<p>accents</p>")
    warc.add("https://port.example:8080/", b"<p>port</p>")
    warc.redirect("http://old.example/", "https://mid.example/x", 302).redirect(
        "https://mid.example/x", "https://a.example/"
    )
    warc.redirect("http://up.example/", "https://up.example/").add("https://up.example/", b"<p>up</p>")
    for name, body in (
        ("closed", b"User-agent: *\nDisallow: /private\n"),
        ("named", b"User-agent: whomatters\nDisallow: /\n"),
    ):
        warc.add(f"https://{name}.example/robots.txt", body, content_type="text/plain")
        warc.add(f"https://{name}.example/", b"<p>x</p>").add(f"https://{name}.example/private/1", b"<p>x</p>")
    warc.redirect("https://a.example/to-closed", "https://closed.example/private/1")
    for status in (503, 429):
        warc.add(f"https://down{status}.example/robots.txt", b"", status=status).add(
            f"https://down{status}.example/", b"x"
        )
    warc.add("https://gone.example/robots.txt", b"", status=410).add("https://gone.example/", b"<p>gone</p>")
    warc.redirect("https://hop0.example/robots.txt", "https://hop1.example/robots.txt").add(
        "https://hop0.example/", b"hop"
    )
    for n in range(1, 7):
        warc.redirect(f"https://hop{n}.example/robots.txt", f"https://hop{n + 1}.example/robots.txt")
    warc.add("https://hop7.example/robots.txt", b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    warc.redirect("https://near0.example/robots.txt", "https://near1.example/robots.txt").add(
        "https://near0.example/", b"n"
    )
    warc.add("https://near1.example/robots.txt", b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    warc.redirect("https://loop.example/a", "https://loop.example/b").redirect(
        "https://loop.example/b", "https://loop.example/a"
    )
    for n in range(12):
        warc.redirect(f"https://far.example/{n}", f"https://far.example/{n + 1}")
    warc.add("https://far.example/12", b"<p>far</p>")
    warc.redirect("https://bad.example/metadata", "http://169.254.169.254/latest/meta-data/")
    warc.add("http://169.254.169.254/latest/meta-data/", b"secret")
    warc.redirect("https://bad.example/mail", "mailto:ada@a.example").redirect(
        "https://bad.example/ssh", "http://a.example:22/"
    )
    warc.add("https://big.example/page", b"x" * (10 * 1024 * 1024 + 1)).add(
        "https://big.example/feed", b"x" * 11_000_000
    )
    warc.add("https://big.example/bomb", gzip.compress(b"\0" * 12_000_000), Content_Encoding="gzip", digest=False)
    warc.add("https://big.example/packed", gzip.compress(b"<p>hello</p>"), Content_Encoding="gzip", digest=False)
    warc.add("https://big.example/odd", b"???", Content_Encoding="snappy")
    warc.add("https://img.example/a.png", b"\x89PNG\r\n", content_type="image/png")
    warc.add("https://img.example/lie", b"\x89PNG\r\n\x1a\n", content_type="text/html")
    for status in (401, 403, 404, 410, 418, 451, 500, 503):
        warc.add(f"https://status.example/{status}", b"no", status=status)
    warc.add("https://status.example/503-later", b"no", status=503, Retry_After="9")
    with Crawler(user_agent=AGENT, delay_s=60, replay=(warc.write(),)) as crawler:
        yield crawler


def ask(web, url, purpose=Purpose.POST, **validators):
    answers = list(web.fetch([FetchRequest(Url(url), purpose, **validators)]))
    assert len(answers) == 1
    return answers[0]


def test_an_archived_page_answers_with_its_bytes_date_and_digest(web):
    """A replayed snapshot is the archived response: body, type, WARC-Date, payload digest, validators."""
    assert ask(web, "https://a.example/") == Snapshot(
        url=Url("https://a.example/"),
        final_url=Url("https://a.example/"),
        purpose=Purpose.POST,
        status=200,
        content_type="text/html",
        body=b"<p>hello</p>",
        digest=HELLO_DIGEST,
        fetched_at=datetime(2026, 1, 15, 10, 20, 30, tzinfo=UTC),
        etag=f'"{HELLO_DIGEST[5:]}"',
        last_modified="Mon, 05 Jan 2026 00:00:00 GMT",
        robots_tag="noindex",
    )


@pytest.mark.parametrize(
    ("url", "body"),
    [
        pytest.param("http://a.example/", b"<p>hello</p>", id="scheme"),
        pytest.param("https://a.example/café?q=two%20words", b"<p>accents</p>", id="encoding"),
        pytest.param("https://port.example/", b"<p>port</p>", id="port"),
        pytest.param("http://up.example/", b"<p>up</p>", id="http to https is one resource"),
    ],
)
def test_spellings_of_one_resource_share_its_answer(web, url, body):
    """Scheme, port and percent-encoding do not tell archived resources apart."""
    assert ask(web, url).body == body


def test_an_address_the_archive_does_not_hold_is_a_404(web):
    """What is not archived does not exist."""
    assert ask(web, "https://nowhere.example/") == Refusal(
        Url("https://nowhere.example/"), Purpose.POST, RefusalReason.NOT_FOUND, "answered 404"
    )


@pytest.mark.parametrize(
    ("url", "validators", "status"),
    [
        pytest.param("https://a.example/tagged", {"etag": '"v7"'}, 304, id="archived etag"),
        pytest.param("https://a.example/tagged", {"etag": 'W/"v7"'}, 304, id="weak etag"),
        pytest.param("https://a.example/", {"etag": f'"{HELLO_DIGEST[5:]}"'}, 304, id="payload digest"),
        pytest.param("https://a.example/", {"last_modified": "Mon, 05 Jan 2026 00:00:00 GMT"}, 304, id="same date"),
        pytest.param("https://a.example/", {"last_modified": "Sun, 04 Jan 2026 00:00:00 GMT"}, 200, id="older copy"),
        pytest.param("https://a.example/", {"last_modified": "yesterday"}, 200, id="no date"),
        pytest.param(
            "https://a.example/tagged",
            {"etag": '"v6"', "last_modified": "Mon, 05 Jan 2026 00:00:00 GMT"},
            200,
            id="etag decides alone",
        ),
        pytest.param("http://old.example/", {"etag": f'"{HELLO_DIGEST[5:]}"'}, 304, id="behind redirects"),
    ],
)
def test_conditional_requests_are_answered_as_a_server_would(web, url, validators, status):
    """Validators that still hold give a 304 without a body; If-None-Match decides alone where present."""
    answer = ask(web, url, **validators)

    assert (answer.status, answer.not_modified, answer.body == b"") == (status, status == 304, status == 304)


def test_redirects_are_followed_and_recorded(web):
    """A snapshot names where it was asked, where it ended, and every address in between."""
    answer = ask(web, "http://old.example/")

    assert (answer.url, answer.redirects, answer.final_url) == (
        "http://old.example/",
        ("https://mid.example/x",),
        "https://a.example/",
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("https://closed.example/private/1", RefusalReason.ROBOTS, id="robots says no"),
        pytest.param("https://named.example/", RefusalReason.ROBOTS, id="robots names us"),
        pytest.param("https://a.example/to-closed", RefusalReason.ROBOTS, id="robots of a redirect's target"),
        pytest.param("https://down503.example/", RefusalReason.ROBOTS_UNREACHABLE, id="robots 503"),
        pytest.param("https://down429.example/", RefusalReason.ROBOTS_UNREACHABLE, id="robots 429"),
        pytest.param("https://near0.example/", RefusalReason.ROBOTS, id="robots behind a redirect"),
        pytest.param("https://loop.example/a", RefusalReason.REDIRECT_LOOP, id="circle"),
        pytest.param("https://far.example/0", RefusalReason.REDIRECT_LOOP, id="twelve hops"),
        pytest.param("https://bad.example/metadata", RefusalReason.FORBIDDEN_ADDRESS, id="link-local"),
        pytest.param("https://bad.example/mail", RefusalReason.FORBIDDEN_ADDRESS, id="mailto"),
        pytest.param("https://bad.example/ssh", RefusalReason.FORBIDDEN_ADDRESS, id="port 22"),
        pytest.param("http://127.0.0.1/", RefusalReason.FORBIDDEN_ADDRESS, id="loopback"),
        pytest.param("https://big.example/page", RefusalReason.TOO_LARGE, id="page over 10 MB"),
        pytest.param("https://big.example/bomb", RefusalReason.TOO_LARGE, id="gzip bomb"),
        pytest.param("https://big.example/odd", RefusalReason.BROKEN, id="unknown encoding"),
        pytest.param("https://img.example/a.png", RefusalReason.BAD_TYPE, id="image"),
        pytest.param("https://img.example/lie", RefusalReason.BAD_TYPE, id="image that says html"),
        pytest.param("https://status.example/401", RefusalReason.FORBIDDEN, id="401"),
        pytest.param("https://status.example/403", RefusalReason.FORBIDDEN, id="403"),
        pytest.param("https://status.example/404", RefusalReason.NOT_FOUND, id="404"),
        pytest.param("https://status.example/410", RefusalReason.NOT_FOUND, id="410"),
        pytest.param("https://status.example/418", RefusalReason.BAD_STATUS, id="418"),
        pytest.param("https://status.example/451", RefusalReason.FORBIDDEN, id="451"),
        pytest.param("https://status.example/500", RefusalReason.SERVER_ERROR, id="500"),
        pytest.param("https://status.example/503", RefusalReason.SERVER_ERROR, id="503"),
        pytest.param("https://status.example/503-later", RefusalReason.RATE_LIMITED, id="503 with Retry-After"),
    ],
)
def test_every_way_of_giving_nothing_has_one_reason(web, url, reason):
    """A request without an answer is a refusal with exactly one reason, and names the address asked for."""
    answer = ask(web, url)

    assert isinstance(answer, Refusal)
    assert (answer.url, answer.reason) == (url, reason)
    assert answer.detail


@pytest.mark.parametrize(
    ("url", "purpose", "body"),
    [
        pytest.param("https://closed.example/", Purpose.HOME, b"<p>x</p>", id="robots allows"),
        pytest.param("https://gone.example/", Purpose.HOME, b"<p>gone</p>", id="robots 410 is none"),
        pytest.param("https://hop0.example/", Purpose.HOME, b"hop", id="robots after six redirects is none"),
        pytest.param("https://big.example/packed", Purpose.POST, b"<p>hello</p>", id="archived packed"),
        pytest.param("https://far.example/2", Purpose.POST, b"<p>far</p>", id="ten hops"),
    ],
)
def test_what_the_rules_allow_is_read(web, url, purpose, body):
    """Rules stop only what they name."""
    assert ask(web, url, purpose).body == body


def test_a_feed_may_be_larger_than_a_page(web):
    """Feeds have a limit of their own, 25 MB."""
    assert len(ask(web, "https://big.example/feed", Purpose.FEED).body) == 11_000_000


def test_a_wave_gives_one_answer_for_each_request_even_for_the_same_address(web):
    """Exactly one answer a request; an empty wave asks nothing."""
    wave = [FetchRequest(Url("https://a.example/"), purpose) for purpose in (Purpose.SEED, Purpose.HOME)]

    assert sorted(answer.purpose for answer in web.fetch(wave)) == [Purpose.HOME, Purpose.SEED]
    assert list(web.fetch([])) == []


def test_the_order_of_a_wave_changes_no_answer(web):
    """Same archive, same answers, whatever was asked first."""
    urls = ["https://a.example/", "http://old.example/", "https://closed.example/private/1", "https://loop.example/a"]
    urls += [f"https://status.example/{n}" for n in (403, 404, 500)] + ["https://hop0.example/", "https://up.example/"]
    wave = [FetchRequest(Url(url), Purpose.POST) for url in urls]
    shuffled = wave[::-2] + wave[-2::-2]

    first, second = (sorted(web.fetch(asked), key=lambda answer: answer.url) for asked in (wave, shuffled))

    assert first == second
    assert len(first) == 9


def test_a_wave_left_half_read_does_not_disturb_the_next(web):
    """Answers nobody waited for are nobody's."""
    for _ in web.fetch([FetchRequest(Url(f"https://status.example/{n}"), Purpose.POST) for n in (401, 403, 404, 410)]):
        break

    assert ask(web, "https://a.example/").body == b"<p>hello</p>"


def test_the_first_archive_that_holds_an_address_answers_for_it(new_warc):
    """Several archives are one web; earlier ones win, later ones fill the gaps. A torn end is told, not fatal."""
    first = new_warc("1.warc.gz").add("https://a.example/", b"first").write()
    second = new_warc("2.warc.gz").add("https://a.example/", b"second").add("https://b.example/", b"only here")
    torn = second.add("https://c.example/", os.urandom(5_000)).write()
    torn.write_bytes(torn.read_bytes()[:-2_000])

    with Crawler(user_agent=AGENT, delay_s=0, replay=(first, torn)) as web:
        bodies = [getattr(ask(web, f"https://{name}.example/"), "body", None) for name in "abc"]
        warnings = web.warnings

    assert bodies == [b"first", b"only here", None]
    assert warnings == (f"{torn}: cut off or damaged after 2 records; what came before was read.",)


def test_a_missing_archive_is_told_before_the_first_request(tmp_path):
    """A --replay that cannot be read stops the run with the path and what to do."""
    with pytest.raises(ArchiveError, match=r"nowhere\.warc\.gz: cannot read this archive \(No such file"):
        Crawler(user_agent=AGENT, delay_s=0, replay=(Path(tmp_path / "nowhere.warc.gz"),)).__enter__()
