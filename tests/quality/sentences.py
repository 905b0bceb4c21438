"""Labelled sentences, their class by the rules, and the precision and recall of each class."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.insight.citations.citation_context import name_forms
from generator.insight.citations.citation_function import classify
from generator.languages.language import load_language
from generator.records import Person, PersonId, PublisherKind, SiteId, Url

HELD_OUT = 3  # one sentence in three is held out while rules are written
LINKED = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True)
class Judged:
    """A sentence, its label by a human reader, and its class by the rules."""

    sentence: str
    label: str
    got: str
    held_out: bool


@dataclass(frozen=True)
class Score:
    """Counts for precision and recall of one class."""

    said: int
    right: int
    meant: int

    @property
    def precision(self) -> float:
        """Share of the sentences classed so by the rules that bear the label; 1 where the rules class none so."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of the sentences with the label that the rules class so."""
        return self.right / self.meant if self.meant else 1.0


def held_out(sentence: str) -> bool:
    """Whether a sentence is in the held-out third; a hash of its text decides, so that new rows do not move old ones."""
    return hashlib.sha256(sentence.encode()).digest()[0] % HELD_OUT == 0


def _called(name: str) -> Person:
    """A person of this name with a site and an account derived from it."""
    handle = name.casefold().replace(" ", "")
    return Person(
        id=PersonId(handle), name=name, kind=PublisherKind.PERSON, kind_reason="", sites=(SiteId(f"https://{handle}.example/"),),
        accounts=(Url(f"https://social.example/@{handle}"),), confirmations=(), own_words=None, contacts=(),
        languages=("en",),
    )  # fmt: skip


def _class_of(name: str, sentence: str, around: dict[str, Any]) -> str:
    """Class of a sentence by the rules; the first link in square brackets points to the cited person."""
    anchor = LINKED.findall(sentence)[0]
    context = {"cited_text" if key == "cited" else key: value for key, value in around.items()}
    return classify(
        LINKED.sub(r"\1", sentence), anchor, name_forms(_called(name)), load_language("en"), **context
    ).value


@cache
def judged() -> tuple[Judged, ...]:
    """Every sentence of the set with its label and its class."""
    rows = yaml.safe_load(Path(__file__).with_name("citation_functions.yaml").read_text(encoding="utf-8"))
    return tuple(
        Judged(sentence, label, _class_of(name, sentence, *around or ({},)), held_out(sentence))
        for label, group in rows.items()
        for name, sentence, *around in group
    )


def score(kind: str, rows: Iterable[Judged]) -> Score:
    """Score of a class on the sentences given."""
    rows = tuple(rows)
    return Score(
        said=sum(row.got == kind for row in rows),
        right=sum(row.got == kind == row.label for row in rows),
        meant=sum(row.label == kind for row in rows),
    )
