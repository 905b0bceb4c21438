"""The frontier asks for the right things in the right order, within its budget, whatever answered first."""

from __future__ import annotations

from generator.discover import CrawlDepth, Frontier
from generator.records import FeedLink, Link, PageKind, Purpose, Refusal, RefusalReason, SiteOrigin, SiteState, Url
from tests.factories.corpus import page, post

A, B = "https://a.example/", "https://b.example/"


def opened(budget=50, never=()):
    frontier = Frontier(max_pages_per_site=budget, never=never, mentions_topic=lambda words: "splitboard" in words)
    frontier.add_site(Url(A), hop=0, found_by="seed", origin=SiteOrigin.SEED, entries=[Url(A)])
    return frontier


def wave(frontier, depth=CrawlDepth.PROBE):
    return [(request.url, request.purpose) for request in frontier.next_wave(depth)]


def internal(*targets):
    return tuple(Link(Url(t), "read on", "", in_body=True) for t in targets)


def test_home_first_then_declared_feed_and_about_only_of_sites_that_are_in():
    """The first wave asks for the home page, the second for the feed it declares; the about page waits for the verdict."""
    frontier = opened()
    assert wave(frontier) == [(A, Purpose.HOME)]
    home = page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}atom.xml")),), internal=internal(f"{A}about/"))
    frontier.record_answer(Url(A), home, ())
    assert wave(frontier) == [(f"{A}atom.xml", Purpose.FEED)]
    assert wave(frontier, CrawlDepth.FULL) == [(f"{A}about/", Purpose.ABOUT)]


def test_common_feed_paths_are_tried_once_where_none_is_declared():
    """A site that declares no feed is asked for the usual ones, two at a time, each once, until one answers."""
    frontier = opened()
    wave(frontier)
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME), ())
    asked = [[url for url, purpose in wave(frontier) if purpose == Purpose.FEED] for _ in range(4)]
    assert [len(urls) for urls in asked] == [2, 2, 2, 0]
    assert {f"{A}feed.xml", f"{A}feed.json"} <= {url for urls in asked for url in urls}


def test_feed_paths_are_not_guessed_after_one_answered():
    """The first conventional path that answers as a feed ends the guesses."""
    frontier = opened()
    wave(frontier)
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME), ())
    first = wave(frontier)[0][0]
    frontier.record_answer(Url(first), page(first, *[post(f"{A}p{i}") for i in range(6)]), ())
    assert not [url for url, purpose in wave(frontier) if purpose == Purpose.FEED]


def test_full_feed_needs_no_probe_and_summary_feed_does():
    """Five full posts in the feed are enough to judge by; summaries are not, so posts are asked for."""
    for full, asked in ((True, []), (False, [f"{A}p{i}" for i in range(6)])):
        frontier = opened()
        wave(frontier)
        feed = page(f"{A}feed", *[post(f"{A}p{i}", full=full) for i in range(6)])
        home = page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed")),))
        frontier.record_answer(Url(A), home, ())
        wave(frontier)
        frontier.record_answer(Url(f"{A}feed"), feed, ())
        assert sorted(url for url, _ in wave(frontier)) == asked


def test_site_that_is_in_is_heard_in_full_with_listings_and_post_like_links():
    """Full hearing asks for archives and for links that look like the known posts; assets never."""
    frontier = opened()
    wave(frontier)
    home = page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed")),),
                internal=internal(f"{A}2024/01/02/a-post/", f"{A}archive/", f"{A}photo.jpg", f"{A}tag/skins/"))  # fmt: skip
    frontier.record_answer(Url(A), home, ())
    wave(frontier)
    frontier.record_answer(Url(f"{A}feed"), page(f"{A}feed", *[post(f"{A}2025/01/0{i}/p/") for i in range(1, 7)]), ())
    wave(frontier)
    asked = dict(wave(frontier, CrawlDepth.FULL))
    assert asked[f"{A}2024/01/02/a-post/"] == Purpose.POST
    assert asked[f"{A}archive/"] == Purpose.LISTING
    assert f"{A}photo.jpg" not in asked


