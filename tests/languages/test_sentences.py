"""Sentences, tokens and lengths of texts in languages other than English."""

from __future__ import annotations

import pytest

from generator.languages.quotability import is_quotable
from generator.languages.sentences import sentences
from generator.languages.tokens import tokens, word_count


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["今天下雨。", "很冷！", "你来吗？", "来。"], id="Chinese"),
        pytest.param(["“今天很冷！”他说。", "“走吧。”", "我们走了。"], id="quotation that the sentence goes on behind"),
        pytest.param(["「行こう。」と言った。", "寒い。"], id="Japanese quotation"),
        pytest.param(["太好了!", "真的?", "是"], id="ASCII marks between ideographs"),
        pytest.param(["版本 2.0。", "2024年"], id="figures"),
    ],
)
def test_script_without_spaces_ends_sentences_at_its_full_stops(parts):
    """A full stop of these scripts needs no space; closing quotation marks belong to the sentence they close."""
    assert list(sentences("".join(parts))) == parts


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["Am 3. Juni begann es.", "Es war der 2. Versuch."], id="German ordinals"),
        pytest.param(["Es kamen 17.", "Dann ging er."], id="a figure that is no ordinal"),
        pytest.param(["Man nehme z. B. Mehl bzw. Wasser.", "Es sind ca. 5 kg."], id="German abbreviations"),
        pytest.param(["La Sra. Ruiz llegó.", "¿Quién?", "¡Ella!"], id="Spanish title and openers"),
        pytest.param(["Это т. е. Москва.", "Да."], id="Russian letters"),
        pytest.param(["Он сказал. и ушёл."], id="lower case of any script goes on"),
        pytest.param(["Er rief: „Halt.“", "Dann Stille."], id="German quotation"),
        pytest.param(["Il dit : « Non. »", "Puis il part."], id="French quotation"),
        pytest.param(["Hun sa »Nei.«", "Så gikk hun."], id="reversed guillemets"),
        pytest.param(["کل بارش ہوئی۔", "سردی تھی۔"], id="Urdu"),
        pytest.param(["वर्षा हुई।", "ठंड थी।"], id="Hindi"),
        pytest.param(["Անձրև եկավ։", "Ցուրտ էր։"], id="Armenian"),
        pytest.param(["هل جئت؟", "نعم."], id="Arabic question"),
    ],
)
def test_sentences_end_where_readers_of_the_language_think_they_do(parts):
    """Abbreviations, ordinals and quotations of each language."""
    assert list(sentences(" ".join(parts))) == parts


def test_a_word_that_is_an_abbreviation_elsewhere_ends_a_sentence():
    """“Art.” shortens a German word, and ends an English sentence."""
    text = "This is art. Look at it."
    assert list(sentences(text)) == ["This is art.", "Look at it."]
    assert list(sentences("Siehe Art. Eins dort.", "de")) == ["Siehe Art. Eins dort."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("手冲咖啡", ["手冲", "冲咖", "咖啡"]),
        ("雪が降る", ["雪", "降"]),
        ("カタカナで書く", ["カタカナ", "書"]),
        ("用Swift写", ["用", "swift", "写"]),
        ("l’eau, don’t", ["l", "eau", "don't"]),
        ("बर्फ नरम", ["बर्फ", "नरम"]),
        ("ＡＢＣ", ["abc"]),
    ],
)
def test_tokens_of_other_scripts(text, words):
    """Han in pairs, katakana in runs, no hiragana; elided articles apart; one spelling of each character."""
    assert tokens(text) == words


def test_lengths_are_comparable_between_scripts():
    """1.7 Chinese characters count as a word, and Latin words among them as one each."""
    assert word_count("one two three") == 3
    assert word_count("字" * 170) == 100
    assert word_count("用 Swift 写 " + "字" * 168) == 101


def test_a_chinese_sentence_can_be_quoted():
    """A sentence without spaces is as long as its characters say, not one word."""
    assert is_quotable("这篇文章让我第一次明白了釉料和温度的关系。")
    assert not is_quotable("看这里。")
