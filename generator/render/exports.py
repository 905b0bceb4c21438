"""The network and the addresses in other programs' formats: GraphML, GEXF, OPML, vCard."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from generator.records import ContactKind, PersonId, RenderedFile
from generator.render.format import iso
from generator.render.maps import Positions, radius
from generator.render.report_index import ReportIndex
from generator.render.tables import usable_contacts
from generator.render.xml import clean, document

NODE_KEYS = (
    ("label", "string"),
    ("kind", "string"),
    ("circle", "string"),
    ("rank", "int"),
    ("standing", "double"),
    ("shortlist", "int"),
    ("door", "string"),
)
EDGE_KEYS = (("weight", "double"), ("strength", "double"), ("citations", "int"))
VCARD_LINE = 75  # octets, RFC 6350 section 3.2


def _nodes(index: ReportIndex) -> list[tuple[PersonId, tuple[str, ...]]]:
    """Everybody scored, with the values of `NODE_KEYS`; "" is left out."""
    nodes: list[tuple[PersonId, tuple[str, ...]]] = []
    for standing in index.report.judgement.standings:
        person, circle = index.people[standing.person], index.circle_of.get(standing.person)
        nodes.append(
            (
                person.id,
                (
                    clean(person.name),
                    person.kind.value,
                    circle.id if circle else "",
                    str(standing.rank),
                    f"{standing.standing:.4f}",
                    str(index.places.get(person.id, "")),
                    index.door(person.id).modifier,
                ),
            )
        )
    return nodes


def _edges(index: ReportIndex) -> list[tuple[str, str, tuple[str, ...]]]:
    """Ties citing → cited between people scored, with the values of `EDGE_KEYS`."""
    ties = sorted(index.report.graph.ties, key=lambda tie: (tie.citing, tie.cited))
    return [
        (tie.citing, tie.cited, (f"{tie.weight:.4f}", f"{tie.strength:.4f}", str(tie.citations)))
        for tie in ties
        if tie.citing in index.standings and tie.cited in index.standings
    ]


def graphml(index: ReportIndex) -> RenderedFile:
    """data/network.graphml."""
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            SubElement(root, "key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind})
    graph = SubElement(root, "graph", id="network", edgedefault="directed")
    for pid, values in _nodes(index):
        node = SubElement(graph, "node", id=pid)
        for (name, _), value in zip(NODE_KEYS, values, strict=True):
            if value:
                SubElement(node, "data", key=f"node-{name}").text = value
    for at, (citing, cited, values) in enumerate(_edges(index)):
        edge = SubElement(graph, "edge", id=f"e{at}", source=citing, target=cited)
        for (name, _), value in zip(EDGE_KEYS, values, strict=True):
            SubElement(edge, "data", key=f"edge-{name}").text = value
    return RenderedFile("data/network.graphml", document(root))


def gexf(index: ReportIndex, where: Positions) -> RenderedFile:
    """data/network.gexf (1.3), with the map's positions and sizes."""
    root = Element("gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"})
    meta = SubElement(root, "meta", lastmodifieddate=iso(index.report.as_of))
    SubElement(meta, "creator").text = "whomatters"
    graph = SubElement(root, "graph", defaultedgetype="directed", mode="static")
    fields = SubElement(graph, "attributes", {"class": "node"})
    for name, kind in NODE_KEYS[1:]:
        SubElement(fields, "attribute", id=name, title=name, type={"int": "integer"}.get(kind, kind))
    nodes = SubElement(graph, "nodes")
    for pid, values in _nodes(index):
        node = SubElement(nodes, "node", id=pid, label=values[0])
        holder = SubElement(node, "attvalues")
        for (name, _), value in zip(NODE_KEYS[1:], values[1:], strict=True):
            if value:
                SubElement(holder, "attvalue", {"for": name, "value": value})
        x, y = where.get(pid, (0.0, 0.0))
        SubElement(node, "viz:size", value=f"{radius(float(values[4])):.1f}")
        SubElement(node, "viz:position", x=f"{x:.1f}", y=f"{-y:.1f}")
    edges = SubElement(graph, "edges")
    for at, (citing, cited, values) in enumerate(_edges(index)):
        SubElement(edges, "edge", id=str(at), source=citing, target=cited, weight=values[0])
    return RenderedFile("data/network.gexf", document(root))


def opml(index: ReportIndex) -> RenderedFile:
    """data/circle.opml: the feeds of everybody scored, in folders by circle; opens in any feed reader."""
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
    """data/shortlist.vcf: vCard 4.0 (RFC 6350), holding only what people publish for contact."""
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
    """A text value: backslash, comma, semicolon and line ends escaped, other controls dropped."""
    flat = clean(text).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return flat.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _fold(line: str) -> str:
    """Lines of at most 75 octets, never inside a character; continuations begin with a space."""
    out, size = [], 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > VCARD_LINE:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += width
    return "".join(out) + "\r\n"
