"""Topic files: parse and validate YAML into frozen models, or raise one `TopicError` with all problems.

Takes paths; returns `Topic` and `HistoryEntry` records, the JSON Schema and the table of keys. A file with a problem is
rejected as a whole.
"""

from generator.config.load import check_window, load_relationships, load_topic
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
    "check_window",
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
