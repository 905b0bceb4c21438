"""Who signs what others publish: posts on the sites of bodies under the full name of somebody known from elsewhere.

A name alone joins nobody: such a post stays the body's, and counts for no citation and no merit. It only says that
somebody of that name has written, which is enough not to call them silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.corpus.deduplicate import MergedPost
from generator.corpus.identity import ResolvedPerson
from generator.corpus.names import name_key, strip_site_name
from generator.languages.registry import merged_words
from generator.records import PersonId, PublisherKind

ON_BEHALF = re.compile(
    rf"[\s,(]*\b(?:{'|'.join(merged_words('author_names', 'on_behalf'))})\b.*", re.IGNORECASE | re.DOTALL
)


def full_names(people: Iterable[ResolvedPerson], slugs: Mapping[str, PersonId]) -> Mapping[str, PersonId]:
    """Each full name that exactly one person goes by, in the form that spellings share."""
    owners: dict[str, set[PersonId]] = defaultdict(set)
    for person in people:
        if person.kind is PublisherKind.PERSON:
            for name in (person.name, *(author.name for author in person.authors)):
                if len(name.split()) > 1:
                    owners[name_key(name)].add(slugs[person.key])
    return {name: min(found) for name, found in owners.items() if len(found) == 1}


def full_name_bylines(post: MergedPost, known: Mapping[str, PersonId]) -> tuple[PersonId, ...]:
    """Those whose full name stands over a post of somebody else's."""
    names = {strip_site_name(ON_BEHALF.sub("", mention.name)) for mention in post.authors}
    return tuple(sorted({known[key] for name in names if (key := name_key(name)) in known}))
