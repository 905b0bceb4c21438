"""Which evidence joins two sites into one person, what prevents it, and what the topic file decides instead."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import Override
from generator.corpus.identity import assign_slugs, resolve_people
from generator.corpus.identity_evidence import account_links, identity_claims, identity_evidence
from generator.corpus.names import name_key
from generator.records import ContactKind, PageKind, PublisherKind, Url
from generator.urls import SiteIndex, is_account, url_key
from tests.factories.corpus import contact, link, page, site_author

A, B, C = "https://a.example/", "https://b.example/", "https://c.example/"
CARD = "https://ada.example/"
GROUP = PublisherKind.ORGANISATION


def resolved(authors, *pages, overrides=()):
    """The people that authors and pages make, in order of key."""
    index = SiteIndex((root, ()) for root in sorted({author.site for author in authors}))
    by_site = {author.site: [one for one in pages if index.site_of(one.url) == author.site] for author in authors}
    return resolve_people(authors, by_site, index, overrides)


def sites_joined(authors, *pages, **more):
    """The sites of each person."""
    return [tuple(author.site for author in person.authors) for person in resolved(authors, *pages, **more)]


def about(root, **more):
    """An about page of a site."""
    return page(f"{root}about", kind=PageKind.ABOUT, **more)


def claim(root, other):
    """An about page that claims another site by rel=me."""
    return about(root, rel_me=(Url(other),))


def mail(root, address="ada@mail.example", *, kind=PageKind.ABOUT, **more):
    """A page that publishes a contact address."""
    return page(f"{root}mail", kind=kind, contacts=(contact(address, root, **more),))


ADA, ADA_TOO = site_author(A, "Ada Example"), site_author(B, "Ada Example")
BO = site_author(B, "Bo Example")
TWO = [(A,), (B,)]
ONE = [(A, B)]


# Rule 1: claims from both sides.


def test_sites_that_claim_each_other_are_one_person():
    """Claims in both directions join two sites, whatever names they give, and the claims are the reason."""
    (person,) = resolved([ADA, BO], claim(A, B), claim(B, A))
    assert [author.site for author in person.authors] == [A, B]
    assert person.confirmations[-1].what == B
    assert person.confirmations[-1].how == "reciprocal: rel=me there, rel=me back"
    assert person.confirmations[-1].confidence == 0.95


@pytest.mark.parametrize("pages", [[claim(A, B)], [claim(B, A)], [claim(A, B), claim(B, C)], []])
def test_a_claim_from_one_side_joins_nothing(pages):
    """Any site can link to any other: without an answer a claim is no evidence, even with the same name."""
    assert sites_joined([ADA, ADA_TOO], *pages) == TWO


def test_claims_chain_through_a_third_site():
    """Joining is transitive: if A is B and B is C, all three are one person with both reasons."""
    authors = [ADA, ADA_TOO, site_author(C, "Ada")]
    pages = [about(B, rel_me=(Url(A), Url(C))), claim(A, B), claim(C, B)]
    (person,) = resolved(authors, *pages)
    assert [author.site for author in person.authors] == [A, B, C]
    assert [c.what for c in person.confirmations[3:]] == [B, C]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("My other blog is about birds.", True),
        ("I also write at B.", True),
        ("Mein anderes Blog handelt von Vögeln.", True),
        ("A blog I read every day.", False),
    ],
)
@pytest.mark.parametrize(
    ("kind", "tells"), [(PageKind.ABOUT, True), (PageKind.HOME, True), (PageKind.POST, False), (PageKind.OTHER, False)]
)
def test_a_sentence_claims_a_site_on_pages_about_oneself_only(sentence, claims, kind, tells):
    """ "My other blog" is a claim on an about or home page; in a post it may be a quotation."""
    found = identity_claims([page(f"{A}x", kind=kind, links=(link(f"{B}p", sentence),))], SiteIndex([(B, ())]))
    assert found == ({B: f"“{sentence}”"} if claims and tells else {})


def test_the_words_of_the_link_claim_a_site_too():
    """The claim may be the text of the link instead of its sentence; rel=me gives the reason where both are there."""
    index = SiteIndex([(B, ())])
    shown = about(A, links=(link(B, "Elsewhere.", text="my second blog"),))
    assert identity_claims([shown], index) == {B: "“Elsewhere.”"}
    assert identity_claims([claim(A, B), shown], index) == {B: "rel=me"}
    assert identity_claims([claim(A, "https://unknown.example/")], index) == {}


# Rule 2: the same contact address.


def test_the_same_contact_address_on_both_sites_joins_them():
    """Two sites that publish one e-mail address for contact are one person; capitals do not count."""
    (person,) = resolved([ADA, BO], mail(A, "Ada@mail.example"), mail(B, kind=PageKind.HOME))
    assert person.confirmations[-1].how == "the same published contact address (mail.example) on both"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(mail(B, "bo@mail.example"), id="another address"),
        pytest.param(mail(B, kind=PageKind.POST), id="in a post"),
        pytest.param(mail(B, kind=PageKind.OTHER), id="on any other page"),
        pytest.param(mail(B, as_kind=ContactKind.FORM), id="not an e-mail address"),
    ],
)
def test_other_addresses_join_nothing(other):
    """Only the same e-mail address on pages of both sites about themselves is evidence."""
    assert sites_joined([ADA, ADA_TOO], mail(A), other) == TWO


# Rule 3: the same personal address given with the same name.


def signed(root, name="Ada Example", *links, **more):
    """An author whose name links to addresses."""
    return site_author(root, name, links=links or (CARD,), **more)


def test_one_name_with_one_personal_address_joins_two_sites():
    """The same name linked to the same personal address on both sites is one person, however either is spelled."""
    (person,) = resolved([signed(A), signed(B, "ada example", "http://www.ada.example")])
    assert person.confirmations[-1].how == "the same address (ada.example) given with the name on both"


def test_one_name_with_one_personal_address_joins_bylines_too():
    """Bylines on two group sites are joined by the address behind them."""
    assert sites_joined([signed(A, owns_site=False), signed(B, owns_site=False)]) == ONE


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(signed(B, "Bo Example"), id="another name"),
        pytest.param(signed(B, "Ada Example", "https://other.example/"), id="another address"),
        pytest.param(site_author(B, "Ada Example"), id="no address"),
    ],
)
def test_a_name_or_an_address_alone_joins_nothing(other):
    """The name and the address must both be the same."""
    assert sites_joined([signed(A), other]) == TWO


def test_an_account_behind_the_name_joins_nothing():
    """Any site can link a name to someone's account on a network."""
    account = "https://mastodon.social/@ada"
    assert sites_joined([signed(A, "Ada Example", account), signed(B, "Ada Example", account)]) == TWO


