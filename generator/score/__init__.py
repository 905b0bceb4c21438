"""Who matters: signals, standing with its uncertainty, evidence, and the short list.

Takes the corpus, the citation graph and its circles; returns a judgement of everybody who wrote on topic
inside the window. Leaves out, with the reason, those who did not. Never looks at followers or impressions.
"""

from generator.score.explain import explanation_lines
from generator.score.judge import judge

__all__ = ["explanation_lines", "judge"]
