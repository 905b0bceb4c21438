"""Sightings to people: duplicates, identity, topical relevance.

Takes: every extraction, the sites tried, the topic.
Returns: `Corpus`, with people, posts, verdicts on sites, recommendations and the listening window.
Drops: posts on unheard or off-topic sites, stubs, copies, other languages, guests' posts; each with its reason.
Whoever asked to be left out is gone before anything is counted and appears in no `Dropped`.
"""

from generator.corpus.build import CorpusResult, build_corpus
from generator.corpus.opt_out_identity import identifiers_of
from generator.corpus.term_rows import TermVectoriser

__all__ = ["CorpusResult", "TermVectoriser", "build_corpus", "identifiers_of"]
