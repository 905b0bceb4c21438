"""The whole job: the only place that knows every stage.

Carries records from one to the next and decides nothing itself.
"""

from generator.pipeline.job import Outcome, build, crawl_only, explain, would_ask
from generator.pipeline.listening import Say

__all__ = ["Outcome", "Say", "build", "crawl_only", "explain", "would_ask"]
