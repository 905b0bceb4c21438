"""Crawled text through every template: it arrives as text, or it does not arrive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.errors import PublishError
from generator.records import PersonId, RenderedSite
from generator.render import render_report
from generator.render.links import file_path, mail_link, web_link
from tests.factories import report as fixture_report

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"
OWN_SCRIPTS = {"../assets/whomatters/vis-network.min.js", "../assets/whomatters/map.js"}


def test_no_template_lets_a_script_through(bodies):
    """The only script elements are our own files and blocks of data."""
    for path, body in bodies.items():
        for script in LexborHTMLParser(body).css("script"):
            src, kind = script.attributes.get("src"), script.attributes.get("type")
            assert src in OWN_SCRIPTS or (src is None and kind == "application/json"), path


def test_no_template_lets_a_handler_or_foreign_picture_through(bodies):
    """No element carries an event handler, and no img, iframe, object or form stands in a body."""
    for path, body in bodies.items():
        tree = LexborHTMLParser(body)
        assert not tree.css("img,iframe,object,embed,form,base,meta,link,style"), path
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on") or name == "style"], path


def test_every_link_has_an_allowed_scheme_and_outward_ones_their_rel(bodies):
    """http, https and mailto lead out and say nofollow noopener ugc; all other links are relative."""
    for path, body in bodies.items():
        for link in LexborHTMLParser(body).css("a[href]"):
            href = link.attributes["href"] or ""
            if ":" in href.split("/")[0].split("#")[0]:
                assert href.startswith(("http://", "https://", "mailto:")), (path, href)
                assert link.attributes["rel"] == "nofollow noopener ugc", (path, href)
            else:
                assert not href.startswith("/"), (path, href)


def test_names_are_shown_as_they_were_written(bodies):
    """Hostile and right-to-left names are readable in the table, unchanged."""
    names = [
        node.text() for node in LexborHTMLParser(bodies["people/index.html"]).css("td.inf-table__main .inf-person")
    ]

    assert names == [name for _, name, _ in fixture_report.NAMES]


def test_template_braces_in_text_stay_text(bodies):
    """What looks like a template expression in crawled text is never evaluated."""
    body = bodies["people/cy-quote.html"]

    assert "{{ 7*7 }}" in body
    assert "{{ config }}" in body


def test_every_page_has_exactly_one_first_heading(bodies):
    """One h1 a page, so that the theme adds none of its own."""
    assert {path: len(LexborHTMLParser(body).css("h1")) for path, body in bodies.items()} == dict.fromkeys(bodies, 1)


def test_ids_are_unique_on_each_page(bodies):
    """An anchor names one place."""
    for path, body in bodies.items():
        ids = [node.attributes["id"] for node in LexborHTMLParser(body).css("[id]")]
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda path: path.name)
def test_templates_neither_unescape_nor_compute_nor_style_inline(path):
    """No template marks text safe, turns escaping off, sorts or filters lists, or styles inline."""
    text = path.read_text(encoding="utf-8")

    for word in ("|safe", "| safe", "autoescape", "|sort", "selectattr", "rejectattr", "|sum", "|round", "style="):
        assert word not in text


@pytest.mark.parametrize("stem", ["../../x", "a/b", "", "A", "x" * 61, "a.b", "ä"])
def test_an_id_that_is_no_file_name_is_refused(stem):
    """Only 1 to 60 of a-z, 0-9 and hyphen become files."""
    with pytest.raises(PublishError, match="cannot be a file name"):
        file_path("people", stem)


def test_a_report_with_a_bad_id_is_refused_whole():
    """A slug that could leave its folder stops the render with a message."""
    report = fixture_report.make_report()
    bad = PersonId("../../x")
    people = (replace(report.corpus.people[0], id=bad), *report.corpus.people[1:])
    standings = (replace(report.judgement.standings[0], person=bad), *report.judgement.standings[1:])
    report = replace(report, corpus=replace(report.corpus, people=people),
                     judgement=replace(report.judgement, standings=standings))  # fmt: skip

    with pytest.raises(PublishError, match="cannot be a file name"):
        render_report(report, fixture_report.topic())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https:a.example", None),
        ("relative", None),
        ("https://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_and_mail_addresses_become_links(address, shown):
    """Everything else is shown as text without a link."""
    assert web_link(address) == shown


def test_a_mail_address_cannot_smuggle_headers_or_markup():
    """One plain address, nothing after it."""
    assert mail_link("a@b.example") == "mailto:a@b.example"
    assert mail_link("a@b.example?bcc=c@d.example") is None
    assert mail_link("a@b.example,c@d.example") is None
    assert mail_link('a"><x@b.example') is None


def test_rendering_twice_gives_the_same(rendered: RenderedSite):
    """Same report, same bytes."""
    assert render_report(fixture_report.make_report(), fixture_report.topic()) == rendered
