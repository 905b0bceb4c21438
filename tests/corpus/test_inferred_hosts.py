"""Hosts that several people share, inferred from their pages."""

from __future__ import annotations

from dataclasses import replace

from generator.corpus.inferred_hosts import is_inferred_shared, pages_of_the_host
from generator.records import PageKind, Url
from tests.factories.corpus import page, post

HOST = "https://writers.example/"


def member(name, *accounts):
    found = tuple(Url(f"https://mastodon.social/@{account}") for account in accounts)
    return replace(page(f"{HOST}{name}/", kind=PageKind.HOME), rel_me=found)


def feed(name, author):
    return page(f"{HOST}{name}/feed", post(f"{HOST}{name}/p", author=author))


def test_accounts_of_different_people_under_different_folders():
    """Three folders with an account each: the host is shared, and only its root is its own."""
    pages = [member(name, name) for name in ("ada", "bo", "cleo")]
    root = page(HOST, kind=PageKind.HOME)
    assert is_inferred_shared([*pages, root])
    assert pages_of_the_host([*pages, root]) == [root]


def test_feeds_of_different_people_under_different_folders():
    """Three feeds by three authors."""
    assert is_inferred_shared([feed("a", "Ada Example"), feed("b", "Bo Example"), feed("c", "Cleo Example")])


def test_one_owner_with_several_feeds_or_accounts_shares_nothing():
    """Feeds of one author, the same accounts on every page, and two languages are one person's."""
    assert not is_inferred_shared([feed(name, "Ada Example") for name in ("blog", "notes", "photos")])
    assert not is_inferred_shared([member(name, "ada", "ada2") for name in ("", "about", "blog")])
    assert not is_inferred_shared([member("en", "ada_en"), member("fr", "ada_fr")])
