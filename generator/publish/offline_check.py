"""Find requests to other servers that a browser would make for a built file.

Plain links are allowed; scripts, styles, images, frames and fetches from other servers are not. Data is not read:
titles of crawled posts stand in it, and a title can look like an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

FOREIGN = re.compile(r"\s*(?:(?:https?|wss?|ftp):)?[\\/]{2}", re.IGNORECASE)
LOADING = ("src", "srcset", "poster", "data", "background", "xlink:href")
LOADING_RELS = frozenset(
    {
        "stylesheet",
        "icon",
        "shortcut",
        "apple-touch-icon",
        "mask-icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
        "prerender",
        "pingback",
    }
)
DATA_TYPES = frozenset({"application/json", "application/ld+json"})  # of script elements: never executed
HREF_LOADS = frozenset({"use", "image", "feimage", "base"})  # elements whose href is fetched or moves all others
CSS_FOREIGN = re.compile(
    r"""(?:url\(\s*|@import\s+|image-set\(\s*)["']?\s*(?:(?:https?|ftp):)?//[^)"'\s]*""", re.IGNORECASE
)
# A literal that begins with an address of another host. Namespaces are names, and so are a library's own
# `license:` and `source:` fields: nothing fetches them.
JS_FOREIGN = re.compile(
    r"""(?<!license:)(?<!source:)(["'`])(?:https?:|wss?:)?//(?!www\.w3\.org/)[\w$\[][^"'`\s]{2,}""", re.IGNORECASE
)
# Assigning a list to `location` would load the address in it.
ASSIGNMENT = re.compile(r"\s*(?:(?:var|let|const)\s+|window\.)?(?!location\b)[A-Za-z_$][\w$]*\s*=(?!=)")
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SEALED = re.compile(r"""(?<=["'`])https?://(?!www\.w3\.org/)""")


def sealed_script(text: str) -> str:
    """Replace addresses of other hosts in a third-party script by empty data URLs.

    The theme contains addresses for features that this site does not use (diagrams, repository facts, a
    polyfill); replaced, they cannot cause a request.
    """
    return SEALED.sub("data:,", text)


def foreign_requests(root: Path) -> Iterator[str]:
    """Every request to another server that the files under `root` would cause, as `file: what`, in file order."""
    for path in sorted(root.rglob("*")):
        kind = path.suffix.lower()
        if kind not in {".html", ".css", ".js", ".svg"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found = {".html": in_html, ".svg": in_html, ".css": in_css, ".js": in_script}[kind](text)
        for what in found:
            yield f"{path.relative_to(root).as_posix()}: {what[:120]}"


def in_css(text: str) -> list[str]:
    """Foreign addresses a style sheet would load."""
    return [match[0] for match in CSS_FOREIGN.finditer(BLOCK_COMMENT.sub("", text))]


def in_script(text: str) -> list[str]:
    """Foreign addresses a script holds as literals, read strictly: any literal counts as a request, except in data."""
    if is_data(text):
        return []
    return [match[0] for match in JS_FOREIGN.finditer(BLOCK_COMMENT.sub("", text))]


def is_data(script: str) -> bool:
    """Whether a script only assigns one JSON value to a variable, such as the search index: that requests nothing."""
    start = ASSIGNMENT.match(script)
    if not start:
        return False
    try:
        value = json.loads(script[start.end() :].strip().removesuffix(";"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict | list)


def in_html(text: str) -> list[str]:
    """Foreign addresses a page would load."""
    found: list[str] = []
    for node in LexborHTMLParser(text).css(
        "[src],[srcset],[poster],[data],[background],link,use,image,feimage,base,"
        "[style],style,script,meta[http-equiv],[xlink\\:href]"
    ):
        found += _in_element(node)
    return found


def _in_element(node: LexborNode) -> list[str]:
    tag, attributes = (node.tag or "").lower(), node.attributes
    found = [f"<{tag} {name}={attributes[name]}>" for name in LOADING if FOREIGN.match(attributes.get(name) or "")]
    href = attributes.get("href") or ""
    rels = set((attributes.get("rel") or "").lower().split())
    if FOREIGN.match(href) and (tag in HREF_LOADS or (tag == "link" and rels & LOADING_RELS)):
        found.append(f"<{tag} href={href}>")
    if "srcset" in attributes and re.search(r"(?:^|[\s,])(?:https?:)?//", attributes["srcset"] or ""):
        found.append(f"<{tag} srcset={attributes['srcset']}>")
    found += in_css(attributes.get("style") or "")
    if tag == "style":
        found += in_css(node.text())
    if tag == "script" and (attributes.get("type") or "").strip().lower() not in DATA_TYPES:
        found += in_script(node.text())
    if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        found.append(f"<meta http-equiv=refresh content={attributes.get('content')}>")
    return found
