"""What a citation does, read from the words around its link."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from generator.insight.citations.citation_context import name_forms
from generator.insight.citations.citation_function import classify, label_citation_functions
from generator.languages.language import Language, load_language
from generator.records import CitationFunction, PublisherKind

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import citation, corpus, graph, link, person, post
from tests.factories.labelled_sentences import SENTENCES


def judge(sentence: str, name: str, *, language: Language | None = None, **around: object) -> str:
    """The circumstance of a sentence whose link stands in square brackets."""
    anchor = sentence[sentence.index("[") + 1 : sentence.index("]")]
    who = name_forms(person("cited", name, accounts=("https://social.example/@treyl",) if name == "Tomas Reyl" else ()))
    return classify(
        sentence.replace("[", "").replace("]", ""), anchor, who, language or load_language("en"), **around
    ).value


def test_labelled_set_is_large_and_covers_every_sentence_rule():
    """At least 120 sentences stand in the labelled set, at least six for each class that sentences decide."""
    counted = Counter(label for label, _, _ in SENTENCES)

    assert len(SENTENCES) >= 120
    assert {kind for kind, count in counted.items() if count >= 6} == {
        "credits", "thanks", "agrees", "disagrees", "replies", "quotes", "mentions",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [
        ("credits", 0.95, 0.90),
        ("thanks", 0.95, 0.90),
        ("agrees", 0.95, 0.90),
        ("disagrees", 0.95, 0.90),
        ("replies", 0.95, 0.85),
        ("quotes", 0.95, 0.80),
        ("mentions", 0.90, 0.90),
    ],
)
def test_each_class_keeps_its_floor_on_the_labelled_set(kind, precision, recall):
    """On the labelled set each class is right as often as its floor says, and misses no more than it allows."""
    judged = [(label, judge(sentence, name), sentence) for label, sentence, name in SENTENCES]
    said = [(label, sentence) for label, got, sentence in judged if got == kind]
    meant = [(got, sentence) for label, got, sentence in judged if label == kind]
    wrong = [sentence for label, sentence in said if label != kind]
    missed = [sentence for got, sentence in meant if got != kind]

    assert 1 - len(wrong) / len(said) >= precision, wrong
    assert 1 - len(missed) / len(meant) >= recall, missed


@pytest.mark.parametrize(("label", "sentence", "name"), SENTENCES, ids=[sentence[:50] for _, sentence, _ in SENTENCES])
def test_no_sentence_gets_a_warmer_class_than_a_reader_would_give(label, sentence, name):
    """A bare mention is never shown as praise, credit, thanks, a quotation, a reply or a quarrel."""
    if label == "mentions":
        assert judge(sentence, name) == "mentions"
    else:
        assert judge(sentence, name) in (label, "mentions")


def test_class_that_the_language_does_not_vouch_for_is_a_mention():
    """What a language file does not list under `shown` is shown as a mention; the other classes stay."""
    kept = load_language("en").reliable_functions - {"agrees"}
    cautious = replace(load_language("en"), reliable_functions=kept)
    praise, credit = "[Ada Holt] wrote a brilliant essay.", "I learned this from [Ada Holt]."

    assert [judge(text, "Ada Holt") for text in (praise, credit)] == ["agrees", "credits"]
    assert [judge(text, "Ada Holt", language=cautious) for text in (praise, credit)] == ["mentions", "credits"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I disagree with [Ada Holt] if she means the north side.",
        "Some say that [Ada Holt] is wrong about the bowl.",
        "I am not saying that [Ada Holt] is mistaken.",
        "Do I disagree with [Ada Holt]?",
        "Whether I object to [Ada Holt]'s plan depends on the weather.",
    ],
)
def test_open_or_reported_quarrel_is_none(sentence):
    """What is conditional, asked, denied or said by others is no quarrel of the writer's."""
    assert judge(sentence, "Ada Holt") == "mentions"


def test_cue_with_a_capital_inside_a_sentence_is_a_title():
    """A link's words that begin with a capital inside a sentence are a title and do nothing themselves."""
    assert judge("A chapter by Ada Holt, [In reply to Lund], is on page 40.", "Ada Holt", opening=True) == "mentions"
    assert judge("I write [in reply to Ada Holt].", "Ada Holt", opening=True) == "replies"


def test_not_inside_a_phrase_turns_it_off():
    """A gap never passes over "not": a post that is no reply says so."""
    assert judge("This is a reply to [Ada Holt].", "Ada Holt", opening=True) == "replies"
    assert judge("This is not a reply to [Ada Holt].", "Ada Holt", opening=True) == "mentions"


def test_first_sentence_answers_however_far_its_link():
    """At a post's beginning "so here goes" after a call answers the call; further down it does not."""
    sentence = "[The guild] asked everybody for winter stories, so here goes:"

    assert [judge(sentence, "Ada Holt", opening=opening) for opening in (True, False)] == ["replies", "mentions"]


