"""The whole job: the only place that knows every stage.

Carries records from one to the next and decides nothing itself. Each command loads what it needs: a night that only
listens has no use for the stages that rank and draw.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline.crawling import crawl_only, would_ask
    from generator.pipeline.job import Outcome, build, explain
    from generator.pipeline.listening import Say
    from generator.pipeline.seeds import Proposed, propose_seeds

__all__ = ["Outcome", "Proposed", "Say", "build", "crawl_only", "explain", "propose_seeds", "would_ask"]

_WHERE = {
    "Outcome": "job", "Proposed": "seeds", "Say": "listening", "build": "job", "crawl_only": "crawling",
    "explain": "job", "propose_seeds": "seeds", "would_ask": "crawling",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """A name of `__all__`, loaded when it is first used."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"generator.pipeline.{_WHERE[name]}"), name)
