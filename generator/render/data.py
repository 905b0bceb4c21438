"""The data page: all files with a description, and the keys of people.json."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formatting import counted
from generator.records import RenderedFile, RenderedPage
from generator.render.templates import render_template
from generator.render.view_models import FactView

DESCRIPTIONS = {
    "people.json": "All people scored, by rank, with signals, evidence, door and contacts; keys below.",
    "people.csv": "The people table for a spreadsheet.",
    "citations.csv": "Every citation: citing and cited person, post, date, words and circumstance.",
    "trends.csv": "Terms, links and people over time: posts about the topic with each, by week or month.",
    "sites.csv": "Every site tried: in or out, and why.",
    "posts.csv": "Every post: address, title, date, author, language, relevance, tags, and how many people cite it.",
    "network.graphml": "The citation network, edges citing to cited; opens in yEd, Cytoscape, networkx.",
    "network.gexf": "The same with the map's positions; opens in Gephi.",
    "circle.opml": "The feeds of all people in folders by circle; opens in any feed reader.",
    "shortlist.vcf": "The short list as contact cards, holding only what people publish for contact.",
    "crm.csv": "The short list for import into a customer system.",
}
KEYS = (
    FactView("standing, interval", "Standing in 0–1 and its 80 % range; a monotone map of the score."),
    FactView(
        "signals", "Each signal as the share of the others scored whose raw value is lower: 1 at the top, 0 below."
    ),
    FactView("signal_values", "The raw values behind them, in the units the method page names."),
    FactView("shortlist", "Place on the short list, or null."),
    FactView("evidence", "Citations shown for them: circumstance, who (an id), post, date, words, title, target."),
    FactView("door", "open, ajar, closed or unknown; the rule, and the page it was read on."),
    FactView(
        "contacts",
        "Only what they publish for contact, the page it stands on, the day it was seen, and whether it belongs to a "
        "blog of several authors they write for.",
    ),
)


@dataclass(frozen=True, slots=True)
class FileView:
    """One file."""

    name: str
    said: str
    size: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """View of the data page."""

    files: tuple[FileView, ...]
    readings: str  # number of personality files; "" if the topic does not enable them
    keys: tuple[FactView, ...]


def data_page(files: tuple[RenderedFile, ...], *, readings: int) -> RenderedPage:
    """data/index.html, for the files in data/."""
    by_name = {file.path.removeprefix("data/"): file for file in files}
    shown = tuple(FileView(name, said, _size(len(by_name[name].content))) for name, said in DESCRIPTIONS.items())
    view = DataPage(shown, counted(readings, "file") if readings else "", KEYS)
    return RenderedPage(
        "data/index.html",
        "Data",
        render_template("data.html.j2", root="../", view=view),
        description="Every table and network of this report as a file.",
        search_text="Data files to download",
        in_navigation=True,
    )


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1000:.0f} kB" if size_bytes >= 1000 else f"{size_bytes} bytes"
