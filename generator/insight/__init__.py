"""What the circle says, in their own words: circumstances of citations, doors, profiles, conversation, brief, changes.

Takes the corpus, the citation graph, circles, the judgement, the topic, earlier runs and the analyst's notes;
returns a labelled graph, doors, and one `Insight`. Every statement is a quotation, a count, or an inference
whose rule is named. Drops posts dated after `as_of`, code, repeated paragraphs, and whatever is too short or
too unsure to be said; nothing of health, faith, politics, sexuality, ethnicity or age is inferred, and no
message is drafted. The words of a language stand in `language/<code>.yaml`.
"""

from generator.insight.build import build_insight
from generator.insight.citations.citation_function import label_citation_functions
from generator.insight.contact.contact_policy import read_contact_policies
from generator.insight.contact.redaction import redact_closed_contacts

__all__ = ["build_insight", "label_citation_functions", "read_contact_policies", "redact_closed_contacts"]
