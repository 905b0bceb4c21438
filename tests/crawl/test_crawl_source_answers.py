"""Each source against a server that speaks its protocol: what it takes from a good answer, and what trouble costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.records import RefusalReason, Url
from generator.sources import SOURCES, SourceReading, SourceRequest
from tests.crawl.source_server import Places, reasons

# ── Hacker News ──────────────────────────────────────────────────────────────────────────────────

HN = "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query=splitboard&tags=story"
FIRST_QUARTER_2026 = "&numericFilters=created_at_i%3E%3D1767225600%2Ccreated_at_i%3C1775001600"


def story(url, author="ada", **more):
    return {"objectID": "1", "title": "Pits", "url": url, "author": author, "points": 900, "num_comments": 2, **more}


def found(*hits, nb_hits=2, page=0, nb_pages=1):
    return {"hits": list(hits), "nbHits": nb_hits, "page": page, "nbPages": nb_pages, "hitsPerPage": 100}


def test_hn_names_each_story_once_and_no_platforms(web):
    """Only addresses are taken, in the order of the answer; stories without one and networks are passed over."""
    web.put(HN, found(story("https://b.example/x?utm_source=hn"), story(None), {"title": "Ask HN"},
                      story("https://github.com/a/b"), story("https://a.example/"), story("https://b.example/x"),
                      story("javascript:1")))  # fmt: skip
    result = web.query_source("hn:splitboard")

    assert [candidate.url for candidate in result.candidates] == ["https://b.example/x", "https://a.example/"]
    assert (result.outcome.requests, result.outcome.sites, result.outcome.refusals) == (1, 2, ())


def test_hn_is_asked_by_quarter_where_one_page_does_not_hold_all(web):
    """Eight calendar quarters back from the day, and further pages of a full one; the days within do not matter."""
    web.put(HN, found(story("https://a.example/"), nb_hits=812))
    web.put(HN + FIRST_QUARTER_2026, found(story("https://new.example/"), nb_pages=9))
    web.put(HN + FIRST_QUARTER_2026 + "&page=1", found(story("https://more.example/"), page=1, nb_pages=9))
    result = web.query_source("hn:splitboard")

    named = [candidate.url for candidate in result.candidates]
    assert named == ["https://a.example/", "https://new.example/", "https://more.example/"]
    assert web.asked()[-1] == HN + FIRST_QUARTER_2026 + "&page=2"  # three pages of a quarter and no more
    assert result.outcome.requests == 11
    assert reasons(result) == [RefusalReason.NOT_FOUND] * 8  # seven quarters and the third page are not held here


# ── Mastodon ─────────────────────────────────────────────────────────────────────────────────────

TAG = "https://snow.example/api/v1/timelines/tag/splitboard?limit=40"


def status(number, content="", *, card=None, fields=(), acct="ada"):
    account = {"acct": acct, "followers_count": 90_000, "url": f"https://snow.example/@{acct}", "fields": list(fields)}
    return {"id": str(number), "content": content, "card": card, "account": account, "favourites_count": 70}


def test_mastodon_takes_links_of_posts_and_verified_sites_of_writers(web):
    """Hashtags and mentions are no links; an address in a profile counts where the server found the link back."""
    content = (
        '<p>Dug a pit <a href="https://snow.example/tags/splitboard" class="mention hashtag">#splitboard</a> with '
        '<a href="https://snow.example/@bo" class="u-url mention">@bo</a>: '
        '<a href="https://ada.example/pit?a=1&amp;b=2" rel="nofollow">ada.example</a></p>'
    )
    verified = {"name": "Blog", "value": '<a href="https://ada.example/" rel="me">x</a>', "verified_at": "2025-01-01"}
    claimed = {"name": "Blog", "value": '<a href="https://famous.example/" rel="me">x</a>', "verified_at": None}
    web.put(TAG, [status(11, content, fields=[verified, claimed]), status(10, card={"url": "https://cy.example/p"})])

    assert web.urls("mastodon:#splitboard@snow.example") == [
        "https://ada.example/pit?a=1&b=2", "https://ada.example/", "https://cy.example/p",
    ]  # fmt: skip


def test_mastodon_goes_on_with_older_posts_while_pages_are_full(web):
    """`max_id` is the last post's number; five pages are enough."""
    for page in range(7):
        last = 1000 - 40 * page
        url = TAG if not page else f"{TAG}&max_id={last + 1}&page={page + 1}"
        posts = [status(last - n, f"https://p{page}n{n}.example/") for n in range(40)]
        web.put(url, posts)
    web.query_source("mastodon:splitboard@snow.example")

    assert web.asked() == [TAG, *(f"{TAG}&max_id={961 - 40 * (n - 2)}&page={n}" for n in range(2, 6))]


