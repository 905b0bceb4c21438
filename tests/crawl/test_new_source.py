"""A new source is one module and one line of registration: config, crawl and documents take it from its descriptor."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from types import ModuleType

import pytest
from pydantic_core import PydanticCustomError

from generator.config import sources_table, topic_schema
from generator.config.values import _seed
from generator.crawl import query_source
from generator.records import Purpose, Snapshot, Url
from generator.sources import SOURCES, SourceAnswer, SourceDescriptor, SourceReading, register
from generator.sources.parsing import seed_candidate, source_request

TODAY = date(2026, 1, 31)
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def start(query):
    return source_request(f"https://toy.example/list?box={query.parts['box']}")


def parse(_query, answer):
    return SourceReading(tuple(seed_candidate(answer.snapshot.body.decode())))


@pytest.fixture
def toy():
    """A module as a file of `generator/sources` would be, registered for one test."""
    module = ModuleType("toy")
    module.SOURCE = SourceDescriptor(
        name="toy",
        grammar=r"(?P<box>[a-z]+)",
        form="box",
        mismatch="names no box",
        example="toy:bricks",
        finds="sites in a toy box",
        limits="one box",
        terms="https://toy.example/terms",
        empty_answer=("text/plain", b""),
        start=start,
        parse=parse,
    )
    register(module)
    yield module
    del SOURCES["toy"]


def answers_of(requests):
    """One answer per request, naming a site called like the box."""
    for request in requests:
        box = request.url.rpartition("=")[2]
        body = f"https://{box}.example/".encode()
        snapshot = Snapshot(request.url, request.url, Purpose.SEED, 200, "text/plain", body, "", NOON)
        yield SourceAnswer(request, snapshot)


@pytest.mark.usefixtures("toy")
def test_a_topic_file_is_checked_against_its_grammar():
    """A query that fits is a seed; one that does not is refused with the form to write."""
    assert _seed("toy: bricks") == "toy:bricks"
    with pytest.raises(PydanticCustomError, match="write toy:box"):
        _seed("toy:17")


@pytest.mark.usefixtures("toy")
def test_the_schema_describes_its_seeds():
    """Editors accept its queries and offer its example."""
    seed = json.loads(topic_schema())["properties"]["seeds"]["items"]

    assert "toy:bricks" in seed["examples"]
    assert re.search(seed["pattern"], "toy:bricks")
    assert not re.search(seed["pattern"], "toy:17")


@pytest.mark.usefixtures("toy")
def test_the_crawl_queries_it():
    """Its request is sent, and the site in the answer is a candidate."""
    result = query_source("toy:bricks", as_of=TODAY, fetch=answers_of, wait=pytest.fail)

    assert [candidate.url for candidate in result.candidates] == [Url("https://bricks.example/")]
    assert (result.outcome.requests, result.outcome.sites) == (1, 1)


@pytest.mark.usefixtures("toy")
def test_the_table_lists_it():
    """The row of config/SOURCES.md is made from the descriptor."""
    row = "| `toy` | `toy:bricks` | sites in a toy box | one box | <https://toy.example/terms> |"
    assert row in sources_table().splitlines()


def test_a_name_is_registered_once(toy):
    """Two sources with one name are an error of the programmer, found at import."""
    with pytest.raises(ValueError, match="registered already"):
        register(toy)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_the_schema_accepts_every_example(name):
    """The grammar keeps its meaning without Python's named groups."""
    pattern = json.loads(topic_schema())["properties"]["seeds"]["items"]["pattern"]

    assert re.search(pattern, SOURCES[name].example)
