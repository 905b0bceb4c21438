"""Opt-out: remove people from the state folder if the topic file or their own pages ask for it."""

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
    """Run the crawl, excluding people who opted out.

    People left out by the topic file are purged first. An opt-out stated on a site is found during the crawl: its
    owner is purged, and the run is repeated from its own log, without requests to that site.

    Args:
        topic: the topic file.
        workspace: the open state folder.
        make: makes a new crawl session.

    Returns:
        The corpus, and the closed session that built it.
    """
    workspace.purge_people(_left_out_by_topic(topic, workspace))
    while True:
        with make() as session:
            built = session.run_rounds()
        if not workspace.purge_people(_with_known_identifiers(found, topic, workspace) for found in built.opted_out):
            return built, session


def _left_out_by_topic(topic: Topic, workspace: Workspace) -> tuple[OptedOutPerson, ...]:
    """People left out by the topic file, with every identifier in the state folder."""
    found = []
    for line in topic.people:
        if line.leave_out and (url := canonical_url(line.leave_out)):
            known, pages = workspace.stored_about(url_key(url))
            names = (*known.names, *([line.name] if line.name else []))
            found.append(identifiers_of(OptedOutPerson(known.keys, names), pages, topic.topic))
    return tuple(found)


def _with_known_identifiers(found: OptedOutPerson, topic: Topic, workspace: Workspace) -> OptedOutPerson:
    """A person with every identifier in the state folder, including those from pages read before the opt-out."""
    keys, names, mails = set(found.keys), set(found.names), set(found.mails)
    for key in found.keys:
        known, pages = workspace.stored_about(key)
        more = identifiers_of(known, pages, topic.topic)
        keys, names, mails = keys | {*more.keys}, names | {*more.names}, mails | {*more.mails}
    return OptedOutPerson(tuple(sorted(keys)), tuple(sorted(names)), tuple(sorted(mails)))


def redact_topic(topic: Topic, workspace: Workspace) -> Topic:
    """The topic without the seeds of people who opted out, as pages may show it."""
    seeds = tuple(seed for seed in topic.seeds if not workspace.names_opted_out(seed))
    return topic.model_copy(update={"seeds": seeds})


def redact_contact_log(history: tuple[HistoryEntry, ...], workspace: Workspace) -> tuple[HistoryEntry, ...]:
    """The contact log without entries about people who opted out; their names are blanked in the other entries."""
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
