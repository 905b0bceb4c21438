"""Contact points that a site publishes, with the page on which they stand.

Reads pages about the owner, home pages, and the frame of other pages (header, sidebar, footer). Addresses inside
posts and comments are ignored, because they may belong to other people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import unquote, urlsplit

from generator import text
from generator.extract.blocks import Block
from generator.extract.dom import Element
from generator.extract.link_sentences import sentence_around, sentences_of
from generator.languages.alternation import alternation
from generator.languages.contact_words import AT_WORDS, BRACKETED_SIGN, SPACED_DOT, WRITTEN_AT, WRITTEN_DOT
from generator.records import Contact, ContactKind, Url
from generator.urls import is_platform

MAX_CONTACTS = 20  # contact points of a page
MIN_SENTENCE_WORDS = 2  # shorter sentences are labels, such as "✉️CV" and "Mail"
EMAIL = re.compile(
    r"(?<![\w.+@/-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w@])"
)
OBFUSCATED_EMAIL = re.compile(
    rf"(?<![\w.@-])(?P<user>[A-Za-z0-9][\w.+-]{{0,40}}){WRITTEN_AT}"
    rf"(?P<host>[A-Za-z0-9-]{{1,40}}(?:{WRITTEN_DOT}[A-Za-z0-9-]{{1,30}}){{0,2}}{WRITTEN_DOT}(?P<end>[A-Za-z]{{2,12}}))"
    r"(?![\w@])",
)
BRACKETED = re.compile(BRACKETED_SIGN, re.IGNORECASE)
SPELLED_DOT = re.compile(SPACED_DOT, re.IGNORECASE)
DOT = re.compile(WRITTEN_DOT)
# Needed beside plain words, as in "write me: ada at example dot org".
INVITATION = re.compile(rf"\b{alternation('contact', 'invitations')}\b", re.IGNORECASE)
# Needed on a home page with posts, where an address may be another person's.
FIRST_PERSON = re.compile(rf"\b{alternation('contact', 'first_person')}\b", re.IGNORECASE)
PLACEHOLDER_EMAIL = re.compile(
    rf"^{alternation('contact', 'placeholder_mailboxes')}@|"
    r"@(?:example\.|.*\.(?:png|jpe?g|gif|svg|webp)$|localhost)|@[23]x",
    re.IGNORECASE,
)
FORM_WORDS = re.compile(
    rf"{alternation('contact', 'form_words')}|getform|formspree|netlify|web3forms|basin", re.IGNORECASE
)


def find_contacts(
    root: Element,
    blocks: Iterable[Block],
    page: Url,
    rel_me: Iterable[Url],
    *,
    own_page: bool,
    seen_on: date,
    sentence_offers: bool = False,
) -> tuple[Contact, ...]:
    """Contact points of a page, e-mail addresses first.

    Args:
        root: the page.
        blocks: the blocks of the page.
        page: its address.
        rel_me: its rel=me links.
        own_page: the page is about its owner; on other pages only the frame around the text counts.
        seen_on: day of the fetch.
        sentence_offers: also take addresses that the text links in a sentence such as "write me"; for home pages.
    """
    blocks = tuple(blocks)
    open_blocks = [b for b in blocks if not b.comment and (own_page or b.furniture or not b.main)]
    found = [(ContactKind.EMAIL, address, sentence) for b in open_blocks for address, sentence in _addresses(b)]
    if sentence_offers:
        rest = (b for b in blocks if not b.comment and not b.quoted and b not in open_blocks)
        found += [(ContactKind.EMAIL, a, sentence) for b in rest for a, sentence in _linked(b) if _is_offer(sentence)]
    # An encoded address in an attribute belongs to no block: on a page with comments it may be a commenter's.
    if own_page and not any(b.comment for b in blocks):
        all_encoded = (element.get("data-cfemail") or "" for element in root.iter("a", "span"))
        found += [
            (ContactKind.EMAIL, address, "") for encoded in all_encoded if (address := decode_cloudflare_email(encoded))
        ]
    if own_page:
        found += [(ContactKind.FORM, page, "") for form in root.iter("form") if _is_contact_form(form, page)]
    found += [
        (ContactKind.ACCOUNT, url, "") for url in rel_me if is_platform(url) or urlsplit(url).path.startswith("/@")
    ]
    return _unique_contacts(found, page, seen_on)


def _unique_contacts(found: Iterable[tuple[ContactKind, str, str]], page: Url, seen_on: date) -> tuple[Contact, ...]:
    """Contact points by kind, value and sentence, each value once with its first sentence, up to the limit."""
    unique: dict[tuple[ContactKind, str], Contact] = {}
    for kind, value, sentence in found:
        evidence = sentence if _is_evidence(sentence, value) else ""
        unique.setdefault((kind, value), Contact(kind, value, page, seen_on, evidence))
    return tuple(unique.values())[:MAX_CONTACTS]


def _addresses(block: Block) -> Iterable[tuple[str, str]]:
    """E-mail addresses linked or written in a block, with their sentences; in code only linked ones."""
    yield from _linked(block)
    if not block.code:
        yield from _written(block.text)


def _linked(block: Block) -> Iterable[tuple[str, str]]:
    """E-mail addresses linked in a block, with their sentences."""
    for anchor in block.anchors:
        encoded = anchor.href.partition("/cdn-cgi/l/email-protection#")[2]
        if address := mailto_address(anchor.href) or decode_cloudflare_email(encoded):
            yield address, sentence_around(sentences_of(block), anchor)


def _is_offer(sentence: str) -> bool:
    """Whether a sentence offers its writer's own address: "write me", "my e-mail"."""
    return bool(INVITATION.search(sentence) and FIRST_PERSON.search(sentence))


