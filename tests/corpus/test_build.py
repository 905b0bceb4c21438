"""Everything read becomes people and posts, each once, and nothing vanishes without a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from generator.config import Override
from generator.records import Link, Mention, NameSource, PageKind, PublisherKind, SiteState, Url
from tests.factories.corpus import blog, build, contact, link, page, post, site, topic

A, B, C = "https://a.example/", "https://b.example/", "https://c.example/"


def test_post_seen_in_feed_and_page_counts_once():
    """A post met through its feed and its page is one post, seen twice."""
    feed = page(f"{A}feed", post(f"{A}p", author="Ada Example", source=f"{A}feed"), blog_post(f"{A}q"))
    found = page(f"{A}p?utm_source=x", post(f"{A}p", from_feed=False, source=f"{A}p"), kind=PageKind.POST)
    corpus = build(feed, found, sites=(site(A),)).corpus
    assert [(p.url, p.sightings) for p in corpus.posts] == [(f"{A}p", 2), (f"{A}q", 1)]


def blog_post(url):
    return post(url, author="Ada Example")


def test_order_of_reading_is_irrelevant():
    """The same pages in any order give the same corpus."""
    pages = [blog(A, "Ada Example"), blog(B, "Bo Example"), page(f"{A}p9", post(f"{A}p9", links=(link(f"{B}p1"),)))]
    sites = (site(A), site(B))
    straight = build(*pages, sites=sites)
    assert build(*pages[::-1], sites=sites[::-1]) == straight


def test_kept_and_dropped_make_up_what_was_received():
    """Every distinct post received is in the corpus or dropped with a reason."""
    pages = [
        blog(A, "Ada Example"),
        blog(B, "Bo Example", topical=False),
        page(f"{A}s", post(f"{A}stub", text="Soon.")),
    ]
    corpus = build(*pages, sites=(site(A), site(B, hop=1))).corpus
    received = {p.url for extraction in pages for p in extraction.posts}
    kept, dropped = {p.url for p in corpus.posts}, {d.what for d in corpus.dropped}
    assert kept | dropped == received
    assert not kept & dropped


def test_off_topic_site_is_out_with_its_reason():
    """A site that never speaks of the topic is out, says why, and its author is nobody here."""
    built = build(blog(A, "Ada Example"), blog(B, "Bo Example", topical=False), sites=(site(A), site(B, hop=1)))
    states = {s.id: (s.state, s.reason.split(" over ")[0]) for s in built.corpus.sites}
    assert states[A][0] == SiteState.IN
    assert states[B] == (SiteState.OUT, "mean relevance 0.00")
    assert [p.name for p in built.corpus.people] == ["Ada Example"]


@pytest.mark.parametrize(("day", "quotable"), [(31, True), (30, False)])
def test_a_page_is_quoted_no_longer_than_it_allows(day, quotable):
    """`unavailable_after` a day before today's means noindex, whenever the page was read."""
    until = datetime(2026, 1, day, 15, tzinfo=UTC)
    found = page(f"{A}p", post(f"{A}p", author="Ada Example"), kind=PageKind.POST, shown_until=until)
    corpus = build(blog(A, "Ada Example"), found, sites=(site(A),)).corpus
    assert [p.quotable for p in corpus.posts if p.url == f"{A}p"] == [quotable]


def test_a_site_whose_home_is_available_no_longer_is_left_out():
    """The same for a home page: it asks not to be listed from then on."""
    home = page(A, kind=PageKind.HOME, text="Snow.", shown_until=datetime(2026, 1, 1, tzinfo=UTC))
    corpus = build(blog(A, "Ada Example"), home, blog(B, "Bo Example"), sites=(site(A), site(B))).corpus
    assert [p.name for p in corpus.people] == ["Bo Example"]


