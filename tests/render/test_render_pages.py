"""What the pages say, and what they leave unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fixture_report
import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config import Brief, SiteSection
from generator.records import Degraded, Period, PeriodUnit, RefusalReason, Shortlist
from generator.render import render_report
from generator.render.charts import activity, points, spark
from generator.render.duties import duties_for
from generator.render.facts import Facts
from generator.render.home import _case
from generator.render.words import counted, day, listed, number, percent, period, short_period


def text_of(body: str, selector: str) -> str:
    node = LexborHTMLParser(body).css_first(selector)
    return " ".join(node.text().split()) if node else ""


def render(report, topic=None) -> dict[str, str]:
    return {page.path: page.body for page in render_report(report, topic or fixture_report.topic()).pages}


def with_coverage(ours: float, theirs: float) -> Facts:
    report = fixture_report.make_report()
    chosen = replace(report.judgement.shortlist, coverage=ours, most_linked_coverage=theirs)
    return Facts(replace(report, judgement=replace(report.judgement, shortlist=chosen)), fixture_report.topic())


def test_the_site_holds_every_page_the_product_names(bodies):
    """Index pages, a page a circle, a profile for everybody scored, as files."""
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
    assert _case(with_coverage(0.71, 0.48)).headline == (
        "One post from each of these 5 people reaches 71\u00a0% of the circle; one from each of the 5 most-linked, 48\u00a0%."
    )


def test_a_worse_set_is_not_dressed_up():
    """Where the most-linked reach more, the page says so and why."""
    case = _case(with_coverage(0.40, 0.48))

    assert (
        case.headline
        == "One post from each of these 5 people reaches 40\u00a0% of the circle; one from each of the 5 most-linked, 48\u00a0%."
    )
    assert case.note.startswith("Here the most-linked reach more.")


def test_an_equal_set_is_called_equal():
    """Under a point of difference nobody is called better."""
    assert (
        _case(with_coverage(0.484, 0.48)).headline
        == "One post from each of these 5 people reaches 48\u00a0% of the circle; one from each of the 5 most-linked, as much."
    )


def test_a_missed_floor_stands_first(bodies):
    """A run below a floor says so before anything else, and a run above none says nothing."""
    missed = render(fixture_report.make_report(floors=("Only 3 of 40 sites could be reached.",)))

    assert text_of(missed["index.html"], ".inf-notice--warning li") == "Only 3 of 40 sites could be reached."
    assert missed["index.html"].index("inf-notice--warning") < missed["index.html"].index("<h1>")
    assert "inf-notice--warning" not in bodies["index.html"]


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

    assert "Nobody is on the short list" in pages["index.html"]
    assert "inf-case" not in pages["index.html"]
    assert "Nobody could be chosen" in pages["brief/index.html"]


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
    """All nine sections of the product stand on each profile, in everybody's case."""
    for slug, _, _ in fixture_report.NAMES:
        assert f'<h2 id="{section}">' in bodies[f"people/{slug}.html"]


def test_a_profile_says_what_each_signal_changes(bodies):
    """Each counted signal shows its share and the rank without it; the others say that they do not count."""
    rows = LexborHTMLParser(bodies["people/ada-example.html"]).css(".inf-table--signals tbody tr")

    assert rows[0].css("td")[2].text().strip() == "25\u00a0%rank 2 without it"
    assert rows[5].css("td")[2].text().strip() == "shown, not counted"


def test_a_profile_shows_citations_both_ways_with_their_circumstance(bodies):
    """Who cites them and whom they cite: named, dated, quoted, with what the citation does."""
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
    """An overdue line comes first and says so; somebody the report no longer holds stands there without a link."""
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
    """Nothing is offered to somebody whose words speak for nothing; a topic without offers says so."""
    report = fixture_report.make_report()
    bare = replace(report, insight=replace(report.insight, worksheets=tuple(
        replace(sheet, offers=()) for sheet in report.insight.worksheets)))  # fmt: skip
    silent = fixture_report.topic().model_copy(update={"brief": Brief()})
    texts = [render(bare, topic)["brief/index.html"] for topic in (fixture_report.topic(), silent)]

    assert texts[0].count("Nothing they wrote speaks for one of your offers.") == 5
    assert texts[0].count("Not chosen: early sample; ride-along with the design team.") == 5
    assert texts[1].count("The topic file names nothing on offer.") == 5


