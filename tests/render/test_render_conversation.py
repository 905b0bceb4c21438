"""Tags, courses, conversations and changes as pages."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from tests.factories import report as fixture_report
from tests.factories.report import text_of


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
        "Period", "buried layer", f"wax {fixture_report.SCRIPT}", "split kit", "Posts read",
    ]  # fmt: skip
    assert [cell.text() for cell in table.css("tbody tr")[0].css("td")] == ["January 2026", "5", "1", "6", "11"]
    assert "hidden" in tree.css_first("[data-inf-compare-choices]").attributes


def test_who_was_first_and_who_followed_is_dated(bodies):
    """A table by date, with the caveat; who links to the first is said to."""
    body = bodies["conversation/index.html"]
    first, second, third, fourth = rows_of(body, "#first-links + details tbody")

    assert (first[1], first[3]) == ("1 March 2025", "first read")
    assert (second[3], third[3], fourth[3]) == ("", "links to Ada Example", "")
    assert "First read: the earliest dated post" in text_of(body, "#first + p")
    assert "javascript:" not in [a.attributes.get("href", "")[:11] for a in LexborHTMLParser(body).css("a")]


def test_a_conversation_is_drawn_and_told_in_a_table(bodies):
    """A dot a post, a line to what it takes up; the row says what it does with which."""
    tree = LexborHTMLParser(bodies["conversation/index.html"])

    assert (len(tree.css(".inf-branches__dot")), len(tree.css(".inf-branches__line"))) == (4, 3)
    rows = rows_of(bodies["conversation/index.html"], ".inf-table--posts tbody")
    assert [row[:1] + row[2:3] for row in rows] == [
        ["1", "first read"], ["2", "mentions no. 1"], ["3", "mentions no. 2"], ["4", "mentions no. 3"],
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
