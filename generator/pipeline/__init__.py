"""The only package that calls every stage: it passes records from one stage to the next.

Policies belong to the stages. Each command imports only the modules it needs; `crawl` loads none of the stages that
rank and render.
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

_MODULES = {
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
    """Import a name of `__all__` on first use."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"generator.pipeline.{_MODULES[name]}"), name)
