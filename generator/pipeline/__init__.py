"""The whole job: the only place that knows every stage.

Carries records from one to the next and decides nothing itself. Each command loads what it needs: a night that only
listens has no use for the stages that rank and draw.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline.build_report import Outcome, build, explain
    from generator.pipeline.crawl_command import crawl_only, would_ask
    from generator.pipeline.crawl_rounds import Say
    from generator.pipeline.seed_search import Proposed, propose_seeds

__all__ = ["Outcome", "Proposed", "Say", "build", "crawl_only", "explain", "propose_seeds", "would_ask"]

_WHERE = {
    "Outcome": "build_report",
    "Proposed": "seed_search",
    "Say": "crawl_rounds",
    "build": "build_report",
    "crawl_only": "crawl_command",
    "explain": "build_report",
    "propose_seeds": "seed_search",
    "would_ask": "crawl_command",
}


def __getattr__(name: str) -> object:
    """A name of `__all__`, loaded when it is first used."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"generator.pipeline.{_WHERE[name]}"), name)
