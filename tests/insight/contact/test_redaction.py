"""A closed door in the records: nothing by which to reach whoever asks not to be approached."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.insight.contact.redaction import redact_closed_contacts
from generator.records import Contact, ContactKind, Door, DoorState, Quotation, Url

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import citation, corpus, graph, link, page, person, post

MAIL = Contact(ContactKind.EMAIL, "ada.holt@snow.example.org", Url("https://ada.example/contact"), date(2026, 1, 1))
FORM = replace(MAIL, kind=ContactKind.FORM, value="https://ada.example/contact")
ACCOUNT = replace(MAIL, kind=ContactKind.ACCOUNT, value="https://social.example/@ada")
SPELLED = (
    "ada.holt@snow.example.org",
    "Ada.Holt@Snow.Example.ORG",
    "ada.holt at snow dot example dot org",
    "ada.holt [at] snow [dot] example [dot] org",
    "ada.holt (at) snow.example.org",
    "ada.holt {at} snow {dot} example {dot} org",
)


def kept(words: str, state: DoorState = DoorState.CLOSED):
    """The records of Ada, whom Bo cites in the words given, once as what counts and once besides."""
    ada = replace(
        person("ada", contacts=(MAIL, FORM, ACCOUNT), accounts=(ACCOUNT.value,)),
        own_words=Quotation(words, Url("https://ada.example/about")),
    )
    cited = post("https://ada.example/p", "ada")
    citing = post("https://bo.example/p", "bo", title=words, text=words, links=(link(cited.url, words, words),))
    said = citation(citing, cited, words)
    doors = (("ada", Door(state, "Says so.", Quotation(words, Url("https://ada.example/contact")), None)),)
    here = corpus(
        [ada, person("bo", contacts=(replace(MAIL, value="bo@b.example"),))], [cited, citing], [page("ada", words)]
    )
    return redact_closed_contacts(here, replace(graph([said]), secondary_citations=(said,)), doors)


@pytest.mark.parametrize("spelled", SPELLED)
def test_address_of_a_closed_door_is_cut_out_of_every_sentence(spelled):
    """Own words, quotations, posts, titles, pages and doors keep their sentence, an ellipsis where the address stood."""
    found, told, doors = kept(f"Write to {spelled}, never on Sundays.")

    ada, bo = found.people
    assert (ada.contacts, ada.accounts) == ((), (ACCOUNT.value,))
    assert [contact.value for contact in bo.contacts] == ["bo@b.example"]
    shown = [ada.own_words.text, found.posts[1].text, found.posts[1].title, found.posts[1].links[0].sentence,
             found.posts[1].links[0].text, found.pages[0].text, doors[0][1].quote.text,
             *(one.quote for one in (*told.citations, *told.secondary_citations)), told.secondary_citations[0].post_title]  # fmt: skip
    assert set(shown) == {"Write to …, never on Sundays."}


@pytest.mark.parametrize("state", [DoorState.OPEN, DoorState.AJAR, DoorState.UNKNOWN])
def test_other_doors_change_nothing(state):
    """Where no door is closed the records are what they were."""
    found, told, doors = kept(SPELLED[0], state)

    assert found.people[0].contacts == (MAIL, FORM, ACCOUNT)
    assert (told.citations[0].quote, told.secondary_citations[0].quote, doors[0][1].quote.text) == (SPELLED[0],) * 3


def test_words_like_an_address_stay():
    """A longer address that ends or begins alike is somebody else's."""
    words = "Write to not-ada.holt@snow.example.orga about snow.example.org."

    assert kept(words)[0].people[0].own_words.text == words


def test_the_address_of_an_open_blog_is_kept_for_its_other_author():
    """One author refuses: the blog's address leaves their record, and stays with the blog and the other author."""
    shared = replace(MAIL, value="post@blog.example", of_blog=True)
    blog, bo = person("blog", contacts=(replace(shared, of_blog=False),)), person("bo", contacts=(shared,))
    here = corpus([person("ada", contacts=(shared,)), blog, bo], (), [page("blog", "Write to post@blog.example.")])
    doors = (("ada", Door(DoorState.CLOSED, "Says so.", None, None)),)

    found, _, _ = redact_closed_contacts(here, graph(), doors)

    assert [len(one.contacts) for one in found.people] == [0, 1, 1]
    assert found.pages[0].text == "Write to post@blog.example."
