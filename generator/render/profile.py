"""The profile page: identity, standing, citations, statements, habits and contact of one person."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formatting import counted, day, hour, language_name, number, percent
from generator.languages.quotability import is_quotable
from generator.records import (
    Confirmation,
    Contact,
    ContactKind,
    DoorState,
    Generosity,
    LabelledCitation,
    Person,
    PersonId,
    ProfileInsight,
    PublisherKind,
    RecommendedPost,
    RenderedPage,
    Signal,
    Standing,
    StyleFacts,
)
from generator.render.changes import change_views
from generator.render.charts import activity_chart, bar, points, standing_bar
from generator.render.history import LoggedContact, contact_history_of
from generator.render.links import mail_link, shown_address, web_link
from generator.render.maps import ego_map
from generator.render.personality import PersonalityView, reading_view
from generator.render.report_index import OTHERS, ReportIndex
from generator.render.tables import usable_contacts
from generator.render.templates import render_template
from generator.render.view_models import (
    ActivityChart,
    BarView,
    ChangeView,
    ChipView,
    CircleLink,
    FactView,
    PersonLink,
    QuoteView,
    RecommendedPostView,
    StaticMap,
    TagLink,
    WebLink,
)
from generator.signals import SIGNALS

COMMENT_WORDS = {True: "Comments are open on their posts.", False: "Comments are closed.", None: ""}
YEAR_DAYS = 365  # days
MAX_SIGNED_SHOWN = 3
MAX_QUOTES_SHOWN = 8  # each way; the rest stand under a fold
VOICES = (
    (PublisherKind.PERSON, "person", "people"),
    (PublisherKind.ORGANISATION, "organisation", "organisations"),
    (PublisherKind.AGGREGATOR, "round-up", "round-ups"),
)
MIN_CITATIONS_GIVEN = 5  # citations below which a share of them is chance
SIGNAL_LABELS = {signal.name: signal.label for signal in SIGNALS}


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """An address or a name, how it was confirmed and how sure that is."""

    what: WebLink
    how: str
    sure: str
    page: str | None


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal: raw figure, level beside the others, share of the score, and the rank without it."""

    name: str
    what: str
    explanation: str
    level: BarView
    weight: str
    without: str
    counts: bool


@dataclass(frozen=True, slots=True)
class ContactPointView:
    """A contact point with the page it stands on and the day it was seen."""

    kind: str
    shown: str
    web: str | None
    page: str | None
    seen: str
    sentence: str
    where: str = "their page"


@dataclass(frozen=True, slots=True)
class NewcomerView:
    """A newcomer first cited by the person, with post and date."""

    person: PersonLink
    post: WebLink
    on: str


@dataclass(frozen=True, slots=True)
class SignedPostView:
    """A post that an organisation published under their name."""

    post: WebLink
    site: PersonLink
    on: str


@dataclass(frozen=True, slots=True)
class PhraseView:
    """A phrase of the person, the post that uses it most, and the tag with other people who write about it."""

    text: str
    web: str | None
    note: str
    tag: TagLink | None


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """View of a profile."""

    person: PersonLink
    kind_note: str
    place: str
    why: str
    chips: tuple[ChipView, ...]
    circle: CircleLink | None
    own_words: QuoteView | None
    sites: tuple[WebLink, ...]
    accounts: tuple[WebLink, ...]
    other_names: str
    languages: str
    confirmed: tuple[ConfirmationView, ...]
    standing: BarView
    rank: str
    rank_note: str
    untrusted: bool
    signals: tuple[SignalView, ...]
    proofs: tuple[QuoteView, ...]
    received: tuple[QuoteView, ...]
    received_more: tuple[QuoteView, ...]
    received_note: str
    given: tuple[QuoteView, ...]
    given_more: tuple[QuoteView, ...]
    given_note: str
    ego: StaticMap | None
    phrases: tuple[PhraseView, ...]
    tags: tuple[TagLink, ...]
    reading: tuple[RecommendedPostView, ...]
    champions: tuple[QuoteView, ...]
    questions: tuple[QuoteView, ...]
    wishes: tuple[QuoteView, ...]
    newcomers: tuple[NewcomerView, ...]
    credit: str
    early_citations: tuple[PersonLink, ...]
    activity: ActivityChart | None
    rhythm: tuple[FactView, ...]
    signed: tuple[SignedPostView, ...]
    trend: ChipView
    style: tuple[FactView, ...]
    tone: str
    suggests: PersonalityView | None
    door: ChipView
    door_quote: QuoteView | None
    door_page: str | None
    contacts: tuple[ContactPointView, ...]
    comments: str
    shut: bool
    changes: tuple[ChangeView, ...]
    since: str
    history: tuple[LoggedContact, ...]
    has_sheet: bool