@pytest.mark.parametrize(
    ("region", "first", "elsewhere"),
    [("uk", ["United Kingdom"], 4), ("UK, eu", ["United Kingdom", "European Union"], 3), ("usa", ["United States"], 4),
     ("", ["United Kingdom", "European Union", "United States", "Canada", "Australia"], 0),
     ("mars", ["United Kingdom", "European Union", "United States", "Canada", "Australia"], 0)],
)  # fmt: skip
def test_duties_follow_the_region(region, first, elsewhere):
    """The brief's region comes first; an unknown one gets them all rather than none."""
    here, others = duties_for(region)

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


def test_the_method_page_names_refusals_in_words(bodies):
    """Reasons are for people, most frequent first."""
    rows = LexborHTMLParser(bodies["method/index.html"]).css("#refused + table tr")

    assert [" ".join(row.text().split()) for row in rows] == ["not there (404 or 410)3", "robots.txt says no1"]


def test_a_reason_without_words_is_shown_as_it_is():
    """A refusal reason this version has no sentence for is not hidden."""
    report = fixture_report.make_report()
    pages = render(replace(report, counts=replace(report.counts, refusals=(("moved-to-mars", 2),))))

    assert "moved-to-mars" in text_of(pages["method/index.html"], "#refused + table")


def test_the_way_to_be_left_out_names_the_contact(bodies):
    """The crawl's contact where there is one, else whoever published the report."""
    topic = fixture_report.topic()
    crawl = topic.crawl.model_copy(update={"contact": "desk@agency.example"})
    pages = render(fixture_report.make_report(), topic.model_copy(update={"crawl": crawl}))

    assert 'href="mailto:desk@agency.example"' in pages["method/index.html"]
    assert "whoever sent or published this report" in bodies["method/index.html"]


def test_people_insight_says_nothing_of_still_have_a_profile():
    """No profile, no why, no door: the page stands and claims nothing."""
    report = fixture_report.make_report()
    pages = render(replace(report, insight=replace(report.insight, profiles=(), whys=(), worksheets=())))

    assert "Door unknown" in pages["people/ada-example.html"]
    assert "Too little was heard to say." in pages["people/ada-example.html"]


def test_the_method_page_shows_the_weights_in_force(bodies):
    """Largest weight first, nothing of weight 0."""
    rows = LexborHTMLParser(bodies["method/index.html"]).css_first("#standing ~ .inf-scroll").css("tbody tr")

    assert [row.css_first("strong").text() for row in rows] == ["Resonance", "Devotion", "Reach", "Relevance", "Trust"]


def test_small_figures_are_worded():
    """Percent, counts, lists and days read as people write them."""
    assert [percent(0.714), percent(0.001), percent(0)] == ["71\u00a0%", "under 1\u00a0%", "0\u00a0%"]
    assert [number(1234), number(2.5), counted(1, "post"), counted(2, "person", "people")] == [
        "1\u202f234", "2.5", "1\u00a0post", "2\u00a0people",
    ]  # fmt: skip
    assert listed(["Ada", "Bo", "Cy", "Dee"]) == "Ada, Bo, Cy and 1\u00a0other"
    assert [listed(["Ada", "Bo"]), listed(["Ada"]), listed([])] == ["Ada and Bo", "Ada", ""]
    assert [day(None), day(fixture_report.AS_OF), points(0.954)] == ["undated", "31\u00a0January 2026", "95"]


def test_charts_of_nothing_are_no_charts():
    """An empty course shows no picture rather than a flat one."""
    assert activity(()) is None
    assert spark((0, 0, 0), "posts") is None
    assert spark((3,), "posts") is None


