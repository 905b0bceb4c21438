"""The outreach brief: the short list as a set, and one worksheet per person. It drafts no messages.

The contact history is in the hand-off only, unless `site.show_relationships` is set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.formatting import counted, day, listed, percent
from generator.records import RenderedPage, Stance, Worksheet
from generator.render.charts import bar
from generator.render.compliance import ComplianceNotes, compliance_notes
from generator.render.history import ContactHistory, LoggedContact, known_people, logged_contacts
from generator.render.profile import ContactPointView, contact_points, readings
from generator.render.report_index import ReportIndex
from generator.render.tables import usable_contacts
from generator.render.templates import render_template
from generator.render.view_models import BarView, ChipView, CircleLink, PersonLink, QuoteView, RecommendedPostView
from generator.text import clip

MAX_LARGE_PRINT = 1_700  # letters on a sheet up to which it is set large
MAX_SHEET_LETTERS = 2_600  # letters from which long quotations are cut
MAX_ON_FULL_SHEET = 2  # sentences of common ground and offers on a full sheet
MAX_QUOTE_LETTERS, MAX_TITLE_LETTERS = 80, 32  # letters of a quotation on a full sheet; the post is linked
MAX_HISTORY_LINES, MAX_CHECKS, MAX_OFFERS, MAX_COMMON_GROUND = 3, 5, 3, 3
MAX_CLAUSE_LETTERS = 140  # letters of the client's clause
STANCES = {
    Stance.WISHES: "They wish",
    Stance.DIFFICULTIES: "They find difficult",
    Stance.INTERESTS: "They care",
    Stance.VIEWS: "They think",
    Stance.SUBJECTS: "They write about it",
}


@dataclass(frozen=True, slots=True)
class ShortlistPlace:
    """A place of the set, with what it adds."""

    place: int
    person: PersonLink
    circle: CircleLink | None
    adds: str
    covered: BarView
    reaches: str


@dataclass(frozen=True, slots=True)
class NearMissView:
    """Ranked high and not chosen."""

    person: PersonLink
    reason: str


@dataclass(frozen=True, slots=True)
class IntroductionStepView:
    """One step of a warm path."""

    giver: PersonLink
    receiver: PersonLink
    quote: QuoteView


@dataclass(frozen=True, slots=True)
class CommonGroundView:
    """A clause of the client's story, what their sentence does with it, and the sentence."""

    ours: str
    does: str
    quote: QuoteView


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer, the rule by which it may be welcome, and their words for it; None: common ground quotes them."""

    offer: str
    because: str
    quote: QuoteView | None


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """One printable page about one person."""

    place: int
    anchor: str
    person: PersonLink
    circle: CircleLink | None
    why: str
    quote: QuoteView | None
    adds: str
    reading: tuple[RecommendedPostView, ...]
    common: tuple[CommonGroundView, ...]
    offers: tuple[OfferView, ...]
    unchosen: str  # the other offers; "" if none
    path: tuple[IntroductionStepView, ...]
    path_note: str
    door: ChipView
    door_quote: QuoteView | None
    contacts: tuple[ContactPointView, ...]
    verify: tuple[str, ...]
    avoid: tuple[str, ...]
    history: tuple[LoggedContact, ...]
    history_more: str
    dense: bool  # printed in smaller letters, to fit on one page
    full: bool  # so long that sections flow from column to column


@dataclass(frozen=True, slots=True)
class BriefPage:
    """View of the brief."""

    topic: str
    client: str
    story: str
    offers: tuple[str, ...]
    as_of: str
    places: tuple[ShortlistPlace, ...]
    reasoning: str
    misses: tuple[NearMissView, ...]
    sheets: tuple[WorksheetView, ...]
    known: tuple[ContactHistory, ...]
    duties: tuple[ComplianceNotes, ...]
    elsewhere: tuple[ComplianceNotes, ...]


def brief_pages(index: ReportIndex) -> tuple[RenderedPage, RenderedPage | None]:
    """brief/index.html as hosted, and as handed over where that one holds more."""
    shown = index.topic.site.show_relationships
    hosted = _page(index, history=shown)
    private = not shown and bool(index.report.insight.relationships)
    return hosted, _page(index, history=True) if private else None


def _page(index: ReportIndex, *, history: bool) -> RenderedPage:
    brief, chosen = index.topic.brief, index.report.judgement.shortlist
    here, elsewhere = compliance_notes(brief.region)
    sheets = {sheet.person: sheet for sheet in index.report.insight.worksheets}
    view = BriefPage(
        topic=index.topic.topic.name,
        client=brief.client,
        story=brief.story,
        offers=brief.offer,
        as_of=day(index.report.as_of),
        places=tuple(
            ShortlistPlace(
                entry.place,
                index.link(entry.person),
                index.circle_chip(entry.person),
                percent(entry.adds),
                bar(f"Reached with place {entry.place}", entry.covered),
                listed([index.name(person) for person in entry.reaches], 4),
            )
            for entry in chosen.entries
        ),
        reasoning=_reasoning(index),
        misses=tuple(NearMissView(index.link(miss.person), miss.reason) for miss in chosen.near_misses),
        sheets=tuple(
            _sheet(index, sheets[entry.person], entry.place, percent(entry.adds), history=history)
            for entry in chosen.entries
            if entry.person in sheets
        ),
        known=known_people(index) if history else (),
        duties=here,
        elsewhere=elsewhere,
    )
    return RenderedPage(
        "brief/index.html",
        "Outreach brief",
        render_template("brief.html.j2", root="../", view=view),
        description="The short list as a set, and a sheet for each person.",
        search_text="Outreach brief: etiquette, disclosure, privacy",
        in_navigation=True,
    )


def _reasoning(index: ReportIndex) -> str:
    chosen = index.report.judgement.shortlist
    if not chosen.entries:
        return "No one could be chosen: too few people were read, or every door is closed."
    size, linked = len(chosen.entries), counted(len(chosen.most_linked), "most-linked person", "most-linked people")
    return (
        "The list is chosen as a set, so that together these people reach the most, and listed by rank; what each "
        "adds is measured against those above. "
        f"One post from each of these {counted(size, 'person', 'people')} reaches {percent(chosen.coverage)} of the "
        f"circle, weighted by how much the circle trusts each listener; one from each of the {linked} "
        f"{percent(chosen.most_linked_coverage)}."
    )


def _sheet(index: ReportIndex, sheet: Worksheet, place: int, adds: str, *, history: bool) -> WorksheetView:
    person, profile = index.people[sheet.person], index.profiles.get(sheet.person)
    said = profile.door.quote if profile else None
    return _fit_to_page(
        WorksheetView(
            place=place,
            anchor=f"sheet-{person.id}",
            person=index.link(person.id),
            circle=index.circle_chip(person.id),
            why=sheet.why,
            quote=index.proof(sheet.why_quote) if sheet.why_quote else None,
            adds=adds,
            reading=readings(sheet.listen_first[:3]),
            common=tuple(
                CommonGroundView(clip(item.ours, MAX_CLAUSE_LETTERS), STANCES[item.stance], index.quote(item.theirs))
                for item in sheet.common_ground[:MAX_COMMON_GROUND]
            ),
            offers=_offered(index, sheet),
            unchosen="; ".join(
                offer for offer in index.topic.brief.offer if offer not in {o.offer for o in sheet.offers}
            ),
            path=tuple(
                IntroductionStepView(index.link(s.giver), index.link(s.receiver), index.proof(s.evidence))
                for s in sheet.path
            ),
            path_note=sheet.path_note,
            door=index.door(person.id),
            door_quote=index.quote(said) if said else None,
            contacts=_without_repeated_sentences(
                contact_points(usable_contacts(person))[:3], said.text if said else ""
            ),
            verify=sheet.verify,
            avoid=sheet.avoid,
            history=tuple(logged_contacts(entry, index.report.as_of) for entry in sheet.history) if history else (),
            history_more="",
            dense=False,
            full=False,
        )
    )


def _offered(index: ReportIndex, sheet: Worksheet) -> tuple[OfferView, ...]:
    """Return the offers; a sentence already quoted as common ground is not quoted again."""
    above = {item.theirs for item in sheet.common_ground[:MAX_ON_FULL_SHEET]}  # those a full sheet keeps
    return tuple(
        OfferView(item.offer, item.because, None if item.said in above else index.quote(item.said))
        for item in sheet.offers
    )


def _without_repeated_sentences(contacts: tuple[ContactPointView, ...], said: str) -> tuple[ContactPointView, ...]:
    """Contact points without sentences that the sheet shows already, or that hold nothing but the address."""
    return tuple(
        replace(reach, sentence="") if reach.sentence in said or reach.sentence == reach.shown else reach
        for reach in contacts
    )


def _fit_to_page(sheet: WorksheetView) -> WorksheetView:
    """Shorten lists, and if needed quotations, so that the worksheet fits on one printed page."""
    more = len(sheet.history) - MAX_HISTORY_LINES
    sheet = replace(
        sheet,
        offers=sheet.offers[:MAX_OFFERS],
        verify=sheet.verify[:MAX_CHECKS],
        history=sheet.history[:MAX_HISTORY_LINES],
        history_more=f"{counted(more, 'line')} more under “People you have spoken with”." if more > 0 else "",
    )
    letters = _count_letters(sheet)
    if letters <= MAX_SHEET_LETTERS:
        return replace(sheet, dense=letters > MAX_LARGE_PRINT)
    return replace(
        sheet,
        dense=True,
        full=True,
        quote=_shortened_quote(sheet.quote),
        door_quote=_shortened_quote(sheet.door_quote),
        common=tuple(
            replace(item, ours=clip(item.ours, MAX_TITLE_LETTERS * 2), quote=_shortened_quote(item.quote) or item.quote)
            for item in sheet.common[:MAX_ON_FULL_SHEET]
        ),
        path=tuple(replace(step, quote=_shortened_quote(step.quote) or step.quote) for step in sheet.path),
        contacts=tuple(replace(reach, sentence="") for reach in sheet.contacts),
        reading=tuple(replace(item, title=clip(item.title, MAX_QUOTE_LETTERS)) for item in sheet.reading),
        offers=tuple(
            OfferView(clip(item.offer, MAX_TITLE_LETTERS * 2), item.because, _shortened_quote(item.quote))
            for item in sheet.offers[:MAX_ON_FULL_SHEET]
        ),
        unchosen=clip(sheet.unchosen, MAX_QUOTE_LETTERS),
        history=tuple(replace(line, said=clip(line.said, MAX_QUOTE_LETTERS)) for line in sheet.history[:2]),
        history_more=f"{counted(more + 1, 'line')} more under “People you have spoken with”." if more > -1 else "",
        verify=tuple(clip(item, MAX_QUOTE_LETTERS + MAX_TITLE_LETTERS) for item in sheet.verify[:4]),
        avoid=tuple(clip(item, MAX_QUOTE_LETTERS + MAX_TITLE_LETTERS) for item in sheet.avoid[:3]),
    )


def _count_letters(sheet: WorksheetView) -> int:
    """Return the number of letters on a worksheet."""
    quotes = [
        sheet.quote,
        sheet.door_quote,
        *(i.quote for i in sheet.common),
        *(o.quote for o in sheet.offers),
        *(s.quote for s in sheet.path),
    ]
    texts = [sheet.why, sheet.unchosen, sheet.path_note, sheet.door.because, *sheet.verify, *sheet.avoid]
    texts += [f"{quote.text}{quote.title}" for quote in quotes if quote]
    texts += [f"{item.title}{item.why}{item.on}" for item in sheet.reading]
    texts += [f"{item.ours}{item.does}" for item in sheet.common]
    texts += [f"{reach.shown}{reach.sentence}" for reach in sheet.contacts]
    texts += [f"{item.offer}{item.because}" for item in sheet.offers]
    texts += [f"{line.said}{line.promised}{line.next_step}" for line in sheet.history]
    return sum(map(len, texts))


def _shortened_quote(quote: QuoteView | None) -> QuoteView | None:
    return (
        replace(quote, text=clip(quote.text, MAX_QUOTE_LETTERS), title=clip(quote.title, MAX_TITLE_LETTERS))
        if quote
        else None
    )
