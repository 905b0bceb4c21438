"""What the pages say, and what they leave unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.records import Period, RefusalReason, Shortlist, StaleHost
from generator.render.charts import activity_chart, sparkline
from generator.render.home import _coverage_comparison
from generator.render.report_index import ReportIndex
from tests.factories import report as fixture_report
from tests.factories.report import render, text_of


def with_coverage(ours: float, theirs: float) -> ReportIndex:
    report = fixture_report.make_report()
    chosen = replace(report.judgement.shortlist, coverage=ours, most_linked_coverage=theirs)
    return ReportIndex(replace(report, judgement=replace(report.judgement, shortlist=chosen)), fixture_report.topic())


def test_the_site_holds_every_page_the_product_names(bodies):
    """Index pages, a page a circle, a profile for each scored person, as files."""
    people = {f"people/{slug}.html" for slug, _, _ in fixture_report.NAMES}
    circles = {"circles/snowpack.html", "circles/splitboard.html", "circles/park.html"}

    assert set(bodies) == people | circles | {
        "index.html", "people/index.html", "circles/index.html", "map/index.html", "conversation/index.html",
        "brief/index.html", "changes/index.html", "method/index.html", "data/index.html", "tags/index.html",
        "tags/avalanche-airbags.html", "tags/wax-1a2b3c.html", "changes/since-2025-12-31.html",
        "changes/since-2025-11-30.html",
    }  # fmt: skip


def test_navigation_lists_index_pages_only(rendered):
    """Profiles and circles are reached from tables, not from a menu of hundreds."""
    assert [page.path for page in rendered.pages if page.in_navigation] == [
        "index.html", "people/index.html", "tags/index.html", "circles/index.html", "map/index.html",
        "conversation/index.html", "brief/index.html", "changes/index.html", "method/index.html", "data/index.html",
    ]  # fmt: skip


def test_a_better_set_is_said_to_be_better():
    """The short list's share stands first, the most-linked beside it."""
    assert _coverage_comparison(with_coverage(0.71, 0.48)).headline == (
        "One post from each of these 5 people reaches 71\u00a0% of the circle; one from each of the 5 most-linked, 48\u00a0%."
    )


def test_a_worse_set_is_not_dressed_up():
    """Where the most-linked reach more, the page says so and why."""
    case = _coverage_comparison(with_coverage(0.40, 0.48))

    assert (
        case.headline
        == "One post from each of these 5 people reaches 40\u00a0% of the circle; one from each of the 5 most-linked, 48\u00a0%."
    )
    assert case.note.startswith("Here the most-linked reach more.")


def test_an_equal_set_is_called_equal():
    """A difference of less than one point is called equal."""
    assert (
        _coverage_comparison(with_coverage(0.484, 0.48)).headline
        == "One post from each of these 5 people reaches 48\u00a0% of the circle; one from each of the 5 most-linked, as much."
    )


def test_a_missed_floor_stands_first(bodies):
    """A run below a floor says so before anything else, and a run above none says nothing."""
    missed = render(fixture_report.make_report(floors=("Only 3 of 40 sites could be reached.",)))

    assert text_of(missed["index.html"], ".inf-notice--warning li") == "Only 3 of 40 sites could be reached."
    assert missed["index.html"].index("inf-notice--warning") < missed["index.html"].index("<h1>")
    assert "inf-notice--warning" not in bodies["index.html"]


def test_the_first_sentence_counts_what_is_inside_the_window_it_names():
    """Posts before the window and off topic, and the sites and people of such posts alone, are not in it."""
    report = fixture_report.make_report()
    recent = {post.url for post in report.corpus.posts if post.author in ("ada-example", "sam-twin")}
    posts = tuple(replace(post, in_window=post.url in recent) for post in report.corpus.posts)
    body = render(replace(report, corpus=replace(report.corpus, posts=posts)))["index.html"]

    said = " ".join(LexborHTMLParser(body).body.text().split())
    assert "2 voices on 2 sites wrote 8 posts about" in said


