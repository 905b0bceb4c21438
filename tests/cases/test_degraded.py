"""What a night leaves of hosts that fail in it, and how long they are left in peace."""

from __future__ import annotations

from datetime import UTC, date, datetime

from generator.crawl.responses import body_digest
from generator.pipeline.fetching import Fetcher
from generator.records import FailingHost, FetchRequest, Purpose, Refusal, RefusalReason, Snapshot, StaleHost, Url
from generator.workspace import Workspace

FIRST, SECOND = date(2026, 1, 30), date(2026, 1, 31)
HOME, FEED = Url("https://a.example/"), Url("https://a.example/feed")


class Web:
    """A crawler that answers from a dictionary and writes down what it was asked."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def fetch(self, wave):
        for request in wave:
            self.asked.append(request)
            yield self.answers[request.url]


def ok(url, shot_body=b"<p>hello</p>"):
    return Snapshot(url, url, Purpose.HOME, 200, "text/html", shot_body, body_digest(shot_body),
                    datetime(2026, 1, 30, tzinfo=UTC), etag='"v1"')  # fmt: skip


def night(state, day, answers, **more):
    """One night: what was asked, what came of it, and who is degraded."""
    web = Web(answers)
    with Workspace(state, as_of=day) as workspace:
        fetcher = Fetcher(workspace, web, day, **more)
        heard = list(fetcher.fetch([FetchRequest(url, Purpose.HOME) for url in (HOME, FEED)]))
        fetcher.finish()
        return web.asked, heard, fetcher.stale_hosts(), workspace.failing_hosts()


def failed(url):
    return Refusal(url, Purpose.HOME, RefusalReason.TIMEOUT, "no complete answer in time")


def test_a_host_that_fails_is_shown_from_the_archive_and_named(tmp_path):
    """What it said last night stands; the report says so, and since when."""
    night(tmp_path, FIRST, {HOME: ok(HOME), FEED: ok(FEED, b"feed")})
    _, heard, stale_hosts, troubles = night(tmp_path, SECOND, {HOME: failed(HOME), FEED: failed(FEED)})

    assert [answer.body for answer in heard] == [b"<p>hello</p>", b"feed"]
    assert stale_hosts == (StaleHost("a.example", RefusalReason.TIMEOUT, SECOND),)
    assert troubles == {"a.example": FailingHost("a.example", 1, SECOND, SECOND)}


def test_a_run_that_goes_on_reads_the_archive_for_what_had_failed_before_it_was_stopped(tmp_path):
    """The journal's refusals are treated as those of the web."""
    night(tmp_path, FIRST, {HOME: ok(HOME), FEED: ok(FEED, b"feed")})
    _, first, _, _ = night(tmp_path, SECOND, {HOME: failed(HOME), FEED: failed(FEED)})
    asked, again, stale_hosts, _ = night(tmp_path, SECOND, {})

    assert (asked, again) == ([], first)
    assert stale_hosts == (StaleHost("a.example", RefusalReason.TIMEOUT, SECOND),)


def test_a_host_that_failed_for_weeks_rests_and_comes_back(tmp_path):
    """Resting, it is not asked; when it is due and answers, it is as any other."""
    night(tmp_path, FIRST, {HOME: ok(HOME), FEED: ok(FEED, b"feed")})
    with Workspace(tmp_path, as_of=SECOND) as workspace:
        workspace.save_failing_hosts([FailingHost("a.example", 6, date(2026, 1, 1), FIRST)])
    asked, heard, stale_hosts, _ = night(tmp_path, SECOND, {})
    due, _, well, troubles = night(tmp_path, date(2026, 2, 7), {HOME: ok(HOME), FEED: ok(FEED, b"feed")})

    assert (asked, [answer.status for answer in heard]) == ([], [200, 200])
    assert stale_hosts == (StaleHost("a.example", RefusalReason.RESTING, date(2026, 1, 1)),)
    assert ([request.etag for request in due], well, troubles) == (['"v1"', '"v1"'], (), {})


def test_the_budget_of_requests_is_kept(tmp_path):
    """Requests over the budget are refused or read from the archive; the host does not count as failing."""
    asked, heard, stale_hosts, troubles = night(tmp_path, FIRST, {HOME: ok(HOME)}, max_requests=1)

    assert [request.url for request in asked] == [HOME]
    assert [getattr(answer, "reason", None) for answer in heard] == [RefusalReason.BUDGET, None]
    assert (stale_hosts, troubles) == ((), {})
