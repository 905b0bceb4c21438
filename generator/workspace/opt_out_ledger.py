"""Who is left out: kept as salted hashes only, recognised again by hashing what a page says, and blanked.

Nothing here can be read back into a name or an address; to hear somebody again, remove the file. A page of
somebody else that names them is kept with those words blanked.
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
MOST_WORDS = 6  # of a name
MOST_FOLDERS = 3  # of an address, below its host
FEWEST_LETTERS = 5  # of a name of one word; shorter ones are words of the language
SIEVE = 0xFFF  # first words are sieved by twelve bits before they are hashed: ten times as fast on a page

_SIGNS = (  # references that end a word: signs and blanks, no letters
    r"nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|hellip|[nm]dash|bull|middot|laquo|raquo|copy|"
    r"#(?:160|39|34|38|60|62|821[1-7]|822[0-2]|8230)|#[xX](?:a0|27|22|26|3c|3e|201[1-9cde]|2022|2026)"
)
_SPECIAL = rf"&(?!(?:{_SIGNS});)#?\w{{1,8}};|\\u(?!20[0-4]|00[23aA])[0-9a-fA-F]{{4}}"
WORD = re.compile(rf"(?:[^\W_]|{_SPECIAL})+")
GAP = re.compile(r"(?:[\s_+.-]+|%20|&(?:amp;)?(?:nbsp|#160|#xa0);|\\[nt]|<[^<>]{0,200}>|&lt;[^&<>]{0,200}&gt;){0,20}")
ADDRESS = re.compile(
    r"(?P<scheme>(?:https?:)?(?:\\?/){2}|https?%3A%2F%2F|(?<![\w.+-]))(?P<user>[\w.+-]{1,64}@)?"
    r"(?P<host>(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9])(?P<port>:\d{1,5})?"
    r"(?P<path>(?:(?:\\?/|%2F)[^\s\"'<>()\\/]{0,300}){0,20})",
    re.IGNORECASE,
)  # begins at the start of a word, and every part has a limit: a page of letters without blanks must not take hours


class OptOutLedger:
    """The hashes, and the salt they were made with."""

    def __init__(self, folder: Path) -> None:
        """Read what stands in a state folder; nothing is written before somebody is left out."""
        self._path = folder / FILE
        self._salt = secrets.token_hex(16)
        self._hashes: set[str] = set()
        self._lengths: set[int] = set()
        self._sieve: set[int] = set()
        self.unfinished = False  # a purge that was killed: the archive is gone through again
        self._known: dict[str, bool] = {}
        if self._path.exists():
            held = json.loads(self._path.read_text("utf-8"))
            self._salt, self.unfinished = held["salt"], held["unfinished"]
            self._hashes, self._lengths, self._sieve = set(held["hashes"]), set(held["words"]), set(held["sieve"])

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def holds(self, person: OptedOutPerson) -> bool:
        """Whether everything that betrays somebody is known already."""
        names = (_words(name) for name in person.names)
        return all(self._has(text) for text in (*person.keys, *person.mails)) and all(
            self._has(" ".join(words)) for words in names if words
        )

    def add(self, people: Iterable[OptedOutPerson]) -> None:
        """Take people in; the file says that their traces are still to be removed."""
        for person in people:
            self._hashes |= {self._hash(text.casefold()) for text in (*person.keys, *person.mails)}
            for name in person.names:
                if words := _words(name):
                    self._hashes.add(self._hash(" ".join(words)))
                    self._lengths.add(len(words))
                    self._sieve.add(self._bits(words[0]))
        self._known.clear()
        self.save(unfinished=True)

    def save(self, *, unfinished: bool) -> None:
        """Write the file, whole or not at all.

        Raises:
            WorkspaceError: the disk is full or not writable.
        """
        self.unfinished = unfinished
        held = {
            "salt": self._salt,
            "unfinished": unfinished,
            "hashes": sorted(self._hashes),
            "words": sorted(self._lengths),
            "sieve": sorted(self._sieve),
        }
        draft = self._path.with_suffix(".part")
        try:
            draft.write_text(json.dumps(held, indent=1), "utf-8")
            draft.replace(self._path)
        except OSError as error:
            raise disk_error(self._path.parent, error) from error

    # ── recognising ──────────────────────────────────────────────────────────────────────────────

    def covers(self, url: str) -> bool:
        """Whether an address is on a site of somebody left out, or is an account of theirs."""
        if not self._hashes:
            return False
        host, *folders = url_key(url).split("#")[0].split("?")[0].split("/")
        roots = ["/".join([host, *folders[:n]]) for n in range(min(len(folders), MOST_FOLDERS) + 1)]
        return any(self._has(root) for root in roots)

    def means(self, text: str) -> bool:
        """Whether a slug, a name or an address is of somebody left out."""
        words = _words(text)
        return bool(self._hashes) and (
            self.covers(text if "//" in text else f"https://{text}")
            or self._has(" ".join(words))
            or self.blanked(text) != text
        )

    def blanked(self, text: str) -> str:
        """A text without their addresses and names, a mark in the place of each."""
        if not self._hashes:
            return text
        text = ADDRESS.sub(self._address, text)
        pieces: list[str] = []
        at = 0
        for start, end in self._names(text):
            pieces += [text[at:start], REDACTION_MARK]
            at = end
        return "".join([*pieces, text[at:]])

    def blanked_bytes(self, body: bytes) -> bytes:
        """The same for the bytes of a page, in the encoding they are in."""
        if not self._hashes:
            return body
        encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"  # every byte is a letter of it, so what is not blanked comes back as it was
            text = body.decode(encoding)
        blank = self.blanked(text)
        return body if blank == text else blank.encode(encoding)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _address(self, match: re.Match[str]) -> str:
        path = match["path"].replace("\\/", "/").replace("%2F", "/").replace("%2f", "/")
        mail = match["user"] and self._has(f"{match['user']}{match['host']}".casefold())
        if not mail and not self.covers(f"https://{match['host']}{match['port'] or ''}{path}"):
            return match[0]
        return "#" if match["scheme"] else REDACTION_MARK

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Where their names stand; tags between the words of a name are left where they are."""
        if not self._lengths:
            return
        at = 0
        for match in WORD.finditer(text):
            if match.start() >= at and self._bits(_plain(match[0])) in self._sieve:
                for start, end in self._name_at(match, text):
                    yield start, end
                    at = end

    def _name_at(self, first: re.Match[str], text: str) -> list[tuple[int, int]]:
        """Where the words of a name stand that begins here; none where none does."""
        words, places = [_plain(first[0])], [first.span()]
        while len(words) < MOST_WORDS:
            gap = GAP.match(text, places[-1][1])
            following = WORD.match(text, gap.end()) if gap and gap.end() > gap.start() else None
            if following is None:
                break
            words.append(_plain(following[0]))
            places.append(following.span())
        fitting = (n for n in sorted(self._lengths, reverse=True) if n <= len(words))
        return places[: next((n for n in fitting if self._has(" ".join(words[:n]))), 0)]

    def _has(self, text: str) -> bool:
        text = text.casefold()
        if (known := self._known.get(text)) is None:
            known = self._known[text] = self._hash(text) in self._hashes
        return known

    def _hash(self, text: str) -> str:
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), key=self._salt.encode(), digest_size=16
        ).hexdigest()

    def _bits(self, word: str) -> int:
        return zlib.crc32(word.encode("utf-8", "surrogatepass"), len(self._salt)) & SIEVE


def _plain(word: str) -> str:
    """A word as it is read: references resolved, capitals folded."""
    if "&" in word:
        word = html.unescape(word)
    if "\\u" in word:
        word = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), word)
    return word.casefold()


def _words(name: str) -> list[str]:
    """The words of a name that can be recognised; none where it is one short word, or a sentence."""
    words = [_plain(match[0]) for match in WORD.finditer(name)]
    if len(words) > MOST_WORDS or (len(words) == 1 and len(words[0]) < FEWEST_LETTERS):
        return []
    return words
