"""A file on disk into checked models, or a `TopicError` that lists every problem with line and column.

Knows which two kinds of file there are and which keys name other files; the words for what is wrong
are chosen in `findings`, the rules stand in `models` and `values`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from generator.config.file_text import START, FileProblem, topic_error
from generator.config.models import HistoryLine, Topic
from generator.config.validation_errors import drop_nulls, model_at, to_file_problem
from generator.config.values import is_local_list
from generator.config.yaml_positions import Keys, YamlDocument, dotted_path, read_document
from generator.errors import TopicError
from generator.records import HistoryEntry

T = TypeVar("T")

IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico")


def load_topic(path: Path) -> Topic:
    """The topic a file describes.

    Args:
        path: a YAML file; paths inside it are relative to its folder.

    Returns:
        The topic, `relationships` and `site.logo` as paths that exist.

    Raises:
        TopicError: the file cannot be read, is not YAML, or says something that cannot be used; the
            message has one line per problem, `file:line:column: key: what is wrong (value): what to do`.
    """
    document = read_document(path)
    if document.value is None and not document.problems:
        raise TopicError(f"{path}:1:1: is empty: `whomatters init` writes a topic to start from.")
    if not isinstance(document.value, dict):
        raise topic_error(
            path, [*document.problems, FileProblem(START, "", "is no topic file: it begins with `topic:`")]
        )
    topic, problems = _validated(TypeAdapter(Topic), document)
    files = _files(document.value, path)
    for keys, file in files.items():
        if message := _missing_file(keys, file, path):
            problems.append(FileProblem(document.value_places[keys], dotted_path(keys), message))
    if topic is None or problems:
        raise topic_error(path, problems)
    site = topic.site.model_copy(update={"logo": files.get(("site", "logo"))})
    seeds = tuple(str(files.get(("seeds", i), seed)) for i, seed in enumerate(topic.seeds))
    return topic.model_copy(update={"relationships": files.get(("relationships",)), "site": site, "seeds": seeds})


def load_relationships(path: Path) -> tuple[HistoryEntry, ...]:
    """The history a relationships file tells, oldest first; an empty file is an empty history.

    Raises:
        TopicError: as `load_topic`.
    """
    document = read_document(path)
    if document.value is None and not document.problems:
        return ()
    if not isinstance(document.value, list):
        message = "is no relationships file: it is a list, each entry beginning with `- person:`"
        raise topic_error(path, [*document.problems, FileProblem(START, "", message)])
    lines, problems = _validated(TypeAdapter(tuple[HistoryLine, ...]), document)
    if lines is None or problems:
        raise topic_error(path, problems)
    entries = (line.entry() for line in lines)
    return tuple(sorted(entries, key=lambda entry: entry.on))


def _validated(adapter: TypeAdapter[T], document: YamlDocument) -> tuple[T | None, list[FileProblem]]:
    """The model, or None, and all problems, those of the YAML itself included."""
    problems = list(document.problems)
    known = {(problem.place, problem.keys) for problem in problems}
    try:
        # As JSON, strict: lists become tuples and texts dates, but "12" no number and yes no number.
        value = adapter.validate_json(json.dumps(drop_nulls(document.value, model_at(adapter))), strict=True)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            problem = to_file_problem(error, document, adapter)
            # A list whose entries are all wrong is not empty as well.
            told_already = (problem.place, problem.keys) in known or (error["type"] == "too_short" and error["input"])
            if not told_already:
                problems.append(problem)
        return None, problems
    return value, problems


def _files(value: Mapping[str, Any], path: Path) -> dict[Keys, Path]:
    """Files a topic names, made relative to its own folder."""
    found: dict[Keys, Path] = {}
    if isinstance(name := value.get("relationships"), str):
        found["relationships",] = path.parent / name
    site = value.get("site")
    if isinstance(site, dict) and isinstance(name := site.get("logo"), str):
        found["site", "logo"] = path.parent / name
    seeds = value.get("seeds")
    for i, seed in enumerate(seeds if isinstance(seeds, list) else ()):
        if isinstance(seed, str) and is_local_list(seed.strip()):
            found["seeds", i] = path.parent / seed.strip()
    return found


def _missing_file(keys: Keys, file: Path, topic: Path) -> str | None:
    """What is wrong with a file a topic names; None if it is there."""
    if not file.is_file():
        folder = file.parent
        names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
        close = get_close_matches(file.name, sorted(set(names) - {topic.name}), n=1, cutoff=0.5)
        advice = f"did you mean {close[0]}?" if close else "paths are relative to this file"
        return f"names no file ({file}): {advice}"
    if keys[-1] == "logo" and file.suffix.casefold() not in IMAGE_TYPES:
        return f"is no image ({file.name}): use one of {', '.join(IMAGE_TYPES)}"
    return None