# Rule 4: a byline that leads to a site that claims the group site.


def byline(*links, **more):
    """An author who signs on the group site A."""
    return site_author(A, "Ada Example", links=links, owns_site=False, **more)


def test_a_byline_is_joined_with_the_site_that_it_links_to_and_that_claims_the_group_site():
    """The byline leads to the person's site, and that site claims the group site."""
    (person,) = resolved([byline(f"{B}about"), BO], claim(B, A))
    assert [author.site for author in person.authors] == [A, B]
    assert person.confirmations[-1].how == "the byline links to their site, and their site claims the byline's"


@pytest.mark.parametrize(
    ("author", "other", "pages"),
    [
        pytest.param(byline(B), BO, [], id="the site claims nothing"),
        pytest.param(byline(), BO, [claim(B, A)], id="the byline links to nothing"),
        pytest.param(byline(C), BO, [claim(B, A)], id="the byline links elsewhere"),
        pytest.param(byline(B), site_author(B, "Bo", owns_site=False), [claim(B, A)], id="both are bylines"),
        pytest.param(signed(A, "Ada Example", B), BO, [claim(B, A)], id="both own a site"),
    ],
)
def test_half_a_byline_rule_joins_nothing(author, other, pages):
    """A byline needs its link, the claim of the other site, and an owner on the other side."""
    assert sites_joined([author, other], *pages) == TWO


@pytest.mark.parametrize(
    "pages", [pytest.param([claim(A, B), claim(B, A)], id="claims"), pytest.param([mail(A), mail(B)], id="mail")]
)
def test_what_a_group_site_says_of_itself_does_not_speak_for_its_bylines(pages):
    """Claims and contact addresses of a group site are the group's: they join none of those who sign there."""
    assert sites_joined([byline(), BO], *pages) == TWO