def test_same_name_alone_never_joins():
    """Two sites signed with one name stay two people with two slugs."""
    people = build(blog(A, "Ada Example"), blog(B, "Ada Example"), sites=(site(A), site(B))).corpus.people
    assert [(p.name, p.id) for p in people] == [
        ("Ada Example", "ada-example"),
        ("Ada Example", "ada-example-b-example"),
    ]


def test_reciprocal_rel_me_joins_two_sites():
    """Sites that claim each other belong to one person; the evidence is kept."""
    pages = (
        blog(A, "Ada Example"),
        blog(B, "Ada E."),
        page(A, kind=PageKind.HOME, rel_me=(Url(B),)),
        page(B, kind=PageKind.HOME, rel_me=(Url(A),)),
    )
    (person,) = build(*pages, sites=(site(A), site(B))).corpus.people
    assert person.sites == (A, B)
    assert "reciprocal: rel=me there, rel=me back" in [c.how for c in person.confirmations]


def test_one_way_claim_joins_nobody():
    """Anybody can link to anybody with rel=me: without an answer it is no evidence."""
    pages = (blog(A, "Ada Example"), blog(B, "Bo Example"), page(A, kind=PageKind.HOME, rel_me=(Url(B),)))
    assert len(build(*pages, sites=(site(A), site(B))).corpus.people) == 2


def test_analyst_joins_and_names():
    """`people: same` joins, `name` names; both say who decided."""
    hand = topic(people=(Override(same=(A, B), name="Ada Lovely"),))
    (person,) = build(blog(A, "Ada"), blog(B, "Bo"), sites=(site(A), site(B)), for_topic=hand).corpus.people
    assert (person.name, person.sites) == ("Ada Lovely", (A, B))
    assert {c.how for c in person.confirmations} >= {"name given by the analyst", "said by the analyst"}


def test_left_out_person_leaves_no_trace():
    """Who is left out is gone from people, posts, sites, drops, and from what others say."""
    pages = (
        blog(A, "Ada Example"),
        blog(B, "Bo Hidden"),
        page(f"{A}x", post(f"{A}x", text="I met Bo Hidden. " + "Splitboard avalanche weak layer words. " * 12,
                           links=(link(f"{B}p1", "I met Bo Hidden."),))),
    )  # fmt: skip
    hand = topic(people=(Override(leave_out=B, reason="asked"),))
    corpus = build(*pages, sites=(site(A), site(B)), for_topic=hand).corpus
    assert "Hidden" not in repr(corpus)
    assert "b.example" not in repr(corpus)


def test_site_that_asks_to_be_left_out_is_left_out():
    """A site's own request on its about page is enough."""
    wish = page(f"{B}about", kind=PageKind.ABOUT, opt_out_request="Please do not list this blog in any directory.")
    corpus = build(blog(A, "Ada Example"), blog(B, "Bo Hidden"), wish, sites=(site(A), site(B))).corpus
    assert "b.example" not in repr(corpus)
    assert "Hidden" not in repr(corpus)


def test_slug_never_moves_to_someone_else():
    """A slug given in an earlier run stays with its identity, also when a namesake sorts first."""
    known = {"b.example": "ada-example"}
    people = build(
        blog(A, "Ada Example"), blog(B, "Ada Example"), sites=(site(A), site(B)), known_slugs=known
    ).corpus.people
    assert {p.sites[0]: p.id for p in people} == {A: "ada-example-a-example", B: "ada-example"}


def test_hostile_name_becomes_a_harmless_slug():
    """A name like a path is no path."""
    (person,) = build(
        blog(A, "Ada Example"), sites=(site(A),), for_topic=topic(people=(Override(site=A, name="../../x"),))
    ).corpus.people
    assert (person.name, person.id) == ("../../x", "x")


