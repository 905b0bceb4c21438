"""Keywords in texts of every script: forms, compounds, elisions and script without spaces."""

from __future__ import annotations

import pytest

from generator.languages.keywords import KeywordMatcher
from generator.languages.tokens import tokens


def count(keyword: str, text: str, language: str = "") -> int:
    """How often one keyword is found in a text."""
    return KeywordMatcher((keyword,)).counts(tokens(text), text, language)[0]


@pytest.mark.parametrize(
    ("keyword", "text", "language"),
    [
        pytest.param("drystone wall", "a drystone-wall repair", "en", id="hyphen for space"),
        pytest.param("drystone-wall", "a drystone wall", "en", id="space for hyphen"),
        pytest.param("kiln", "the kiln’s door", "en", id="possessive"),
        pytest.param("argile", "l’argile est rouge", "fr", id="French elision"),
        pytest.param("argilla", "dell'argilla rossa", "it", id="Italian elision"),
        pytest.param("pared seca", "paredes secas", "es", id="Spanish plurals of a phrase"),
        pytest.param("Töpfer", "To\u0308pfer", "de", id="decomposed letters"),
        pytest.param("Keramik", "Die Kera\u00admik", "de", id="soft hyphen"),
        pytest.param("kiln", "ｋｉｌｎ", "", id="full width"),
        pytest.param("Glasur", "Salzglasuren", "de", id="German compound, last part"),
        pytest.param("Glasur", "Glasurfehler", "", id="German compound, first part, unknown language"),
        pytest.param("глина", "из глины", "", id="Russian case in a text of unknown language"),
        pytest.param("ёмкость", "емкость", "ru", id="Russian without dots"),
        pytest.param("طين", "والطين", "", id="Arabic conjunction and article"),
        pytest.param("חרס", "בחרס", "", id="Hebrew preposition"),
        pytest.param("도자기", "도자기를 샀다", "", id="Korean particle"),
        pytest.param("陶瓷", "我喜欢陶瓷艺术", "", id="Chinese inside a run"),
        pytest.param("釉薬", "新しい釉薬を試す", "", id="Japanese between kana"),
        pytest.param("ロクロ", "ロクロを回す", "", id="katakana word alone"),
        pytest.param("セラミック", "セラミックナイフ", "", id="long katakana word in a compound"),
        pytest.param("เซรามิก", "ฉันชอบเซรามิกมาก", "", id="Thai inside a run"),
        pytest.param("USB 接口", "新的USB接口", "", id="Latin and Han, space optional"),
        pytest.param("kiln", "用kiln烧", "zh", id="Latin word inside Chinese"),
        pytest.param("मिट्टी", "लाल मिट्टी है", "hi", id="Devanagari vowel signs"),
    ],
)
def test_a_keyword_is_found_once(keyword, text, language):
    """However the script joins words, a keyword is found where a reader sees it."""
    assert count(keyword, text, language) == 1


@pytest.mark.parametrize(
    ("keyword", "text", "language"),
    [
        pytest.param("oven", "woven cloth", "", id="short word inside another"),
        pytest.param("Glasur", "Glasuren", "en", id="ending of another language"),
        pytest.param("glaze", "unglazed", "en", id="English writes no compounds as one"),
        pytest.param("ロク", "ロクロ", "", id="part of a short katakana word"),
        pytest.param("손", "손님", "", id="Korean syllable inside another noun"),
        pytest.param("red clay", "red or white clay", "en", id="words of a phrase apart"),
        pytest.param("clay", "see example.com/red-x/clay", "en", id="part of an address"),
        pytest.param("AB 接口", "USAB接口", "", id="Latin letters of a longer word"),
    ],
)
def test_a_part_of_another_word_is_no_keyword(keyword, text, language):
    """Letters in common are not enough."""
    assert count(keyword, text, language) == 0
