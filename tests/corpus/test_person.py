"""What is told of somebody from their own pages, one rule a test."""

from __future__ import annotations

from datetime import date

import pytest

from generator.corpus.person import owner_contacts
from generator.records import Contact, ContactKind, PageKind, Url
from tests.factories.corpus import page

BLUNT = "Tell me of a better typeface, or shoot an email."


def told(*places):
    """Where the one address that stands on all these pages (address, kind, words around it) is said to stand."""
    pages = [
        page(url, kind=kind, contacts=(
            Contact(ContactKind.EMAIL, "ada@ada.example", Url(url), date(2026, 1, 9), sentence),))
        for url, kind, sentence in places
    ]  # fmt: skip
    (found,) = owner_contacts(pages)
    (backwards,) = owner_contacts(pages[::-1])
    assert found == backwards
    return found.found_on


@pytest.mark.parametrize(
    "clearest",
    [
        ("https://ada.example/follow/", PageKind.ABOUT, ""),
        ("https://ada.example/pages/contact.html", PageKind.OTHER, ""),
        ("https://ada.example/zine", PageKind.ABOUT, "I welcome mail, and answer it."),
        ("https://ada.example/zine", PageKind.ABOUT, "For anything else write to me."),
    ],
    ids=["follow", "contact", "welcomes", "write-to-me"],
)
def test_an_address_is_shown_from_the_page_that_invites_mail(clearest):
    """A page for contact, or one that asks to be written to, stands before a colophon that happens to say it."""
    assert told(("https://ada.example/colophon/", PageKind.ABOUT, BLUNT), clearest) == clearest[0]


def test_a_page_for_contact_stands_before_words_elsewhere():
    """The address of the page says more than a sentence on another; a page that only sounds alike does not."""
    contact = ("https://ada.example/contact", PageKind.ABOUT, "")
    words = ("https://ada.example/about", PageKind.ABOUT, "Feel free to write to me.")
    lenses = ("https://ada.example/contactless-pay", PageKind.ABOUT, "")

    assert told(contact, words) == "https://ada.example/contact"
    assert told(lenses, words) == "https://ada.example/about"


def test_among_pages_alike_about_comes_before_home():
    """Where no page invites more than another the about page speaks, then the home page."""
    home = ("https://ada.example/", PageKind.HOME, "")
    about = ("https://ada.example/me", PageKind.ABOUT, "")

    assert told(home, about) == "https://ada.example/me"
