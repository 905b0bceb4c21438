"""The Atom feed of changes against RFC 4287, and as a feed reader reads it."""

from __future__ import annotations

import re
from dataclasses import replace

import feedparser
import pytest
from lxml import etree

from generator.config import SiteSection
from generator.records import Changes
from generator.render import render_report
from generator.render.changes import changes_feed
from generator.render.report_index import ReportIndex
from tests.factories import report as fixture_report

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTED = SiteSection(url="https://report.example/snow/")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed_of(report=None, site=None) -> bytes:
    topic = fixture_report.topic().model_copy(update={"site": site} if site else {})
    return changes_feed(ReportIndex(report or fixture_report.make_report(), topic)).content


def elements(body: bytes, path: str) -> list[etree._Element]:
    return etree.fromstring(body).xpath(path, namespaces=ATOM)


@pytest.mark.parametrize("site", [None, HOSTED], ids=["in a zip", "hosted"])
def test_the_feed_keeps_the_rules_of_rfc_4287(site):
    """One id, title and date on the feed and each entry, an author, ids unique, content where no alternate stands."""
    body = feed_of(site=site)
    feed, entries = elements(body, "/a:feed")[0], elements(body, "//a:entry")

    assert len(entries) == 5
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        assert DATE.fullmatch(element.findtext("a:updated", namespaces=ATOM))
        assert len([link for link in element.findall("a:link", ATOM) if link.get("rel") == "alternate"]) <= 1
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "whomatters"
    ids = [element.findtext("a:id", namespaces=ATOM) for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[a-z0-9:-]+", each) for each in ids)
    assert all(entry.findtext("a:content", namespaces=ATOM) for entry in entries)
    for link in elements(body, "//a:link"):
        assert re.match(r"https?://[^\s/]+/", link.get("href")), link.get("href")


def test_a_hosted_feed_names_itself():
    """With a published address the feed links to itself and its entries to profiles; without, it claims no address."""
    links = [(link.get("rel"), link.get("href")) for link in elements(feed_of(site=HOSTED), "/a:feed/a:link")]

    assert links == [
        ("self", "https://report.example/snow/changes/feed.atom"),
        ("alternate", "https://report.example/snow/changes/index.html"),
    ]
    assert elements(feed_of(), "/a:feed/a:link") == []


def test_who_is_gone_has_no_page_to_lead_to():
    """An entry about a person who is no longer scored has no link."""
    gone = elements(feed_of(site=HOSTED), "//a:entry[contains(a:title, 'Left Away')]")

    assert [len(entry.findall("a:link", ATOM)) for entry in gone] == [0]


def test_a_feed_reader_reads_it():
    """feedparser finds nothing wrong, and hostile names as text."""
    found = feedparser.parse(feed_of(site=HOSTED), sanitize_html=False, resolve_relative_uris=False)

    assert (found.bozo, found.version, len(found.entries)) == (0, "atom10", 5)
    assert found.entries[1].title == "Moved: Ada Example"
    assert found.entries[1].content[0].value == "Ada Example moved from 3 to 1 as two new people credit her."


def test_ids_stay_when_more_is_told():
    """Entries of one run keep their ids in the next run's feed, whichever other entries it has."""
    report = fixture_report.make_report()
    step = report.insight.steps[0]
    then = replace(report, as_of=step.until,
                   insight=replace(report.insight, changes=replace(step, changes=step.changes[::-1]), steps=()))  # fmt: skip
    earlier = {e.text for e in elements(feed_of(then), "//a:entry/a:id")}

    assert len(earlier) == 2
    assert earlier <= {e.text for e in elements(feed_of(report), "//a:entry/a:id")}


def test_a_quiet_night_says_so():
    """Nothing changed: the feed's own line says so, the page too, and there is no entry of today."""
    report = fixture_report.make_report()
    since = report.insight.changes.since
    quiet = replace(report, insight=replace(report.insight, changes=Changes(since, (), report.as_of)))
    pages = {page.path: page.body for page in render_report(quiet, fixture_report.topic()).pages}

    assert elements(feed_of(quiet), "/a:feed/a:subtitle")[0].text == (
        "Nothing of note changed, 24\u00a0January 2026 to 31\u00a0January 2026."
    )
    assert "Nothing of note changed." in pages["changes/index.html"]
    assert not [e for e in elements(feed_of(quiet), "//a:entry/a:updated") if e.text.startswith("2026-01-31")]
