"""Languages by code, and what is reported where the data files of a language do not ship."""

from __future__ import annotations

import pytest

from generator.insight.contact.contact_statements import rules_of_sentence
from generator.insight.not_analysed import not_analysed
from generator.insight.terms.post_index import index_posts
from generator.languages.language import language_of, load_language
from generator.languages.post_languages import PostLanguages
from generator.languages.word_lists import stop_words
from generator.records import AnalysisKind, DoorRule
from tests.factories.insight import AS_OF, corpus, graph, page, person, post


def test_a_language_without_data_files_is_none():
    """English in any region is English; an unknown language and a language without data files are None."""
    assert language_of("en-GB") is load_language("en")
    assert [language_of(code) for code in ("", "de", "xx", "../en")] == [None] * 4


def test_an_undetected_post_has_its_authors_main_language():
    """The main language is that of most posts; without any detected post it is the first of the person's languages."""
    posts = [post(f"https://ada.example/{n}", "ada", language=code) for n, code in enumerate(("de", "de", "en", ""))]
    people = [person("ada"), person("bo", languages=("fr",)), person("cy", languages=())]
    languages = PostLanguages(corpus(people, posts))

    assert languages.code_of(posts[3]) == "de"
    assert languages.main_code("bo") == "fr"
    assert languages.main_code("cy") == ""


def test_what_was_not_analysed_is_counted_by_language():
    """Each analysis reports its posts, or own pages, in languages without data files; English reports nothing."""
    german = [post(f"https://ada.example/{n}", "ada", language="de") for n in range(2)]
    made = corpus([person("ada"), person("bo")], [*german, post("https://bo.example/1", "bo")], [page("ada", "Hallo.")])
    found = not_analysed(index_posts(made, as_of=AS_OF), graph(), "en", scored=("ada", "bo"), personality=False)

    assert [(item.what, item.language, item.posts) for item in found] == [
        (AnalysisKind.CONTACT_POLICIES, "de", 1),
        (AnalysisKind.TERMS, "de", 2),
        (AnalysisKind.STATEMENTS, "de", 2),
        (AnalysisKind.STYLE, "de", 2),
    ]


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Keine Werbung, keine Anfragen.", (DoorRule.REFUSES_ALL,)),
        ("Please do not email me.", (DoorRule.REFUSES_ALL,)),
        ("谢绝广告。", (DoorRule.REFUSES_ALL,)),
        ("Keine Gastbeiträge, kein Linktausch.", (DoorRule.REFUSES_KIND,)),
        ("Feel free to email me.", ()),
    ],
)
def test_a_refusal_counts_in_every_language(sentence, rules):
    """On a page in a language without data files only refusals are looked for, in all languages."""
    assert tuple(rule for rule, _ in rules_of_sentence(sentence, None, home=False)) == rules


def test_stop_words_belong_to_one_language():
    """A stop word of German is not one of English."""
    assert "die" in stop_words("de")
    assert "die" not in stop_words("en")
