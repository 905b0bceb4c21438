"""What the circle files posts under: categories, hashtags and rel=tag, and the key phrases of those who tag nothing.

Spellings of one tag are merged: case, hyphens, word endings. Beside those who file under a tag stand those whose
posts use its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from generator.insight.conversation.periods import PeriodCalendar, index_of
from generator.insight.conversation.trends import rate_change
from generator.insight.terms.keyness import Floats
from generator.insight.terms.post_index import PostIndex
from generator.insight.terms.term_counts import TermTable
from generator.languages.post_languages import PostLanguages
from generator.languages.stemming import stem
from generator.languages.word_lists import sensitive_words
from generator.page_names import page_name
from generator.records import PersonId, Post, ProfileInsight, Tag, TagPerson, Url
from generator.text import fold, slug

TAGS = 160
TAGGED_SHARE = 0.1  # of a person's posts; people who tag fewer are filed by their key phrases
FEWEST_POSTS, FEWEST_USES = 2, 2  # filed under a tag in all; using its words, of a person who does not tag
CITED = 5
LONGEST = 40  # characters
# What software files under unasked, or what a blog is rather than what a post is about.
EMPTY = frozenset(
    {
        "uncategorized",
        "uncategorised",
        "unfiled",
        "general",
        "misc",
        "miscellaneous",
        "other",
        "blog",
        "blogs",
        "blogging",
        "post",
        "posts",
        "article",
        "articles",
        "all",
        "page",
        "pages",
        "news",
        "note",
        "notes",
        "featured",
        "site meta",
        "meta",
        "draft",
        "en",
        "english",
        "personal",
        "me",
        "updates",
        "journal",
        "random",
        "thoughts",
        "link",
        "links",
        "dev",
        "writing",
    }
)


@dataclass(slots=True)
class _TagGroup:
    """What is filed under one tag, while it is gathered."""

    spellings: Counter[str] = field(default_factory=Counter)
    posts: dict[PersonId, dict[Url, Post]] = field(default_factory=lambda: defaultdict(dict))
    tagged: bool = False

    @property
    def filed(self) -> int:
        """How many posts are filed here."""
        return sum(map(len, self.posts.values()))


def tag_index(
    post_index: PostIndex,
    table: TermTable,
    profiles: Sequence[ProfileInsight],
    citers: Mapping[Url, frozenset[PersonId]],
    calendar: PeriodCalendar,
    per_drawn: Floats,
    *,
    generic_terms: frozenset[str],
) -> tuple[Tag, ...]:
    """The tags most people file under, then most posts, at most 160.

    Args:
        post_index: people and posts.
        table: terms of the topical posts.
        profiles: for the key phrases of those who tag nothing.
        citers: who cites each post.
        calendar: periods to count by.
        per_drawn: all topical posts by drawn period.
        generic_terms: terms that say no more than the topic's name.
    """
    groups: dict[str, _TagGroup] = defaultdict(_TagGroup)
    for person in sorted(post_index.on_topic):
        _file_tagged(post_index.on_topic[person], groups, post_index.languages)
    terms = {term: index for index, term in enumerate(table.terms)}
    for profile in profiles:
        posts = post_index.on_topic.get(profile.person, ())
        if sum(bool(post.tags) for post in posts) < TAGGED_SHARE * len(posts) or not posts:
            _file_phrases(profile, table, terms, groups)
    by_key = {tag_key(term, table.languages[index].code): index for term, index in sorted(terms.items(), reverse=True)}
    taken: set[str] = set()
    tags = []
    for key, group in sorted(groups.items()):
        if group.filed >= FEWEST_POSTS and min(group.spellings).casefold() not in generic_terms:
            users = _users(by_key.get(key), table, group)
            tags.append(_tag(key, group, users, citers, calendar, per_drawn, taken))
            taken.add(tags[-1].id)
    tags.sort(key=lambda tag: (-sum(entry.filed for entry in tag.people), -tag.posts, tag.id))
    return tuple(tags[:TAGS])


def tag_key(tag: str, code: str) -> str:
    """The key that spellings of one tag share: `#Split-Boards` and `split board` are `splitboard`.

    `code` is the language of the tag.
    """
    folded = fold(tag).casefold().lstrip("#")
    return "".join(stem(part, code) for part in re.split(r"[-_/\s]+", folded) if part)


def _file_tagged(posts: Iterable[Post], groups: dict[str, _TagGroup], languages: PostLanguages) -> None:
    """File one person's posts under their tags."""
    for post in posts:
        for raw in post.tags:
            text = fold(raw).lstrip("#")
            plain = text.casefold()
            if not 1 < len(text) <= LONGEST or plain in EMPTY or not sensitive_words().isdisjoint(plain.split()):
                continue
            if not (key := tag_key(text, languages.code_of(post))):
                continue
            group = groups[key]
            group.spellings[text] += 1
            group.posts[post.author][post.url] = post
            group.tagged = True


