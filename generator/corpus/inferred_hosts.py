"""Shared hosts that no list knows, inferred from their pages: accounts of different people under different folders.

Such a host belongs to none of the people who write on it, so none of their accounts and contacts is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from generator.corpus.names import name_key
from generator.records import Extraction, PageKind
from generator.urls import host_of, is_account, url_key

MIN_OWNERS = 3  # folders; one person may have two accounts, or blogs in two languages
SHARED_HOST_REASON = "many people have a folder on this host"


def is_inferred_shared(pages: Sequence[Extraction]) -> bool:
    """Whether the pages of one site show several owners: by rel=me accounts, or by the authors of its feeds.

    A folder is evidence only with an account or an author that no other folder has. So an author page that repeats
    the accounts of the home page, or the feed of a label, shows no owner.
    """
    accounts: dict[str, set[str]] = defaultdict(set)
    authors: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        folder = _first_folder(page.url)
        accounts[folder] |= {f"{host_of(url)} {url_key(url)}" for url in page.rel_me if is_account(url)}
        if page.kind is PageKind.FEED:
            authors[folder] |= {name_key(m.name) for post in page.posts for m in post.authors if m.name}
    return max(len(_owned(accounts)), len(_owned(authors))) >= MIN_OWNERS


def pages_of_the_host(pages: Sequence[Extraction]) -> list[Extraction]:
    """The pages of a shared host that are its own: its root."""
    return [page for page in pages if not _first_folder(page.url)]


def _owned(found: dict[str, set[str]]) -> list[str]:
    """Folders, without the root, that name few owners, which no other folder and not the root names."""
    return [folder for folder, names in found.items() if folder and names and not names & set(_others(found, folder))]


def _others(found: dict[str, set[str]], folder: str) -> Iterable[str]:
    return (name for other, names in found.items() if other != folder for name in names)


def _first_folder(url: str) -> str:
    """The first path segment; "" for the root."""
    return urlsplit(url).path.strip("/").partition("/")[0]