def test_budget_of_a_site_is_never_exceeded():
    """However many links a site shows, no more than its budget is asked for."""
    frontier = opened(budget=12)
    for _ in range(6):
        for url, _purpose in wave(frontier, CrawlDepth.FULL):
            frontier.record_answer(
                Url(url),
                page(url, kind=PageKind.OTHER, internal=internal(*[f"{A}some-post-{i}" for i in range(500)])),
                (),
            )
    assert len(frontier._sites["a.example"].asked) == 12


def test_forbidden_site_is_never_contacted():
    """A site under `leave_out` is not opened, and its addresses are not asked for."""
    frontier = opened(never=(B,))
    frontier.add_site(Url(B), hop=1, found_by="cited", origin=SiteOrigin.CITATION, entries=[Url(f"{B}p")])
    assert [s.id for s in frontier.sites()] == [A]


def test_redirect_of_a_root_moves_the_whole_host():
    """When the old root redirects, the new site carries the old host as an alias and later addresses follow."""
    frontier = opened()
    wave(frontier)
    frontier.record_answer(Url(A), page(B, kind=PageKind.HOME), ())
    (site,) = frontier.sites()
    assert (site.id, site.aliases) == (B, (A,))
    assert frontier.key_of(Url(f"{A}p1")) == "b.example"


def test_root_is_the_folder_its_feed_declares():
    """A blog under /blog/ of a host with nothing else is named by that folder."""
    frontier = opened()
    wave(frontier)
    feed = page(f"{A}blog/feed.xml", post(f"{A}blog/p1"), post(f"{A}blog/p2"), site_home=Url(f"{A}blog/"))
    frontier.record_answer(Url(f"{A}blog/feed.xml"), feed, ())
    assert [s.id for s in frontier.sites()] == [f"{A}blog/"]


def test_site_that_gave_nothing_says_why():
    """An unreached site carries the reasons of its refusals."""
    frontier = opened()
    frontier.record_refusal(Refusal(Url(A), Purpose.HOME, RefusalReason.ROBOTS))
    (site,) = frontier.sites()
    assert (site.state, site.reason) == (SiteState.UNREACHED, "nothing answered: robots")


def test_answers_in_any_order_give_the_same_next_wave():
    """The next wave depends on what was said, not on who said it first."""
    waves = []
    for order in (1, -1):
        frontier = opened()
        frontier.add_site(Url(B), hop=0, found_by="seed", origin=SiteOrigin.SEED, entries=[Url(B)])
        wave(frontier)
        for url in [A, B][::order]:
            frontier.record_answer(Url(url), page(url, kind=PageKind.HOME, internal=internal(f"{url}about")), ())
        waves.append(wave(frontier))
    assert waves[0] == waves[1]


def test_cited_posts_are_asked_for_first():
    """Posts that others cite come before everything else of a site that is in."""
    frontier = opened(budget=11)
    wave(frontier)
    frontier.record_answer(
        Url(A), page(A, kind=PageKind.HOME, internal=internal(*[f"{A}a-long-post-{i}" for i in range(30)])), ()
    )
    while wave(frontier):
        pass
    frontier._budget += 2
    frontier.add_cited([Url(f"{A}z")])
    assert (f"{A}z", Purpose.POST) in wave(frontier, CrawlDepth.FULL)


def test_home_that_the_root_moves_to_is_asked_for_before_what_alias_pages_name():
    """A root that is only a refresh leads to the blog, also when old pages name other homes that sort first."""
    frontier = opened()
    wave(frontier)
    frontier.record_answer(Url(A), page(A, kind=PageKind.OTHER, site_home=Url(f"{A}zine/index.html")), ())
    for old in ("a", "b"):
        frontier.record_answer(
            Url(f"{A}{old}"), page(f"{A}{old}", kind=PageKind.OTHER, site_home=Url(f"{A}{old}{old}/")), ()
        )
    assert f"{A}zine/" in [url for url, purpose in wave(frontier) if purpose == Purpose.HOME]