def _file_phrases(
    profile: ProfileInsight, table: TermTable, terms: Mapping[str, int], groups: dict[str, _TagGroup]
) -> None:
    """File the posts of a person without tags under their key phrases."""
    for phrase in profile.phrases:
        index = terms.get(phrase.text.casefold())
        if index is None:
            continue
        group = groups[tag_key(phrase.text, table.languages[index].code)]
        group.spellings[phrase.text] += 1
        for at in table.posts_with(index):
            post = table.posts[at]
            if post.author == profile.person:
                group.posts[post.author][post.url] = post


def _users(term: int | None, table: TermTable, group: _TagGroup) -> dict[PersonId, list[Post]]:
    """Who else uses the words of a tag, in how many posts."""
    found: dict[PersonId, list[Post]] = defaultdict(list)
    for at in table.posts_with(term) if term is not None else ():
        post = table.posts[at]
        if post.author not in group.posts:
            found[post.author].append(post)
    return {person: posts for person, posts in found.items() if len(posts) >= FEWEST_USES}


def _tag(
    key: str,
    group: _TagGroup,
    users: Mapping[PersonId, Sequence[Post]],
    citers: Mapping[Url, frozenset[PersonId]],
    calendar: PeriodCalendar,
    per_drawn: Floats,
    taken: Collection[str],
) -> Tag:
    """One tag of the index; `taken` are the file names of others."""
    filed = [post for posts in group.posts.values() for post in posts.values()]
    at = index_of(calendar.drawn, (post.published_on for post in filed))
    counts = np.bincount(at[at >= 0], minlength=len(calendar.drawn))
    people = [_person(person, tuple(posts.values()), filed=True) for person, posts in group.posts.items()]
    people += [_person(person, posts, filed=False) for person, posts in users.items()]
    people.sort(key=lambda entry: (not entry.filed, -entry.posts, entry.person))
    cited = sorted((post.url for post in filed if citers.get(post.url)), key=lambda url: (-len(citers[url]), url))
    name = min(group.spellings, key=lambda text: (-group.spellings[text], text))
    return Tag(
        id=tag_id(key, name, taken),
        name=name,
        people=tuple(people),
        posts=len(filed),
        counts=tuple(int(count) for count in counts),
        change=round(rate_change(counts.astype(np.float64), per_drawn), 2),
        cited=tuple((url, tuple(sorted(citers[url]))) for url in cited[:CITED]),
        from_phrases=not group.tagged,
    )


def tag_id(key: str, name: str, taken: Collection[str] = ()) -> str:
    """A file name that is the tag's own: where letters are lost or the name is reserved, a digest tells it apart."""
    plain, digest = slug(name, 40), sha256(key.encode("utf-8", "replace")).hexdigest()[:6]
    whole = all(part.isascii() and part.isalnum() for part in re.split(r"[-_/\s]+", name.casefold()) if part)
    wishes = [f"{plain}-{digest}"]
    if whole and len(name) <= LONGEST:
        wishes.insert(0, plain)
    return page_name(wishes, taken, otherwise=digest)


def _person(person: PersonId, posts: Sequence[Post], *, filed: bool) -> TagPerson:
    latest = max(posts, key=lambda post: (str(post.published_on or ""), post.url))
    return TagPerson(person, len(posts), latest.url, latest.published_on, filed)