def test_a_long_course_is_folded_into_calendar_quarters():
    """Twelve years of months fit in at most 72 columns; a column is named by its quarter, and nothing is lost."""
    months = [Period(date(2014 + m // 12, m % 12 + 1, 1), 1, 1) for m in range(1, 144)]
    chart = activity(months)

    assert len(chart.columns) == 48
    assert chart.summary == (
        "143\u00a0posts from February 2014 to December 2025, 143 of them on topic; at most 3 in a quarter."
    )
    assert [row[:2] for row in (chart.rows[0], chart.rows[-1])] == [
        ("October to December 2025", "3"), ("January to March 2014", "2"),
    ]  # fmt: skip
    assert chart.ticks[0].text == "Q1 14"


@pytest.mark.parametrize(
    ("unit", "short", "full"),
    [
        (PeriodUnit.WEEK, "6 Oct 25", "week of 6\u00a0October 2025"),
        (PeriodUnit.MONTH, "Oct 25", "October 2025"),
        (PeriodUnit.QUARTER, "Q4 25", "October to December 2025"),
    ],
)
def test_periods_are_named_by_what_they_are(unit, short, full):
    """A quarter is no month: its name says all of it."""
    start = date(2025, 10, 6 if unit is PeriodUnit.WEEK else 1)

    assert (short_period(start, unit), period(start, unit)) == (short, full)


def rows_of(body: str, selector: str) -> list[list[str]]:
    """The cells of a table as text, white space folded."""
    return [
        [" ".join(cell.text().split()) for cell in row.css("td")]
        for row in LexborHTMLParser(body).css(f"{selector} tr")
    ]


def test_who_writes_about_a_subject_is_two_clicks_away(bodies):
    """From any page the tag index, from there the tag with its people; the people table filters by it too."""
    index = LexborHTMLParser(bodies["tags/index.html"])
    links = {node.text(): node.attributes["href"] for node in index.css("td .inf-tag")}
    people = LexborHTMLParser(bodies["people/index.html"])
    choice = people.css_first('[data-inf-filter="tags"] option[value="avalanche-airbags"]')

    assert links["avalanche airbags"] == "../tags/avalanche-airbags.html"
    assert [row[0] for row in rows_of(bodies["tags/avalanche-airbags.html"], "#people + .inf-scroll tbody")] == [
        "Ada Example", f"Bo {fixture_report.SCRIPT}",
    ]  # fmt: skip
    assert choice.text() == "avalanche airbags"
    assert [row.attributes["data-tags"] for row in people.css("tbody tr")][:3] == [
        "avalanche-airbags", "avalanche-airbags wax-1a2b3c", "",
    ]  # fmt: skip


def test_a_tag_shows_who_uses_the_words_its_course_and_its_cited_posts(bodies):
    """Those who file elsewhere stand apart; a chart with its table; each cited post with its citers."""
    body = bodies["tags/avalanche-airbags.html"]
    tree = LexborHTMLParser(body)

    assert [row[0] for row in rows_of(body, "#using ~ .inf-scroll tbody")] == [
        'Cy "quote" | pipe [x](javascript:alert(1)) {{ 7*7 }}'
    ]
    assert tree.css_first("svg.inf-activity__chart").attributes["aria-label"] == (
        "12 posts, February 2025 to January 2026; at most 2 in one."
    )
    assert rows_of(body, ".inf-activity tbody")[:2] == [["January 2026", "2"], ["November 2025", "1"]]
    assert "Cited by 2\u00a0voices" in tree.css_first(".inf-reading__why").text()


def test_courses_of_terms_links_and_people_stand_apart(bodies):
    """Each kind has its table; a person leads to the profile, a link outwards."""
    body = bodies["conversation/index.html"]

    assert [row[0] for row in rows_of(body, "#terms tbody")] == [
        "buried layer", f"wax {fixture_report.SCRIPT}", "split kit",
    ]  # fmt: skip
    tree = LexborHTMLParser(body)
    assert tree.css_first("#links td a").attributes["href"] == "https://maps.example/x"
    assert tree.css_first("#persons td a").attributes["href"] == "../people/ada-example.html"


def test_three_courses_are_compared_without_scripts(bodies):
    """The chart of the first three terms and its table are in the page; the choice is the script's."""
    tree = LexborHTMLParser(bodies["conversation/index.html"])
    table = tree.css_first("[data-inf-compare-table]")

    assert len(tree.css(".inf-compare__line")) == 3
    assert [cell.text() for cell in table.css("thead th")] == [
        "Period", "buried layer", f"wax {fixture_report.SCRIPT}", "split kit", "Posts heard",
    ]  # fmt: skip
    assert [cell.text() for cell in table.css("tbody tr")[0].css("td")] == ["January 2026", "5", "1", "6", "11"]
    assert "hidden" in tree.css_first("[data-inf-compare-choices]").attributes


def test_who_was_first_and_who_followed_is_dated(bodies):
    """A table by date, with the caveat; who links to the first is said to."""
    body = bodies["conversation/index.html"]
    first, second, third, fourth = rows_of(body, "#first-links + details tbody")

    assert (first[1], first[3]) == ("1 March 2025", "first we heard")
    assert (second[3], third[3], fourth[3]) == ("", "links to Ada Example", "")
    assert "First we heard: the earliest dated post" in text_of(body, "#first + p")
    assert "javascript:" not in [a.attributes.get("href", "")[:11] for a in LexborHTMLParser(body).css("a")]


def test_a_conversation_is_drawn_and_told_in_a_table(bodies):
    """A dot a post, a line to what it takes up; the row says what it does with which."""
    tree = LexborHTMLParser(bodies["conversation/index.html"])

    assert (len(tree.css(".inf-branches__dot")), len(tree.css(".inf-branches__line"))) == (4, 3)
    rows = rows_of(bodies["conversation/index.html"], ".inf-table--posts tbody")
    assert [row[:1] + row[2:3] for row in rows] == [
        ["1", "first we heard"], ["2", "mentions no. 1"], ["3", "mentions no. 2"], ["4", "mentions no. 3"],
    ]  # fmt: skip


def test_changes_since_any_earlier_run_have_their_page(bodies):
    """The page of the last comparison leads to the others; each says since when and what, or that nothing did."""
    index = LexborHTMLParser(bodies["changes/index.html"])

    assert [" ".join(node.text().split()) for node in index.css("#earlier + ul li")] == [
        "Since 31 December 2025 1 change", "Since 30 November 2025 nothing of note changed",
    ]  # fmt: skip
    assert f"Bo {fixture_report.SCRIPT} rose from rank 9 to 2." in text_of(
        bodies["changes/since-2025-12-31.html"], "ul"
    )
    assert "Nothing of note changed." in bodies["changes/since-2025-11-30.html"]


def test_credit_given_is_told_only_where_there_is_some(bodies):
    """What words do not prove is not held against anybody: no line says that somebody gives no credit."""
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
    assert [row for row in rows if row.startswith("Celebrities, buyers of links") and row.endswith(" of 50 places")]
    assert "without trust" in text_of(bodies["method/index.html"], "#measured ~ details")


def test_degraded_sources_stand_on_the_method_page():
    """Host, reason in words, and since when."""
    degraded = (Degraded("quiet.example", RefusalReason.RESTING, date(2026, 1, 1)),)
    page = render(replace(fixture_report.make_report(), degraded=degraded))["method/index.html"]

    assert "quiet.example" in page
    assert "failed for nights on end" in page
    assert 'id="degraded"' not in render(fixture_report.make_report())["method/index.html"]


def test_a_list_on_the_analysts_machine_is_named_without_its_folder():
    """The report goes to clients: where the analyst keeps a file is nobody's business."""
    listed = fixture_report.topic().model_copy(update={"seeds": ("/home/ada/clients/acme/snow.opml",)})
    page = render(fixture_report.make_report(), listed)["method/index.html"]

    assert "snow.opml" in page
    assert "clients" not in page
