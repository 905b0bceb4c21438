"""How a site of the blogosphere looks: HTML of six engine styles, their home, archive, about and blogroll pages.

Knows the plan; decides nothing about it. Styles differ as real engines do in what they say about
author and date: hCard and hAtom, JSON-LD, microformats2, Blogger's abbreviations, or nothing at all.
"""

from __future__ import annotations

import json
from html import escape

from blogosphere import LINK, Post, Site, Voice

GENERATORS = {
    "wp": "WordPress 6.4.2",
    "ghost": "Ghost 5.75",
    "hugo": "Hugo 0.121.1",
    "jekyll": "Jekyll v4.3.2",
    "blogger": "blogger",
    "hand": "",
}
FEED_PATH = {
    "wp": "feed/",
    "ghost": "rss/",
    "hugo": "index.xml",
    "jekyll": "feed.xml",
    "blogger": "feeds/posts/default",
    "hand": "feed.xml",
}
FEED_TYPE = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "rdf": "application/rdf+xml",
}
THEME_CREDIT = "https://tinyhtml.example/"  # a footer credit on many sites: attention that means nothing


class Book:
    """Resolves the `[text](voice/slug)` links of the prose files."""

    def __init__(self, voices: list[Voice]) -> None:
        self.voices = {v.key: v for v in voices}
        self.posts = {f"{v.key}/{p.key}": p for v in voices for p in v.posts}

    def address(self, target: str) -> str:
        """Absolute address of a prose link; raises KeyError for one that leads nowhere."""
        if target.startswith(("http", "mailto:")):
            return target
        return self.posts[target].url if "/" in target else self.voices[target].sites[0].root

    def prose(self, text: str) -> str:
        """A prose paragraph as inline HTML."""
        out, last = [], 0
        for match in LINK.finditer(text):
            out += [
                escape(text[last : match.start()], quote=False),
                f'<a href="{escape(self.address(match[2]))}">{escape(match[1], quote=False)}</a>',
            ]
            last = match.end()
        return "".join([*out, escape(text[last:], quote=False)])

    def plain(self, text: str) -> str:
        """A prose paragraph without its links' addresses."""
        return LINK.sub(lambda m: m[1], text)

    def cite(self, cited: Post, sentence: str) -> str:
        """A citing sentence, its `[anchor]` leading to the cited post."""
        first = cited.author.split()[0]
        said = sentence.format(N=cited.author, F=first, T=cited.title, S=cited.subject, B=cited.site.title)
        said = said[0].upper() + said[1:] if not said.startswith("h/t") else said
        before, _, rest = said.partition("[")
        anchor, _, after = rest.partition("]")
        address = (
            cited.url
            if not (old := cited.voice.meta.get("old_host")) or cited.at.year > 2024
            else cited.url.replace(cited.site.host, old)
        )
        return f'{escape(before, quote=False)}<a href="{escape(address)}">{escape(anchor, quote=False)}</a>{escape(after, quote=False)}'


def body(book: Book, post: Post) -> str:
    """The post's text as HTML paragraphs, citations where a writer would put them."""
    blocks = [f"<p>{book.prose(p)}</p>" for p in post.paragraphs]
    if post.original:
        blocks[0] = (
            f'<p><em>This article first appeared on <a href="{escape(post.original.url)}">{escape(post.original.site.title)}</a>.</em></p>'
        )
    notes = [f"<p>{escape(n, quote=False)}</p>" for n in post.notes]
    cites = [f"<p>{book.cite(cited, sentence)}</p>" for cited, sentence in post.cites]
    opens_with_the_day = len(post.url) % 2 == 1
    blocks = [blocks[0], *notes, *blocks[1:]] if opens_with_the_day else [*blocks, *notes]
    where = 1 + len(post.title) % 2
    blocks[where:where] = cites
    if post.listed:
        blocks.append("<ul>" + "".join(f"<li>{book.cite(c, s)}</li>" for c, s in post.listed) + "</ul>")
    return "\n".join(blocks)


def head(site: Site, title: str, *, url: str, description: str = "", extra: str = "") -> str:
    """The head every page of a site shares: generator, feed, canonical."""
    kind = site.feed.split("+")[0]
    lang = site.voice.meta.get("lang", "en")
    lines = [f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">',
             f"<title>{escape(title)}</title>"]  # fmt: skip
    if description:
        lines.append(f'<meta name="description" content="{escape(description)}">')
    if GENERATORS[site.engine]:
        lines.append(f'<meta name="generator" content="{GENERATORS[site.engine]}">')
    if kind in FEED_TYPE and "hidden" not in site.feed:
        lines.append(
            f'<link rel="alternate" type="{FEED_TYPE[kind]}" title="{escape(site.title)}" href="{feed_url(site)}">'
        )
    if site.engine != "hand":
        lines.append(f'<link rel="canonical" href="{escape(url)}">')
    lines += [f'<link rel="me" href="{other.root}">' for other in site.voice.sites if other is not site]
    return "\n".join([*lines, *([extra] if extra else []), "</head>"])


