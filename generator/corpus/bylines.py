"""Posts on organisations' sites under the full name of a person with a site of their own.

A name alone joins no identities: such a post stays the organisation's and adds nothing to the person's score. It only
shows that the person has written, so that they are not called silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.corpus.identity import ResolvedPerson
from generator.corpus.merged_posts import MergedPost
from generator.corpus.names import name_key, strip_site_name
from generator.languages.registry import merged_words
from generator.records import PersonId, PublisherKind

ON_BEHALF = re.compile(
    rf"[\s,(]*\b(?:{'|'.join(merged_words('author_names', 'on_behalf'))})\b.*", re.IGNORECASE | re.DOTALL
)


def full_names(people: Iterable[ResolvedPerson], slugs: Mapping[str, PersonId]) -> Mapping[str, PersonId]:
    """Person by full name, as `name_key`, for names that exactly one person goes by."""
    owners: dict[str, set[PersonId]] = defaultdict(set)
    for person in people:
        if person.kind is PublisherKind.PERSON:
            for name in (person.name, *(author.name for author in person.authors)):
                if len(name.split()) > 1:
                    owners[name_key(name)].add(slugs[person.key])
    return {name: min(found) for name, found in owners.items() if len(found) == 1}


def full_name_bylines(post: MergedPost, known: Mapping[str, PersonId]) -> tuple[PersonId, ...]:
    """People whose full name is the byline of a post on another person's or group's site."""
    names = {strip_site_name(ON_BEHALF.sub("", mention.name)) for mention in post.authors}
    return tuple(sorted({known[key] for name in names if (key := name_key(name)) in known}))