def test_a_warning_about_the_keywords_stands_on_the_first_page():
    """The corpus says that the keywords do not fit; the home page shows it."""
    report = fixture_report.make_report()
    body = render(replace(report, corpus=replace(report.corpus, warnings=("The keywords do not fit.",))))["index.html"]

    assert "The keywords do not fit." in LexborHTMLParser(body).body.text()


def test_a_first_run_claims_no_changes():
    """Without an earlier run nothing is compared."""
    pages = render(fixture_report.make_report(first=True))

    assert "This is the first run" in pages["index.html"]
    assert "This is the first run" in pages["changes/index.html"]


def test_an_empty_short_list_is_said_and_not_hidden():
    """No cards, no figure, a sentence instead; the brief too still stands."""
    report = fixture_report.make_report()
    nobody = Shortlist((), (), 0.0, 0.0, ())
    report = replace(report, judgement=replace(report.judgement, shortlist=nobody),
                     insight=replace(report.insight, worksheets=()))  # fmt: skip
    pages = render(report)

    assert "The short list is empty" in pages["index.html"]
    assert "inf-case" not in pages["index.html"]
    assert "No one could be chosen" in pages["brief/index.html"]


def test_a_card_quotes_and_links_its_evidence(bodies):
    """A card holds the citing person, the words and a link to the post."""
    card = LexborHTMLParser(bodies["index.html"]).css_first(".inf-card")

    assert card.css_first(".inf-card__name a").attributes["href"] == "people/ada-example.html"
    assert (
        card.css_first("blockquote").text()
        == f"As Bo {fixture_report.SCRIPT} showed last winter, the buried layer is the story."
    )
    assert card.css_first(".inf-quote__where a").attributes["href"] == "https://bo-script.example/posts/0"


@pytest.mark.parametrize(
    "section", ["who", "why", "circle", "says", "when", "style", "door", "reaching", "since"], ids=lambda name: name
)
def test_a_profile_has_every_section(bodies, section):
    """All nine sections of the product stand on each profile, for all people."""
    for slug, _, _ in fixture_report.NAMES:
        assert f'<h2 id="{section}">' in bodies[f"people/{slug}.html"]


def test_a_profile_says_what_each_signal_changes(bodies):
    """Each counted signal shows its share and the rank without it; the others say that they do not count."""
    rows = LexborHTMLParser(bodies["people/ada-example.html"]).css(".inf-table--signals tbody tr")

    assert rows[0].css("td")[2].text().strip() == "25\u00a0%rank 2 without it"
    assert rows[5].css("td")[2].text().strip() == "shown, not counted"


def test_a_profile_shows_citations_both_ways_with_their_circumstance(bodies):
    """Citations of and by the person: named, dated, quoted, with what the citation does."""
    tree = LexborHTMLParser(bodies["people/ada-example.html"])
    sections = tree.css(".inf-split > section")

    assert [" ".join(s.css_first("p").text().split()) for s in sections] == [
        "Cited by 3 people from 3 circles, 3 times, on any subject.", "They cite 1 person, 1 time, on any subject.",
    ]  # fmt: skip
    assert " ".join(sections[0].css_first("figcaption").text().split()).startswith(
        f"Bo {fixture_report.SCRIPT} agrees with in"
    )
    assert " ".join(sections[1].css_first("figcaption").text().split()).startswith("quotes مريم الجبال 🏔️ in Reading")


def test_contacts_that_are_no_addresses_are_not_shown(bodies):
    """A published e-mail address is a link; a javascript contact form is gone."""
    body = bodies["people/ada-example.html"]

    assert 'href="mailto:hello@ada-example.example"' in body
    assert "Contact form" not in body


def test_the_method_page_names_refusals_in_words(bodies):
    """Reasons are for people, most frequent first."""
    rows = LexborHTMLParser(bodies["method/index.html"]).css("#refused + table tr")

    assert [" ".join(row.text().split()) for row in rows] == ["not found (404 or 410)3", "disallowed by robots.txt1"]


def test_a_reason_without_words_is_shown_as_it_is():
    """A refusal reason this version has no sentence for is not hidden."""
    report = fixture_report.make_report()
    pages = render(replace(report, counts=replace(report.counts, refusals=(("moved-to-mars", 2),))))

    assert "moved-to-mars" in text_of(pages["method/index.html"], "#refused + table")


