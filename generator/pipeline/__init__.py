"""The whole job: the only place that knows every stage.

Carries records from one to the next and decides nothing itself. Each command loads what it needs: a night that only
listens has no use for the stages that rank and draw.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline.crawl_command import crawl_only, planned_requests
    from generator.pipeline.crawl_rounds import EventLogger
    from generator.pipeline.report_build import BuildResult, build_report, explain_rank
    from generator.pipeline.seed_search import SeedSearchResult, propose_seeds

__all__ = [
    "BuildResult",
    "EventLogger",
    "SeedSearchResult",
    "build_report",
    "crawl_only",
    "explain_rank",
    "planned_requests",
    "propose_seeds",
]

_WHERE = {
    "BuildResult": "report_build",
    "SeedSearchResult": "seed_search",
    "EventLogger": "crawl_rounds",
    "build_report": "report_build",
    "crawl_only": "crawl_command",
    "explain_rank": "report_build",
    "propose_seeds": "seed_search",
    "planned_requests": "crawl_command",
}


def __getattr__(name: str) -> object:
    """A name of `__all__`, loaded when it is first used."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"generator.pipeline.{_WHERE[name]}"), name)
