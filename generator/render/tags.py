"""The tag index, and a page per tag with its people, its trend and its most cited posts."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formatting import counted, day, iso, number
from generator.records import PersonId, RenderedPage, Tag, TagPerson, Url
from generator.render.charts import course, sparkline
from generator.render.conversation import trend_words
from generator.render.links import file_path, shown_address, web_link
from generator.render.report_index import ReportIndex
from generator.render.templates import render_template
from generator.render.view_models import ChipView, CircleLink, CountChart, PersonLink, Sparkline, TagLink, WebLink

MAX_PEOPLE_SHOWN = 3  # of a tag on the index


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag on the index."""

    link: TagLink
    people: tuple[PersonLink, ...]
    people_count: int
    others: str
    posts: int
    spark: Sparkline | None
    change: str
    modifier: str
    top: WebLink | None
    find: str


@dataclass(frozen=True, slots=True)
class TagIndex:
    """View of the tag index."""

    lead: str
    rows: tuple[TagRow, ...]


@dataclass(frozen=True, slots=True)
class TagPersonView:
    """Row of one person with posts under a tag."""

    person: PersonLink
    rank: str
    circle: CircleLink | None
    door: ChipView
    posts: int
    latest: WebLink
    latest_on: str
    latest_key: str


@dataclass(frozen=True, slots=True)
class CitedPostView:
    """A post under a tag that others cite."""

    post: WebLink
    author: PersonLink
    on: str
    by: tuple[PersonLink, ...]
    citers: str


@dataclass(frozen=True, slots=True)
class TagPage:
    """View of a tag's page."""

    name: str
    lead: str
    origin: str
    filed: tuple[TagPersonView, ...]
    using: tuple[TagPersonView, ...]
    course: CountChart | None
    change: ChipView
    cited: tuple[CitedPostView, ...]


def tag_links(index: ReportIndex) -> dict[PersonId, tuple[TagLink, ...]]:
    """Return the tags that each person files posts under, in the order of the index."""
    found: dict[PersonId, list[TagLink]] = {}
    for tag in index.report.insight.conversation.tags:
        for entry in tag.people:
            if entry.filed:
                found.setdefault(entry.person, []).append(tag_link(tag))
    return {person: tuple(links) for person, links in found.items()}


def tag_link(tag: Tag) -> TagLink:
    """A tag as every page links it."""
    return TagLink(tag.id, tag.name, file_path("tags", tag.id))


def tag_pages(index: ReportIndex) -> tuple[RenderedPage, ...]:
    """tags/index.html and tags/<tag>.html."""
    tags = index.report.insight.conversation.tags
    view = TagIndex(
        lead=f"{counted(len(tags), 'subject')} the circle files its posts under: categories and hashtags, and the key "
        "phrases of authors who use no tags. Each tag has a page with its people, its trend and its most cited posts.",
        rows=tuple(_row(index, tag) for tag in sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))),
    )
    return (
        RenderedPage(
            "tags/index.html",
            "Tags",
            render_template("tags.html.j2", root="../", view=view),
            description="What the circle files its posts under, and who writes about it.",
            search_text="Tags and subjects: who writes about what",
            in_navigation=True,
        ),
        *(_page(index, tag) for tag in tags),
    )


def _row(index: ReportIndex, tag: Tag) -> TagRow:
    said, modifier = trend_words(tag.change, tag.counts)
    filed = [entry.person for entry in tag.people if entry.filed]
    using = len(tag.people) - len(filed)
    return TagRow(
        link=tag_link(tag),
        people=tuple(index.link(person) for person in filed[:MAX_PEOPLE_SHOWN]),
        people_count=len(filed),
        others=" and ".join(
            part
            for part in (
                counted(len(filed) - MAX_PEOPLE_SHOWN, "other") if len(filed) > MAX_PEOPLE_SHOWN else "",
                f"{number(using)} more use the words" if using else "",
            )
            if part
        ),
        posts=tag.posts,
        spark=sparkline(tag.counts, f"Posts under “{tag.name}”"),
        change=said,
        modifier=modifier,
        top=_post(index, tag.cited[0][0]) if tag.cited else None,
        find=" ".join([tag.name, *(index.name(entry.person) for entry in tag.people)]).casefold(),
    )


def _page(index: ReportIndex, tag: Tag) -> RenderedPage:
    talk = index.report.insight.conversation
    said, modifier = trend_words(tag.change, tag.counts)
    filed = tuple(entry for entry in tag.people if entry.filed)
    lead = f"{counted(len(filed), 'voice')} with {counted(tag.posts, 'post')} about it inside the window."
    view = TagPage(
        name=tag.name,
        lead=lead,
        origin="Not an author’s tag: a key phrase of people who use no tags. The posts are those that use the phrase."
        if tag.from_phrases
        else "Filed by their authors under this tag, or matched by its words where an author uses no tags.",
        filed=tuple(_writer(index, entry) for entry in filed),
        using=tuple(_writer(index, entry) for entry in tag.people if not entry.filed),
        course=course(tag.counts, talk.periods, talk.unit, "posts"),
        change=ChipView(said, modifier),
        cited=tuple(_cited(index, url, by) for url, by in tag.cited),
    )
    names = " ".join(index.name(entry.person) for entry in filed)
    return RenderedPage(
        file_path("tags", tag.id),
        tag.name,
        render_template("tag.html.j2", root="../", view=view),
        description=f"Who writes about {tag.name}: {lead}",
        search_text=f"{tag.name} {names}",
    )


def _writer(index: ReportIndex, entry: TagPerson) -> TagPersonView:
    standing = index.standings.get(entry.person)
    return TagPersonView(
        person=index.link(entry.person),
        rank=number(standing.rank) if standing else "",
        circle=index.circle_chip(entry.person),
        door=index.door(entry.person),
        posts=entry.posts,
        latest=_post(index, entry.latest),
        latest_on=day(entry.latest_on),
        latest_key=iso(entry.latest_on),
    )


def _cited(index: ReportIndex, url: Url, by: tuple[PersonId, ...]) -> CitedPostView:
    post = index.posts[url]
    return CitedPostView(
        _post(index, url),
        index.link(post.author),
        day(post.published_on),
        tuple(index.link(person) for person in by[:6]),
        counted(len(by), "voice"),
    )


def _post(index: ReportIndex, url: Url) -> WebLink:
    post = index.posts.get(url)
    return WebLink(post.title if post and post.title else shown_address(url), web_link(url))
