"""Load topic files and relationships files into validated models.

The rules are in `models` and `values`, the wording of problems is in `validation_errors`. Keys that name other files
are resolved here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
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
    """Load a topic file.

    Args:
        path: a YAML file; paths inside it are relative to its folder.

    Returns:
        The topic, with `relationships` and `site.logo` as paths of existing files.

    Raises:
        TopicError: the file cannot be read, is not YAML, or holds invalid values; the
            message has one line per problem, `file:line:column: key: what is wrong (value): what to do`.
    """
    document = read_document(path)
    if document.value is None and not document.problems:
        raise TopicError(f"{path}:1:1: is empty: `whomatters init` writes a topic to start from.")
    if not isinstance(document.value, dict):
        raise topic_error(
            path, [*document.problems, FileProblem(START, "", "is not a topic file: it begins with `topic:`")]
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


def check_window(path: Path, topic: Topic, as_of: date) -> None:
    """Check that the window of a loaded topic file begins on or before the report's day.

    Raises:
        TopicError: `topic.since` is later.
    """
    if topic.topic.since is None or topic.topic.since <= as_of:
        return
    keys: Keys = ("topic", "since")
    message = (
        f"is after the day of the report ({topic.topic.since.isoformat()}, and the report is of {as_of.isoformat()}), "
        "so that no post counts: write an earlier day, leave the key out, or give a later day with --as-of"
    )
    place = read_document(path).value_places.get(keys, START)
    raise topic_error(path, [FileProblem(place, dotted_path(keys), message)])


def load_relationships(path: Path) -> tuple[HistoryEntry, ...]:
    """Load a relationships file, oldest entry first; an empty file has no entries.

    Raises:
        TopicError: as `load_topic`.
    """
    document = read_document(path)
    if document.value is None and not document.problems:
        return ()
    if not isinstance(document.value, list):
        message = "is not a relationships file: it is a list, each entry beginning with `- person:`"
        raise topic_error(path, [*document.problems, FileProblem(START, "", message)])
    lines, problems = _validated(TypeAdapter(tuple[HistoryLine, ...]), document)
    if lines is None or problems:
        raise topic_error(path, problems)
    entries = (line.entry() for line in lines)
    return tuple(sorted(entries, key=lambda entry: entry.on))


def _validated(adapter: TypeAdapter[T], document: YamlDocument) -> tuple[T | None, list[FileProblem]]:
    """Validate a document; return the model or None, and all problems including those of the YAML."""
    problems = list(document.problems)
    known = {(problem.place, problem.keys) for problem in problems}
    try:
        # Strict JSON mode turns lists into tuples and text into dates, but does not turn "12" or yes into a number.
        value = adapter.validate_json(json.dumps(drop_nulls(document.value, model_at(adapter))), strict=True)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            problem = to_file_problem(error, document, adapter)
            # A list whose entries are all invalid would also be reported as empty.
            reported = (problem.place, problem.keys) in known or (error["type"] == "too_short" and error["input"])
            if not reported:
                problems.append(problem)
        return None, problems
    return value, problems


def _files(value: Mapping[str, Any], path: Path) -> dict[Keys, Path]:
    """Files named in a topic file, resolved against its folder."""
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
    """The problem with a file named in a topic file; None if the file can be used."""
    if not file.is_file():
        folder = file.parent
        names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
        close = get_close_matches(file.name, sorted(set(names) - {topic.name}), n=1, cutoff=0.5)
        advice = f"did you mean {close[0]}?" if close else "paths are relative to this file"
        return f"names no file ({file}): {advice}"
    if keys[-1] == "logo" and file.suffix.casefold() not in IMAGE_TYPES:
        return f"is not an image ({file.name}): use one of {', '.join(IMAGE_TYPES)}"
    return None