# Vetoes.


@pytest.mark.parametrize("kind", [PublisherKind.ORGANISATION, PublisherKind.AGGREGATOR])
@pytest.mark.parametrize("both", [True, False])
def test_only_persons_are_joined(kind, both):
    """A person and an organisation, or two organisations, are never one person, whatever they claim."""
    authors = [signed(A, kind=kind), signed(B, kind=kind if both else PublisherKind.PERSON)]
    pages = [claim(A, B), claim(B, A), mail(A), mail(B)]
    assert sites_joined(authors, *pages) == TWO


def test_two_authors_of_one_site_are_two_people():
    """Bylines of one site with the same address and spellings of one name stay apart: they were told apart there."""
    one = site_author(A, "Ada Example", links=(CARD,), owns_site=False)
    other = site_author(A, "ada-example", links=(CARD,), owns_site=False, key="a.example#other")
    assert sites_joined([one, other]) == [(A,), (A,)]


def test_the_first_rule_gives_the_reason():
    """Of several rules that join the same pair, one reason is kept: that of the strongest."""
    pages = [claim(A, B), claim(B, A), mail(A), mail(B)]
    (person,) = resolved([signed(A), signed(B)], *pages)
    assert [c.how.split(":")[0] for c in person.confirmations[2:]] == ["reciprocal"]
    (person,) = resolved([signed(A), signed(B)], mail(A), mail(B))
    assert [c.how.split(" (")[0] for c in person.confirmations[2:]] == ["the same published contact address"]


# The topic file.


def test_same_joins_sites_without_any_evidence():
    """`same:` joins whatever it lists, of any kind and name; it says so."""
    (person,) = resolved([ADA, site_author(B, "Bo", kind=GROUP)], overrides=[Override(same=(A, f"{B}about"))])
    assert [author.site for author in person.authors] == [A, B]
    assert (person.confirmations[-1].what, person.confirmations[-1].how) == ("b.example", "said by the analyst")


def test_same_joins_owners_and_not_bylines():
    """`same:` speaks of the owners of sites: authors who only sign there keep apart."""
    group = site_author(A, "The Ridge", kind=GROUP)
    assert sites_joined([byline(), group, BO], overrides=[Override(same=(A, B))]) == [(A, B), (A,)]


def test_same_leaves_others_alone_and_bears_unknown_addresses():
    """`same:` joins no site that it does not list; an address of no known site changes nothing."""
    authors = [ADA, BO, site_author(C, "Cy")]
    assert sites_joined(authors, overrides=[Override(same=(A, C))]) == [(A, C), (B,)]
    assert sites_joined(authors, overrides=[Override(same=(A, "https://unknown.example/"))]) == [(A,), (B,), (C,)]
    assert sites_joined(authors, overrides=[Override(same=(A, B), site=C, name="x")]) == [(A, B), (C,)]


@pytest.mark.parametrize("line", [Override(site=A, name="Ada L."), Override(same=(A,), name="Ada L.")])
def test_name_is_shown_for_the_owner_of_the_site_only(line):
    """`name:` names the owner of the site, as the first confirmation; others keep theirs."""
    ada, bo = resolved([ADA, BO], overrides=[line])
    assert (ada.name, bo.name) == ("Ada L.", "Bo Example")
    assert [c.how for c in ada.confirmations] == ["name given by the analyst", "found"]
    assert [c.how for c in bo.confirmations] == ["found"]


def test_a_name_for_a_group_site_names_no_author_who_signs_there():
    """`site:` speaks of the owner: a byline on that site keeps its name and kind."""
    group = site_author(A, "The Ridge", kind=GROUP)
    people = resolved([byline(), group], overrides=[Override(site=A, name="Ridge", kind="aggregator")])
    assert [(p.name, p.kind) for p in people] == [
        ("Ridge", PublisherKind.AGGREGATOR),
        ("Ada Example", PublisherKind.PERSON),
    ]


@pytest.mark.parametrize("kind", list(PublisherKind))
def test_kind_is_what_the_topic_file_says(kind):
    """`kind:` replaces what the rules found, with its reason; without it the finding and its reason stay."""
    ada, bo = resolved([ADA, BO], overrides=[Override(site=A, kind=kind.value)])
    assert (ada.kind, ada.kind_reason) == (kind, "said by the analyst")
    assert (bo.kind, bo.kind_reason) == (PublisherKind.PERSON, "one author")