@pytest.mark.parametrize(("after", "kind"), [("This is mine.", "replies"), ("It snowed all week.", "mentions")])
def test_call_that_the_next_sentence_heeds_is_answered(after, kind):
    """A first sentence that tells of a call for posts replies if the one after it says that this is one."""
    sentence = "Last week the guild put out a call for posts about huts."
    answer = post("https://a.example/q", "a", text=f"{sentence} {after} Long ago there was a hut.",
                  links=(link("https://b.example/call", "call for posts", sentence),))  # fmt: skip
    call = post("https://b.example/call", "b")
    here = corpus([person("a", "Ada Holt"), person("b", "Guild")], [answer, call])

    labelled = label_citation_functions(graph([citation(answer, call, sentence)]), here)

    assert [c.function.value for c in labelled.citations] == [kind]


def test_item_of_a_list_answers_nobody():
    """In a list the link's words are a title, whatever they say."""
    assert judge("[A reply to my critics] by Ada Holt", "Ada Holt", listed=True) == "lists"


def test_words_of_a_title_in_quotation_marks_are_no_quotation():
    """Capitalised words in quotation marks are a title, also with a name behind them."""
    title = "“The Long White Line Home” ([Ada Holt])"

    assert judge(title, "Ada Holt") == "mentions"
    assert judge("“the line home is never as long as the line out” ([Ada Holt])", "Ada Holt") == "quotes"


def test_praise_far_from_the_anchor_is_of_something_else():
    """Words count near the link, not anywhere in a long sentence."""
    near = "Ada Holt wrote [a brilliant essay] while the rest of us were still waiting for the bus to the valley."
    far = "After a brilliant essay by somebody else had kept me up all night, I walked to the shop where [Ada Holt] works."

    assert (judge(near, "Ada Holt"), judge(far, "Ada Holt")) == ("agrees", "mentions")


def test_praise_of_another_link_is_not_shared():
    """In a sentence of two links praise goes to the one it stands beside."""
    sentence = "There is a brilliant essay by Bo Lund and there is a list of huts by [Ada Holt]."

    assert judge(sentence, "Ada Holt", others=["Bo Lund"]) == "mentions"


def test_name_in_lower_case_is_a_word():
    """A name's part counts as a name only with a capital: "will" is a verb."""
    assert judge("Thanks to will power and [wax], it glides.", "Will Stone") == "mentions"


def test_formal_reply_beats_words():
    """A post marked up as a reply to an address replies, whatever its words say."""
    cited = post("https://b.example/p", "b")
    answer = post("https://a.example/q", "a", links=(link("https://b.example/p", "Bo", "A great post by Bo."),),
                  in_reply_to=("https://b.example/p",))  # fmt: skip
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [answer, cited])

    labelled = label_citation_functions(graph([citation(answer, cited, "A great post by Bo.")]), here)

    assert [c.function for c in labelled.citations] == [CitationFunction.REPLIES]


def test_roundup_makes_no_friends():
    """All links of a post that announces links and leads to five sites are lists, however warm its words."""
    links = tuple(link(f"https://{name}.example/p", name, f"A great post by {name}.") for name in "bcdef")
    roundup = post("https://a.example/w", "a", title="Links of the week", links=links)
    here = corpus([person(name, f"Name {name.upper()}") for name in "abcdef"],
                  [roundup, *(post(f"https://{name}.example/p", name) for name in "bcdef")])  # fmt: skip
    made = [
        citation(roundup, here_post, f"A great post by {here_post.author}.")
        for here_post in here.posts
        if here_post.author != "a"
    ]

    assert {c.function for c in label_citation_functions(graph(made), here).citations} == {CitationFunction.LISTS}


def test_aggregator_lists():
    """Whoever is an aggregator lists: four sites in a post suffice without a title."""
    links = tuple(link(f"https://{name}.example/p", name, f"I agree with {name} here.") for name in "bcde")
    digest = post("https://a.example/w", "a", title="Monday", links=links)
    people = [person("a", "Digest", kind=PublisherKind.AGGREGATOR), *(person(n, f"Name {n.upper()}") for n in "bcde")]
    here = corpus(people, [digest, *(post(f"https://{name}.example/p", name) for name in "bcde")])
    made = [citation(digest, p, f"I agree with {p.author} here.") for p in here.posts if p.author != "a"]

    assert {c.function for c in label_citation_functions(graph(made), here).citations} == {CitationFunction.LISTS}