def test_mastodon_hears_an_account_through_lookup_and_feed(web):
    """The verified link of an account, and what its feed links to."""
    field = {"value": '<a href="https://ada.example/" rel="me">x</a>', "verified_at": "2025-01-01T00:00:00.000Z"}
    web.put("https://snow.example/api/v1/accounts/lookup?acct=ada", {"id": "1", "acct": "ada", "fields": [field]})
    web.put("https://snow.example/@ada.rss", RSS.format(items=ITEM), kind="application/rss+xml")

    assert web.urls("mastodon:@ada@snow.example") == ["https://bo.example/notes", "https://ada.example/"]


RSS = """<rss version="2.0"><channel><title>Ada</title><link>https://snow.example/@ada</link>{items}</channel></rss>"""
ITEM = """<item><guid>https://snow.example/@ada/11</guid><link>https://snow.example/@ada/11</link>
<pubDate>Fri, 02 Jan 2026 10:00:00 +0000</pubDate>
<description>&lt;p&gt;Read &lt;a href="https://bo.example/notes"&gt;Bo on pits&lt;/a&gt;.&lt;/p&gt;</description></item>"""


# ── Lemmy ────────────────────────────────────────────────────────────────────────────────────────


def view(name, url=None, body=None, creator=1):
    return {"post": {"id": 5, "name": name, "url": url, "body": body, "creator_id": creator}, "counts": {"score": 88}}


def test_lemmy_takes_links_of_posts_and_of_their_text(web):
    """A post's own link, and addresses in its Markdown."""
    web.put("https://lemmy.example/api/v3/search?q=weak%20layer&type_=Posts&sort=New&limit=50&page=1",
            {"type_": "Posts", "comments": [], "posts": [
                view("Pits", "https://a.example/pits"),
                view("Ask", None, "I read [this](https://b.example/x) and https://c.example/z."),
            ], "communities": [], "users": []})  # fmt: skip

    assert web.urls("lemmy:weak layer@lemmy.example") == [
        "https://a.example/pits", "https://b.example/x", "https://c.example/z",
    ]  # fmt: skip


def test_lemmy_reads_a_community_page_by_page(web):
    """Three full pages and no more."""
    url = "https://lemmy.example/api/v3/post/list?community_name=snow&sort=New&limit=50&page={}"
    for page in range(1, 6):
        web.put(url.format(page), {"posts": [view("x", f"https://p{page}.example/{n}") for n in range(50)]})

    assert web.query_source("lemmy:!snow@lemmy.example").outcome.sites == 3
    assert web.asked() == [url.format(1), url.format(2), url.format(3)]


# ── Discourse ────────────────────────────────────────────────────────────────────────────────────


def test_discourse_searches_and_reads_the_links_of_topics(web):
    """Links out of the forum; those within it, and those that point at the topic, are none."""
    web.put("https://forum.example/search.json?q=avalanche%20safety", {
        "posts": [{"id": 1, "topic_id": 12, "blurb": "…", "like_count": 4}], "topics": [{"id": 12, "title": "Pits"}],
        "users": [], "grouped_search_result": {"more_full_page_results": None},
    })  # fmt: skip
    web.put("https://forum.example/t/12.json", {
        "title": "Which pit test?", "id": 12, "like_count": 3,
        "post_stream": {"posts": [{"id": 1, "user_id": 3, "cooked": "<p>…</p>", "link_counts": [
            {"url": "https://c.example/ect", "internal": False, "reflection": False, "clicks": 4}]}]},
        "details": {"links": [
            {"url": "https://a.example/ect", "title": "ECT", "internal": False, "reflection": False, "user_id": 3, "clicks": 90},
            {"url": "/t/other/9", "internal": True, "reflection": False, "user_id": 3},
            {"url": "https://b.example/", "internal": False, "reflection": True, "user_id": 4},
            {"url": "https://forum.example/faq", "internal": False, "reflection": False, "user_id": 4}]},
    })  # fmt: skip
    leads = web.query_source("discourse:forum.example/avalanche safety").candidates

    assert [(lead.url, lead.words, lead.by) for lead in leads] == [
        ("https://a.example/ect", "Which pit test?", "3"), ("https://c.example/ect", "Which pit test?", "3"),
    ]  # fmt: skip


