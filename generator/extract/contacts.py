"""Contact points that a site publishes for contact, with the page they stand on.

Reads pages about the owner, home pages and footers; never takes an address out of a post or a comment,
where it may be a third person's.
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
from generator.records import Contact, ContactKind, Url
from generator.urls import is_platform

MAX_CONTACTS = 20  # a page's contact points
EMAIL = re.compile(
    r"(?<![\w.+@/-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w@])"
)
_AT = r"\s*(?:\[\s*at\s*\]|\(\s*at\s*\)|\{\s*at\s*\}|<\s*at\s*>|\s+at\s+|\s+AT\s+|\(a\)|\[@\]|\(@\))\s*"
_DOT = r"\s*(?:\[\s*dot\s*\]|\(\s*dot\s*\)|\{\s*dot\s*\}|<\s*dot\s*>|\s+dot\s+|\s+DOT\s+|\[\.\]|\(\.\)|\.)\s*"
HIDDEN = re.compile(
    r"(?<![\w.@-])(?P<user>[A-Za-z0-9][\w.+-]{0,40})"
    + _AT
    + r"(?P<host>[A-Za-z0-9-]{1,40}(?:"
    + _DOT
    + r"[A-Za-z0-9-]{1,30}){0,2}"
    + _DOT
    + r"(?P<end>[A-Za-z]{2,12}))(?![\w@])",
)
# Plain words need a sign that an address is meant: "write me: ada at example dot org".
INVITES = re.compile(
    r"\b(?:e-?mail|mail|contact|reach|write|get in touch|drop me|send|ping|address|kontakt|courriel)\b", re.IGNORECASE
)
# The writer speaks of themselves: only then is an address that stands among posts surely the owner's.
OF_ME = re.compile(r"\b(?:me|my|mine|mir|mich|meine?[rnsm]?|moi|mon)\b", re.IGNORECASE)
FEWEST_WORDS = 2  # of a sentence that says anything; "✉️CV" and "Mail" are labels
BRACKETED = re.compile(r"[\[({<]\s*(?:at|@|a|dot|\.)\s*[\])}>]", re.IGNORECASE)
NOBODY = re.compile(
    r"^(?:no-?reply|do-?not-?reply|you|your\.?name|name|user(?:name)?|someone|example|foo|bar|john\.?doe|git)@|"
    r"@(?:example\.|.*\.(?:png|jpe?g|gif|svg|webp)$|localhost)|@[23]x",
    re.IGNORECASE,
)
FORM_WORDS = re.compile(r"contact|feedback|message|kontakt|getform|formspree|netlify|web3forms|basin", re.IGNORECASE)


def find_contacts(
    root: Element,
    blocks: Iterable[Block],
    page: Url,
    me: Iterable[Url],
    *,
    own_page: bool,
    seen_on: date,
    offers: bool = False,
) -> tuple[Contact, ...]:
    """Contact points of a page, addresses first.

    Args:
        root: the page.
        blocks: it, read.
        page: its address.
        me: its rel=me links.
        own_page: the owner speaks of themselves in it; elsewhere only the frame around the text (footer,
            sidebar, header) counts.
        seen_on: the day of the fetch.
        offers: a home page beside posts, where an address counts that is linked in a sentence such as "write me".
    """
    blocks = tuple(blocks)
    open_blocks = [b for b in blocks if not b.comment and (own_page or b.furniture or not b.main)]
    found = [(ContactKind.EMAIL, address, sentence) for b in open_blocks for address, sentence in _addresses(b)]
    if offers:
        rest = (b for b in blocks if not b.comment and not b.quoted and b not in open_blocks)
        found += [(ContactKind.EMAIL, address, said) for b in rest for address, said in _linked(b) if _is_offer(said)]
    # An address shielded in its element cannot be told from a commenter's where there are comments.
    if own_page and not any(b.comment for b in blocks):
        shields = (element.get("data-cfemail") or "" for element in root.iter("a", "span"))
        found += [(ContactKind.EMAIL, address, "") for shield in shields if (address := deobfuscate_address(shield))]
    if own_page:
        found += [(ContactKind.FORM, page, "") for form in root.iter("form") if _is_contact_form(form, page)]
    found += [(ContactKind.ACCOUNT, url, "") for url in me if is_platform(url) or urlsplit(url).path.startswith("/@")]
    unique: dict[tuple[ContactKind, str], Contact] = {}
    for kind, value, sentence in found:
        said = sentence if _says_something(sentence, value) else ""
        unique.setdefault((kind, value), Contact(kind, value, page, seen_on, said))
    return tuple(unique.values())[:MAX_CONTACTS]


def _addresses(block: Block) -> Iterable[tuple[str, str]]:
    """Addresses linked or written in a block, with their sentences; none out of listings."""
    yield from _linked(block)
    if not block.code:
        yield from _written(block.text)


def _linked(block: Block) -> Iterable[tuple[str, str]]:
    """Addresses linked in a block, with their sentences."""
    for anchor in block.anchors:
        shield = anchor.href.partition("/cdn-cgi/l/email-protection#")[2]
        if address := mailto_address(anchor.href) or deobfuscate_address(shield):
            yield address, sentence_around(sentences_of(block), anchor)


def _is_offer(sentence: str) -> bool:
    """Whether a sentence offers its writer's own address: "write me", "my e-mail"."""
    return bool(INVITES.search(sentence) and OF_ME.search(sentence))


