"""Statements of one's own age under 18."""

from __future__ import annotations

from time import perf_counter

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
        ("I'm a 15-year-old coder from Leeds.", 15),
        ("I am 14 years old and I love trains.", 14),
        ("I'm sixteen and I write about rust.", 16),
        ("My name is Ben and I'm 13.", 13),
        ("I am twelve years old.", 12),
        ("17-year-old photographer from Oslo.", 17),
        ("I just turned 17.", 17),
        ("I'll be 17 in May, so I am still 16.", 16),
        ("15 y/o, high school student, gamer.", 15),
        ("Hi! Im 14 yrs old.", 14),
        ("I'm only sixteen.", 16),
        ("I turned thirteen last week.", 13),
        ("As a 17-year-old, I have little money for gear.", 17),
        ("A sixteen-year-old with too many bikes, that's me.", 16),
        ("Age: 15", 15),
        ("I'm Lena, 14, and this is my blog.", 14),
        ("I am an eleven-year-old boy who builds robots.", 11),
        ("Being 16, I cannot drive yet.", 16),
        ("I'm a fifteen year old girl from Ohio.", 15),
        ("At 17 I am the youngest member of the club.", 17),
        ("I'm under 18.", 17),
        ("I am not yet eighteen.", 17),
        ("I am a minor.", 17),
        ("I'm 15 and a half.", 15),
        ("I was 13 when I started this blog, and I am 14 now.", 14),
        ("Today is my 16th birthday!", 16),
        ("I recently celebrated my fifteenth birthday.", 15),
        ("I'm a teen blogger, aged 16.", 16),
        ("Ich bin 16 und gehe noch zur Schule.", 16),
        ("J'ai 14 ans.", 14),
        ("Ho 16 anni.", 16),
        ("Ik ben 13 jaar oud.", 13),
        ("Мне 14 лет.", 14),
        ("16歳の高校生です。", 16),
        ("Sixteen-year-old student with a blog.", 16),
        ("I am currently 15 and attend school in Utrecht.", 15),
        ("I'm a high school senior and I'm 17 years old.", 17),
        ("hey, i'm 14!", 14),
        ("I'm turning 18 next month.", 17),
        ("16 years old, from Brazil.", 16),
        ("im 15 and i love pixels", 15),
        ("I'm a thirteen-year-old.", 13),
        ("I'm twelve, and my dad helps me with this site.", 12),
        ("I'm 17 years young.", 17),
        ("My name is Tim and I am 15.", 15),
        ("Je m'appelle Lou, 16 ans.", 16),
        ("Ich heiße Tim und bin 16.", 16),
        ("Soy Marta y tengo 15 años.", 15),
    ],
)
def test_an_age_under_18_is_read(words, age):
    """Plain first-person statements count in every language with patterns."""
    assert stated_age(words) == age


@pytest.mark.parametrize(
    "words",
    [
        "I am 35 years old.",
        "16. März 2025",
        "A 16-year-old boy asked me about skins.",
        "17-year-old photographer from Oslo wins a prize.",
        "Age: 12-16",
        "12 years old.",
        "“I am 12,” he said.",
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
        "I was 15 when I bought my first board.",
        "My daughter is 14.",
        "I have a 15-year-old son.",
        "My car is 16 years old.",
        "I am 45 years old.",
        "I've been doing this for 15 years.",
        "When I was sixteen, I moved to Paris.",
        "I am 17 minutes late.",
        "I'm 15 kilometres from home.",
        "A 15-year-old whisky is better.",
        "At 15 I left school.",
        "I'm 16 hours behind you.",
        "I've turned 40.",
        "I am over 18.",
        "Our dog is twelve.",
        "I feel like a 15-year-old again.",
        "I'm 100% sure.",
        "I teach 15-year-olds.",
        "I'm 14 chapters in.",
        "The game is for people under 18.",
        "I'm 15 pages in.",
        "We're 12.",
        "I'm 17th in line.",
        "My site is 15 years old.",
        "I'm 8 and a half months pregnant.",
        "My brother, 16, took the photo.",
        "I am 10 times happier.",
        "When I'm 17 I will drive, he said.",
        "It feels like I'm 12.",
        "I have been writing since I was 12.",
        "I have two kids, 12 and 15.",
        "Chapter 15.",
        "16 years of blogging.",
        "I ran my first race at 16.",
        "I'm 13 down, 4 to go.",
    ],
)
def test_other_ages_and_numbers_are_not_read(words):
    """Adults, other people, the past and other units state no age under 18."""
    assert stated_age(words) is None


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("Age: 15", 15),
        ("16 | Berlin | she/her", 16),
        ("15 y/o, gamer.", 15),
        ("I'm Lena, 14, and this is my blog.", 14),
        ("17-year-old photographer from Oslo.", 17),
        ("A 16-year-old student from Leeds.", 16),
    ],
)
def test_bare_ages_count_only_where_owners_introduce_themselves(words, age):
    """A post may hold "17-year-old rider from Oslo" about another person; on an own page it is about its owner."""
    assert stated_age(words) == age
    assert stated_age(words, own_page=False) is None


@pytest.mark.parametrize(
    "text", ["I am " * 20_000, "\n" * 100_000 + "16", "16 " * 30_000, "I am a" + " " * 100_000 + "x"]
)
def test_hostile_texts_are_searched_in_linear_time(text):
    """Repetitions and runs of white space cost no more than their length."""
    started = perf_counter()
    stated_age(text)

    assert perf_counter() - started < 10
