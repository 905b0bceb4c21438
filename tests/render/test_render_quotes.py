"""Quotations on a profile: what means nothing alone comes last, and heads nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.records import CitationFunction, DoorState, Quotation, Url
from generator.render import render_report
from tests.factories import report as fixture_report

POINTER = "See the extended discussion of ropes for the gory details."
TOLD = "The long note on ropes told me when to turn around."


@pytest.fixture(scope="module")
def profile() -> LexborHTMLParser:
    """The first person's profile, their door closed, their newest citation a pointer and so their first evidence."""
    report = fixture_report.make_report()
    first = report.judgement.standings[0]
    mine = [c for c in report.graph.citations if c.cited == first.person]
    newest = max(mine, key=lambda c: (c.published_on, c.post))
    told = {c: replace(c, quote=POINTER if c is newest else TOLD, function=CitationFunction.MENTIONS) for c in mine}
    evidence = replace(first.evidence[0], kind=CitationFunction.MENTIONS, quote=POINTER)
    standings = (replace(first, evidence=(evidence, *first.evidence[1:])), *report.judgement.standings[1:])
    shut = [
        replace(p, door=replace(p.door, state=DoorState.CLOSED)) if p.person == first.person else p
        for p in report.insight.profiles
    ]
    said = Quotation("I ride and write.", Url("https://ada.example/about"), None, "About")
    people = [replace(p, own_words=said) if p.id == first.person else p for p in report.corpus.people]
    changed = replace(
        report,
        corpus=replace(report.corpus, people=tuple(people)),
        graph=replace(report.graph, citations=tuple(told.get(c, c) for c in report.graph.citations)),
        judgement=replace(report.judgement, standings=standings),
        insight=replace(report.insight, profiles=tuple(shut)),
    )
    pages = {page.path: page.body for page in render_report(changed, fixture_report.topic()).pages}
    return LexborHTMLParser(pages[f"people/{first.person}.html"])


def test_pointer_comes_after_all_other_citations(profile):
    """Though it is the newest, a sentence that only points elsewhere stands last among who cites them."""
    section = profile.css_first("#cited-by").parent
    quotes = [quote.text() for quote in section.css(".inf-quote__text")]

    assert len(quotes) >= 2
    assert (quotes[0], quotes[-1], quotes.count(POINTER)) == (TOLD, POINTER, 1)


def test_pointer_heads_no_evidence(profile):
    """Evidence whose words mean nothing alone is named by its post, without the words."""
    first = profile.css_first("#why ~ .inf-quote")

    assert first.css_first(".inf-quote__text") is None
    assert first.css_first(".inf-quote__where") is not None


def test_closed_door_says_why_nothing_is_told(profile):
    """The profile of a closed door names no address and says so."""
    said = profile.css_first("#reaching + p").text()

    assert said == "They ask not to be approached. If they publish an address or a form, it is not repeated here."


def test_undated_page_is_called_so(profile):
    """Own words from a page without a date say so."""
    assert profile.css_first("#who + .inf-note").text() == "In their own words, on a page that carries no date"
