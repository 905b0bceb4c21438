"""The words and patterns of one natural language as one record, read once from its data files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from generator.languages.parts_of_speech import PartsOfSpeech, parts_of_speech
from generator.languages.patterns import PatternMatcher, compile_patterns
from generator.languages.registry import language_codes, language_data, words_of
from generator.languages.subject_words import SubjectWords, subject_words
from generator.languages.word_lists import phrase_joiners, stop_words

ANALYSES = "analyses"  # key of patterns.yaml: what a language has patterns for, where that is not everything
NEVER = "(?!)"  # matches nothing


@dataclass(frozen=True, slots=True)
class Language:
    """One language; `<code>/patterns.yaml` describes what each pattern and word set is for."""

    code: str  # ISO 639-1
    citation_functions: tuple[tuple[str, PatternMatcher], ...]  # value of CitationFunction, in order of trial
    reliable_functions: frozenset[str]
    reply_openings: PatternMatcher
    calls_for_posts: PatternMatcher
    call_responses: PatternMatcher
    attribution_to_others: PatternMatcher
    contrast: PatternMatcher
    doubt_words: frozenset[str]
    quotation: PatternMatcher
    roundup_titles: PatternMatcher
    contact_policy: Mapping[str, PatternMatcher]  # by rule
    contact_words: Mapping[str, frozenset[str]]
    advocacy: PatternMatcher
    advocacy_cue: re.Pattern[str]
    advocacy_openers: frozenset[str]
    convictions: PatternMatcher
    modals: frozenset[str]
    wish_words: frozenset[str]
    imperative_openers: frozenset[str]
    inclusive_plurals: frozenset[str]
    disclaimers: PatternMatcher
    wishes: PatternMatcher
    stances: tuple[tuple[str, PatternMatcher], ...]  # value of Stance, in order of trial
    questions_to_all: PatternMatcher
    questions_to_reader: PatternMatcher
    rhetorical_questions: PatternMatcher
    presupposition: re.Pattern[str]
    negators: frozenset[str]
    hedges: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]  # by person: i, we, you
    anaphoric_starts: frozenset[str]
    answer_openings: tuple[str, ...]
    context_words: frozenset[str]
    other_requests: frozenset[str]
    pointing_words: re.Pattern[str]
    removable_parts: re.Pattern[str]
    impersonal_it: re.Pattern[str]
    stop_words: frozenset[str]
    joiners: frozenset[str]
    phrase_stop_words: frozenset[str]
    trade_words: frozenset[str]
    plural_ending: str
    activity_endings: Mapping[str, str]  # ending of an agent noun → ending of the activity: debugger, debugging
    sensitive: frozenset[str]
    parts_of_speech: PartsOfSpeech
    subject_words: SubjectWords


def base_code(language: str) -> str:
    """The ISO 639-1 part of a language tag, casefolded: "en-GB" is "en"; "" stays ""."""
    return language.casefold().split("-", maxsplit=1)[0]


@cache
def language_of(code: str) -> Language | None:
    """The language with a code; None where it has not all patterns, and for "", a language that is not known."""
    base = base_code(code)
    partial = len(base) != 2 or language_data(base, "patterns").get(ANALYSES, ()) != ()
    return None if partial else citation_language_of(base)


@cache
def citation_language_of(code: str) -> Language | None:
    """The language with a code if it has patterns of citation functions, whatever else it lacks."""
    base = base_code(code)
    return load_language(base) if len(base) == 2 and language_data(base, "patterns") else None


@cache
def load_language(code: str) -> Language:
    """The language with a code.

    Raises:
        LookupError: its data files do not ship with the package.
    """
    raw = language_data(code, "patterns")
    if not raw:
        message = f"No patterns for the language {code!r} ship with the package."
        raise LookupError(message)
    sets = word_sets(code)

    def matcher(key: str) -> PatternMatcher:
        return compile_patterns(raw.get(key, ()), sets)

    def words(key: str) -> frozenset[str]:
        return _words(raw.get(key, ()))

    def expression(key: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        return re.compile(raw.get(key, NEVER), flags)

    return Language(
        code=code,
        citation_functions=tuple(
            (kind, compile_patterns(lines, sets)) for kind, lines in raw["citation_functions"].items()
        ),
        reliable_functions=words("reliable_functions"),
        reply_openings=matcher("reply_openings"),
        calls_for_posts=matcher("calls_for_posts"),
        call_responses=matcher("call_responses"),
        attribution_to_others=matcher("attribution_to_others"),
        contrast=matcher("contrast"),
        doubt_words=words("doubt_words"),
        quotation=matcher("quotation"),
        roundup_titles=matcher("roundup_titles"),
        contact_policy={rule: compile_patterns(lines, sets) for rule, lines in raw.get("contact_policy", {}).items()},
        contact_words={key: _words(entries) for key, entries in raw.get("contact_words", {}).items()},
        advocacy=matcher("advocacy"),
        advocacy_cue=expression("advocacy_cue"),
        advocacy_openers=words("advocacy_openers"),
        convictions=matcher("convictions"),
        modals=words("modals"),
        wish_words=words("wish_words"),
        imperative_openers=words("imperative_openers"),
        inclusive_plurals=words("inclusive_plurals"),
        disclaimers=matcher("disclaimers"),
        wishes=matcher("wishes"),
        stances=tuple((kind, compile_patterns(lines, sets)) for kind, lines in raw.get("stances", {}).items()),
        questions_to_all=matcher("questions_to_all"),
        questions_to_reader=matcher("questions_to_reader"),
        rhetorical_questions=matcher("rhetorical_questions"),
        presupposition=expression("presupposition", re.IGNORECASE),
        negators=words("negators"),
        hedges=words("hedges"),
        pronouns={person: _words(entries) for person, entries in raw.get("pronouns", {}).items()},
        anaphoric_starts=words("anaphoric_starts"),
        answer_openings=tuple(raw.get("answer_openings", ())),
        context_words=words("context_words"),
        other_requests=words("other_requests"),
        pointing_words=expression("pointing_words", re.IGNORECASE),
        removable_parts=expression("removable_parts"),
        impersonal_it=expression("impersonal_it"),
        stop_words=stop_words(code),
        joiners=phrase_joiners(code),
        phrase_stop_words=frozenset(words_of(code, "stop_words", "terms")),
        trade_words=_words(raw.get("trade_words", "").split()),
        plural_ending=raw.get("plural_ending", ""),
        activity_endings=raw.get("activity_endings", {}),
        sensitive=frozenset(words_of(code, "private_life", "sensitive")),
        parts_of_speech=parts_of_speech(code),
        subject_words=subject_words(code),
    )


@cache
def all_languages() -> tuple[Language, ...]:
    """Every language whose data files ship, English first."""
    return tuple(language for code in language_codes() if (language := language_of(code)))


def word_sets(code: str) -> dict[str, tuple[str, ...]]:
    """The named sets that patterns of a language may refer to."""
    return {name: tuple(map(str, entries)) for name, entries in language_data(code, "patterns")["sets"].items()}


def _words(entries: Iterable[object]) -> frozenset[str]:
    """Entries of a data file as words; YAML reads a bare `no` as False."""
    return frozenset("no" if entry is False else "yes" if entry is True else str(entry) for entry in entries)
