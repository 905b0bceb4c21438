"""The topic file: YAML in, frozen models or a `TopicError` with every problem at once out.  [door: YAML]

Takes paths; returns `Topic` and `HistoryEntry` records, the JSON Schema and the table of keys. Drops
nothing: a file is used whole or refused whole. Knows nothing of what the pipeline does with a key.
"""

from generator.config.load import load_relationships, load_topic
from generator.config.models import (
    ACCENTS,
    Brief,
    Crawl,
    HistoryLine,
    InsightSection,
    Override,
    Scoring,
    Section,
    ShortlistSection,
    SiteSection,
    Topic,
    TopicSection,
    Weights,
)
from generator.config.relationships_file import append_history
from generator.config.schema import (
    KEYS_BEGIN,
    KEYS_END,
    keys_table,
    sources_table,
    topic_schema,
    with_keys_table,
    with_sources_table,
)
from generator.config.starter import starter_topic
from generator.config.values import is_local_list, reachable_path

__all__ = [
    "ACCENTS",
    "KEYS_BEGIN",
    "KEYS_END",
    "Brief",
    "Crawl",
    "HistoryLine",
    "InsightSection",
    "Override",
    "Scoring",
    "Section",
    "ShortlistSection",
    "SiteSection",
    "Topic",
    "TopicSection",
    "Weights",
    "append_history",
    "is_local_list",
    "keys_table",
    "load_relationships",
    "load_topic",
    "reachable_path",
    "sources_table",
    "starter_topic",
    "topic_schema",
    "with_keys_table",
    "with_sources_table",
]