def feed_url(site: Site) -> str:
    """Where the site's feed is served."""
    return site.root + ("feed.json" if site.feed.startswith("json") else FEED_PATH[site.engine])


def pages_of(site: Site) -> list[tuple[str, str]]:
    """Names and paths of the site's standing pages."""
    meta, slash = site.voice.meta, ".html" if site.engine in ("hand", "jekyll") else "/"
    names = [("Archive", f"archive{slash}"), ("About", f"about{slash}")]
    names += [("Contact", f"contact{slash}")] if meta.get("contact_page") else []
    names += [("Review policy", f"review-policy{slash}")] if meta.get("policy") else []
    names += [(meta.get("blogroll_title", "Blogroll"), f"blogroll{slash}")] if meta.get("blogroll") else []
    return names


def frame(site: Site, main: str, *, title: str, url: str, description: str = "", extra: str = "") -> str:
    """A page: head, masthead and navigation, main part, sidebar and footer in the engine's manner."""
    nav = "".join(f'<li><a href="{site.root}{path}">{escape(name)}</a></li>' for name, path in pages_of(site))
    others = "".join(
        f'<li><a rel="me" href="{o.root}">{escape(o.title)}</a></li>' for o in site.voice.sites if o is not site
    )
    recent = "".join(f'<li><a href="{escape(p.url)}">{escape(p.title)}</a></li>' for p in site.posts[:5])
    friends = "".join(f'<li><a href="{u}">{escape(n)}</a></li>' for u, n in site.voice.meta.get("sidebar", []))
    credit = (
        f'<p class="credit">Theme from <a href="{THEME_CREDIT}">Tiny HTML</a></p>'
        if site.engine in ("hugo", "jekyll") and len(site.title) % 2
        else ""
    )
    if site.engine == "hand":
        top = f'<body>\n<p><a href="{site.root}">{escape(site.title)}</a>: {escape(site.tagline)}</p>\n<ul>{nav}{others}</ul>\n<hr>\n'
        return f"{head(site, title, url=url, description=description)}\n{top}{main}\n<hr>\n<p>{escape(site.voice.name)}, written by hand, no cookies.</p>\n</body>\n</html>\n"
    aside = (
        f'<aside class="sidebar"><h2>Recent posts</h2><ul>{recent}</ul>'
        + (f"<h2>Friends</h2><ul>{friends}</ul>" if friends else "")
        + "</aside>"
    )
    return (
        f'{head(site, title, url=url, description=description, extra=extra)}\n<body class="{site.engine}">\n'
        f'<header class="site-header"><p class="site-title"><a href="{site.root}" rel="home">{escape(site.title)}</a></p><p class="site-description">{escape(site.tagline)}</p>'
        f'<nav><ul><li><a href="{site.root}">Home</a></li>{nav}{others}</ul></nav></header>\n<main>\n{main}\n</main>\n{aside if site.engine in ("wp", "blogger") else ""}'
        f'<footer class="site-footer"><p>© 2026 {escape(site.voice.name)}</p>{credit}</footer>\n</body>\n</html>\n'
    )


def post_page(book: Book, post: Post) -> str:
    """The page of one post in its engine's markup."""
    site, title = post.site, escape(post.title)
    address = (post.original or post).url
    style = {"wp": wordpress, "ghost": ghost, "hugo": hugo, "jekyll": jekyll, "blogger": blogger, "hand": by_hand}[
        site.engine
    ]
    main, extra = style(book, post, body(book, post))
    graph = (f'<meta property="og:type" content="article"><meta property="og:title" content="{title}"><meta property="og:url" content="{escape(address)}">'
             f'<meta property="og:site_name" content="{escape(site.title)}">')  # fmt: skip
    description = (
        (book.plain(post.paragraphs[0])[:150].rsplit(" ", 1)[0] + "…") if site.engine in ("wp", "ghost") else ""
    )
    if site.voice.meta.get("noarchive"):
        extra += '<meta name="robots" content="noarchive">'
    return frame(
        site, main, title=f"{post.title} | {site.title}", url=address, description=description, extra=graph + extra
    )


def stamp(post: Post) -> str:
    """The moment of publication as machines write it."""
    return f"{post.at:%Y-%m-%dT%H:%M:%S}+00:00"


def day(post: Post) -> str:
    """The day of publication as people write it."""
    return f"{post.at.day} {post.at:%B %Y}"


def about_url(site: Site) -> str:
    """Address of the page that tells who writes here."""
    return site.root + dict(pages_of(site))["About"]


