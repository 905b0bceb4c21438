"""Doors: what somebody's own pages say of being approached."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.insight.citations.citation_function import label_citation_functions
from generator.insight.contact.contact_policy import read_contact_policies
from generator.records import Contact, ContactKind, DoorState, PageKind, PublisherKind

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, citation, corpus, graph, link, page, person, post

RECENT = post("https://ada.example/p", "ada", on=date(2026, 1, 10))


def door(*texts, posts=(RECENT,), kind=PageKind.ABOUT, **who):
    """Ada's door, her own pages holding the given texts."""
    pages = [page("ada", text, kind=kind, path=f"page-{number}") for number, text in enumerate(texts)]
    return read_contact_policies(corpus([person("ada", "Ada Holt", **who)], posts, pages), graph(), as_of=AS_OF)[0][1]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("closed", "No pitches, please."),
        ("closed", "I don't accept pitches or press releases of any kind."),
        ("closed", "Please do not send me marketing; unsolicited pitches are deleted unread."),
        ("closed", "We never take sponsored posts."),
        ("closed", "I'm not interested in brand partnerships or promotion."),
        ("closed", "Pitches will be ignored."),
        ("closed", "Please don't email me."),
        ("closed", "I do not publish guest posts."),
        ("closed", "No guest posts, no link exchanges."),
        ("open", "Pitches are welcome."),
        ("open", "I welcome guest posts from people who ride where I do not."),
        ("open", "Drop me a line if you are passing through the valley."),
        ("open", "Feel free to email me."),
        ("open", "I'd love to hear from you."),
        ("open", "Don't hesitate to write to me about old bindings."),
        ("open", "Please get in touch if you want a second pair of eyes on your kit."),
        ("open", "I'm available for talks and interviews."),
        ("open", "I am happy to be a guest on your podcast."),
        ("open", "I read every email that reaches me."),
        ("open", "Questions about drills and rescue practice are always welcome at this address."),
        ("open", "Letters about snow and decisions are welcome."),
        ("ajar", "If you're looking to get in touch, I'm on the usual networks."),
        ("ajar", "You can reach me at the address below."),
        ("ajar", "If you wish to contact me, use the form."),
        ("ajar", "If you want to contact me, write me an email."),
        ("ajar", "If you'd like to reach me, send me an email."),
        ("ajar", "You can find me on the forum or send me an email."),
        ("unknown", "You can find me on the forum and in the lists."),
        ("ajar", "You can write to me at the address below."),
        ("ajar", "To reach me, send me an email."),
        ("open", "You can find me on the forum, and please feel free to send me an email."),
        ("open", "If you'd like to reach me, feel free to send me an email."),
        ("open", "You can always write to me, I'm happy to help."),
        ("open", "Subscribe to the feed, and feel free to contact me with questions or proposals."),
        ("unknown", "Feel free to contact me by opening an issue."),
        ("ajar", "My email is ada at this site."),
        ("unknown", "This is a small shop with no sponsors, carried by my readers alone."),
        ("unknown", "I live in a small house with a large kiln."),
        ("unknown", "I was contacted by a stranger last year and it went badly."),
        ("unknown", "Feel free to open an issue or send a pull request."),
        ("unknown", "Feel free to skip this page."),
        ("unknown", "How do I pitch a tent on snow?"),
    ],
)
def test_one_sentence_decides(state, sentence):
    """A sentence of an about page opens or closes the door as a reader would take it."""
    assert door(f"I am Ada. {sentence} The rest is weather.").state.value == state


def test_quote_and_page_are_given():
    """A door rests on a sentence that stands verbatim on a page of theirs."""
    found = door("I am Ada. I'd love to hear from you. The rest is weather.")

    assert (found.quote.text, found.url) == ("I'd love to hear from you.", "https://ada.example/page-0")


def test_no_pitches_beats_everything():
    """One "no pitches" closes the door, whatever else invites."""
    found = door("Feel free to email me. I'd love to hear from you.", "One thing: no pitches.")

    assert (found.state, found.quote.text) == (DoorState.CLOSED, "One thing: no pitches.")


