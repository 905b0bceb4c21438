"""The result of a finished command on stdout: ranking, counts, warnings, missed floors, paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from rich.text import Text

from generator.cli.console import console, print_json, strip_control_characters
from generator.config import Topic
from generator.records import Counts, FetchRequest, SeedProposal, SourceOutcome

BELOW_FLOOR = 3
SHOWN_PEOPLE = 10


class BuildSummary(Protocol):
    """The attributes of a build result that are printed."""

    @property
    def counts(self) -> Counts:
        """Counts of the run."""

    @property
    def site(self) -> Path:
        """Folder of the site."""

    @property
    def zip(self) -> Path:
        """The zip file of the offline report."""

    @property
    def floors_missed(self) -> tuple[str, ...]:
        """One sentence per missed floor; if not empty, the exit code is 3."""

    @property
    def people(self) -> Sequence[tuple[int, str, str]]:
        """Rank, name and rationale, best first."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per warning."""


class SeedProposals(Protocol):
    """The attributes of a seed search result that are printed."""

    @property
    def proposals(self) -> tuple[SeedProposal, ...]:
        """Proposed sites, best first."""

    @property
    def sources(self) -> tuple[SourceOutcome, ...]:
        """How each source answered."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per warning."""


def exit_code_for(outcome: BuildSummary) -> int:
    """0, or 3 if the build missed a floor."""
    return BELOW_FLOOR if outcome.floors_missed else 0


def print_build_summary(outcome: BuildSummary, *, as_json: bool) -> None:
    """Print the result of `build`."""
    if as_json:
        print_json(
            {
                "event": "built",
                "site": str(outcome.site),
                "zip": str(outcome.zip),
                "counts": _counts(outcome.counts),
                "people": [{"rank": rank, "name": name, "why": why} for rank, name, why in outcome.people],
                "warnings": outcome.warnings,
                "floors_missed": outcome.floors_missed,
            }
        )
        return
    out = console()
    for rank, name, why in outcome.people[:SHOWN_PEOPLE]:
        line = Text(f"{rank:>3}  ")
        line.append(strip_control_characters(name), style="bold")
        out.print(line.append(f"  {strip_control_characters(why)}"))
    if outcome.people:
        out.print()
    out.print(_sentence(outcome.counts))
    for warning in outcome.warnings:
        out.print(Text(f"note: {strip_control_characters(warning)}", style="yellow"))
    for missed in outcome.floors_missed:
        out.print(Text(f"below a floor: {strip_control_characters(missed)}", style="red"))
    out.print(f"report: {outcome.site / 'index.html'}", markup=False)
    out.print(f"to hand on: {outcome.zip}", markup=False)


def print_crawl_counts(counts: Counts, *, as_json: bool) -> None:
    """Print the result of `crawl`."""
    if as_json:
        print_json({"event": "crawled", "counts": _counts(counts)})
        return
    console().print(_sentence(counts))
    for reason, count in counts.refusals:
        console().print(f"{count:>6}  refused: {reason}", markup=False)


def print_seed_proposals(words: str, proposed: SeedProposals, *, as_json: bool) -> None:
    """Print the result of `seeds`: lines for a topic file with reasons as comments, or one JSON object."""
    if as_json:
        sources = [asdict(outcome) for outcome in proposed.sources]
        seeds = [asdict(proposal) for proposal in proposed.proposals]
        print_json(
            {"event": "proposed", "words": words, "seeds": seeds, "sources": sources, "warnings": proposed.warnings}
        )
        return
    out = console()
    out.print(f"# Proposed for “{_line(words)}”: read them, keep who you would read, delete the rest.", markup=False)
    out.print("seeds:")
    for proposal in proposed.proposals:
        mentions = "one mention" if proposal.mentions == 1 else f"{proposal.mentions} independent mentions"
        why = f"{mentions} on {' and '.join(proposal.sources)}, with {', '.join(proposal.words)}"
        out.print(f"  - {proposal.url}  # {_line(why)}", markup=False)
        for quote in proposal.quotes:
            out.print(f"    #   “{_line(quote)}”", markup=False)
    for outcome in proposed.sources:
        for refusal in outcome.refusals[:1]:
            more = f" and {len(outcome.refusals) - 1} more" if len(outcome.refusals) > 1 else ""
            said = f"# {outcome.seed} was refused: {refusal.reason}, {refusal.detail or refusal.url}{more}"
            out.print(_line(said), markup=False)
    for warning in proposed.warnings:
        out.print(f"# note: {_line(warning)}", markup=False)


def _line(text: str) -> str:
    """Crawled text on one line, so that it cannot leave the YAML comment it is printed in."""
    return strip_control_characters(" ".join(text.split()))


def print_planned_requests(requests: Sequence[FetchRequest], topic: Topic, *, as_json: bool) -> None:
    """Print the result of `crawl --dry-run`: robots.txt of each host, then one address per line."""
    hosts = list(dict.fromkeys("/".join(request.url.split("/")[:3]) for request in requests))
    lines = [
        {"event": "planned_request", "purpose": "robots", "url": f"{host}/robots.txt", "known": False} for host in hosts
    ]
    lines += [
        {"event": "planned_request", "purpose": r.purpose.value, "url": r.url, "known": bool(r.etag or r.last_modified)}
        for r in requests
    ]
    for line in lines:
        if as_json:
            print_json(line)
        else:
            known = "  if changed" if line["known"] else ""
            console().print(Text(strip_control_characters(f"{line['purpose']:>8}  {line['url']}{known}")))
    if not as_json:
        crawl = topic.crawl
        console().print(
            f"{len(lines):,} requests to {len(hosts):,} hosts are certain; what they lead to is asked as well, on "
            f"{crawl.max_sites:,} sites and {crawl.max_pages_per_site:,} pages of each at most."
        )


def _counts(counts: Counts) -> dict[str, object]:
    return {**asdict(counts), "refusals": dict(counts.refusals)}


def _sentence(counts: Counts) -> str:
    return (
        f"{counts.sites_tried} sites tried, {counts.sites_reached} reached, {counts.sites_on_topic} on topic; "
        f"{counts.posts} posts, {counts.on_topic_posts} on topic; "
        f"{counts.citations} citations among {counts.people} people"
    )