def test_several_authors_are_split_by_byline():
    """A site signed by two people gives two people and the group itself."""
    posts = [
        post(f"{A}p{i}", author=name, on=f"2025-0{i + 1}-02")
        for i, name in enumerate(["Ada Example", "Bo Example"] * 3)
    ]
    people = build(page(f"{A}feed", *posts, title="The Ridge"), sites=(site(A),)).corpus.people
    assert [(p.name, p.kind) for p in people] == [
        ("Ada Example", PublisherKind.PERSON), ("Bo Example", PublisherKind.PERSON), ("The Ridge", PublisherKind.ORGANISATION),
    ]  # fmt: skip


def test_authors_of_a_blog_share_its_address():
    """Addresses of a blog of several are given to each author, marked, without one named after another author."""
    posts = [
        post(f"{A}p{i}", author=name, on=f"2025-0{i + 1}-02") for i, name in enumerate(["Ada Example", "Bo Rider"] * 3)
    ]
    about = page(
        f"{A}about",
        kind=PageKind.ABOUT,
        text="We are two. Write to us.",
        contacts=(contact("hello@a.example", A), contact("bo@a.example", A), contact("ada.example@a.example", A)),
    )
    people = build(page(f"{A}feed", *posts, title="The Ridge"), about, sites=(site(A),)).corpus.people
    shared = {p.name: {c.value: c.of_blog for c in p.contacts} for p in people}

    assert shared["Ada Example"] == {"hello@a.example": True, "ada.example@a.example": True}
    assert shared["Bo Rider"] == {"hello@a.example": True, "bo@a.example": True}
    assert shared["The Ridge"] == {"hello@a.example": False, "bo@a.example": False, "ada.example@a.example": False}
    assert [p.signed_sites for p in people] == [(A,), (A,), ()]


def test_team_blog_is_an_organisation():
    """A site that signs as a team and says we is an organisation, not a person."""
    posts = [
        post(
            f"{A}p{i}",
            author="The Splitboard Team",
            text="We announce our splitboard avalanche weak layer release. " * 9 + f"n{i} " * 30,
        )
        for i in range(4)
    ]
    (person,) = build(page(f"{A}feed", *posts, title="Splitboard Team"), sites=(site(A),)).corpus.people
    assert person.kind == PublisherKind.ORGANISATION
    assert "it writes as “we” and hardly ever as “I”" in person.kind_reason


def test_a_body_publishes_under_names_known_from_elsewhere():
    """A post of a team stays the team's and names who signed it, by full name, accents aside; a handle is no name."""
    team = [
        post(
            f"{C}p{i}", author=who, text="We announce our splitboard avalanche weak layer release. " * 9 + f"n{i} " * 30
        )
        for i, who in enumerate([*["The Splitboard Team"] * 4, "Adá Example on behalf of the Splitboard Team", "bo"])
    ]
    pages = [blog(A, "Ada Example"), blog(B, "bo"), page(f"{C}feed", *team, title="Splitboard Team")]
    corpus = build(*pages, sites=(site(A), site(B), site(C))).corpus
    assert {p.url: (p.author, p.signed_by) for p in corpus.posts if p.site == C and p.signed_by} == {
        f"{C}p4": ("splitboard-team", ("ada-example",))
    }


def test_planet_is_an_aggregator():
    """A feed whose entries stand elsewhere is an aggregator; the entries are nobody's posts twice."""
    planet = page(f"{B}feed", *[post(f"{A}p{i}", author="Ada Example") for i in range(4)], *[post(f"{C}p{i}") for i in range(4)],
                  post(f"{B}own", author="Planet"), post(f"{B}own2", author="Planet"), title="Planet")  # fmt: skip
    corpus = build(blog(A, "Ada Example"), planet, sites=(site(A), site(B))).corpus
    assert {p.name: p.kind for p in corpus.people} == {
        "Ada Example": PublisherKind.PERSON,
        "Planet": PublisherKind.AGGREGATOR,
    }


