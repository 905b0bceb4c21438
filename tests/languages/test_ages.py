"""Statements of one's own age under 18."""

from __future__ import annotations

import pytest

from generator.languages.ages import stated_age


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("I am 15 years old.", 15),
        ("I'm a 15-year-old from Oslo who rides.", 15),
        ("I’m a 15 year old developer.", 15),
        ("A 16-year-old student from Leeds.", 16),
        ("Just a 14 year old kid with a compiler.", 14),
        ("As a 16-year-old, I can't drive yet.", 16),
        ("I just turned sixteen.", 16),
        ("I'm 17.", 17),
        ("My age is 13.", 13),
        ("I will be 18 next month.", 17),
        ("Ich bin 15 Jahre alt.", 15),
        ("Ich bin ein 16-jähriger Schüler.", 16),
        ("J’ai 15 ans.", 15),
        ("Tengo 15 años.", 15),
        ("Ho 15 anni.", 15),
        ("Tenho 15 anos.", 15),
        ("Ik ben 15 jaar.", 15),
        ("Мне 15 лет.", 15),
        ("我今年15岁。", 15),
        ("我今年十五岁。", 15),
        ("私は15歳です。", 15),
        ("저는 15살입니다.", 15),
        ("Mam 15 lat.", 15),
        ("Jag är 15 år.", 15),
    ],
)
def test_an_age_under_18_is_read(words, age):
    """Plain first-person statements count in every language with patterns."""
    assert stated_age(words) == age


@pytest.mark.parametrize(
    "words",
    [
        "I am 35 years old.",
        "When I was 15 years old I got my first board.",
        "My son is 15 years old.",
        "I am 15 minutes away.",
        "I'm 12 steps from the door.",
        "As a 15-year-old I bought my first board.",
        "I have 15 years of experience.",
        "Ich bin 45 Jahre alt.",
        "Ich bin seit 15 Jahren dabei.",
        "J’ai 15 ans d’expérience.",
        "Tengo 15 años de experiencia.",
        "Ho 15 anni di esperienza.",
        "Tenho 15 anos de experiência.",
        "Мне 45 лет.",
        "我15岁时开始写代码。",
        "私は15歳の娘がいます。",
        "Mam 15 lat doświadczenia.",
    ],
)
def test_other_ages_and_numbers_are_not_read(words):
    """Adults, other people, the past and other units state no age under 18."""
    assert stated_age(words) is None