def _is_evidence(sentence: str, address: str) -> bool:
    """Whether a sentence has words besides the address; the label of an icon or button does not count."""
    return len(text.tokens(sentence)) >= MIN_SENTENCE_WORDS and sentence != address


def mailto_address(href: str) -> str:
    """The address of a mailto link, lower case; "" for other links and for placeholder addresses."""
    if href[:7].lower() != "mailto:":
        return ""
    match = EMAIL.fullmatch(unquote(href[7:].split("?", maxsplit=1)[0]).strip())
    return match[0].lower() if match and not PLACEHOLDER_EMAIL.search(match[0]) else ""


def decode_cloudflare_email(encoded: str) -> str:
    """The address behind Cloudflare's e-mail protection; "" if absent.

    Args:
        encoded: hexadecimal digits; the first byte is the key with which each of the others was XORed.
    """
    try:
        key, *masked = bytes.fromhex(encoded)
        address = bytes(byte ^ key for byte in masked).decode("ascii")
    except ValueError:
        return ""
    return mailto_address(f"mailto:{address}")


def _written(prose: str) -> Iterable[tuple[str, str]]:
    """E-mail addresses written in a text, plainly or with words for @ and the dot, with their sentences."""
    spelled = any(f" {word} " in prose.lower() for word in AT_WORDS)
    if "@" not in prose and not spelled and not BRACKETED.search(prose):
        return
    for sentence in text.sentences(prose):
        for match in EMAIL.finditer(sentence):
            if not PLACEHOLDER_EMAIL.search(match[0]):
                yield match[0].lower(), text.clip(sentence, around=match[0])
        for match in OBFUSCATED_EMAIL.finditer(sentence):
            invited = INVITATION.search(sentence) and SPELLED_DOT.search(match[0])
            if not (BRACKETED.search(match[0]) or invited):
                continue
            host = DOT.sub(".", match["host"]).lower()
            address = f"{match['user'].lower()}@{host}"
            if EMAIL.fullmatch(address) and not PLACEHOLDER_EMAIL.search(address):
                yield address, text.clip(sentence, around=match[0])


def _is_contact_form(form: Element, page: Url) -> bool:
    """Whether a form is for messages to the owner: it has a text area and is not a search or comment form."""
    names = {(e.get("name") or e.get("id") or "").lower() for e in form.iter("input", "textarea", "select")}
    if not any(True for _ in form.iter("textarea")) or "comment" in names or "s" in names:
        return False
    labels = " ".join(filter(None, (form.get("action"), form.get("class"), form.get("id"), form.get("name"), page)))
    return bool(FORM_WORDS.search(labels) or names & {"email", "e-mail", "your-email"})