def profile_page(
    index: ReportIndex, standing: Standing, levels: dict[str, float], filed: tuple[TagLink, ...]
) -> RenderedPage:
    """people/<slug>.html; `levels` are this person's signals as rank percentiles in [0, 1], `filed` their tags."""
    person = index.people[standing.person]
    link = index.link(person.id)
    profile = index.profiles.get(person.id)
    view = _view(index, person, standing, profile, levels, filed)
    why = index.rationales.get(person.id, "")
    body = render_template("profile.html.j2", root="../", view=view)
    return RenderedPage(link.href, person.name, body, description=why, search_text=why)


def readings(items: tuple[RecommendedPost, ...]) -> tuple[RecommendedPostView, ...]:
    """Posts to read first."""
    return tuple(
        RecommendedPostView(
            item.title or shown_address(item.post),
            web_link(item.post),
            day(item.on),
            item.why,
            counted(item.minutes, "minute"),
        )
        for item in items
    )


def contact_points(contacts: tuple[Contact, ...]) -> tuple[ContactPointView, ...]:
    """Return contact points as published on the pages of the person."""
    return tuple(
        ContactPointView(
            kind={"email": "E-mail", "form": "Contact form", "account": "Account"}[contact.kind.value],
            shown=contact.value if contact.kind is ContactKind.EMAIL else shown_address(contact.value),
            web=mail_link(contact.value) if contact.kind is ContactKind.EMAIL else web_link(contact.value),
            page=web_link(contact.found_on),
            seen=day(contact.seen_on),
            sentence=contact.sentence,
            where="a page of the blog" if contact.of_blog else "their page",
        )
        for contact in contacts
    )


def _view(
    index: ReportIndex,
    person: Person,
    standing: Standing,
    profile: ProfileInsight | None,
    levels: dict[str, float],
    filed: tuple[TagLink, ...],
) -> ProfilePage:
    received, given = index.cited_by.get(person.id, ()), index.cites.get(person.id, ())
    quotes_in = tuple(index.citation(c, of=person.id) for c in _quotable_first(index.said(person.id, received=True)))
    quotes_out = tuple(index.citation(c, of=person.id) for c in _quotable_first(index.said(person.id, received=False)))
    door = profile.door if profile else None
    place = index.places.get(person.id)
    return ProfilePage(
        person=index.link(person.id),
        kind_note=""
        if person.kind is PublisherKind.PERSON
        else f"Shown, not ranked for the short list: {person.kind_reason}.",
        place=f"No. {place} on the short list" if place else "",
        why=index.rationales.get(person.id, ""),
        chips=(index.door(person.id), index.trend(person.id)),
        circle=index.circle_chip(person.id),
        own_words=index.quote(person.own_words) if person.own_words else None,
        sites=tuple(WebLink(shown_address(site), web_link(site)) for site in person.sites),
        accounts=tuple(WebLink(shown_address(account), web_link(account)) for account in person.accounts),
        other_names=", ".join(person.other_names),
        languages=", ".join(language_name(code) for code in person.languages),
        confirmed=tuple(_confirmed(item) for item in person.confirmations),
        standing=standing_bar(person.name, standing.standing, standing.interval),
        rank=f"{number(standing.rank)} of {number(len(index.standings))}",
        rank_note=_rank_note(standing),
        untrusted=not standing.trusted,
        signals=tuple(_signal(signal, levels.get(signal.name, 0.0)) for signal in standing.signals),
        proofs=tuple(index.proof(item) for item in standing.evidence[:3]),
        received=quotes_in[:MAX_QUOTES_SHOWN],
        received_more=quotes_in[MAX_QUOTES_SHOWN:],
        received_note=_note(index, {c.citing for c in received}, len(received), received=True),
        given=quotes_out[:MAX_QUOTES_SHOWN],
        given_more=quotes_out[MAX_QUOTES_SHOWN:],
        given_note=_note(index, {c.cited for c in given}, len(given), received=False),
        ego=ego_map(index, person.id),
        phrases=_phrases(profile, filed),
        tags=_own_tags(profile, filed),
        reading=readings(profile.read_first) if profile else (),
        champions=tuple(index.quote(said) for said in (profile.champions if profile else ())),
        questions=tuple(index.quote(said) for said in (profile.questions if profile else ())),
        wishes=tuple(index.quote(said) for said in (profile.wishes if profile else ())),
        newcomers=_newcomers(index, profile),
        credit=_credit(profile.generosity) if profile and profile.generosity else "",
        early_citations=tuple(
            index.link(other) for other in (profile.early_citations if profile else ()) if other in index.people
        ),
        activity=activity_chart(profile.activity) if profile else None,
        rhythm=_rhythm(standing, profile),
        signed=_signed(index, person.id),
        trend=index.trend(person.id),
        style=_style(profile.style) if profile and profile.style else (),
        tone=profile.style.tone if profile and profile.style else "",
        suggests=reading_view(index.personalities[person.id]) if person.id in index.personalities else None,
        door=index.door(person.id),
        door_quote=index.quote(door.quote) if door and door.quote else None,
        door_page=web_link(door.url) if door else None,
        contacts=contact_points(usable_contacts(person)),
        shut=bool(door and door.state is DoorState.CLOSED),
        comments=COMMENT_WORDS[person.comments_open],
        changes=tuple(change for change in change_views(index) if change.person.id == person.id),
        since=day(index.report.insight.changes.since, ""),
        history=contact_history_of(index, person.id),
        has_sheet=place is not None,
    )


