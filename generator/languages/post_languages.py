"""The language each post of a corpus is analysed in."""

from __future__ import annotations

from collections import Counter, defaultdict

from generator.languages.language import Language, base_code, citation_language_of, language_of
from generator.records import Corpus, PersonId, Post


class PostLanguages:
    """Languages of posts and people; a post whose language was not detected has its author's main language."""

    def __init__(self, corpus: Corpus) -> None:
        """Count the detected languages of each author's posts."""
        counts: dict[PersonId, Counter[str]] = defaultdict(Counter)
        for post in corpus.posts:
            if post.language:
                counts[post.author][base_code(post.language)] += 1
        self._main = {person.id: base_code(person.languages[0]) for person in corpus.people if person.languages}
        for author, found in counts.items():
            self._main[author] = min(found, key=lambda code: (-found[code], code))
        everyone = sum(counts.values(), Counter[str]())
        self.corpus_code = min(everyone, key=lambda code: (-everyone[code], code), default="")

    def code_of(self, post: Post) -> str:
        """ISO 639-1 code of a post's language; "" where neither it nor its author's main language is known."""
        return base_code(post.language) if post.language else self.main_code(post.author)

    def of(self, post: Post) -> Language | None:
        """The language of a post; None where it is not known or its data files do not ship."""
        return language_of(self.code_of(post))

    def of_citations(self, post: Post) -> Language | None:
        """The language of a post if it has patterns of citation functions, whatever else it lacks."""
        return citation_language_of(self.code_of(post))

    def main_code(self, person: PersonId) -> str:
        """Code of the language most of a person's posts are in; "" where none was detected."""
        return self._main.get(person, "")

    def main(self, person: PersonId) -> Language | None:
        """The main language of a person; None where it is not known or its data files do not ship."""
        return language_of(self.main_code(person))
