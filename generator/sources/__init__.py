"""Sources of seeds: places on the web that list addresses, queried by a seed `name:query`.

One file per source, each with a `SOURCE` (see `SourceDescriptor`); nothing here fetches. To add a source, write its
file and add its line to `MODULES`: topic files are then checked against its grammar, the crawl queries it,
config/SOURCES.md lists it after `make docs`, and tests/crawl tries its empty, broken and refused answers.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import unique_by_url

__all__ = [
    "SOURCES",
    "SeedCandidate",
    "SourceAnswer",
    "SourceDescriptor",
    "SourceQuery",
    "SourceReading",
    "SourceRequest",
    "register",
    "unique_by_url",
]

MODULES = (
    "blogroll",
    "commoncrawl",
    "discourse",
    "hn",
    "lemmy",
    "mastodon",
    "reddit",
    "stackexchange",
    "webmention",
    "wikipedia",
    "youtube",
)

SOURCES: dict[str, SourceDescriptor] = {}
"""Descriptors by the name before the colon of a seed."""


def register(module: ModuleType) -> SourceDescriptor:
    """Add the `SOURCE` of a module to the registry.

    Raises:
        ValueError: another source has the same name, or its example does not fit its own grammar.
    """
    source: SourceDescriptor = module.SOURCE
    if source.name in SOURCES or not source.accepts(source.example.removeprefix(f"{source.name}:")):
        raise ValueError(f"{module.__name__}: source {source.name!r} is registered already or its example is wrong")
    SOURCES[source.name] = source
    return source


for _name in MODULES:
    register(import_module(f"{__name__}.{_name}"))