def _quotable_first(citations: tuple[LabelledCitation, ...]) -> tuple[LabelledCitation, ...]:
    """Sort citations so that those with a quotable sentence come first."""
    return tuple(sorted(citations, key=lambda one: not is_quotable(one.quote)))


def _phrases(profile: ProfileInsight | None, filed: tuple[TagLink, ...]) -> tuple[PhraseView, ...]:
    known = {tag.name.casefold(): tag for tag in filed}
    return tuple(
        PhraseView(p.text, web_link(p.example), counted(p.posts, "post"), known.get(p.text.casefold()))
        for p in (profile.phrases if profile else ())
    )


def _newcomers(index: ReportIndex, profile: ProfileInsight | None) -> tuple[NewcomerView, ...]:
    given = profile.generosity if profile else None
    return tuple(
        NewcomerView(
            index.link(one.person), WebLink(one.title or shown_address(one.post), web_link(one.post)), day(one.on)
        )
        for one in (given.newcomers if given else ())
    )


def _credit(given: Generosity) -> str:
    """Return the least share of their citations that give credit; "" if none does or there are too few."""
    if not given.credits or given.given < MIN_CITATIONS_GIVEN:
        return ""
    beside = "" if not given.circle_share else f"; the circle’s median is {percent(given.circle_share)}"
    return (
        f"At least {number(given.credits)} of their {counted(given.given, 'citation')} in posts on the topic credit, "
        f"thank or praise ({percent(given.credits / given.given)}){beside}."
    )


def _own_tags(profile: ProfileInsight | None, filed: tuple[TagLink, ...]) -> tuple[TagLink, ...]:
    """Return their own tags, linked if the tag index has them."""
    known = {tag.name.casefold(): tag for tag in filed}
    return tuple(known.get(text.casefold(), TagLink("", text, "")) for text in (profile.tags if profile else ()))


def _confirmed(item: Confirmation) -> ConfirmationView:
    return ConfirmationView(
        WebLink(shown_address(item.what), web_link(item.what)), item.how, percent(item.confidence), web_link(item.page)
    )


def _rank_note(standing: Standing) -> str:
    low, high = standing.rank_interval
    span = f"between {number(low)} and {number(high)}" if low != high else f"at {number(low)}"
    low_points, high_points = (points(bound) for bound in standing.interval)
    return (
        f"In eight of ten re-counts of posts and citations they stand {span}, with {low_points} to {high_points} of "
        f"100 points. Tier {number(standing.tier)}: people of one tier cannot be distinguished."
    )


