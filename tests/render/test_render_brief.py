"""The brief: what a sheet holds, what it leaves unsaid, and which duties it recalls."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config import Brief, SiteSection
from generator.render import render_report
from generator.render.compliance import compliance_notes
from tests.factories import report as fixture_report
from tests.factories.report import render, text_of


def test_history_stays_out_of_the_hosted_brief():
    """What was said in private is in the hand-off only, unless the topic shows it."""
    site = render_report(fixture_report.make_report(), fixture_report.topic())
    hosted = {page.path: page.body for page in site.pages}

    assert not [path for path, body in hosted.items() if "SECRET" in body or "Gone &lt;b&gt;" in body]
    assert not [file.path for file in site.files if b"SECRET" in file.content]
    assert [(page.path, "SECRET chat" in page.body) for page in site.handoff_pages] == [("brief/index.html", True)]


def test_history_is_shown_where_the_topic_says_so():
    """show_relationships puts it into the one brief there then is."""
    topic = fixture_report.topic().model_copy(update={"site": SiteSection(show_relationships=True)})
    site = render_report(fixture_report.make_report(), topic)

    hosted = {page.path: page.body for page in site.pages}
    assert {path for path, body in hosted.items() if "SECRET" in body} == {
        "brief/index.html", "people/ada-example.html", "people/dee-img.html",
    }  # fmt: skip
    assert site.handoff_pages == ()


def test_the_book_is_shown_by_what_is_due_and_nobody_in_it_is_lost():
    """An overdue line comes first and says so; a person who is no longer in the report is listed without a link."""
    page = render_report(fixture_report.make_report(), fixture_report.topic()).handoff_pages[0]
    people = LexborHTMLParser(page.body).css(".inf-known__one")

    assert [" ".join(node.css_first("h3").text().split()) for node in people] == [
        f"Dee {fixture_report.IMG}", "Ada Example", "Gone <b>Person</b> not in this report",
    ]  # fmt: skip
    assert "To do, by 5\u00a0January 2026, overdue." in people[0].text()
    assert "send it, by 9\u00a0February 2026." in people[1].text()
    assert people[2].css_first("h3 a") is None


def test_every_sheet_of_the_brief_has_its_parts(bodies):
    """Listen first, common ground, offer, path, door and checks stand on each sheet."""
    sheets = LexborHTMLParser(bodies["brief/index.html"]).css(".inf-sheet")

    assert [node.text() for node in sheets[0].css("h3")] == [
        "Listen first", "Common ground", "What to offer them", "The door", "Warm path", "Check before you rely on it",
    ]  # fmt: skip
    assert len(sheets) == 5


def test_common_ground_and_offers_are_quoted_and_what_is_not_chosen_is_said(bodies):
    """The client's clause stands beside their sentence, an offer beside its rule and theirs; the others are named."""
    sheet = LexborHTMLParser(bodies["brief/index.html"]).css(".inf-sheet")[0]
    common, offers = (" ".join(sheet.css(".inf-sheet__part")[at].text().split()) for at in (1, 2))

    assert "Your story: “a flask that survives”. They wish: A flask that survives a fall" in common
    assert "early sample, inferred: they try things out. I tested it." in offers
    assert offers.endswith("Not chosen: ride-along with the design team.")
    assert len(sheet.css(".inf-sheet__part")[2].css("figure a[href]")) == 1


def test_words_quoted_as_common_ground_are_not_quoted_again():
    """An offer that rests on a sentence under common ground points there."""
    report = fixture_report.make_report()
    sheets = tuple(
        replace(sheet, offers=tuple(replace(offer, said=sheet.common_ground[0].theirs) for offer in sheet.offers))
        for sheet in report.insight.worksheets
    )
    body = render(replace(report, insight=replace(report.insight, worksheets=sheets)))["brief/index.html"]
    offers = LexborHTMLParser(body).css(".inf-sheet")[0].css(".inf-sheet__part")[2]

    assert "they try things out, as quoted above." in offers.text()
    assert offers.css("figure") == []


def test_where_no_offer_fits_that_is_said():
    """The sheet says if no offer matches a person, and if the topic has no offers."""
    report = fixture_report.make_report()
    bare = replace(report, insight=replace(report.insight, worksheets=tuple(
        replace(sheet, offers=()) for sheet in report.insight.worksheets)))  # fmt: skip
    silent = fixture_report.topic().model_copy(update={"brief": Brief()})
    texts = [render(bare, topic)["brief/index.html"] for topic in (fixture_report.topic(), silent)]

    assert texts[0].count("Nothing they wrote matches one of your offers.") == 5
    assert texts[0].count("Not chosen: early sample; ride-along with the design team.") == 5
    assert texts[1].count("The topic file names no offers.") == 5


@pytest.mark.parametrize(
    ("region", "first", "elsewhere"),
    [("uk", ["United Kingdom"], 4), ("UK, eu", ["United Kingdom", "European Union"], 3), ("usa", ["United States"], 4),
     ("", ["United Kingdom", "European Union", "United States", "Canada", "Australia"], 0),
     ("mars", ["United Kingdom", "European Union", "United States", "Canada", "Australia"], 0)],
)  # fmt: skip
def test_duties_follow_the_region(region, first, elsewhere):
    """The brief's region comes first; an unknown one gets them all rather than none."""
    here, others = compliance_notes(region)

    assert [duties.region for duties in here] == first
    assert len(others) == elsewhere


def test_the_brief_says_it_is_no_legal_advice(bodies):
    """Reminders with links, and not more than that."""
    assert "not legal advice" in text_of(bodies["brief/index.html"], ".inf-duties")


def test_a_topic_without_a_brief_still_has_one(rendered):
    """No client, no story, no offer: the sheets stand all the same."""
    topic = fixture_report.topic().model_copy(update={"brief": Brief()})
    pages = render(fixture_report.make_report(), topic)

    assert len(LexborHTMLParser(pages["brief/index.html"]).css(".inf-sheet")) == 5