def wordpress(book: Book, post: Post, text: str) -> tuple[str, str]:
    """The hAtom format with an hCard of the author, tags and sometimes comments."""
    tags = "".join(f'<a rel="tag" href="{post.site.root}tag/{t}/">{t}</a> ' for t in post_tags(post))
    main = (f'<article class="post type-post hentry"><h1 class="entry-title">{escape(post.title)}</h1><p class="entry-meta"><time class="entry-date published" datetime="{stamp(post)}">{day(post)}</time> by '
            f'<span class="author vcard"><a class="url fn n" rel="author" href="{about_url(post.site)}">{escape(post.author)}</a></span></p>\n<div class="entry-content">\n{text}\n</div>'
            f'<p class="tags">{tags}</p></article>{comments(book, post)}')  # fmt: skip
    return main, f'<meta property="article:published_time" content="{stamp(post)}">'


def ghost(_: Book, post: Post, text: str) -> tuple[str, str]:
    """JSON-LD in the head, little in the page."""
    data = {"@context": "https://schema.org", "@type": "Article", "headline": post.title, "url": post.url, "datePublished": stamp(post),
            "author": {"@type": "Person", "name": post.author, "url": about_url(post.site)}, "publisher": {"@type": "Organization", "name": post.site.title}}  # fmt: skip
    main = (f'<article class="gh-article post"><header><h1 class="gh-article-title">{escape(post.title)}</h1><p>By <a rel="author" href="{about_url(post.site)}">{escape(post.author)}</a> '
            f'<time datetime="{post.at:%Y-%m-%d}">{day(post)}</time></p></header>\n<section class="gh-content">\n{text}\n</section></article>')  # fmt: skip
    return (
        main,
        f'<meta property="article:published_time" content="{stamp(post)}"><script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>',
    )


def hugo(_: Book, post: Post, text: str) -> tuple[str, str]:
    """A time element and a meta author."""
    main = (f'<article><h1>{escape(post.title)}</h1><p class="post-meta"><time datetime="{stamp(post)}">{day(post)}</time> · {escape(post.author)}</p>\n'
            f'<div class="post-content">\n{text}\n</div><p>Tags: {", ".join(post_tags(post))}</p></article>')  # fmt: skip
    return main, f'<meta name="author" content="{escape(post.author)}">'


def jekyll(_: Book, post: Post, text: str) -> tuple[str, str]:
    """Microformats 2."""
    main = (f'<article class="h-entry"><h1 class="p-name">{escape(post.title)}</h1><p><a class="u-url" href="{escape(post.url)}"><time class="dt-published" datetime="{stamp(post)}">{day(post)}</time></a> '
            f'<a class="p-author h-card" href="{post.site.root}">{escape(post.author)}</a></p>\n<div class="e-content">\n{text}\n</div></article>')  # fmt: skip
    return main, ""


def blogger(_: Book, post: Post, text: str) -> tuple[str, str]:
    """A date header above, and an abbreviation with the date below."""
    main = (f'<div class="date-outer"><h2 class="date-header"><span>{post.at:%A}, {day(post)}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{escape(post.title)}</h3>'
            f'<div class="post-body entry-content">\n{text}\n</div><div class="post-footer">Posted by <span class="fn">{escape(post.author)}</span> at '
            f'<abbr class="published" title="{stamp(post)}">{post.at:%H:%M}</abbr></div></div></div>')  # fmt: skip
    return main, ""


def by_hand(_: Book, post: Post, text: str) -> tuple[str, str]:
    """A heading, the day in words, the text."""
    return f"<h1>{escape(post.title)}</h1>\n<p><i>{day(post)}</i></p>\n{text}", ""


def comments(book: Book, post: Post) -> str:
    """Two remarks under some posts: readers, not citations."""
    if len(post.key) % 4:
        return ""
    fan = list(book.voices.values())[len(post.url) % len(book.voices)]
    return (f'<section id="comments" class="comments"><h2>Comments</h2><ol><li class="comment"><cite><a rel="ugc nofollow" href="{fan.sites[0].root}">{escape(fan.name)}</a></cite>'
            f"<p>Good read, see you up there.</p></li></ol></section>")  # fmt: skip


TAG_WORDS = (
    "splitboard",
    "avalanche",
    "snowpack",
    "rescue",
    "bindings",
    "skins",
    "boots",
    "wax",
    "lift",
    "gate",
    "park",
    "jump",
    "cornice",
    "trailhead",
    "hut",
    "powder",
    "freeride",
    "wind",
)


def post_tags(post: Post) -> list[str]:
    """Up to three tags, from words the post does use."""
    text = " ".join([post.title, post.subject, *post.paragraphs]).lower()
    return [w for w in TAG_WORDS if w in text][:3]