def test_the_way_to_be_left_out_names_the_contact(bodies):
    """The crawl's contact where there is one, else the publisher of the report."""
    topic = fixture_report.topic()
    crawl = topic.crawl.model_copy(update={"contact": "desk@agency.example"})
    pages = render(fixture_report.make_report(), topic.model_copy(update={"crawl": crawl}))

    assert 'href="mailto:desk@agency.example"' in pages["method/index.html"]
    assert "the sender or publisher of this report" in bodies["method/index.html"]


def test_people_insight_says_nothing_of_still_have_a_profile():
    """No profile, no why, no door: the page stands and claims nothing."""
    report = fixture_report.make_report()
    pages = render(replace(report, insight=replace(report.insight, profiles=(), rationales=(), worksheets=())))

    assert "Door unknown" in pages["people/ada-example.html"]
    assert "Too few posts were read to say." in pages["people/ada-example.html"]


def test_the_method_page_shows_the_weights_in_force(bodies):
    """Largest weight first, nothing of weight 0."""
    rows = LexborHTMLParser(bodies["method/index.html"]).css_first("#standing ~ .inf-scroll").css("tbody tr")

    assert [row.css_first("strong").text() for row in rows] == ["Resonance", "Devotion", "Reach", "Relevance", "Trust"]


def test_charts_of_nothing_are_no_charts():
    """An empty course shows no picture rather than a flat one."""
    assert activity_chart(()) is None
    assert sparkline((0, 0, 0), "posts") is None
    assert sparkline((3,), "posts") is None


def test_a_long_course_is_folded_into_calendar_quarters():
    """Twelve years of months fit in at most 72 columns; a column is named by its quarter, and nothing is lost."""
    months = [Period(date(2014 + m // 12, m % 12 + 1, 1), 1, 1) for m in range(1, 144)]
    chart = activity_chart(months)

    assert len(chart.columns) == 48
    assert chart.summary == (
        "143\u00a0posts from February 2014 to December 2025, 143 of them on topic; at most 3 in a quarter."
    )
    assert [row[:2] for row in (chart.rows[0], chart.rows[-1])] == [
        ("October to December 2025", "3"), ("January to March 2014", "2"),
    ]  # fmt: skip
    assert chart.ticks[0].text == "Q1 14"


def test_credit_given_is_told_only_where_there_is_some(bodies):
    """No line says that a person gives no credit."""
    assert (
        "At least 1 of their 8\u00a0citations in posts on the topic credit, thank or praise (12\u00a0%)"
        in bodies["people/bo-script.html"]
    )
    assert "credit, thank or praise" not in bodies["people/eve-breakout.html"]


def test_the_method_page_shows_what_was_measured(bodies):
    """The shipped figures stand in a table, each with what it may be compared with, and the ablations below."""
    tree = LexborHTMLParser(bodies["method/index.html"])
    rows = [" ".join(row.text().split()) for row in tree.css("#measured ~ .inf-scroll tbody tr")]
    assert rows[0].startswith("Order of the first ten (NDCG@10; 1 is perfect)0.9")
    assert "followers 0." in rows[0]
    assert [row for row in rows if row.startswith("Celebrities, link buyers") and row.endswith(" of 50 places")]
    assert "without trust" in text_of(bodies["method/index.html"], "#measured ~ details")


def test_degraded_sources_stand_on_the_method_page():
    """Host, reason in words, and since when."""
    stale_hosts = (StaleHost("quiet.example", RefusalReason.RESTING, date(2026, 1, 1)),)
    page = render(replace(fixture_report.make_report(), stale_hosts=stale_hosts))["method/index.html"]

    assert "quiet.example" in page
    assert "failed in many runs" in page
    assert 'id="degraded"' not in render(fixture_report.make_report())["method/index.html"]


def test_a_list_on_the_analysts_machine_is_named_without_its_folder():
    """The report goes to clients: it does not reveal the folder of a local file."""
    listed = fixture_report.topic().model_copy(update={"seeds": ("/home/ada/clients/acme/snow.opml",)})
    page = render(fixture_report.make_report(), listed)["method/index.html"]

    assert "snow.opml" in page
    assert "clients" not in page