def _says_something(sentence: str, address: str) -> bool:
    """Whether a sentence has words beside the address; an icon's or a button's label is no evidence, the page is."""
    return len(text.tokens(sentence)) >= FEWEST_WORDS and sentence != address


def mailto_address(href: str) -> str:
    """The address of a mailto link, lower case; "" where it is none or nobody's."""
    if href[:7].lower() != "mailto:":
        return ""
    match = EMAIL.fullmatch(unquote(href[7:].split("?", maxsplit=1)[0]).strip())
    return match[0].lower() if match and not NOBODY.search(match[0]) else ""


def deobfuscate_address(shield: str) -> str:
    """The address that Cloudflare shows to every reader's browser; "" where the hexadecimal digits hold none.

    The first byte is the key by which each of the others was XORed.
    """
    try:
        key, *hidden = bytes.fromhex(shield)
        address = bytes(byte ^ key for byte in hidden).decode("ascii")
    except ValueError:
        return ""
    return mailto_address(f"mailto:{address}")


def _written(words: str) -> Iterable[tuple[str, str]]:
    """Addresses written out, plainly or with `at` and `dot`, with their sentence."""
    if "@" not in words and " at " not in words.lower() and not BRACKETED.search(words):
        return
    for sentence in text.sentences(words):
        for match in EMAIL.finditer(sentence):
            if not NOBODY.search(match[0]):
                yield match[0].lower(), text.clip(sentence, around=match[0])
        for match in HIDDEN.finditer(sentence):
            if not (
                BRACKETED.search(match[0])
                or (INVITES.search(sentence) and re.search(r"\sdot\s", match[0], re.IGNORECASE))
            ):
                continue
            host = re.sub(_DOT, ".", match["host"]).lower()
            address = f"{match['user'].lower()}@{host}"
            if EMAIL.fullmatch(address) and not NOBODY.search(address):
                yield address, text.clip(sentence, around=match[0])


def _is_contact_form(form: Element, page: Url) -> bool:
    """Whether a form is there to write a message in: it has a text area, and is no search or comment form."""
    names = {(e.get("name") or e.get("id") or "").lower() for e in form.iter("input", "textarea", "select")}
    if not any(True for _ in form.iter("textarea")) or "comment" in names or "s" in names:
        return False
    about = " ".join(filter(None, (form.get("action"), form.get("class"), form.get("id"), form.get("name"), page)))
    return bool(FORM_WORDS.search(about) or names & {"email", "e-mail", "your-email"})