def blog_of_thirty(*titles):
    """A site that was read as far as its feed, with an archive of thirty older posts; some have a telling title."""
    frontier = opened(budget=200)
    wave(frontier)
    feed = page(f"{A}feed", *[post(f"{A}2025/01/0{i}/p/", topical=False) for i in range(1, 7)])
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME, internal=internal(f"{A}tag/skins/", f"{A}archive/")), ())
    frontier.record_answer(Url(f"{A}feed"), feed, ())
    older = [f"{A}2019/01/{i:02}/p/" for i in range(1, 31)]
    words = [titles[0] if titles and i in (4, 17) else "read on" for i in range(30)]
    listing = tuple(Link(Url(url), said, "", in_body=True) for url, said in zip(older, words, strict=True))
    return frontier, older, page(f"{A}archive/", kind=PageKind.LISTING, internal=listing)


def test_list_of_everything_is_looked_at_before_a_tag():
    """The archive is asked for once, and the page of a tag not at all: the archive names its posts."""
    frontier, _, archive = blog_of_thirty()
    while wave(frontier):
        pass
    asked = wave(frontier, CrawlDepth.HISTORY)
    assert (f"{A}archive/", Purpose.LISTING) in asked
    assert len(asked) == 1
    frontier.record_answer(Url(f"{A}archive/"), archive, ())
    assert wave(frontier, CrawlDepth.HISTORY) == []


def test_older_posts_whose_titles_name_the_topic_are_counted_and_read_first():
    """Two of thirty titles name the topic: they are counted, and a doubtful site's budget begins with them."""
    frontier, older, archive = blog_of_thirty("my first splitboard")
    while wave(frontier):
        pass
    frontier.record_answer(Url(f"{A}archive/"), archive, ())
    assert frontier.count_topical_titles() == {A: 2}
    frontier._budget = len(frontier._sites["a.example"].asked) + 2
    assert [url for url, _ in wave(frontier, CrawlDepth.DOUBT)] == [older[4], older[17]]


def test_probe_reaches_back_to_the_oldest_posts():
    """Of thirty posts without a feed, eight are read: four from the top of the page and the oldest among the rest."""
    frontier = opened()
    wave(frontier)
    posts = [f"{A}2019/01/{i:02}/p/" for i in range(30, 0, -1)]
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME, internal=internal(*posts)), ())
    wave(frontier)
    asked = [url for url, purpose in wave(frontier) if purpose == Purpose.POST]
    assert len(asked) == 8
    assert set(posts[:4]) | {posts[-1]} <= set(asked)


def test_two_posts_of_a_full_feed_are_read_as_pages_for_their_byline():
    """A site that is in and whose feed gives everything is still asked for the pages of its two newest posts."""
    frontier = opened()
    wave(frontier)
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed")),)), ())
    wave(frontier)
    posts = [post(f"{A}p{i}", on=f"2025-0{i}-01") for i in range(1, 8)]
    frontier.record_answer(Url(f"{A}feed"), page(f"{A}feed", *posts), ())
    asked = [url for url, purpose in wave(frontier, CrawlDepth.FULL) if purpose == Purpose.POST]
    assert asked == [f"{A}p6", f"{A}p7"]


def test_a_feed_whose_content_is_an_excerpt_is_not_full():
    """Where the pages of two posts say much more than the feed's content, the pages of all posts are read."""
    for longer, rest in ((True, 5), (False, 0)):
        frontier = opened()
        wave(frontier)
        frontier.record_answer(Url(A), page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed")),)), ())
        wave(frontier)
        posts = [post(f"{A}p{i}", on=f"2025-0{i}-01", text="An excerpt. " * 20) for i in range(1, 8)]
        frontier.record_answer(Url(f"{A}feed"), page(f"{A}feed", *posts), ())
        text = "An excerpt. " * (80 if longer else 20)
        for url in [url for url, purpose in wave(frontier, CrawlDepth.FULL) if purpose == Purpose.POST]:
            read = post(url, text=text, from_feed=False)
            frontier.record_answer(Url(url), page(url, read, kind=PageKind.POST), ())
        assert len([url for url, purpose in wave(frontier, CrawlDepth.FULL) if purpose == Purpose.POST]) == rest
