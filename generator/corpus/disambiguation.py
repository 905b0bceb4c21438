"""Word-sense disambiguation by site: sites that use the topic's keywords in another sense, such as Java the island.

A single post has too few words to decide; all posts of a site together have enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from generator.corpus.term_rows import TermRow, TermVectoriser

NEAR_TOPIC = 0.3  # relevance from which a post tells what a site means by the keywords
# Of the seeds' likeness to their own vocabulary: other senses had 0.42 to 0.47 in simulation, writers on topic 0.60
# and more; on archived blogs the least like their topic had 0.48 and used half of the seeds' keywords or more.
FOREIGN = 0.5
FEW = 0.5  # of the keywords that seeds use
USED = 0.1  # share of a site's posts near the topic in which a keyword it uses occurs


def off_sense_sites(
    vectoriser: TermVectoriser,
    rows: Sequence[TermRow],
    sites: Sequence[str],
    relevance: npt.NDArray[np.float64],
    models: npt.NDArray[np.bool_],
) -> frozenset[str]:
    """Sites whose posts near the topic lack both the vocabulary and half of the keywords of the model posts.

    Args:
        vectoriser: where the rows were counted.
        rows: one per post.
        sites: the site of each post.
        relevance: ρ of each post.
        models: which posts show the topic's own vocabulary: those of the seeds at their own level.
    """
    if not models.any():
        return frozenset()
    vectors = _without_keywords(vectoriser, rows)
    centre = np.asarray(vectors[models].mean(axis=0)).ravel()
    likeness = np.asarray(vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-12))).ravel()
    usual = float(np.median(likeness[models]))
    by_site: dict[str, list[int]] = defaultdict(list)
    for i, site in enumerate(sites):
        if relevance[i] >= NEAR_TOPIC:
            by_site[site].append(i)
    hits = np.array([[count > 0 for count in row.keyword_hits] for row in rows], dtype=float)
    used = {site: int((hits[near].mean(axis=0) >= USED).sum()) for site, near in by_site.items()}
    of_models = sorted(used[site] for site in {sites[i] for i in np.flatnonzero(models).tolist()} if site in used)
    if not of_models:
        return frozenset()
    few = FEW * float(np.median(of_models))
    return frozenset(
        site
        for site, near in by_site.items()
        if float(np.median(likeness[near])) < FOREIGN * usual and used[site] < few
    )


def _without_keywords(vectoriser: TermVectoriser, rows: Sequence[TermRow]) -> sparse.csr_matrix:
    """TF-IDF unit vectors of everything but the keywords."""
    counts = vectoriser.matrix(list(rows))
    tf = counts.copy()
    tf.data = 1 + np.log(tf.data)
    idf = np.log(len(rows) / np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1))
    idf[vectoriser.keyword_terms()] = 0.0
    weighted = sparse.csr_matrix(tf @ sparse.diags(idf))
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(norms, 1e-12)) @ weighted)