def test_sentence_that_links_four_sites_is_a_list():
    """A sentence that links four different sites enumerates; it praises nobody in particular."""
    sentence = "Also see great posts by Bo, Cy, Di and Ed."
    links = tuple(link(f"https://{n}.example/p", n.title(), sentence) for n in ("bo", "cy", "di", "ed"))
    listing = post("https://a.example/w", "a", links=links)
    here = corpus([person(n, n.title()) for n in ("a", "bo", "cy", "di", "ed")],
                  [listing, *(post(f"https://{n}.example/p", n) for n in ("bo", "cy", "di", "ed"))])  # fmt: skip
    made = [citation(listing, p, sentence) for p in here.posts if p.author != "a"]

    assert {c.function for c in label_citation_functions(graph(made), here).citations} == {CitationFunction.LISTS}


def labelled_of(*rows, cited="bo", **about):
    """What a post with these rows of links, prose between them, does to one of those it links."""
    links = tuple(one for row in rows for one in row)
    text = "\n\nSome prose, and no link in it.\n\n".join("\n\n".join(one.sentence for one in row) for row in rows)
    listing = post("https://a.example/w", "a", links=links, text=text, **about)
    here = corpus(
        [person("a", "Ada Holt"), person(cited, "Bo Lund")], [listing, post(f"https://{cited}.example/p", cited)]
    )
    sentence = next(one.sentence for one in links if cited in one.target)
    (made,) = label_citation_functions(graph([citation(listing, here.posts[-1], sentence)]), here).citations
    return made.function.value


def test_bare_links_to_three_sites_side_by_side_are_a_list():
    """Items of a list stand side by side and lead to several sites, whatever the post's title says."""
    items = tuple(link(f"https://{n}.example/p", f"{n} on snow", f"{n} on snow") for n in ("bo", "cy", "di"))

    assert labelled_of(items, title="Reading") == "lists"


def test_bare_links_far_apart_or_to_one_site_are_no_list():
    """Three slogans of one site, and bare links with prose between them, list nothing, in a series or not."""
    own = tuple(link(f"https://bo.example/p{n}", f"Slogan {n}", f"Slogan {n}") for n in ("", "2", "3"))
    far = [link(f"https://{n}.example/p", f"{n} on snow", f"{n} on snow") for n in ("cy", "bo", "di")]

    assert labelled_of(far[:1], own, far[2:], title="Listening, part 2") == "mentions"
    assert labelled_of(far[:1], far[1:2], far[2:]) == "mentions"


def test_a_post_is_read_in_its_language():
    """Where no data file for it ships its words say nothing; marks of a reply and the form of a list still tell."""
    praise = (link("https://bo.example/p", "Bo Lund", "I agree with Bo Lund."),)
    items = tuple(link(f"https://{n}.example/p", f"{n} on snow", f"{n} on snow") for n in ("bo", "cy", "di"))

    assert [labelled_of(praise, language=code) for code in ("en", "en-gb", "", "de")] == [
        "agrees", "agrees", "agrees", "mentions",
    ]  # fmt: skip
    assert labelled_of(items, language="de") == "lists"
    assert labelled_of(praise, language="de", in_reply_to=("https://bo.example/p",)) == "replies"


def test_linked_common_words_of_a_sentence_are_no_list():
    """A sentence of prose whose common words lead to four sites mentions them; it enumerates nobody."""
    sentence = "Ropes, knots, frayed slings, wet gloves: the list could go on for a while."
    links = tuple(
        link(f"https://{n}.example/p", words, sentence)
        for n, words in (("bo", "knots"), ("cy", "frayed slings"), ("di", "wet gloves"), ("ed", "list"))
    )
    told = post("https://a.example/w", "a", links=links)
    others = [post(f"https://{n}.example/p", n) for n in ("bo", "cy", "di", "ed")]
    here = corpus([person(n, n.title()) for n in ("a", "bo", "cy", "di", "ed")], [told, *others])

    labelled = label_citation_functions(graph([citation(told, p, sentence) for p in others]), here)

    assert {c.function for c in labelled.citations} == {CitationFunction.MENTIONS}


