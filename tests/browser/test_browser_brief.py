"""The brief on paper: one sheet a person in a real browser's PDF, whatever there is to say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.config import SiteSection
from generator.publish import publish_site
from generator.records import CommonGround, HistoryEntry, OfferMatch, Quotation, Stance
from generator.render import render_report
from tests.factories import report as fixture_report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fullest(tmp_path_factory) -> Path:
    """A brief whose sheets hold as much as insight ever gives them: every list full, every quotation at its longest."""
    report, topic = fixture_report.make_report(), fixture_report.topic()
    long = "Whoever digs in the first light of the day sees more of the old layers than anybody. " * 4
    said = Quotation(long[:279] + "…", "https://a.example/p", fixture_report.AS_OF, long[:120])
    sheets = tuple(
        replace(
            sheet, why=long[:230], listen_first=tuple(replace(r, title=long[:90], why=long[:80]) for r in sheet.listen_first),
            common_ground=tuple(CommonGround(long[:150], said, Stance.DIFFICULTIES, ("flask",), weight) for weight in (5.0, 4.0, 3.0)),
            offers=(OfferMatch(long[:60], long[:60], replace(said, url="https://b.example/p")),) * 6, verify=(long[:180],) * 9, avoid=(long[:140],) * 3,
            path=tuple(replace(step, evidence=replace(step.evidence, quote=said.text)) for step in (sheet.path * 4)[:4]),
            history=(HistoryEntry("ada-example", fixture_report.AS_OF, "email", "out", long[:250], "a sample", "send it", fixture_report.AS_OF),) * 8,
        )
        for sheet in report.insight.worksheets
    )  # fmt: skip
    profiles = tuple(replace(profile, door=replace(profile.door, quote=said)) for profile in report.insight.profiles)
    report = replace(report, insight=replace(report.insight, worksheets=sheets, profiles=profiles))
    topic = topic.model_copy(update={"site": SiteSection(show_relationships=True)})
    out = tmp_path_factory.mktemp("fullest")
    return publish_site(
        render_report(report, topic), out, settings=topic.site, topic_slug="snow", as_of=fixture_report.AS_OF
    ).site


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("full", [False, True], ids=["usual", "fullest"])
def test_every_worksheet_is_one_sheet_of_paper(watched, fullest, paper, full):
    """Printed alone each sheet is one page, also where every list is full and every quotation at its longest."""
    page = watched.open("brief/index.html")
    if full:
        page.goto(f"file://{fullest}/brief/index.html")
    page.add_style_tag(
        content=".md-content__inner > :not(.chosen) { display: none !important } .inf-sheet { break-before: auto !important }"
    )
    pages = []
    for number in range(page.locator(".inf-sheet").count()):
        page.evaluate(
            "n => document.querySelectorAll('.inf-sheet').forEach((s, i) => s.classList.toggle('chosen', i === n))",
            number,
        )
        pages.append(len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper))))
    assert pages == [1, 1, 1, 1, 1]
