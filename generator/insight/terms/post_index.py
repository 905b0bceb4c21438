"""Running words of posts, read once: paragraphs without code, sentences worth quoting, who wrote what.

Everything here is about form; nothing is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.languages.code_detection import is_code_paragraph
from generator.languages.post_languages import PostLanguages
from generator.records import Corpus, Person, PersonId, Post, PublisherKind, Url
from generator.text import fold, sentences

MAX_CHARACTERS = 20_000  # of a post that are read for words; a book on one page must not outweigh a blog
REPEATED = 3  # posts of one author a paragraph must stand in to be a habit
REPEATED_SHARE = 0.05  # and of their posts
REPEATED_AMONG = 60  # latest posts that are compared


@dataclass(frozen=True, slots=True)
class PostIndex:
    """The corpus by author and address. All posts are oldest first.

    `on_topic` holds the on-topic posts of the window by author; `guest_posts` those of them that an organisation
    published under a person's full name.
    """

    corpus: Corpus
    people: Mapping[PersonId, Person]
    posts: Mapping[Url, Post]
    by_author: Mapping[PersonId, tuple[Post, ...]]
    on_topic: Mapping[PersonId, tuple[Post, ...]]
    guest_posts: Mapping[PersonId, tuple[Post, ...]]
    boilerplate: Mapping[PersonId, frozenset[str]]  # paragraphs repeated from post to post: greetings, footers
    languages: PostLanguages
    as_of: date

    def name(self, person: PersonId) -> str:
        """The name to show for a person; the slug of a person who is not in the corpus."""
        return self.people[person].name if person in self.people else person

    def days_on_topic(self, person: PersonId) -> list[date]:
        """Dates of a person's on-topic posts in the window, guest posts included, in order."""
        mine = (*self.on_topic.get(person, ()), *self.guest_posts.get(person, ()))
        return sorted(post.published_on for post in mine if post.published_on)

    def is_person(self, author: PersonId) -> bool:
        """Whether an author is one person rather than an organisation or a round-up."""
        return author in self.people and self.people[author].kind is PublisherKind.PERSON


def index_posts(corpus: Corpus, *, as_of: date) -> PostIndex:
    """Index the corpus; posts dated after `as_of` are left out."""
    ordered = sorted(corpus.posts, key=lambda post: (post.published_on or date.min, post.url))
    by_author: dict[PersonId, list[Post]] = {person.id: [] for person in corpus.people}
    on_topic: dict[PersonId, list[Post]] = {person.id: [] for person in corpus.people}
    guest_posts: dict[PersonId, list[Post]] = defaultdict(list)
    for post in ordered:
        if post.published_on and post.published_on > as_of:
            continue
        by_author.setdefault(post.author, []).append(post)
        if post.on_topic and post.in_window:
            on_topic.setdefault(post.author, []).append(post)
            for person in post.signed_by:
                guest_posts[person].append(post)
    return PostIndex(
        corpus=corpus,
        people={person.id: person for person in corpus.people},
        posts={post.url: post for post in corpus.posts},
        by_author={person: tuple(posts) for person, posts in by_author.items()},
        on_topic={person: tuple(posts) for person, posts in on_topic.items()},
        guest_posts={person: tuple(posts) for person, posts in guest_posts.items()},
        boilerplate={person: _repeated_paragraphs(posts) for person, posts in on_topic.items()},
        languages=PostLanguages(corpus),
        as_of=as_of,
    )


def _repeated_paragraphs(posts: Sequence[Post]) -> frozenset[str]:
    """Paragraphs that stand in several posts of one author, such as greetings and footers."""
    seen: Counter[str] = Counter()
    latest = posts[-REPEATED_AMONG:]
    for post in latest:
        seen.update(set(post.text[:MAX_CHARACTERS].split("\n\n")))
    needed = max(REPEATED, REPEATED_SHARE * len(latest))
    return frozenset(paragraph for paragraph, times in seen.items() if times >= needed)


def prose_paragraphs(text: str, repeated: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Paragraphs of running words among the first `MAX_CHARACTERS`, white space folded, without the `repeated`."""
    found = (raw for raw in text[:MAX_CHARACTERS].split("\n\n") if raw not in repeated and not is_code_paragraph(raw))
    return tuple(folded for raw in found if (folded := fold(raw)))


def prose_sentences(text: str, repeated: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Sentences of the prose, each with the paragraph it stands in; headings and list stubs are left out."""
    found: list[tuple[str, str]] = []
    for paragraph in prose_paragraphs(text, repeated):
        if paragraph[-1:] not in ".!?…:;\"”')" and len(paragraph) < 120:
            continue  # a heading, or an item of a list
        found += [(sentence, paragraph) for sentence in sentences(paragraph)]
    return found