@pytest.mark.parametrize(
    ("addresses", "kind"),
    [
        (("https://bo.example/1", "https://bo.example/2", "https://bo.example/3"), "mentions"),
        (("https://bo.example/1", "https://cy.example/2", "https://bo.example/3"), "lists"),
    ],
)
def test_items_in_a_row_are_a_list_where_they_lead_to_different_sites(addresses, kind):
    """Slogans that all lead to one site are no list, though links of the same post stand alone elsewhere."""
    slogans = ("Warmth without weight", "Grip without glue", "Speed without fear")
    links = (
        *(link(url, slogan) for url, slogan in zip(addresses, slogans, strict=True)),
        link("https://di.example/", "A talk by Di"),
        link("https://ed.example/", "A note from Ed"),
    )
    text = (
        "We went by slogans:\n\n"
        + "\n\n".join(slogans)
        + "\n\nSo much for that.\n\nA talk by Di\n\nMore prose here.\n\nA note from Ed"
    )
    told = post("https://a.example/w", "a", text=text, links=links)
    cited = post("https://bo.example/1", "bo")
    here = corpus([person("a", "Ada Holt"), person("bo", "Bo Lund")], [told, cited])

    labelled = label_citation_functions(graph([citation(told, cited, slogans[0])]), here)

    assert [c.function.value for c in labelled.citations] == [kind]


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("I carry the same rope. It is light.", "agrees"),
        ("However, I don't think that leaving the rope at home is the proper answer.", "mentions"),
        ("It lists four knots. I am not convinced that the second holds.", "mentions"),
        ("Bo Lund says that ropes are dead weight. I disagree with Bo Lund about that.", "disagrees"),
        ("I wonder if Bo Lund is wrong about glue.", "mentions"),
        (f"{'The day was long and the snow was deep. ' * 8}But I don't think skis are right for it.", "agrees"),
    ],
)
def test_praise_that_opens_a_rejoinder_is_none(after, kind):
    """What the next sentences take back is no praise; with the praised by name it is a quarrel, else a mention."""
    praise = "This began with the great post on ropes by Bo Lund."
    cited = post("https://b.example/p", "b")
    telling = post("https://a.example/q", "a", text=f"{praise}\n\n{after}",
                   links=(link("https://b.example/p", "the great post on ropes", praise),))  # fmt: skip
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [telling, cited])

    labelled = label_citation_functions(graph([citation(telling, cited, praise)]), here)

    assert [c.function.value for c in labelled.citations] == [kind]


def test_words_found_in_the_cited_post_are_a_quotation():
    """Six words between quotation marks that stand in the cited post are a quotation without any "says"."""
    words = "a rope weighs less than a regret ever will"
    cited = post("https://b.example/p", "b", text=f"On ropes. As I told my niece, {words}.")
    quoting = post(
        "https://a.example/q", "a", links=(link("https://b.example/p", "here", f"Remember “{words}” (here)."),)
    )
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [quoting, cited])

    labelled = label_citation_functions(graph([citation(quoting, cited, f"Remember “{words}” (here).")]), here)

    assert [c.function for c in labelled.citations] == [CitationFunction.QUOTES]


def test_block_that_follows_a_colon_is_a_quotation_if_the_cited_wrote_it():
    """A paragraph after a colon quotes where the same words stand in the cited post, and not otherwise."""
    block = "Every winter somebody finds the shortcut that the map left out on purpose."
    cited = post("https://b.example/p", "b", text=f"Maps.\n\n{block}")
    lead = "Bo Lund on shortcuts:"
    quoting = post(
        "https://a.example/q", "a", text=f"{lead}\n\n{block}", links=(link("https://b.example/p", "Bo Lund", lead),)
    )
    own = post("https://a.example/r", "a", text=f"{lead}\n\nI took one and got lost on the way home twice.",
               links=(link("https://b.example/p", "Bo Lund", lead),))  # fmt: skip
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [quoting, own, cited])

    labelled = label_citation_functions(graph([citation(quoting, cited, lead), citation(own, cited, lead)]), here)

    assert [c.function.value for c in labelled.citations] == ["quotes", "mentions"]


def test_labelling_changes_nothing_else():
    """Citations keep their order and all but their circumstance; one whose post is unknown is a mention."""
    cited = post("https://b.example/p", "b")
    citing = post("https://a.example/q", "a", links=(link("https://b.example/p", "Bo Lund", "I agree with Bo Lund."),))
    lost = post("https://a.example/lost", "a")
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [citing, cited])
    before = graph([citation(lost, cited, "I agree with Bo Lund."), citation(citing, cited, "I agree with Bo Lund.")])

    after = label_citation_functions(before, here)

    assert [c.function.value for c in after.citations] == ["mentions", "agrees"]
    assert [(c.post, c.quote, c.target) for c in after.citations] == [
        (c.post, c.quote, c.target) for c in before.citations
    ]


def test_an_aside_stays_if_it_does_what_the_rest_of_its_post_does_not():
    """A post that credits somebody in one sentence and quarrels in another shows both; bare mentions add nothing."""
    cited = post("https://b.example/p", "b")
    said = ("I learned this from Bo Lund.", "I disagree with Bo Lund.", "Bo Lund lives here.", "I object to Bo Lund.")
    citing = post(
        "https://a.example/q", "a", links=tuple(link("https://b.example/p", "Bo Lund", text) for text in said)
    )
    here = corpus([person("a", "Ada Holt"), person("b", "Bo Lund")], [citing, cited])
    made = [citation(citing, cited, text) for text in said]

    after = label_citation_functions(replace(graph(made[:1]), secondary_citations=tuple(made[1:])), here)

    assert [(c.function.value, c.quote) for c in after.citations] == [("credits", said[0])]
    assert [(c.function.value, c.quote) for c in after.secondary_citations] == [("disagrees", said[1])]