# ── Stack Exchange ───────────────────────────────────────────────────────────────────────────────

ANSWERERS = "https://api.stackexchange.com/2.3/tags/avalanche/top-answerers/all_time?pagesize=30&site=outdoors"
USERS = "https://api.stackexchange.com/2.3/users/7;9?pagesize=30&site=outdoors"
QUOTA = {"has_more": False, "quota_max": 300, "quota_remaining": 298}


def answerers(**more):
    people = [
        {"user_id": 9, "user_type": "registered", "reputation": 70_000},
        {"user_id": 7},
        {"user_type": "does_not_exist"},
    ]
    return {"items": [{"user": user, "post_count": 4, "score": 90} for user in people], **QUOTA, **more}


def test_stackexchange_names_sites_of_those_who_answer_and_waits_as_told(web):
    """Two steps; `backoff` seconds pass between them."""
    web.put(ANSWERERS, answerers(backoff=10))
    web.put(
        USERS,
        {"items": [{"user_id": 9, "website_url": "https://ada.example"}, {"user_id": 7, "website_url": ""}], **QUOTA},
    )
    leads = web.query_source("stackexchange:avalanche@outdoors").candidates

    assert [(lead.url, lead.words) for lead in leads] == [("https://ada.example/", "answers questions about avalanche")]
    assert web.waits == [10.0]


def test_a_place_that_wants_a_long_pause_is_left_alone(web):
    """More than a minute is not waited; it is said instead."""
    web.put(ANSWERERS, answerers(backoff=600))
    result = web.query_source("stackexchange:avalanche@outdoors")

    assert (result.candidates, web.waits, web.asked()) == ((), [], [ANSWERERS])
    assert [(r.reason, r.detail) for r in result.outcome.refusals] == [
        (RefusalReason.RATE_LIMITED, "asked for 600 s of peace")
    ]


# ── YouTube, Reddit ──────────────────────────────────────────────────────────────────────────────

CHANNEL = "UC0123456789abcdefghijkl"
VIDEOS = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <id>yt:channel:0123456789abcdefghijkl</id><title>Ada Rides</title><author><name>Ada</name></author>
 <entry><id>yt:video:x1</id><title>First lines</title><link rel="alternate" href="https://www.youtube.com/watch?v=x1"/>
  <published>2026-01-02T10:00:00+00:00</published>
  <media:group><media:title>First lines</media:title><media:description>Report: https://ada.example/first-lines
Map by https://bo.example/maps, thanks!</media:description>
  <media:community><media:statistics views="900000"/></media:community></media:group></entry></feed>"""


def test_youtube_takes_addresses_from_descriptions(web):
    """Descriptions are plain text."""
    url = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    web.put(url, VIDEOS, kind="text/xml; charset=UTF-8")

    assert web.urls(f"youtube:{CHANNEL}") == ["https://ada.example/first-lines", "https://bo.example/maps"]


SUBREDDIT = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>newest submissions : snow</title><id>/r/snow/new/.rss</id>
<entry><author><name>/u/ada</name></author><content type="html">&lt;span&gt;&lt;a href="https://a.example/pit"&gt;[link]&lt;/a&gt;&lt;/span&gt;
 &lt;span&gt;&lt;a href="https://www.reddit.com/r/snow/comments/1/x/"&gt;[comments]&lt;/a&gt;&lt;/span&gt;</content>
<id>t3_1</id><link href="https://www.reddit.com/r/snow/comments/1/x/"/><updated>2026-01-02T10:00:00+00:00</updated>
<title>A pit</title></entry></feed>"""


def test_reddit_takes_what_posts_link_to(web):
    """The link, not the comments."""
    web.put("https://www.reddit.com/r/snow/new/.rss?limit=100", SUBREDDIT, kind="application/atom+xml")

    assert web.urls("reddit:r/snow") == ["https://a.example/pit"]


# ── Webmention.io ────────────────────────────────────────────────────────────────────────────────

MENTIONS = "https://webmention.io/api/mentions.jf2?target=https%3A%2F%2Fada.example%2Fp&per-page=100&page=0"


def mention(url, kind, author="https://bo.example/"):
    return {"type": "entry", "author": {"type": "card", "name": "Bo", "url": author}, "url": url, "name": "On pits",
            "wm-received": "2026-01-02T10:00:00Z", "wm-id": 5, "wm-source": url, "wm-target": "https://ada.example/p",
            "wm-property": kind}  # fmt: skip


