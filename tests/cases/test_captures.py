"""Which captures of vanished sites are fetched from a web archive, and when none are fetched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from generator.crawl.responses import body_digest
from generator.pipeline.capture_fetching import fetch_captures
from generator.pipeline.fetching import Fetcher
from generator.records import ArchiveRecordRef, FetchRequest, PastRun, Purpose, Refusal, RefusalReason, Snapshot, Url
from generator.workspace import Workspace

FIRST, SECOND, THIRD = date(2026, 1, 29), date(2026, 1, 30), date(2026, 1, 31)
HOME, PIT = Url("http://gone.example/"), Url("http://gone.example/pit")
CAPTURED = datetime(2024, 5, 24, 11, 49, 37, tzinfo=UTC)
BODY = b"<p>A pit in the snow.</p>"


def page(url=PIT, at=CAPTURED):
    place = ArchiveRecordRef(Url("https://data.example/x.warc.gz"), 1, 9, "A", at)
    return FetchRequest(Url(url), Purpose.POST, capture=place)


class Web:
    """A crawler that gets one answer from the host, and every capture from the web archive."""

    def __init__(self, says):
        self.says, self.asked, self.taken = says, [], []

    def fetch(self, wave):
        for request in wave:
            if request.capture is None:
                self.asked.append(request.url)
                there = isinstance(self.says, Snapshot)
                yield replace(self.says, url=request.url) if there else Refusal(request.url, request.purpose, self.says)
                continue
            self.taken.append(request.url)
            yield Snapshot(request.url, request.url, request.purpose, 200, "text/html", BODY, body_digest(BODY),
                           request.capture.captured_at)  # fmt: skip


def night(state, says, pages=None, *, day=FIRST, forbidden=(), **more):
    """One night in which the host says this: what was taken of it, what refused, and what its page is afterwards."""
    web = Web(says)
    with Workspace(state, as_of=day) as workspace:
        fetcher = Fetcher(workspace, web, day, **more)
        asked, refused = fetch_captures(pages or (page(),), fetcher, forbidden=lambda url: url in forbidden)
        heard = list(fetcher.fetch([FetchRequest(PIT, Purpose.POST)]))
        fetcher.finish()
        workspace.finish(PastRun(day, (), ()))
        assert asked == len(web.taken) + len([r for r in refused if r.reason is RefusalReason.BUDGET])
        return web, [refusal.reason for refusal in refused], heard[0], fetcher.stale_hosts()


def test_pages_of_a_site_that_is_gone_are_archived_as_its_own(tmp_path):
    """With their address and their day; the site is named among those shown from the archive."""
    web, refused, heard, stale_hosts = night(tmp_path, RefusalReason.CONNECTION)

    assert (web.taken, refused) == ([PIT], [])
    assert (heard.url, heard.fetched_at, heard.body) == (PIT, CAPTURED, BODY)
    assert [told.host for told in stale_hosts] == ["gone.example"]


def test_what_was_taken_is_not_taken_again(tmp_path):
    """Captures never change: the next night reads the archive."""
    night(tmp_path, RefusalReason.CONNECTION)
    web, _, heard, _ = night(tmp_path, RefusalReason.CONNECTION, day=SECOND)

    assert (web.taken, heard.body) == ([], BODY)


def alive():
    body = b"<p>I am here.</p>"
    return Snapshot(HOME, HOME, Purpose.HOME, 200, "text/html", body, body_digest(body), CAPTURED)


@pytest.mark.parametrize(
    "says",
    [
        alive(), RefusalReason.NOT_FOUND, RefusalReason.FORBIDDEN, RefusalReason.ROBOTS, RefusalReason.ROBOTS_UNREACHABLE,
        RefusalReason.SERVER_ERROR, RefusalReason.TIMEOUT, RefusalReason.RATE_LIMITED, RefusalReason.FORBIDDEN_ADDRESS,
    ],
    ids=lambda says: getattr(says, "value", "alive"),
)  # fmt: skip
def test_nothing_is_taken_of_a_host_that_is_there(tmp_path, says):
    """It can speak for itself, and what it does not show any more it has withdrawn."""
    assert night(tmp_path, says)[0].taken == []


@pytest.mark.parametrize("says", [RefusalReason.ROBOTS, RefusalReason.FORBIDDEN])
def test_a_no_holds_when_the_site_is_gone(tmp_path, says):
    """A site whose robots.txt shut us out while it was there is not read from elsewhere, on any later night."""
    night(tmp_path, says)
    later = [night(tmp_path, RefusalReason.CONNECTION, day=day)[0].taken for day in (SECOND, THIRD)]

    assert later == [[], []]


def test_an_earlier_denial_of_the_start_page_holds_too(tmp_path):
    """The start page was denied in an earlier crawl, before any capture was requested."""
    with Workspace(tmp_path, as_of=FIRST) as workspace:
        workspace.note_refusal(Refusal(HOME, Purpose.HOME, RefusalReason.ROBOTS, "robots.txt says no"))
        workspace.finish(PastRun(FIRST, (), ()))
    later = []
    for day in (SECOND, THIRD):
        later.append(night(tmp_path, RefusalReason.CONNECTION, day=day)[0].taken)
        with Workspace(tmp_path, as_of=day) as workspace:  # asked in passing as well, and gone
            workspace.note_refusal(Refusal(HOME, Purpose.HOME, RefusalReason.CONNECTION))

    assert later == [[], []]


def test_captures_of_sites_left_out_are_not_fetched(tmp_path):
    """This holds for a single page and for a whole site, and the site is not requested either."""
    assert night(tmp_path / "page", RefusalReason.CONNECTION, forbidden={PIT})[0].taken == []
    assert night(tmp_path / "home", RefusalReason.CONNECTION, forbidden={HOME})[0].taken == []


def test_an_archive_in_place_of_the_web_takes_nothing(tmp_path):
    """Then everything is answered from it alone."""
    web, _, _, _ = night(tmp_path, RefusalReason.CONNECTION, live=False)
    assert (web.taken, web.asked) == ([], [PIT])


def test_the_run_s_requests_bound_it(tmp_path):
    """What is over is refused, and taken another night."""
    pages = tuple(page(f"http://gone.example/{n}") for n in range(4))
    web, refused, _, _ = night(tmp_path, RefusalReason.CONNECTION, pages, max_requests=3)

    assert len(web.taken) == 2
    assert refused == [RefusalReason.BUDGET] * 2


def test_a_night_takes_thirty_pages_of_a_host_the_start_page_and_the_newest_first(tmp_path):
    """The rest follows in the next nights."""
    days = [datetime(2024, 1, 1 + n % 28, n // 28, tzinfo=UTC) for n in range(34)]
    pages = (
        *(page(f"http://gone.example/{n}", at) for n, at in enumerate(days)),
        page(HOME, datetime(2013, 1, 1, tzinfo=UTC)),
    )
    first, _, _, _ = night(tmp_path, RefusalReason.CONNECTION, pages)
    second, _, _, _ = night(tmp_path, RefusalReason.CONNECTION, pages, day=SECOND)

    assert len(first.taken) == 30
    assert first.taken[:2] == [HOME, "http://gone.example/27"]
    assert sorted(first.taken + second.taken) == sorted(one.url for one in pages)
