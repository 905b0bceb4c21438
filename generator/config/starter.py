"""The template that `init` writes: a short, valid topic file with comments."""

from __future__ import annotations

import json
from collections.abc import Sequence


def starter_topic(name: str, *, seeds: Sequence[str] = (), keywords: Sequence[str] = ()) -> str:
    """YAML of a new topic file; it is valid once it has one seed.

    Args:
        name: name of the topic.
        seeds: addresses or `source:query`; if empty, a comment shows an example.
        keywords: words of the topic; if empty, the name is the only keyword.
    """
    return f"""\
# yaml-language-server: $schema=topic.schema.json
topic:
  name: {_quoted(name)}
  description: ""                # one or two sentences; counts a quarter of a keyword
  keywords: [{", ".join(_quoted(word) for word in keywords or (name,))}]
  exclude: []                    # words that show it is about something else
  languages: []                  # such as en; empty listens to all

seeds:                           # blogs, feeds or OPML files you would read first, or hn:{_query(name)}
{_lines(seeds)}
crawl:
  contact: null                  # your page or e-mail address for site owners; required for live crawls
  hops: 2                        # follow citations this far from the seeds
  max_sites: 300

people: []                       # corrections by hand: same, leave_out, name, kind, friend

brief:
  client: ""                     # who wants to get in touch, in the client's own words
  story: ""
  offer: []
  region: ""
  known: []                      # sites of people you already know: warm paths start here
"""


def _quoted(text: str) -> str:
    """Text as a quoted YAML scalar; every JSON string is valid YAML."""
    return json.dumps(text, ensure_ascii=False)


def _query(name: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in name.casefold()).split()
    return words[0] if words else "words"


def _lines(seeds: Sequence[str]) -> str:
    return "".join(f"  - {_quoted(seed)}\n" for seed in seeds) or "  # - https://a-blog-you-trust.example/\n"