def _signal(signal: Signal, level: float) -> SignalView:
    without = "" if signal.rank_without is None else f"rank {number(signal.rank_without)} without it"
    return SignalView(
        name=signal.name.capitalize(),
        what=SIGNAL_LABELS.get(signal.name, ""),
        explanation=signal.explanation[:1].upper() + signal.explanation[1:],
        level=bar(f"{signal.name}: above {percent(level)} of those scored", level),
        weight=percent(signal.weight) if signal.weight else "shown, not counted",
        without=without,
        counts=signal.weight > 0,
    )


def _note(index: ReportIndex, others: set[PersonId], citations: int, *, received: bool) -> str:
    if not citations:
        return "No citation of them by others was found." if received else "They cite no one of the circle."
    circles = {circle.id for other in others if (circle := index.circle_of.get(other)) and circle.id != OTHERS}
    across = f" {'from' if received else 'in'} {counted(len(circles), 'circle')}" if len(circles) > 1 else ""
    begin = "Cited by" if received else "They cite"
    kinds = [index.people[other].kind if other in index.people else PublisherKind.PERSON for other in others]
    said = [counted(count, one, many) for kind, one, many in VOICES if (count := kinds.count(kind))]
    return f"{begin} {' and '.join(said)}{across}, {counted(citations, 'time')}, on any subject."


def _signed(index: ReportIndex, person: PersonId) -> tuple[SignedPostView, ...]:
    """Return the latest on-topic posts that an organisation published under their full name."""
    found = [
        post
        for post in index.report.corpus.posts
        if person in post.signed_by and post.on_topic and post.in_window and post.author in index.people
    ]
    latest = sorted(found, key=lambda post: (str(post.published_on or ""), post.url), reverse=True)[:MAX_SIGNED_SHOWN]
    return tuple(
        SignedPostView(
            WebLink(post.title or post.url, web_link(post.url)), index.link(post.author), day(post.published_on)
        )
        for post in latest
    )


def _rhythm(standing: Standing, profile: ProfileInsight | None) -> tuple[FactView, ...]:
    cadence = profile.cadence if profile else None
    undated = standing.posts_on_topic - sum(period.on_topic for period in profile.activity) if profile else 0
    index = [
        FactView(
            "Posts about the topic",
            f"{number(standing.posts_on_topic)} of {number(standing.posts_total)} read",
            f"{number(undated)} without a date, not drawn" if undated > 0 else "",
        ),
        FactView("First post read", day(standing.first_on)),
        FactView("Last post read", day(standing.last_on)),
    ]
    if cadence:
        index.append(FactView("Posts in the last year", number(cadence.posts_last_year)))
        if cadence.median_days_between is not None:
            kept = cadence.posts_last_year * cadence.median_days_between >= YEAR_DAYS / 4
            often = "Usually every" if kept else "Used to write every"
            index.append(FactView(often, counted(round(cadence.median_days_between), "day")))
        if cadence.weekday:
            index.append(FactView("Usual weekday", cadence.weekday))
        if cadence.hour is not None:
            zone = (
                "in the time zone of their posts"
                if cadence.zoned
                else "UTC, as stamped; their own time zone is unknown"
            )
            index.append(FactView("Usual hours", hour(cadence.hour), zone))
    return tuple(index)


def _style(style: StyleFacts) -> tuple[FactView, ...]:
    return (
        FactView(
            "Usual length", f"{number(style.median_words)} words", f"the circle: {number(style.circle_median_words)}"
        ),
        FactView(
            "Long posts",
            percent(style.long_share),
            f"of 1,200 words and more; the circle: {percent(style.circle_long_share)}",
        ),
        FactView(
            "Sentence", f"{style.words_per_sentence:.0f} words", f"the circle: {style.circle_words_per_sentence:.0f}"
        ),
        FactView("Questions", f"{percent(style.questions)} of sentences"),
        FactView("Hedges", f"{style.hedges_per_1000:.0f} in 1,000 words", "perhaps, I think, it seems"),
        FactView(
            "Says I / we / you",
            f"{style.i_per_1000:.0f} / {style.we_per_1000:.0f} / {style.you_per_1000:.0f}",
            "in 1,000 words",
        ),
        FactView(
            "Links to others",
            f"{style.links_per_1000:.0f} in 1,000 words",
            f"the circle: {style.circle_links_per_1000:.0f}",
        ),
        FactView("Read from", f"{number(style.words)} words"),
    )
