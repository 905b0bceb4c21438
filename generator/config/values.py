"""Checks of single values in a topic file: addresses, seeds, language codes, colours, text.

The message of each check says what to write instead.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.sources import SOURCES
from generator.urls import canonical_url

ACCENTS = (
    "red",
    "pink",
    "purple",
    "deep-purple",
    "indigo",
    "blue",
    "light-blue",
    "cyan",
    "teal",
    "green",
    "light-green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep-orange",
)
"""Names of the accent colours of the theme."""

SOURCE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?!//)(.*)", re.DOTALL)
EMAIL = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.[A-Za-z]{2,}")
BARE_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/:?].*)?")


def _wrong(message: str) -> PydanticCustomError:
    # The message is passed as a field, because braces in user input would be parsed as fields of the template.
    return PydanticCustomError("value", "{message}", {"message": message})


def closest_match(word: str, choices: tuple[str, ...]) -> str | None:
    """The choice most similar to a mistyped word, or None."""
    found = get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return found[0] if found else None


def _text(value: str) -> str:
    if not (folded := " ".join(value.split())):
        raise _wrong("is blank: write something or drop the key")
    return folded


def _address(value: str) -> str:
    value = value.strip()
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise _wrong("holds a name or password: nothing is asked with one, give the address without")
    if canonical_url(value):
        return value
    if BARE_HOST.fullmatch(value) and canonical_url(f"https://{value}"):
        raise _wrong(f"is not a full address: write https://{value}")
    raise _wrong("is not a web address: copy it from the browser, beginning with https://")


def is_local_list(seed: str) -> bool:
    """Whether a seed is the name of an OPML file next to the topic file."""
    return seed.casefold().endswith(".opml") and "://" not in seed


def _seed(value: str) -> str:
    value = value.strip()
    if is_local_list(value):
        return value
    source = SOURCE.fullmatch(value)
    if source is None or BARE_HOST.fullmatch(value):
        return _address(value)
    name, query = source[1], source[2].strip()
    if name.casefold() in ("http", "https"):
        return _address(value)
    if name not in SOURCES:
        meant = closest_match(name, tuple(SOURCES)) or "hn"
        raise _wrong(f"is not a web address and names no known source: write https://…, or {meant}:{query or 'words'}")
    if not query:
        raise _wrong(f"asks {name} for nothing: put words after the colon, such as {name}:rust")
    if not SOURCES[name].accepts(query):
        raise _wrong(f"asks {name} in a form it does not take: write {name}:{SOURCES[name].form}")
    return f"{name}:{query}"


def _describe_seed(schema: dict[str, Any]) -> None:
    """Add the form of seeds to a JSON Schema: an address, a local OPML file, or a query that its source accepts."""
    # ECMAScript, which editors use, has no (?P<name>...).
    queries = [f"{name}:\\s*(?:{re.sub(r'[?]P<[a-z]+>', '?:', SOURCES[name].grammar)})" for name in sorted(SOURCES)]
    forms = [r"[Hh][Tt][Tt][Pp][Ss]?://.+", r"(?:(?!://).)*\.[Oo][Pp][Mm][Ll]", *queries]
    schema["pattern"] = f"^\\s*(?:{'|'.join(forms)})\\s*$"
    schema["examples"] = ["https://powderlines.example/", *(SOURCES[name].example for name in sorted(SOURCES))]


def reachable_path(contact: str) -> bool:
    """Whether a contact is a valid web or e-mail address."""
    contact = contact.strip()
    if not contact.isprintable() or " " in contact:
        return False
    return bool(EMAIL.fullmatch(contact.removeprefix("mailto:")) or canonical_url(contact))


def _contact(value: str) -> str:
    value = value.strip()
    if reachable_path(value):
        return value
    raise _wrong("is neither a web address nor an e-mail address: site owners must be able to reach you")


def _language(value: str) -> str:
    if re.fullmatch(r"[a-z]{2}", value):
        return value
    raise _wrong("is not a two-letter language code: write en for English, de for German, pt for Portuguese")


def _accent(value: str) -> str:
    if value in ACCENTS:
        return value
    close = closest_match(value, ACCENTS)
    raise _wrong(
        f"is not a colour of the theme: use {close}" if close else f"is not a colour of the theme: {', '.join(ACCENTS)}"
    )


Text = Annotated[str, Field(max_length=500), AfterValidator(_text)]
"""Text that is not blank, with white space folded."""
Address = Annotated[str, AfterValidator(_address)]
"""An http(s) address as it was written."""
Seed = Annotated[str, AfterValidator(_seed), Field(json_schema_extra=_describe_seed)]
"""An http(s) address, `source:query` with a known source, or an OPML file beside the topic file."""
ContactPoint = Annotated[str, Field(max_length=200), AfterValidator(_contact)]
"""A web or e-mail address for the User-Agent."""
Language = Annotated[str, AfterValidator(_language)]
"""An ISO 639-1 code in lower case."""
Accent = Annotated[str, AfterValidator(_accent)]
"""A name of `ACCENTS`."""
