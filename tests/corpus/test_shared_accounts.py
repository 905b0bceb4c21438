"""Accounts on networks: shown where a site claims them, joining nobody by themselves."""

from __future__ import annotations

import pytest

from generator.records import Mention, NameSource, PageKind, Url
from tests.factories.corpus import blog, build, page, site

A, B = "https://a.example/", "https://b.example/"
ACCOUNTS = [
    "https://mastodon.social/@ada", "https://snow.example/@ada", "https://snow.example/users/ada", "https://lemmy.example/u/ada",
    "https://forum.example/u/ada", "https://medium.com/@ada", "https://stackoverflow.com/users/7/ada",
    "https://www.youtube.com/@ada",
]  # fmt: skip


def card(root, account):
    """A home page whose h-card gives the account with the name, and claims it."""
    mention = Mention("Ada Example", NameSource.H_CARD, Url(root), url=Url(account))
    return page(root, kind=PageKind.HOME, mentions=(mention,), rel_me=(Url(account),))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_that_two_sites_claim_joins_nobody(account):
    """Anybody can claim an account, with its owner's name: what does not lead back is no evidence."""
    pages = (blog(A, "Ada Example"), blog(B, "Ada Example"), card(A, account), card(B, account))

    assert [person.sites for person in build(*pages, sites=(site(A), site(B))).corpus.people] == [(A,), (B,)]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_sites_that_lead_to_each_other_are_joined_whatever_accounts_they_have(account):
    """Reciprocal links join; the account is beside the point."""
    pages = (
        blog(A, "Ada Example"), blog(B, "Ada Example"), card(A, account), card(B, account),
        page(f"{A}about", kind=PageKind.ABOUT, rel_me=(Url(B),)), page(f"{B}about", kind=PageKind.ABOUT, rel_me=(Url(A),)),
    )  # fmt: skip

    assert [person.sites for person in build(*pages, sites=(site(A), site(B))).corpus.people] == [(A, B)]
