"""The whole job: the only place that knows every stage.

Carries records from one to the next and decides nothing itself.
"""

from generator.pipeline.job import Outcome, build, crawl_only, explain, would_ask
from generator.pipeline.listening import Say
from generator.pipeline.seeds import Proposed, propose_seeds

__all__ = ["Outcome", "Proposed", "Say", "build", "crawl_only", "explain", "propose_seeds", "would_ask"]
