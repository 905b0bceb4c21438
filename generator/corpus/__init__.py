"""Sightings to people: duplicates, identity, topical relevance.

Takes: every extraction, the sites tried, the topic.
Returns: `Corpus`, with people, posts, verdicts on sites, recommendations and the listening window.
Drops: posts on unheard or off-topic sites, stubs, copies, other languages, guests' posts; each with its reason.
People who asked to be left out are removed before anything is counted; no `Dropped` names them.
"""

from generator.corpus.build import CorpusResult, build_corpus
from generator.corpus.opt_out_identity import identifiers_of
from generator.corpus.term_rows import TermVectoriser

__all__ = ["CorpusResult", "TermVectoriser", "build_corpus", "identifiers_of"]