def test_copy_is_credited_to_its_origin():
    """A text that appears first at A and again at B is A's post."""
    words = "Splitboard avalanche weak layer. " + " ".join(f"word{i}" for i in range(150))
    pages = (
        page(f"{A}feed", post(f"{A}p", text=words, on="2025-01-01", author="Ada Example")),
        page(
            f"{B}feed",
            post(f"{B}p", text=words + " Syndicated.", on="2025-02-01", author="Bo Example"),
            *[post(f"{B}q{i}", author="Bo Example") for i in range(3)],
        ),
    )
    corpus = build(*pages, sites=(site(A), site(B))).corpus
    assert f"{B}p" not in {p.url for p in corpus.posts}
    assert (f"{B}p", f"a copy of {A}p") in {(d.what, d.reason) for d in corpus.dropped}


def test_footer_credit_is_furniture():
    """A link in the same words on most posts is no citation; a link made once is."""
    credit = link("https://theme.example/", "Theme by Tim.")
    posts = [
        post(
            f"{A}p{i}", author="Ada Example", links=(credit,) + ((link(f"{B}p1", "Bo showed how."),) if i == 2 else ())
        )
        for i in range(6)
    ]
    corpus = build(page(f"{A}feed", *posts), blog(B, "Bo Example"), sites=(site(A), site(B))).corpus
    assert [kept.target for p in corpus.posts for kept in p.links] == [f"{B}p1"]


def test_link_to_a_former_host_reaches_the_new_one():
    """After a site moved, citations of its old address count for the new one."""
    posts = page(
        f"{A}feed",
        post(f"{A}p", author="Ada Example", links=(link("https://old.example/p1", "As Bo said."),)),
        post(f"{A}q", author="Ada Example"),
    )
    corpus = build(posts, blog(B, "Bo Example"), sites=(site(A), site(B, aliases=("https://old.example/",)))).corpus
    assert [kept.target for p in corpus.posts for kept in p.links] == [f"{B}p1"]


def test_future_date_is_no_date():
    """A post dated 2099 is undated, and kept."""
    corpus = build(page(f"{A}feed", post(f"{A}p", on="2099-01-01", author="Ada Example")), sites=(site(A),)).corpus
    assert [(p.url, p.published_at) for p in corpus.posts] == [(f"{A}p", None)]


def test_default_window_is_the_last_two_years_of_what_was_found():
    """Without `since`, the window reaches 24 months back from the newest post on the topic."""
    feed = page(
        f"{A}feed",
        post(f"{A}p", on="2025-06-01", author="Ada Example"),
        post(f"{A}old", on="2021-06-01", author="Ada Example"),
    )
    corpus = build(feed, sites=(site(A),)).corpus
    assert corpus.window == (date(2023, 6, 2), date(2026, 1, 31))
    assert {p.url: p.in_window for p in corpus.posts} == {f"{A}p": True, f"{A}old": False}


def test_other_language_is_dropped_with_its_reason():
    """With `languages: [en]` a German post is dropped and says so."""
    feed = page(f"{A}feed", post(f"{A}p", author="Ada Example"), post(f"{A}d", language="de", author="Ada Example"))
    corpus = build(feed, sites=(site(A),), for_topic=topic(topic={"languages": ("en",)})).corpus
    assert ("https://a.example/d", "written in another language (de)") in {(d.what, d.reason) for d in corpus.dropped}


def test_own_words_come_from_the_about_page():
    """The about page's first sentences about its writer are quoted verbatim."""
    about = page(
        f"{A}about",
        kind=PageKind.ABOUT,
        title="About",
        text="Welcome!\n\nI teach avalanche courses in a small valley. I write here in winter.",
    )
    (person,) = build(blog(A, "Ada Example"), about, sites=(site(A),)).corpus.people
    assert person.own_words.text == "I teach avalanche courses in a small valley. I write here in winter."