def test_refusing_one_kind_but_inviting_mail_is_ajar():
    """Who takes no guest posts but invites mail has left the door ajar, and the refusal is quoted."""
    found = door("I do not publish guest posts. Feel free to email me about anything else.")

    assert (found.state, found.quote.text) == (DoorState.AJAR, "I do not publish guest posts.")


def test_refusing_one_kind_with_a_published_address_is_ajar():
    """Who takes no guest posts but publishes an address refuses one thing, not everything."""
    address = Contact(ContactKind.EMAIL, "ada@ada.example", "https://ada.example/contact", date(2026, 1, 1))
    found = door("We do not publish guest posts.", contacts=(address,))

    assert (found.state, found.because) == (
        DoorState.AJAR,
        "Says how to reach them, but refuses guest posts.",
    )


def test_posts_about_pitching_are_no_policy():
    """A sentence that stands in a post of theirs is a remark, also where the home page shows it."""
    words = "No pitches, please, I told the salesman."
    told = post("https://ada.example/sales", "ada", text=f"A story. {words} He left.", on=date(2026, 1, 10))

    assert door(words, posts=(told,), kind=PageKind.HOME).state is DoorState.UNKNOWN


def test_published_address_is_ajar():
    """A published e-mail address is a fact that leaves the door ajar, with the page it stands on."""
    address = Contact(ContactKind.EMAIL, "ada@ada.example", "https://ada.example/contact", date(2026, 1, 1))
    found = door("I live by the lake.", contacts=(address,))

    assert (found.state, found.because, found.quote, found.url) == (
        DoorState.AJAR, "Publishes an e-mail address for contact.", None, "https://ada.example/contact",
    )  # fmt: skip


def test_public_account_alone_says_nothing():
    """An account on a network invites nobody."""
    account = Contact(ContactKind.ACCOUNT, "https://social.example/@ada", "https://ada.example/", date(2026, 1, 1))

    assert door("I live by the lake.", contacts=(account,)).state is DoorState.UNKNOWN


def test_open_comments_are_ajar():
    """Comments open under posts leave the door ajar."""
    assert door("I live by the lake.", comments_open=True).because == "Comments are open under their posts."


def test_answering_two_people_in_public_is_ajar():
    """Who answers two different people in posts has left the door ajar; one is not enough."""
    others = [post(f"https://{name}.example/p", name) for name in ("bo", "cy")]
    answers = [
        post(f"https://ada.example/re-{p.author}", "ada", in_reply_to=(p.url,), links=(link(p.url, "this"),))
        for p in others
    ]
    here = corpus([person("ada", "Ada Holt"), person("bo"), person("cy")], [*others, *answers])
    both = [citation(answer, cited, "this") for answer, cited in zip(answers, others, strict=True)]

    doors = [
        read_contact_policies(here, label_citation_functions(graph(some), here), as_of=AS_OF)[0][1]
        for some in (both, both[:1])
    ]

    assert [found.state.value for found in doors] == ["ajar", "unknown"]
    assert doors[0].because == "Answers others in public: 2 people replied to in posts."


def test_long_silence_is_said_beside_an_open_door():
    """An invitation by somebody silent for years says since when."""
    old = post("https://ada.example/old", "ada", on=date(2023, 3, 5))

    assert (
        door("Feel free to email me.", posts=(old,)).because
        == "Invites it in their own words. Nothing new has been heard since March 2023."
    )


def test_everybody_has_a_door():
    """Each person of the corpus has exactly one door, in the corpus' order."""
    doors = read_contact_policies(corpus([person("bo"), person("ada")]), graph(), as_of=AS_OF)

    assert [(who, found.state.value) for who, found in doors] == [("bo", "unknown"), ("ada", "unknown")]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (
            "I don't take guest posts or sponsored content, but I'm happy to answer questions by email.",
            "Invites mail, but refuses guest posts and sponsored content.",
        ),
        ("No backlinks. You can reach me at the address below.", "Says how to reach them, but refuses backlinks."),
        (
            "No guest posts. Feel free to email me. We do not do link exchanges.",
            "Invites mail, but refuses guest posts and link exchanges.",
        ),
        ("Keine Gastbeiträge. Feel free to email me.", "Invites mail, but refuses “gastbeiträge”."),
    ],
)
def test_a_partial_refusal_says_what_is_refused(text, because):
    """A refusal of named kinds beside an invitation, also in one sentence, leaves the door ajar and names the kinds."""
    found = door(text)

    assert (found.state, found.because) == (DoorState.AJAR, because)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("closed", "Please don't send me pitches."),
        ("closed", "No PR mail please."),
        ("closed", "Bitte kontaktiert mich nicht."),
        ("closed", "谢绝广告。"),
        ("unknown", "He told the agency not to contact him again."),
        ("unknown", "Please don't send me pull requests."),
        ("open", "I get few letters, but I am glad of each; feel free to email me."),
    ],
)
def test_refusals_of_any_wording_and_language(state, sentence):
    """The grammar of refusal decides, in whichever language the sentence is; reports of others and remarks do not."""
    assert door(sentence).state.value == state


