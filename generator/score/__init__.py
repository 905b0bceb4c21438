"""Scoring: signals, standings with their uncertainty, evidence, and the short list.

Takes the corpus, the labelled citation graph, its circles and the contact policies. Returns a judgement of all
people with an on-topic post inside the window, and drops the others with the reason. Followers and impressions
are not used.
"""

from generator.score.explain import explanation_lines
from generator.score.floors import missed_floors
from generator.score.judge import judge
from generator.score.topic_roles import excluded_people, seed_owners

__all__ = ["excluded_people", "explanation_lines", "judge", "missed_floors", "seed_owners"]