def home_page(book: Book, site: Site) -> str:
    """The newest posts and who writes here."""
    voice = site.voice
    person = voice.circle not in ("org", "farm", "aggregator") and not voice.meta.get("authors")
    card = ""
    if person and site.engine in ("jekyll", "hugo", "wp"):
        mail = (
            f' <a class="u-email" href="mailto:{voice.meta["email"]}">{voice.meta["email"]}</a>'
            if voice.meta.get("email")
            else ""
        )
        note = escape(book.plain(voice.meta.get("about", [""])[0]))
        card = f'<div class="h-card"><a class="p-name u-url u-uid" rel="me" href="{site.root}">{escape(voice.name)}</a><p class="p-note">{note}</p>{mail}</div>'
    entries = []
    for post in site.posts[:10]:
        text = escape(book.plain(post.paragraphs[-1 if post.original else 0])[:180].rsplit(" ", 1)[0])
        entries.append(
            f'<article><h2><a href="{escape(post.url)}">{escape(post.title)}</a></h2><p>{text}…</p></article>'
        )
    return frame(site, card + "\n".join(entries), title=site.title, url=site.root, description=site.tagline)


def archive_page(site: Site) -> str:
    """All posts by year."""
    rows = "\n".join(
        f'<li>{"" if "nodate" in site.feed else f"{p.at:%Y-%m-%d} "}<a href="{escape(p.url)}">{escape(p.title)}</a></li>'
        for p in site.posts
    )
    return frame(
        site,
        f"<h1>Archive</h1>\n<ul>\n{rows}\n</ul>",
        title=f"Archive | {site.title}",
        url=f"{site.root}{dict(pages_of(site))['Archive']}",
    )


def standing_pages(book: Book, site: Site) -> list[tuple[str, str]]:
    """About, contact, review policy and blogroll, as (address, HTML)."""
    meta, pages = site.voice.meta, dict(pages_of(site))
    out = [(site.root + pages["About"], about_page(book, site))]
    if "Contact" in pages:
        main = "<h1>Contact</h1>" + "".join(f"<p>{book.prose(p)}</p>" for p in meta["contact_page"])
        if meta.get("form"):
            main += f'<form action="{site.root}contact/send" method="post"><label>Message <textarea name="message"></textarea></label><button>Send</button></form>'
        out.append(
            (
                site.root + pages["Contact"],
                frame(site, main, title=f"Contact | {site.title}", url=site.root + pages["Contact"]),
            )
        )
    if "Review policy" in pages:
        main = "<h1>Review policy</h1>" + "".join(f"<p>{book.prose(p)}</p>" for p in meta["policy"])
        out.append(
            (
                site.root + pages["Review policy"],
                frame(site, main, title=f"Review policy | {site.title}", url=site.root + pages["Review policy"]),
            )
        )
    if meta.get("blogroll"):
        name = meta.get("blogroll_title", "Blogroll")
        rows = "".join(
            f'<li><a href="{book.voices[k].sites[0].root}">{escape(book.voices[k].sites[0].title)}</a></li>'
            for k in meta["blogroll"]
        )
        out.append(
            (
                site.root + pages[name],
                frame(
                    site, f"<h1>{name}</h1><ul>{rows}</ul>", title=f"{name} | {site.title}", url=site.root + pages[name]
                ),
            )
        )
    return out


def about_page(book: Book, site: Site) -> str:
    """In the first person, with an h-card where the engine has one and JSON-LD where it does not."""
    voice = site.voice
    paragraphs = "".join(f"<p>{book.prose(p)}</p>" for p in voice.meta.get("about", []))
    people = "".join(
        f"<h2>{escape(a['name'])}</h2><p>{escape(a['bio'])}</p>" for a in voice.meta.get("authors", {}).values()
    )
    mail = (
        f'<p>Write to <a href="mailto:{voice.meta["email"]}">{voice.meta["email"]}</a>.</p>'
        if voice.meta.get("email") and not voice.meta.get("contact_page")
        else ""
    )
    accounts = "".join(f'<li><a rel="me" href="{u}">{escape(u)}</a></li>' for u in voice.meta.get("accounts", []))
    main = f"<h1>About</h1>\n{paragraphs}{people}{mail}" + (f"<ul>{accounts}</ul>" if accounts else "")
    kind = "Organization" if voice.circle == "org" else "Person"
    extra = ""
    if site.engine == "ghost" and not voice.meta.get("authors"):
        extra = f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": kind, "name": voice.name, "url": site.root}, ensure_ascii=False)}</script>'
    if voice.circle == "org" and site.engine != "ghost":
        main += f'<div class="h-card"><a class="p-name p-org u-url" href="{site.root}">{escape(voice.name)}</a></div>'
    return frame(site, main, title=f"About | {site.title}", url=about_url(site), extra=extra)
