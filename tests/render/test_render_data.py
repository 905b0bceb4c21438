"""The files of data/ as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from generator.render import render_report
from generator.render.exports import gexf, graphml
from generator.render.maps import positions
from generator.render.report_index import ReportIndex
from generator.render.tables import signal_levels
from tests.factories import report as fixture_report

ATOM = "{http://www.w3.org/2005/Atom}"


def rows(data, name):
    return list(csv.DictReader(io.StringIO(data[name].decode(), newline="")))


def test_all_files_of_the_product_are_there(data):
    """Names are fixed: others rely on them."""
    assert sorted(data) == [
        "changes/feed.atom", "data/circle.opml", "data/citations.csv", "data/crm.csv", "data/network.gexf",
        "data/network.graphml", "data/people.csv", "data/people.json", "data/posts.csv", "data/shortlist.vcf", "data/sites.csv",
        "data/trends.csv",
    ]  # fmt: skip


def test_people_json_has_the_fixed_keys(data):
    """Schema 1 as published: top level, counts, and a person."""
    document = json.loads(data["data/people.json"])
    ada = document["people"][0]

    assert list(document) == ["schema", "topic", "as_of", "window", "counts", "people"]
    assert [document["schema"], document["as_of"], document["window"]] == [
        1,
        "2026-01-31",
        ["2024-02-01", "2026-01-31"],
    ]
    assert document["counts"] == {"sites_tried": 14, "sites_reached": 13, "sites_on_topic": 12, "posts": 60,
                                  "on_topic_posts": 48, "citations": 32, "people": 12}  # fmt: skip
    assert {"id", "name", "kind", "sites", "rank", "standing", "interval", "signals", "circle", "shortlist", "why", "door",
            "contacts", "evidence", "posts"} <= set(ada)  # fmt: skip
    assert ada["id"] == "ada-example"
    assert ada["shortlist"] == 1
    assert ada["posts"] == {"total": 5, "on_topic": 4, "first": "2025-04-23", "last": "2026-01-28"}
    assert list(ada["evidence"][0]) == ["kind", "by", "post", "date", "quote", "title", "target"]
    assert ada["door"] == {
        "state": "open",
        "because": "says so on the about page",
        "url": "https://ada-example.example/about",
    }
    assert ada["contacts"] == [{"kind": "email", "value": "hello@ada-example.example",
                                "found_on": "https://ada-example.example/posts/0", "seen_on": "2026-01-31", "of_blog": False}]  # fmt: skip


def test_people_json_is_in_rank_order_and_short_lists_persons_only(data):
    """All scored people, by rank; organisations and round-ups are not short-listed."""
    people = json.loads(data["data/people.json"])["people"]

    assert [person["rank"] for person in people] == list(range(1, 13))
    assert [person["shortlist"] for person in people] == [1, 2, 3, 4, 5, None, None, None, None, None, None, None]


def test_signals_are_shares_of_the_others_below():
    """1 at the top, 0 at the bottom, ties share the lower place."""
    report = fixture_report.make_report(9)
    first, second, *rest = report.judgement.standings
    tied = replace(second, signals=(replace(second.signals[0], value=first.signals[0].value), *second.signals[1:]))
    report = replace(report, judgement=replace(report.judgement, standings=(first, tied, *rest)))
    levels = signal_levels(ReportIndex(report, fixture_report.topic()))

    assert [levels[s.person]["reach"] for s in (first, tied, rest[-1])] == [0.875, 0.875, 0.0]
    assert levels[first.person]["resonance"] == 1.0


def test_people_csv_holds_everybody(data):
    """One line a person, in rank order."""
    assert [row["id"] for row in rows(data, "data/people.csv")] == [slug for slug, _, _ in fixture_report.NAMES]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_name_that_is_a_formula_is_defused(start):
    """A spreadsheet must not run what a blog calls itself."""
    report = fixture_report.make_report()
    name = start + 'HYPERLINK("https://evil.example")'
    people = (replace(report.corpus.people[0], name=name), *report.corpus.people[1:])
    site = render_report(replace(report, corpus=replace(report.corpus, people=people)), fixture_report.topic())
    files = {file.path: file.content for file in site.files}

    assert rows(files, "data/people.csv")[0]["name"] == "'" + name
    assert rows(files, "data/crm.csv")[0]["Full name"] == "'" + name


def test_sites_csv_holds_every_site_tried_with_its_reason(data):
    """In, out and unreached alike."""
    found = {row["site"]: (row["state"], row["reason"]) for row in rows(data, "data/sites.csv")}

    assert len(found) == 14
    assert found["https://casino.example/"] == ("out", "mean relevance 0.03")
    assert found["https://gone.example/"] == ("unreached", "robots.txt says no")


def test_posts_csv_holds_every_post_with_its_author_and_citing_people(data):
    """One line a post; `cited_by` counts people, and a post off the topic is listed too."""
    found = {row["url"]: row for row in rows(data, "data/posts.csv")}
    cited = found["https://ada-example.example/posts/1"]

    assert list(cited) == ["url", "title", "date", "author", "site", "language", "on_topic", "relevance", "words", "tags",
                           "cited_by"]  # fmt: skip
    assert len(found) == 60
    assert (cited["author"], cited["site"]) == ("ada-example", "https://ada-example.example/")
    assert (cited["on_topic"], int(cited["cited_by"])) == ("yes", 3)
    assert sum(row["on_topic"] == "no" for row in found.values()) == 12


def test_citations_csv_quotes_every_citation(data):
    """One line a citation, oldest first."""
    found = rows(data, "data/citations.csv")

    assert len(found) == 32
    assert [row["date"] for row in found] == sorted(row["date"] for row in found)
    assert set(found[0]) == {"citing", "citing_name", "cited", "cited_name", "circumstance", "date", "post", "post_title",
                             "target", "quote"}  # fmt: skip


def test_graphml_reads_as_a_directed_network(data):
    """networkx reads all people as nodes, edges from citing to cited, and unchanged names."""
    graph = nx.read_graphml(io.BytesIO(data["data/network.graphml"]))

    assert (graph.is_directed(), graph.number_of_nodes(), graph.number_of_edges()) == (True, 12, 32)
    assert graph.nodes["bo-script"]["label"] == f"Bo {fixture_report.SCRIPT}"
    assert graph.nodes["ada-example"]["rank"] == 1


def test_gexf_is_well_formed_and_dated_by_the_report(data):
    """Version 1.3 with positions; its date is the report's, not the build's."""
    root = ET.fromstring(data["data/network.gexf"])
    space = "{http://gexf.net/1.3}"

    assert root.find(f"{space}meta").get("lastmodifieddate") == "2026-01-31"
    assert len(root.findall(f".//{space}node")) == 12
    assert len(root.findall(f".//{space}edge")) == 32
    assert root.find(f".//{space}node/{{http://gexf.net/1.3/viz}}position").get("x")


def test_gexf_and_graphml_hold_the_same_network(data):
    """Both files have the same nodes, edges and attribute names."""
    from_graphml = nx.read_graphml(io.BytesIO(data["data/network.graphml"]))
    from_gexf = nx.read_gexf(io.BytesIO(data["data/network.gexf"]), version="1.3")

    assert list(from_gexf.nodes) == list(from_graphml.nodes)
    assert list(from_gexf.edges) == list(from_graphml.edges)
    assert from_graphml.nodes["ada-example"] == {
        key: value for key, value in from_gexf.nodes["ada-example"].items() if key != "viz"
    }
    assert set(from_graphml.nodes["ada-example"]) == {
        "label",
        "kind",
        "circle",
        "rank",
        "standing",
        "shortlist",
        "door",
    }
    assert set(next(iter(from_graphml.edges(data=True)))[2]) == {"weight", "strength", "citations"}


def test_network_files_do_not_depend_on_the_day_of_the_build(monkeypatch):
    """Two builds of one report have the same bytes; networkx would write today's date."""
    report, topic = fixture_report.make_report(), fixture_report.topic()
    index = ReportIndex(report, topic)
    first = (graphml(index), gexf(index, positions(index)))
    monkeypatch.setattr("time.strftime", lambda *_: "1999-01-01")

    assert (graphml(index), gexf(index, positions(index))) == first