def test_the_last_line_of_the_topic_file_wins():
    """Of two lines about one site the later one names it."""
    lines = [Override(site=A, name="First"), Override(site=A, name="Second")]
    assert [p.name for p in resolved([ADA], overrides=lines)] == ["Second"]


# Name and kind of one person with several sites.


@pytest.mark.parametrize(
    ("confidences", "posts", "name"),
    [
        pytest.param((0.9, 0.6), (1, 9), "Ada Example", id="the surer name"),
        pytest.param((0.6, 0.9), (9, 1), "Bo Example", id="the surer name, other way"),
        pytest.param((0.9, 0.9), (1, 9), "Bo Example", id="more posts where both are as sure"),
        pytest.param((0.4, 0.3), (1, 9), "Bo Example", id="more posts where neither is sure"),
    ],
)
def test_name_of_a_person_with_two_sites(confidences, posts, name):
    """The surest name is shown, from 0.5; below it, the name on the site with the most posts."""
    authors = [
        site_author(root, who, confidence=sure, posts=n)
        for root, who, sure, n in zip((A, B), ("Ada Example", "Bo Example"), confidences, posts, strict=True)
    ]
    (person,) = resolved(authors, claim(A, B), claim(B, A))
    assert person.name == name


def test_kind_of_a_person_with_two_sites_is_that_of_the_larger():
    """Sites of two kinds joined by the topic file take the kind of the one with the most posts."""
    authors = [site_author(A, "Ada", posts=2), site_author(B, "Bo", posts=3, kind=GROUP)]
    (person,) = resolved(authors, overrides=[Override(same=(A, B))])
    assert person.kind == GROUP


# Slugs.


def slugs(authors, known=None, **more):
    return assign_slugs(resolved(authors, **more), known or {})


def test_a_slug_is_made_of_the_name_and_told_apart_by_the_host():
    """Namesakes get the host, then a number; a name without Latin letters gets the host; "index" is never given."""
    assert slugs([ADA, ADA_TOO]) == {"a.example": "ada-example", "b.example": "ada-example-b-example"}
    assert slugs([ADA], {"gone.example": "ada-example", "x.example": "ada-example-a-example"}) == {
        "a.example": "ada-example-2"
    }
    assert slugs([site_author(A, "雪")]) == {"a.example": "xue"}
    assert slugs([site_author(A, "😀")]) == {"a.example": "a-example"}
    assert slugs([site_author(A, "Nul")]) == {"a.example": "nul-a-example"}
    assert slugs([site_author(A, "Index")]) == {"a.example": "index-a-example"}
    assert slugs([site_author("https://雪.example/", "雪", key="雪")]) == {"雪": "xue"}


def test_a_slug_of_an_earlier_run_stays_whatever_rules_made_it():
    """Addresses of pages do not move when transliteration changes."""
    assert slugs([site_author(A, "Łukasz")], {"a.example": "ukasz"}) == {"a.example": "ukasz"}


def test_a_slug_stays_with_any_key_of_a_person():
    """A person whose sites are joined keeps the slug of one; where they part again it stays with one of them."""
    joined = {"overrides": [Override(same=(A, B))]}
    assert slugs([ADA, BO], {"b.example": "bo"}, **joined) == {"a.example": "bo"}
    parted = slugs([ADA, BO], {"a.example": "bo", "b.example": "bo"})
    assert parted == {"a.example": "bo", "b.example": "bo-example"}


# Accounts.


def test_accounts_are_claimed_by_rel_me_or_as_contact():
    """Accounts come from rel=me on networks and from account contacts, each once, in order; other links do not count."""
    account, profile = "https://github.com/ada", "https://snow.example/@ada"
    pages = [
        about(A, rel_me=(Url(account), Url(B)), contacts=(contact(profile, A, as_kind=ContactKind.ACCOUNT),)),
        page(
            A, kind=PageKind.HOME, rel_me=(Url(account),), contacts=(contact(f"{A}form", A, as_kind=ContactKind.FORM),)
        ),
    ]
    assert account_links(pages) == ((account, f"{A}about"), (profile, A))