def test_h_card_name_beats_feed_author_and_site_title_is_no_name():
    """A handle in the feed gives way to the h-card's full name; “admin” and the title never count."""
    card = page(
        A,
        kind=PageKind.HOME,
        title="Ridge Blog",
        mentions=(
            Mention("Ada Example", NameSource.H_CARD, Url(A)),
            Mention("Ridge Blog", NameSource.COPYRIGHT, Url(A)),
        ),
    )
    people = build(blog(A, "admin"), card, sites=(site(A),)).corpus.people
    assert [p.name for p in people] == ["Ada Example"]


def test_unnamed_site_is_called_by_its_address():
    """Where no name is found the address stands for it, with low confidence."""
    (person,) = build(blog(A, "admin"), sites=(site(A),)).corpus.people
    assert (person.name, person.confirmations[0].confidence) == ("a.example", 0.3)


def test_quotes_of_unquotable_pages_are_empty():
    """nosnippet: the citation counts, its words are not shown."""
    quiet = post(f"{A}p", author="Ada Example", links=(Link(Url(f"{B}p1"), "here", "Words.", in_body=True),))
    from dataclasses import replace

    corpus = build(
        page(f"{A}feed", replace(quiet, quotable=False)), blog(B, "Bo Example"), sites=(site(A), site(B))
    ).corpus
    assert [kept.sentence for p in corpus.posts for kept in p.links] == [""]


def test_account_name_in_the_address_stands_for_a_name():
    """Where a host gives everybody a name below its own and no other is found, that is what they are called."""
    root = "https://adalove.github.io/"
    (person,) = build(blog(root, "admin"), sites=(site(root),)).corpus.people
    assert (person.name, person.id) == ("adalove", "adalove")


def test_excerpt_of_a_post_is_no_word_about_oneself():
    """Where a theme gives the latest post's first words as the site's description, nothing is quoted as own words."""
    words = "This is part three of a series on splitboard bindings and the avalanche course."
    home = page(A, kind=PageKind.HOME, description=words)
    feed = page(
        f"{A}feed", post(f"{A}p", author="Ada Example", text=f"{words} " + "Splitboard weak layer words follow. " * 9)
    )
    (person,) = build(feed, home, sites=(site(A),)).corpus.people
    assert person.own_words is None


def test_dated_title_without_a_body_is_a_post_and_a_stray_page_is_none():
    """A blog whose bodies are empty is judged by its titles; an undated page with a few words is left out."""
    titles = ["Splitboard skins and the avalanche bulletin", "A weak layer, again", "My splitboard", "Coffee"]
    posts = [post(f"{B}p{i}", title=title, text=" ", author="Bo Example") for i, title in enumerate(titles)]
    stray = page(f"{B}thanks", post(f"{B}thanks", title="Thanks", text="For your splitboard order.", on=None))
    corpus = build(blog(A, "Ada Example"), page(f"{B}feed", *posts), stray, sites=(site(A), site(B, hop=1))).corpus
    assert [p.url for p in corpus.posts if p.site == B] == [f"{B}p{i}" for i in range(4)]
    assert [(d.what, d.reason) for d in corpus.dropped] == [(f"{B}thanks", "fewer than 25 words and no date")]


def test_front_page_of_a_site_is_no_post():
    """The root of a site shows beginnings of its posts; it is one itself where a feed says so, or where it is all."""
    root = "https://c.example/~cy/"
    front = page(f"{root}s", post(root, title="Cy on snow", from_feed=False), kind=PageKind.POST)
    fed = page(f"{root}feed.xml", post(root, title="Cy on snow"))

    def kept(*pages):
        built = build(*pages, blog(A, "Ada Example"), sites=(site(A), site(root))).corpus
        dropped = [drop.reason for drop in built.dropped if drop.what == root]
        return root in {p.url for p in built.posts}, dropped

    assert kept(blog(root, "Cy Example"), front) == (False, ["the front page of its site"])
    assert kept(blog(root, "Cy Example"), front, fed) == (True, [])
    assert kept(front) == (True, [])