def test_opml_holds_feeds_in_folders_by_circle(data):
    """Opens in a feed reader: a folder a circle, a feed a person."""
    folders = ET.fromstring(data["data/circle.opml"]).findall("body/outline")

    assert sorted(folder.get("text") for folder in folders) == sorted(fixture_report.CIRCLE_NAMES)
    assert sum(len(folder) for folder in folders) == 12
    assert all(feed.get("xmlUrl") for folder in folders for feed in folder)


def test_vcards_hold_published_contacts_only_and_fold_by_octets(data):
    """One card a place, lines of at most 75 octets, no form posing as an address."""
    text = data["data/shortlist.vcf"].decode()

    assert text.count("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:") == 5
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "javascript" not in text.replace("\r\n ", "").replace("[x](javascript:alert(1))", "")
    assert "EMAIL:hello@ada-example.example" in text


def test_control_characters_do_not_break_xml():
    """A NUL in a name is dropped from XML files, which stay well formed."""
    report = fixture_report.make_report()
    people = (replace(report.corpus.people[0], name="A\x00d\x0ba \ud800"), *report.corpus.people[1:])
    site = render_report(replace(report, corpus=replace(report.corpus, people=people)), fixture_report.topic())

    for file in site.files:
        if file.path.endswith((".graphml", ".gexf", ".opml", ".atom")):
            ET.fromstring(file.content)
