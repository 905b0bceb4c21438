"""The opt-out ledger: salted hashes of people who opted out; texts are checked by hashing their words and addresses.

Names and addresses cannot be recovered from the hashes; removing the file removes the opt-outs. Pages of other people
that name an opted-out person are kept with the name redacted.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.records import REDACTION_MARK, OptedOutPerson
from generator.urls import url_key
from generator.workspace.archive import disk_error

FILE = "left-out.json"
MAX_NAME_WORDS = 6  # longer names are not recognised
MAX_FOLDERS = 3  # of an address that are hashed, below its host
MIN_NAME_LETTERS = 5  # of a name of one word; shorter ones are often ordinary words
FILTER_MASK = 0xFFF  # first words are filtered by a 12-bit checksum before hashing: ten times as fast on a page

_SIGNS = (  # character references that end a word: punctuation and blanks
    r"nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|hellip|[nm]dash|bull|middot|laquo|raquo|copy|"
    r"#(?:160|39|34|38|60|62|821[1-7]|822[0-2]|8230)|#[xX](?:a0|27|22|26|3c|3e|201[1-9cde]|2022|2026)"
)
_SPECIAL = rf"&(?!(?:{_SIGNS});)#?\w{{1,8}};|\\u(?!20[0-4]|00[23aA])[0-9a-fA-F]{{4}}"
WORD = re.compile(rf"(?:[^\W_]|{_SPECIAL})+")
GAP = re.compile(r"(?:[\s_+.-]+|%20|&(?:amp;)?(?:nbsp|#160|#xa0);|\\[nt]|<[^<>]{0,200}>|&lt;[^&<>]{0,200}&gt;){0,20}")
# Every part is bounded, so that a page of letters without blanks does not take quadratic time.
ADDRESS = re.compile(
    r"(?P<scheme>(?:https?:)?(?:\\?/){2}|https?%3A%2F%2F|(?<![\w.+-]))(?P<user>[\w.+-]{1,64}@)?"
    r"(?P<host>(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9])(?P<port>:\d{1,5})?"
    r"(?P<path>(?:(?:\\?/|%2F)[^\s\"'<>()\\/]{0,300}){0,20})",
    re.IGNORECASE,
)


class OptOutLedger:
    """Hashes of names, addresses and e-mail addresses, with their salt."""

    def __init__(self, folder: Path) -> None:
        """Read the ledger of a state folder; a file is written only when a person is added."""
        self._path = folder / FILE
        self._salt = secrets.token_hex(16)
        self._hashes: set[str] = set()
        self._lengths: set[int] = set()
        self._checksums: set[int] = set()
        self.unfinished = False  # True: the last purge was interrupted and must be repeated
        self._cache: dict[str, bool] = {}
        if self._path.exists():
            held = json.loads(self._path.read_text("utf-8"))
            self._salt, self.unfinished = held["salt"], held["unfinished"]
            self._hashes, self._lengths, self._checksums = set(held["hashes"]), set(held["words"]), set(held["sieve"])

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def has_person(self, person: OptedOutPerson) -> bool:
        """Whether all identifiers of a person are in the ledger."""
        names = (_words(name) for name in person.names)
        return all(self._contains(text) for text in (*person.keys, *person.mails)) and all(
            self._contains(" ".join(words)) for words in names if words
        )

    def add(self, people: Iterable[OptedOutPerson]) -> None:
        """Add people and mark the purge of their data as unfinished."""
        for person in people:
            self._hashes |= {self._hash(text.casefold()) for text in (*person.keys, *person.mails)}
            for name in person.names:
                if words := _words(name):
                    self._hashes.add(self._hash(" ".join(words)))
                    self._lengths.add(len(words))
                    self._checksums.add(self._checksum(words[0]))
        self._cache.clear()
        self.save(unfinished=True)

    def save(self, *, unfinished: bool) -> None:
        """Write the file atomically.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        self.unfinished = unfinished
        held = {
            "salt": self._salt,
            "unfinished": unfinished,
            "hashes": sorted(self._hashes),
            "words": sorted(self._lengths),
            "sieve": sorted(self._checksums),
        }
        draft = self._path.with_suffix(".part")
        try:
            draft.write_text(json.dumps(held, indent=1), "utf-8")
            draft.replace(self._path)
        except OSError as error:
            raise disk_error(self._path.parent, error) from error

    # ── recognising ──────────────────────────────────────────────────────────────────────────────

    def covers(self, url: str) -> bool:
        """Whether an address is on a site, or is an account, of a person who opted out."""
        if not self._hashes:
            return False
        host, *folders = url_key(url).split("#")[0].split("?")[0].split("/")
        roots = ["/".join([host, *folders[:n]]) for n in range(min(len(folders), MAX_FOLDERS) + 1)]
        return any(self._contains(root) for root in roots)

    def names_person(self, text: str) -> bool:
        """Whether a slug, a name or an address identifies a person who opted out."""
        words = _words(text)
        return bool(self._hashes) and (
            self.covers(text if "//" in text else f"https://{text}")
            or self._contains(" ".join(words))
            or self.redacted(text) != text
        )

    def redacted(self, text: str) -> str:
        """The text with their addresses and names replaced by a mark."""
        if not self._hashes:
            return text
        text = ADDRESS.sub(self._address, text)
        pieces: list[str] = []
        at = 0
        for start, end in self._names(text):
            pieces += [text[at:start], REDACTION_MARK]
            at = end
        return "".join([*pieces, text[at:]])

    def redacted_bytes(self, body: bytes) -> bytes:
        """The bytes of a page with addresses and names replaced, in the encoding of the page."""
        if not self._hashes:
            return body
        encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"  # maps every byte, so that unchanged parts keep their bytes
            text = body.decode(encoding)
        redacted = self.redacted(text)
        return body if redacted == text else redacted.encode(encoding)

    # ── implementation ───────────────────────────────────────────────────────────────────────────────────

    def _address(self, match: re.Match[str]) -> str:
        path = match["path"].replace("\\/", "/").replace("%2F", "/").replace("%2f", "/")
        mail = match["user"] and self._contains(f"{match['user']}{match['host']}".casefold())
        if not mail and not self.covers(f"https://{match['host']}{match['port'] or ''}{path}"):
            return match[0]
        return "#" if match["scheme"] else REDACTION_MARK

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of their names' words; markup between the words is not part of a span."""
        if not self._lengths:
            return
        at = 0
        for match in WORD.finditer(text):
            if match.start() >= at and self._checksum(_plain(match[0])) in self._checksums:
                for start, end in self._name_at(match, text):
                    yield start, end
                    at = end

    def _name_at(self, first: re.Match[str], text: str) -> list[tuple[int, int]]:
        """Spans of the words of the longest name that begins at a word; empty where no name does."""
        words, spans = [_plain(first[0])], [first.span()]
        while len(words) < MAX_NAME_WORDS:
            gap = GAP.match(text, spans[-1][1])
            following = WORD.match(text, gap.end()) if gap and gap.end() > gap.start() else None
            if following is None:
                break
            words.append(_plain(following[0]))
            spans.append(following.span())
        fitting = (n for n in sorted(self._lengths, reverse=True) if n <= len(words))
        return spans[: next((n for n in fitting if self._contains(" ".join(words[:n]))), 0)]

    def _contains(self, text: str) -> bool:
        text = text.casefold()
        if (known := self._cache.get(text)) is None:
            known = self._cache[text] = self._hash(text) in self._hashes
        return known

    def _hash(self, text: str) -> str:
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), key=self._salt.encode(), digest_size=16
        ).hexdigest()

    def _checksum(self, word: str) -> int:
        return zlib.crc32(word.encode("utf-8", "surrogatepass"), len(self._salt)) & FILTER_MASK


def _plain(word: str) -> str:
    """A word with character references resolved, casefolded."""
    if "&" in word:
        word = html.unescape(word)
    if "\\u" in word:
        word = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), word)
    return word.casefold()


def _words(name: str) -> list[str]:
    """The words of a name; empty where it is one short word or too long to be recognised."""
    words = [_plain(match[0]) for match in WORD.finditer(name)]
    if len(words) > MAX_NAME_WORDS or (len(words) == 1 and len(words[0]) < MIN_NAME_LETTERS):
        return []
    return words