def test_an_about_page_among_the_posts_stays_a_policy():
    """Where a feed lists the about page as a post, its sentences count; those of other posts do not."""
    about = post("https://ada.example/page-0", "ada", text="I am Ada. No pitches, please.", on=date(2026, 1, 10))

    assert door("I am Ada. No pitches, please.", posts=(about,)).state is DoorState.CLOSED


def blog_of_two(*texts, own="", contacts=()):
    """The doors of two authors of a blog: Ada also has a site of her own with the words `own`, Bo has none."""
    blog = person("blog", "The Blog", kind=PublisherKind.ORGANISATION, contacts=contacts)
    shared = tuple(replace(contact, of_blog=True) for contact in contacts)
    ada = replace(
        person("ada", contacts=shared), sites=("https://ada.example/", "https://blog.example/"),
        signed_sites=("https://blog.example/",),
    )  # fmt: skip
    bo = replace(
        person("bo", contacts=shared), sites=("https://blog.example/",), signed_sites=("https://blog.example/",)
    )
    pages = [page("blog", text, path=f"page-{number}") for number, text in enumerate(texts)]
    pages += [page("ada", own)] if own else []
    made = corpus([ada, blog, bo], (RECENT, post("https://blog.example/p", "bo", on=date(2026, 1, 10))), pages)
    doors = dict(read_contact_policies(made, graph(), as_of=AS_OF))
    return doors["ada"], doors["bo"]


def test_authors_inherit_the_door_of_their_blog():
    """Who has no words of their own has the door of the blog they sign on, marked so, with its sentence."""
    _, bo = blog_of_two("We are two. Feel free to email us.")

    assert (bo.state, bo.because) == (DoorState.OPEN, "The door of the blog. Invites it in their own words.")
    assert bo.quote.text == "Feel free to email us."


def test_own_words_beat_an_open_door_of_the_blog():
    """An author with words on a site of their own keeps their own door, unless the blog's is closed."""
    ada, bo = blog_of_two("Feel free to email us.", own="You can reach me at the address below.")

    assert (ada.state, bo.state) == (DoorState.AJAR, DoorState.OPEN)


def test_a_closed_door_of_the_blog_always_applies():
    """A blog that refuses approaches closes the door of each author, also of one who invites elsewhere."""
    ada, bo = blog_of_two("We do not accept pitches.", own="Feel free to email me.")

    assert (ada.state, bo.state) == (DoorState.CLOSED, DoorState.CLOSED)
    assert ada.because == "The door of the blog. Says so in so many words."


def test_an_own_closed_door_stays_closed():
    """An author who refuses on their own site is not opened by the blog."""
    ada, bo = blog_of_two("Feel free to email us.", own="No pitches, please.")

    assert (ada.state, ada.because, bo.state) == (DoorState.CLOSED, "Says so in so many words.", DoorState.OPEN)


def test_an_address_of_the_blog_is_not_the_authors_own():
    """A contact inherited from a blog leaves the blog's door ajar, and is said to be the blog's."""
    address = Contact(ContactKind.EMAIL, "post@blog.example", "https://blog.example/about", date(2026, 1, 1))
    _, bo = blog_of_two("We live by the lake.", contacts=(address,))

    assert (bo.state, bo.because) == (
        DoorState.AJAR,
        "The door of the blog. Publishes an e-mail address for contact.",
    )
