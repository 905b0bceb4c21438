"""View models shared by several pages: frozen, formatted strings and numbers for templates.

Text fields hold plain text, crawled or written here: templates escape all of it. A `web` address has been
through `links.web_link` and is http, https or mailto, or None where it was something else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A person by name. `href` is relative to the site's root; "" for a person without a profile."""

    id: str
    name: str
    href: str
    kind: str
    circle: str
    hue: str  # CSS modifier of the circle's colour


@dataclass(frozen=True, slots=True)
class CircleLink:
    """A circle by name, with the modifier of its colour and the name of its shape."""

    id: str
    name: str
    href: str
    hue: str
    shape: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quotation with its post and date."""

    text: str
    web: str | None
    title: str
    on: str
    by: PersonLink | None = None
    kind: str = ""
    about: PersonLink | None = None


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address with what to call it and an optional note."""

    text: str
    web: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChipView:
    """A short label with its CSS modifier and the sentence that explains it."""

    text: str
    modifier: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class BarView:
    """A share of a whole line, 0 to 100 wide, with its range from `low` on where there is one."""

    label: str
    text: str
    width: float
    low: float | None = None
    span: float = 0.0


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of an activity chart, in the chart's own units."""

    x: float
    y: float
    width: float
    height: float
    y_over: float
    height_over: float
    label: str


@dataclass(frozen=True, slots=True)
class TickView:
    """A label under a chart."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class ActivityChart:
    """Columns over time (all posts, and on-topic ones over them), ticks, and the same as a table."""

    width: float
    height: float
    columns: tuple[ColumnView, ...]
    ticks: tuple[TickView, ...]
    top: str
    summary: str
    rows: tuple[tuple[str, str, str, str], ...]  # period, posts, on topic, citations


@dataclass(frozen=True, slots=True)
class CountChart:
    """Columns of one count over time, ticks, and the same as a table of period and count."""

    width: float
    height: float
    columns: tuple[ColumnView, ...]
    ticks: tuple[TickView, ...]
    top: str
    summary: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line of counts without axes; `label` describes it in words."""

    points: str
    label: str
    end_x: float
    end_y: float


@dataclass(frozen=True, slots=True)
class TimeSpanView:
    """A period drawn on a line 0 to 100 long; `label` describes it in words."""

    start: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class TagLink:
    """A tag by name; `href` is relative to the site's root."""

    id: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class MapDot:
    """A person on a drawn map. `shape` is the outline as SVG path data around (x, y)."""

    person: PersonLink
    x: float
    y: float
    label_y: float
    path: str
    hue: str
    labelled: bool
    main: bool
    title: str
    anchor: str = "middle"
    label_x: float = 0.0
    short: str = ""


@dataclass(frozen=True, slots=True)
class MapLine:
    """A citation path on a drawn map."""

    x1: float
    y1: float
    x2: float
    y2: float
    modifier: str


@dataclass(frozen=True, slots=True)
class StaticMap:
    """A map as lines and dots in a box; readable without scripts, with a sentence for those who cannot see it."""

    box: str
    lines: tuple[MapLine, ...]
    dots: tuple[MapDot, ...]
    summary: str
    circles: tuple[CircleLink, ...]
    font: float  # size of labels in the box's units


@dataclass(frozen=True, slots=True)
class FactView:
    """A name and its value, as in a list of definitions."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecommendedPostView:
    """A post to read first."""

    title: str
    web: str | None
    on: str
    why: str
    minutes: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that changed."""

    kind: str
    modifier: str
    person: PersonLink
    sentence: str
    web: str | None
