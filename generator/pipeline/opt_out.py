"""Being left out: whoever is, is forgotten before anything is heard, or as soon as their own pages say so."""

from __future__ import annotations

from collections.abc import Callable

from generator.config import Topic
from generator.corpus import CorpusResult, identifiers_of
from generator.pipeline.crawl_rounds import CrawlSession
from generator.records import HistoryEntry, OptedOutPerson
from generator.urls import canonical_url, url_key
from generator.workspace import Workspace


def run_without_opted_out(
    topic: Topic, workspace: Workspace, make: Callable[[], CrawlSession]
) -> tuple[CorpusResult, CrawlSession]:
    """Hear the topic out without whoever is left out.

    Those the analyst names are forgotten first. A wish is read on the pages of whoever has it: then they are
    forgotten, and this run is gone through once more from its own journal, as if they had never been asked.

    Returns:
        What was built, and the listener that heard it, closed.
    """
    workspace.purge_people(_named(topic, workspace))
    while True:
        with make() as session:
            built = session.listen()
        if not workspace.purge_people(_remembered(found, topic, workspace) for found in built.opted_out):
            return built, session


def _named(topic: Topic, workspace: Workspace) -> tuple[OptedOutPerson, ...]:
    """Whom the topic file leaves out, with all that the state knows of them."""
    found = []
    for line in topic.people:
        if line.leave_out and (url := canonical_url(line.leave_out)):
            known, pages = workspace.stored_about(url_key(url))
            names = (*known.names, *([line.name] if line.name else []))
            found.append(identifiers_of(OptedOutPerson(known.keys, names), pages, topic.topic))
    return tuple(found)


def _remembered(found: OptedOutPerson, topic: Topic, workspace: Workspace) -> OptedOutPerson:
    """Somebody with all that the state knows of them: a site that says no is read no further, but was before."""
    keys, names, mails = set(found.keys), set(found.names), set(found.mails)
    for key in found.keys:
        known, pages = workspace.stored_about(key)
        more = identifiers_of(known, pages, topic.topic)
        keys, names, mails = keys | {*more.keys}, names | {*more.names}, mails | {*more.mails}
    return OptedOutPerson(tuple(sorted(keys)), tuple(sorted(names)), tuple(sorted(mails)))


def redact_topic(topic: Topic, workspace: Workspace) -> Topic:
    """The topic as pages may show it: seeds of people left out are not named."""
    seeds = tuple(seed for seed in topic.seeds if not workspace.names_opted_out(seed))
    return topic.model_copy(update={"seeds": seeds})


def redact_contact_log(history: tuple[HistoryEntry, ...], workspace: Workspace) -> tuple[HistoryEntry, ...]:
    """The analyst's notes without those on somebody left out; in the others their name is blanked."""
    return tuple(
        HistoryEntry(
            entry.person,
            entry.on,
            entry.channel,
            entry.direction,
            workspace.redacted(entry.said),
            workspace.redacted(entry.promised),
            workspace.redacted(entry.next_step),
            entry.due_on,
        )
        for entry in history
        if not workspace.names_opted_out(entry.person)
    )
