"""The personality reading as shown and as a file: what the writing suggests, how far that can be trusted, and why.

The file has the shape that users of Watson Personality Insights know; what that service did not have is added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from generator.formatting import listed, number, percent
from generator.records import PersonalityReading, RenderedFile, Tercile, Trait, TraitEvidence, ValueScore
from generator.render.charts import ranged_bar
from generator.render.links import file_path
from generator.render.report_index import ReportIndex
from generator.render.view_models import BarView

WEAK = "This is a weak inference from writing style."
NAMES = {
    "O": ("big5_openness", "Openness", "ideas and abstraction rather than the familiar"),
    "C": ("big5_conscientiousness", "Conscientiousness", "order and persistence rather than ease"),
    "E": ("big5_extraversion", "Extraversion", "company and talk rather than quiet"),
    "A": ("big5_agreeableness", "Agreeableness", "warmth and trust rather than argument"),
    "N": ("big5_neuroticism", "Emotional tone", "feeling in the words, worry and anger included, rather than calm"),
}
BANDS = {Tercile.LOWER: "lower third", Tercile.MIDDLE: "middle third", Tercile.UPPER: "upper third"}
# r with the writers' own answers; share of the upper and of the lower third who say so of themselves
# (1,234 essays, tests/quality/test_essays.py, 2026-11-28)
VALIDITY = {
    "O": (0.133, 0.591, 0.445),
    "C": (0.083, 0.56, 0.482),
    "E": (0.078, 0.55, 0.47),
    "A": (0.156, 0.63, 0.46),
    "N": (0.141, 0.577, 0.406),
}
MAX_VALUES_NAMED = 3  # needs and values named on a profile


@dataclass(frozen=True, slots=True)
class TraitView:
    """One trait: where it stands among the others, and the words behind it."""

    name: str
    gloss: str
    band: str
    place: BarView
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonalityView:
    """The reading on a profile."""

    weak: str
    basis: str
    tentative: str
    traits: tuple[TraitView, ...]
    speaks_of: str


@dataclass(frozen=True, slots=True)
class ValidityRow:
    """How well one trait agreed with what writers said of themselves."""

    name: str
    r: str
    upper: str
    lower: str


def reading_view(reading: PersonalityReading) -> PersonalityView:
    """A reading in words: the writing suggests, never the person is."""
    return PersonalityView(
        weak=WEAK,
        basis=f"Read from {number(reading.words)} words in {number(reading.posts)} posts, beside the "
        f"{number(reading.compared_with)} other people of this report who wrote enough. The thin line is where eight "
        "of ten re-counts of their posts stand.",
        tentative="Tentative: fewer than 3,500 words." if reading.tentative else "",
        traits=tuple(_trait_view(trait) for trait in reading.traits),
        speaks_of=_speaks_of((*reading.needs, *reading.values)),
    )


def _trait_view(trait: Trait) -> TraitView:
    _, name, gloss = NAMES[trait.name]
    return TraitView(
        name=name,
        gloss=gloss,
        band=f"the writing suggests the {BANDS[trait.band]}",
        place=ranged_bar(f"{name}: above {percent(trait.place)} of the others", trait.place, trait.range),
        behind=tuple(_behind(words) for words in trait.behind),
    )


def _behind(words: TraitEvidence) -> str:
    how = f"{'more' if words.more else 'less'} “{words.category}” than the others"
    examples = f" ({', '.join(words.words)})" if words.words else ""
    return f"{how}{examples}, which points {'up' if words.raises else 'down'}"


def _speaks_of(speaking: tuple[ValueScore, ...]) -> str:
    most = sorted(speaking, key=lambda item: (-item.place, item.name))[:MAX_VALUES_NAMED]
    return listed([item.name.lower() for item in most if item.place > 2 / 3], MAX_VALUES_NAMED)


def validity_rows() -> tuple[ValidityRow, ...]:
    """The measured validity, trait by trait, for the method page."""
    return tuple(
        ValidityRow(NAMES[trait][1], f"{r:.2f}", percent(upper), percent(lower))
        for trait, (r, upper, lower) in VALIDITY.items()
    )


def reading_files(index: ReportIndex) -> tuple[RenderedFile, ...]:
    """data/personality/<slug>.json, one a reading."""
    return tuple(
        RenderedFile(
            file_path("data/personality", reading.person, ".json"),
            (json.dumps(_document(reading), ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
        )
        for reading in index.report.insight.personalities
        if reading.person in index.standings
    )


def _document(reading: PersonalityReading) -> dict[str, object]:
    """The JSON shape of Watson's service; `band`, `range` and `behind` are ours."""
    warnings = [{"warning_id": "WEAK_INFERENCE", "message": f"{WEAK} Bands are thirds of the writers compared with."}]
    if reading.tentative:
        few = f"There were {reading.words} words. Under 3,500 the reading is tentative."
        warnings.append({"warning_id": "WORD_COUNT_MESSAGE", "message": few})
    warnings.append(
        {
            "warning_id": "NEEDS_AND_VALUES",
            "message": "Needs and values are how much is spoken of them, by word lists that no study stands "
            "behind: weaker still than the traits.",
        }
    )
    return {
        "word_count": reading.words,
        "processed_language": reading.language,
        "personality": [_trait_json(trait) for trait in reading.traits],
        "needs": [_spoken_json("need", "needs", item) for item in reading.needs],
        "values": [_spoken_json("value", "values", item) for item in reading.values],
        "warnings": warnings,
    }


def _trait_json(trait: Trait) -> dict[str, object]:
    key, name, _ = NAMES[trait.name]
    behind = [
        {
            "words_about": w.category,
            "examples": w.words,
            "used": "more" if w.more else "less",
            "points": "up" if w.raises else "down",
        }
        for w in trait.behind
    ]
    return {
        "trait_id": key,
        "name": name,
        "category": "personality",
        "percentile": trait.place,
        "raw_score": trait.score,
        "significant": True,
        "band": BANDS[trait.band],
        "range": trait.range,
        "behind": behind,
    }


def _spoken_json(prefix: str, category: str, item: ValueScore) -> dict[str, object]:
    key = f"{prefix}_{item.name.lower().replace(' ', '_').replace('-', '_')}"
    return {"trait_id": key, "name": item.name, "category": category, "percentile": item.place, "significant": False}