def test_at_most_twenty_accounts_are_shown():
    """A page that claims more accounts than a person has is cut."""
    many = about(A, rel_me=tuple(Url(f"https://github.com/ada{i:02}") for i in range(30)))
    assert len(account_links([many])) == 20


# Indexed evidence finds what comparing every pair finds.

ROOTS = (A, B, C, "https://d.example/")


def pairwise(authors, pages, index):
    """Every pair of authors with the first rule that joins it: the definition, by comparing all pairs."""
    persons = sorted((a for a in authors if a.kind is PublisherKind.PERSON), key=lambda a: a.key)
    claims = {root: identity_claims(pages.get(root, ()), index) for root in ROOTS}
    emails = {
        root: {c.value.casefold() for one in pages.get(root, ()) for c in one.contacts if c.kind == ContactKind.EMAIL}
        for root in ROOTS
    }
    for a, b in combinations(persons, 2):
        if a.site == b.site:
            continue
        there, back = claims[a.site].get(b.site), claims[b.site].get(a.site)
        shared = sorted(emails[a.site] & emails[b.site])
        cards = {url_key(u) for u in a.links} & {url_key(u) for u in b.links}
        cards = {key for key in cards if not is_account(f"https://{key}")}
        if a.owns_site and b.owns_site and there and back:
            yield a, b, f"reciprocal: {there} there, {back} back"
        elif a.owns_site and b.owns_site and shared:
            yield a, b, f"the same published contact address ({shared[0].split('@')[-1]}) on both"
        elif cards and name_key(a.name) == name_key(b.name):
            yield a, b, f"the same address ({min(cards)}) given with the name on both"
        elif a.owns_site != b.owns_site:
            author, own = (b, a) if a.owns_site else (a, b)
            if any(index.site_of(url) == own.site for url in author.links) and claims[own.site].get(author.site):
                yield a, b, "the byline links to their site, and their site claims the byline's"


@st.composite
def small_worlds(draw):
    """Authors and pages of four sites with few names, addresses and claims, so that evidence often meets."""
    addresses = [*ROOTS, CARD, "https://cy.example/", "https://mastodon.social/@ada"]
    authors, pages = [], {}
    for root in ROOTS:
        kind = draw(st.sampled_from([PublisherKind.PERSON, PublisherKind.PERSON, GROUP]))
        for n in range(draw(st.integers(1, 3))):
            name = draw(st.sampled_from(["Ada Example", "ada example", "Bo Example"]))
            links = draw(st.lists(st.sampled_from(addresses), max_size=2))
            shape = {"kind": kind} if n == 0 else {"owns_site": False, "key": f"{url_key(root)}#{n}"}
            authors.append(site_author(root, name, links=links, **shape))
        me = draw(st.lists(st.sampled_from(ROOTS), max_size=3))
        mails = draw(st.lists(st.sampled_from(["ada@x.example", "bo@y.example", "cy@z.example"]), max_size=2))
        pages[root] = [about(root, rel_me=tuple(map(Url, me)), contacts=tuple(contact(one, root) for one in mails))]
    return draw(st.permutations(authors)), pages


@settings(deadline=None)
@given(small_worlds())
def test_indexed_evidence_is_that_of_all_pairs(world):
    """Looking evidence up by value finds the same pairs, with the same reasons, as comparing every pair."""
    authors, pages = world
    index = SiteIndex((root, ()) for root in ROOTS)
    assert identity_evidence(authors, pages, index) == sorted(
        pairwise(authors, pages, index), key=lambda found: (found[0].key, found[1].key)
    )


@settings(deadline=None)
@given(small_worlds())
def test_people_are_the_connected_sets_of_evidence(world):
    """Every author is in exactly one person, and two are in one exactly where a chain of evidence leads."""
    authors, pages = world
    index = SiteIndex((root, ()) for root in ROOTS)
    people = resolve_people(authors, pages, index, ())
    assert Counter(a.key for p in people for a in p.authors) == Counter(a.key for a in authors)
    sets = [{author.key} for author in authors]
    for one, other, _ in identity_evidence(authors, pages, index):
        (first,), (second,) = ([s for s in sets if who.key in s] for who in (one, other))
        if first is not second:
            sets = [s for s in sets if s not in (first, second)] + [first | second]
    assert sorted(sorted(s) for s in sets) == [sorted(a.key for a in p.authors) for p in people]
