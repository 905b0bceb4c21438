"""Who matters: signals, standing with its uncertainty, evidence, and the short list.

Takes the corpus, the citation graph and its circles; returns a judgement of everybody who wrote on topic
inside the window. Leaves out, with the reason, those who did not. Never looks at followers or impressions.
"""

from generator.score.explain import explanation_lines
from generator.score.floors import missed_floors
from generator.score.judge import judge
from generator.score.topic_roles import excluded_people, seed_owners

__all__ = ["excluded_people", "explanation_lines", "judge", "missed_floors", "seed_owners"]