def test_webmention_names_pages_that_say_something(web):
    """Replies and mentions; likes and reposts are no words."""
    web.put(MENTIONS, {"type": "feed", "name": "Webmentions", "children": [
        mention("https://bo.example/re", "in-reply-to"), mention("https://cy.example/m", "mention-of", None),
        mention("https://di.example/l", "like-of"), mention("https://ed.example/r", "repost-of")]})  # fmt: skip

    assert web.urls("webmention:https://ada.example/p") == ["https://bo.example/re", "https://cy.example/m"]


# ── Wikipedia ────────────────────────────────────────────────────────────────────────────────────

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>Backcountry skiing - Wikipedia</title></head><body>
<h1 id="firstHeading">Backcountry skiing</h1><div id="mw-content-text"><div class="mw-parser-output">
<p>Backcountry skiing is skiing <a href="/wiki/Off-piste">off-piste</a>, away from lifts and marked runs.<sup><a href="#n1">[1]</a></sup></p>
<h2>References</h2><ol class="references"><li id="n1"><cite><a rel="nofollow" class="external text"
 href="https://web.archive.org/web/20180101000000/http://old.example/pits">"Pits"</a>.</cite></li></ol>
<h2>External links</h2><ul><li><a rel="nofollow" class="external text" href="https://ada.example/">Ada on snow</a></li>
<li><a rel="nofollow" class="external text" href="https://doi.org/10.1/x">A paper</a></li></ul></div></div>
<footer><a href="https://wikimediafoundation.org/">Wikimedia</a> <a href="https://www.mediawiki.org/">MediaWiki</a></footer></body></html>"""


def test_wikipedia_names_external_links_of_the_article_itself(web):
    """The page is read, which robots.txt allows; archived copies stand for their originals, papers and the house are none."""
    web.put("https://en.wikipedia.org/wiki/Backcountry_skiing", ARTICLE)

    assert sorted(web.urls("wikipedia:backcountry skiing")) == ["http://old.example/pits", "https://ada.example/"]


# ── blogrolls ────────────────────────────────────────────────────────────────────────────────────


# ── trouble ──────────────────────────────────────────────────────────────────────────────────────

BROKEN = [b"", b"[[[[[", b'{"error": {"code": 11}}', b"\xff\xfe\x00", b'{"items": 3, "hits": 3, "posts": 3, "children": 3}',
          b"[" * 100_000]  # fmt: skip


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_an_empty_answer_is_no_trouble(web, name):
    """Nothing found is an answer."""
    web.everything = (200, *SOURCES[name].empty_answer)
    result = web.query_source(SOURCES[name].example)

    assert (result.candidates, result.outcome.refusals) == ((), ())


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_answer_costs_itself_and_is_said(web, name, body):
    """A place that answers nonsense names nobody; every refusal says so."""
    web.everything = (200, "application/json", body)
    result = web.query_source(SOURCES[name].example)

    assert result.candidates == ()
    assert set(reasons(result)) == {RefusalReason.BROKEN}


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, RefusalReason.FORBIDDEN), (429, RefusalReason.RATE_LIMITED), (404, RefusalReason.NOT_FOUND)],
)
def test_a_place_that_refuses_is_said_to(web, name, status, reason):
    """The refusal is the crawl's own, one for each address asked."""
    web.everything = (status, "text/html", b"no")
    result = web.query_source(SOURCES[name].example)

    assert result.candidates == ()
    assert reasons(result) == [reason] * result.outcome.requests


def test_robots_that_say_no_are_obeyed():
    """An API is asked no more than a page where robots.txt closes it: nothing but robots.txt is fetched."""
    with Places() as closed:
        closed.answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /\n")
        said = {name: set(reasons(closed.query_source(source.example))) for name, source in SOURCES.items()}

    assert said == {name: {RefusalReason.ROBOTS} for name in SOURCES}
    assert closed.asked() == []


def test_a_place_that_always_has_more_is_left_after_forty_addresses(web, monkeypatch):
    """Whatever answers call for, a source has its budget."""
    endless = replace(
        SOURCES["hn"],
        start=lambda query: (SourceRequest(Url("https://a.example/0")),),
        parse=lambda query, answer: SourceReading(
            then=tuple(SourceRequest(Url(f"{answer.request.url}{n}")) for n in range(3))
        ),
    )
    monkeypatch.setitem(SOURCES, "hn", endless)
    web.everything = (200, "application/json", b"{}")

    assert web.query_source("hn:x").outcome.requests == 40
    assert len(web.asked()) == 40
