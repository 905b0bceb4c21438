"""Export the citation network as GraphML and GEXF, feeds as OPML and contacts as vCard."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from generator.formatting import iso
from generator.records import ContactKind, PersonId, RenderedFile
from generator.render.maps import Positions, radius
from generator.render.report_index import ReportIndex
from generator.render.tables import usable_contacts
from generator.render.xml import clean, document

VCARD_LINE = 75  # octets, RFC 6350 section 3.2
GEXF_VERSION = "1.3"


def _network(index: ReportIndex) -> nx.DiGraph[str]:
    """Return the scored people as nodes and their ties, citing to cited, as edges, both in a fixed order.

    An attribute without a value (no circle, no place on the short list) is left out.
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    for standing in index.report.judgement.standings:
        person, circle = index.people[standing.person], index.circle_of.get(standing.person)
        place = index.places.get(person.id)
        network.add_node(
            person.id,
            label=clean(person.name),
            kind=person.kind.value,
            **({"circle": circle.id} if circle else {}),
            rank=standing.rank,
            standing=round(standing.standing, 4),
            **({"shortlist": place} if place else {}),
            door=index.door(person.id).modifier,
        )
    for tie in sorted(index.report.graph.ties, key=lambda tie: (tie.citing, tie.cited)):
        if tie.citing in index.standings and tie.cited in index.standings:
            network.add_edge(
                tie.citing,
                tie.cited,
                weight=round(tie.weight, 4),
                strength=round(tie.strength, 4),
                citations=tie.citations,
            )
    return network


def graphml(index: ReportIndex) -> RenderedFile:
    """Write data/network.graphml."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(_network(index), buffer, named_key_ids=True)
    return RenderedFile("data/network.graphml", buffer.getvalue())


def gexf(index: ReportIndex, where: Positions) -> RenderedFile:
    """Write data/network.gexf (1.3), with the map's positions and sizes.

    The metadata name the report's day and this program: networkx would write the day of the build and its own
    version, so that two builds of one report would differ.
    """
    network = _network(index)
    for person, attributes in network.nodes(data=True):
        x, y = where.get(PersonId(person), (0.0, 0.0))
        attributes["viz"] = {
            "size": radius(attributes["standing"]),
            "position": {"x": round(x, 1), "y": round(-y, 1), "z": 0.0},  # GEXF's y axis points up, SVG's down
        }
    writer = GEXFWriter(network, version=GEXF_VERSION)
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", iso(index.report.as_of))
    meta.find("creator").text = "whomatters"
    buffer = io.BytesIO()
    writer.write(buffer)
    return RenderedFile("data/network.gexf", buffer.getvalue())


def opml(index: ReportIndex) -> RenderedFile:
    """Write data/circle.opml: the feeds of all scored people, in one folder per circle."""
    root = Element("opml", version="2.0")
    head = SubElement(root, "head")
    SubElement(head, "title").text = clean(f"Who matters in {index.topic.topic.name}")
    body = SubElement(root, "body")
    order = sorted(index.report.circles.circles, key=lambda c: (index.circle_order.get(c.id, 10**6), c.id))
    for circle in order:
        members = sorted(
            (m.person for m in circle.members if m.person in index.standings and index.people[m.person].feeds),
            key=lambda person: index.standings[person].rank,
        )
        if not members:
            continue
        folder = SubElement(body, "outline", text=clean(circle.name), title=clean(circle.name))
        for person in (index.people[pid] for pid in members):
            for feed in person.feeds:
                site = {"htmlUrl": person.sites[0]} if person.sites else {}
                name = clean(person.name)
                SubElement(folder, "outline", {"type": "rss", "text": name, "title": name, "xmlUrl": feed, **site})
    return RenderedFile("data/circle.opml", document(root))


def vcards(index: ReportIndex) -> RenderedFile:
    """Write data/shortlist.vcf: vCard 4.0 (RFC 6350) with the contacts that people publish for this purpose."""
    lines: list[str] = []
    for entry in index.report.judgement.shortlist.entries:
        person = index.people[entry.person]
        lines += ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_vtext(person.name) or person.id}"]
        lines += [f"URL:{site}" for site in person.sites]
        lines += [f"EMAIL:{_vtext(c.value)}" for c in usable_contacts(person) if c.kind is ContactKind.EMAIL]
        lines += [
            f"NOTE:{_vtext(index.rationales.get(person.id, ''))}",
            f"REV:{index.report.as_of:%Y%m%d}T000000Z",
            f"UID:urn:x-whomatters:{index.topic.slug}:{person.id}",
            "END:VCARD",
        ]
    return RenderedFile("data/shortlist.vcf", "".join(_fold(line) for line in lines).encode("utf-8", "replace"))


def _vtext(text: str) -> str:
    """Escape a text value (RFC 6350, section 3.4) and drop other control characters."""
    flat = clean(text).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return flat.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _fold(line: str) -> str:
    """Fold a line at 75 octets without splitting a character; continuations start with a space."""
    out, size = [], 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > VCARD_LINE:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += width
    return "".join(out) + "\r\n"