def test_few_words_say_less():
    """A title alone is less relevant than a text that says the same words again and again."""
    short = post(f"{A}short", title="Splitboard avalanche", text=" ")
    long = post(f"{A}long", title="Splitboard avalanche", text="Splitboard avalanche. " * 20)
    corpus = build(blog(A, "Ada Example"), page(f"{A}f", short, long), sites=(site(A),)).corpus
    relevance = {p.url: p.relevance for p in corpus.posts}
    assert 0.5 < relevance[f"{A}short"] < relevance[f"{A}long"]


def occasional(root, *, topical_posts):
    """A site of twenty posts, two of them on the topic: too few by themselves."""
    posts = [post(f"{root}p{i}", topical=i < topical_posts, author="Cy Example") for i in range(20)]
    return page(f"{root}feed.xml", *posts)


@pytest.mark.parametrize(
    ("cited", "state"),
    [
        pytest.param("p1", SiteState.IN, id="for what is on topic"),
        pytest.param("p9", SiteState.OUT, id="for something else"),
        pytest.param("", SiteState.OUT, id="for the site as such"),
    ],
)
def test_occasional_writer_is_in_by_what_the_circle_cites_them_for(cited, state):
    """Two sites inside that cite a post on the topic let its writer in; fame for anything else does not."""
    famous = "https://c.example/"
    citing = [
        page(f"{root}x", post(f"{root}x", author=name, links=(link(f"{famous}{cited}"),)))
        for root, name in ((A, "Ada Example"), (B, "Bo Example"))
    ]
    corpus = build(blog(A, "Ada Example"), blog(B, "Bo Example"), *citing, occasional(famous, topical_posts=2),
                   sites=(site(A), site(B), site(famous, hop=1))).corpus  # fmt: skip
    assert {s.id: s.state for s in corpus.sites}[famous] == state


def test_function_words_of_the_description_say_nothing():
    """A blog that shares only “from”, “and” and “to” with the description is not about the topic at all."""
    words = (
        "From here to there and back, from one day to the next and from the door to the window and beyond it again. "
    )
    posts = [post(f"{B}p{i}", text=words * 4 + f"{i}", author="Bo Example") for i in range(4)]
    described = topic(topic={"description": "Touring from hut to hut and back."})
    corpus = build(
        blog(A, "Ada Example"), page(f"{B}f", *posts), sites=(site(A), site(B, hop=1)), for_topic=described
    ).corpus
    assert {s.id: s.relevance for s in corpus.sites}[B] == 0.0


@pytest.mark.parametrize(
    ("others", "name"),
    [
        pytest.param([], "Hollow Bench", id="nobody else is named"),
        pytest.param([("p0", "Cy Example", NameSource.BYLINE)], "Hollow Bench", id="a guest signs one post"),
        pytest.param([("p0", "Cy Example", NameSource.BYLINE), ("p1", "Cy Example", NameSource.BYLINE)], "Cy Example", id="bylines"),
        pytest.param([("about/", "Cy Example", NameSource.ABOUT)], "Cy Example", id="the about page"),
        pytest.param([("about/", "Cy Example", NameSource.ABOUT), ("about/", "Hollow Bench", NameSource.H_CARD)], "Hollow Bench",
                     id="a person called like the site"),
    ],
)  # fmt: skip
def test_title_that_the_feed_gives_as_author_gives_way_to_whom_the_site_names(others, name):
    """Feeds often fill the author with the title of the blog; pages of the site know better."""
    pages = [
        page(f"{A}{path}", kind=PageKind.ABOUT, mentions=(Mention(said, found, Url(f"{A}{path}")),))
        for path, said, found in others
    ]
    feed = replace(blog(A, "Hollow Bench"), title="Hollow Bench")
    assert [p.name for p in build(feed, *pages, sites=(site(A),)).corpus.people] == [name]
