"""Makes the annotated pages: articles.txt in the markup of eight blog engines, and what should be read from each.

Everything around an article is what that engine puts there: menus, widgets, related posts with other dates, comments
by other people, share bars, line numbers beside code. `expected.json` holds the truth for each file.

    python tests/quality/pages/make_pages.py      rewrites *.html and expected.json; the same input gives the same bytes
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
COMMENTERS = ("Barnaby Flood", "Constance Mabey", "Xavier Toll", "Ghislaine", "anon_heron", "Mrs P. Ledbetter")


@dataclass(frozen=True)
class Block:
    """One piece of an article: kind is p, h2, ul, ol, quote, pre or table."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An article before an engine shows it."""

    number: int
    title: str
    author: str
    day: date
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    others: tuple[str, ...]  # titles of other articles, for widgets

    @property
    def slug(self) -> str:
        """The title as an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def host(self) -> str:
        """The blog's host."""
        return f"blog{self.number:02d}.example"

    @property
    def blog(self) -> str:
        """The blog's title, which is not a person's name."""
        first = ("Marginal", "Wet Paint", "Low Tide", "Second Shelf", "Tin Roof", "Slow Lane", "Odd Hours", "Half Moon")
        second = ("Notes", "Journal", "Almanac", "Papers", "Review", "Dispatches")
        return f"{first[self.number % 8]} {second[self.number % 6]}"


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it; author "" where the page has none."""

    path: str
    html: str
    author: str
    day: date | None


# ── reading articles ─────────────────────────────────────────────────────────────────────────────


def read_articles(text: str) -> list[Article]:
    """The articles of articles.txt in order."""
    raw = [chunk for chunk in re.split(r"^=== ", text, flags=re.MULTILINE) if chunk.strip()]
    titles = [chunk.split("\n", 1)[0].strip() for chunk in raw]
    articles = []
    for number, chunk in enumerate(raw):
        head, body = chunk.split("\n\n", 1)
        fields = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        others = tuple(titles[(number + step) % len(titles)] for step in (5, 11, 17, 23))
        articles.append(
            Article(number, titles[number], fields["author"], date.fromisoformat(fields["date"]),
                    tuple(fields["tags"].split(", ")), tuple(_blocks(body)), others)
        )  # fmt: skip
    return articles


def _blocks(body: str) -> list[Block]:
    blocks = []
    for piece in re.findall(r"```\n.*?\n```|(?:(?!\n\n|```).)+", body.strip(), flags=re.DOTALL):
        lines = tuple(piece.strip("\n").splitlines())
        if not lines:
            continue
        if lines[0] == "```":
            blocks.append(Block("pre", lines[1:-1]))
        elif lines[0].startswith("## "):
            blocks.append(Block("h2", (lines[0][3:],)))
        elif lines[0].startswith("> "):
            blocks.append(Block("quote", tuple(line[2:] for line in lines)))
        elif lines[0].startswith("- "):
            blocks.append(Block("ul", tuple(line[2:] for line in lines)))
        elif re.match(r"\d\. ", lines[0]):
            blocks.append(Block("ol", tuple(line[3:] for line in lines)))
        elif lines[0].startswith("| "):
            blocks.append(Block("table", lines))
        else:
            blocks.append(Block("p", (" ".join(lines),)))
    return blocks


def plain(article: Article) -> str:
    """The article's text as a reader would copy it, blocks separated by blank lines."""
    shown = []
    for block in article.blocks:
        lines = [" ".join(cell.strip() for cell in line.strip("| ").split("|")) for line in block.lines]
        kept = block.lines if block.kind == "pre" else lines if block.kind == "table" else block.lines
        shown.append("\n".join(LINK.sub(r"\1", line) for line in kept))
    return "\n\n".join(shown)


def links(article: Article) -> list[str]:
    """Addresses linked in the article, in order."""
    return [address for block in article.blocks if block.kind != "pre" for line in block.lines
            for _, address in LINK.findall(line)]  # fmt: skip


# ── article to HTML ──────────────────────────────────────────────────────────────────────────────


def inline(text: str) -> str:
    """Text with its links as HTML."""
    return LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))


def html(article: Article, code: Callable[[tuple[str, ...]], str] | None = None) -> str:
    """The article's blocks as HTML; `code` shows a code block."""
    return "\n".join(_block(block, code or _plain_code) for block in article.blocks)


def _block(block: Block, code: Callable[[tuple[str, ...]], str]) -> str:
    match block.kind:
        case "pre":
            return code(block.lines)
        case "quote":
            return "<blockquote><p>" + inline(" ".join(block.lines)) + "</p></blockquote>"
        case "ul" | "ol":
            return f"<{block.kind}>" + "".join(f"<li>{inline(line)}</li>" for line in block.lines) + f"</{block.kind}>"
        case "table":
            rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in block.lines]
            cells = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
            return f"<table><tbody>{cells}</tbody></table>"
        case kind:
            return f"<{kind}>{inline(block.lines[0])}</{kind}>"


def _plain_code(lines: tuple[str, ...]) -> str:
    return "<pre><code>" + escape("\n".join(lines), quote=False) + "</code></pre>"


def _gutter_code(lines: tuple[str, ...]) -> str:
    numbers = "\n".join(f"<span class='line-number'>{n}</span>" for n in range(1, len(lines) + 1))
    shown = "\n".join(f"<span class='line'>{escape(line, quote=False)}</span>" for line in lines)
    return (
        "<figure class='code'><div class='highlight'><table><tr><td class='gutter'><pre class='line-numbers'>"
        f"{numbers}</pre></td><td class='code'><pre><code class='python'>{shown}</code></pre></td></tr></table></div></figure>"
    )


def _span_code(lines: tuple[str, ...]) -> str:
    shown = "\n".join(
        '<span class="line"><span class="cl">'
        + re.sub(r"\b(while|for|if|def|return|raise|not|in)\b", r'<span class="k">\1</span>', escape(line, quote=False))
        + "</span></span>"
        for line in lines
    )
    return f'<div class="highlight"><pre tabindex="0" class="chroma"><code class="language-python">{shown}</code></pre></div>'


def _head(a: Article, *extra: str, generator: str = "") -> str:
    meta = f'<meta name="generator" content="{generator}">' if generator else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(a.title)} – {escape(a.blog)}</title>\n{meta}\n" + "\n".join(extra) + "\n</head>\n"
    )


def _json_ld(a: Article, *, author: bool, kind: str = "BlogPosting") -> str:
    about: dict[str, object] = {"@context": "https://schema.org", "@type": kind, "headline": a.title,
                                "datePublished": f"{a.day}T09:30:00+01:00",
                                "dateModified": f"{a.day + timedelta(days=40)}T10:00:00+01:00"}  # fmt: skip
    if author:
        about["author"] = {"@type": "Person", "name": a.author, "url": f"https://{a.host}/author/"}
    about["publisher"] = {"@type": "Organization", "name": a.blog}
    return f'<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>'


def _comment(a: Article, index: int) -> tuple[str, str, date]:
    words = (
        "I tried this last year and it worked, apart from the smell.",
        "Thank you! My brother-in-law will hear about this at length.",
        'Interesting. I wrote about something similar <a href="https://commenter.example/similar" rel="nofollow">here</a>.',
        "This is wrong in so many ways that I do not know where to begin, so I shall not.",
    )
    return COMMENTERS[(a.number + index) % 6], words[(a.number + index) % 4], a.day + timedelta(days=2 + index)


# ── engines ──────────────────────────────────────────────────────────────────────────────────────


def wordpress(a: Article) -> Page:
    """A WordPress theme with Jetpack's share bar and related posts, widgets and comments."""
    url = f"https://{a.host}/{a.day.year}/{a.day.month:02d}/{a.day.day:02d}/{a.slug}/"
    day, stamp = f"{a.day:%B} {a.day.day}, {a.day.year}", f"{a.day}T08:12:44+00:00"
    comments = "".join(
        f'<li id="comment-{i}" class="comment even thread-even depth-1"><article class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{who}</b> <span class="says">says:</span></div><div class="comment-metadata">'
        f'<a href="{url}#comment-{i}"><time datetime="{on}T11:00:00+00:00">{on:%B %d, %Y} at 11:00 am</time></a></div></footer>'
        f'<div class="comment-content"><p>{words}</p></div><div class="reply"><a class="comment-reply-link" href="{url}?replytocom={i}">Reply</a></div></article></li>'
        for i, (who, words, on) in enumerate(_comment(a, i) for i in range(3))
    )
    related = "".join(
        f'<div class="jp-relatedposts-post"><h4><a href="/2017/0{i + 1}/other-{i}/">{escape(t)}</a></h4><time>March {i + 3}, 2017</time><p>In &quot;{a.tags[0]}&quot;</p></div>'
        for i, t in enumerate(a.others[:3])
    )
    recent = "".join(f'<li><a href="/recent-{i}/">{escape(t)}</a></li>' for i, t in enumerate(a.others))
    tags = ", ".join(f'<a href="/tag/{t}/" rel="tag">{t}</a>' for t in a.tags)
    ld = _json_ld(a, author=True, kind="Article") if a.number % 2 else ""
    return Page(url, _head(a, f'<link rel="canonical" href="{url}">', '<link rel="alternate" type="application/rss+xml" href="/feed/">', f'<meta property="article:published_time" content="{stamp}">', '<meta property="og:type" content="article">', ld, generator="WordPress 6.4.3") + f"""<body class="post-template-default single single-post postid-{a.number} wp-embed-responsive">
<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">{a.blog}</a></p><p class="site-description">Just another corner of the web</p>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu"><li><a href="/">Home</a></li><li><a href="/about/">About</a></li><li><a href="/contact/">Contact</a></li><li><a href="/category/{a.tags[0]}/">{a.tags[0].title()}</a></li></ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">
<article id="post-{a.number}" class="post-{a.number} post type-post status-publish format-standard hentry category-{a.tags[0]}">
<header class="entry-header"><h1 class="entry-title">{escape(a.title)}</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="{url}" rel="bookmark"><time class="entry-date published" datetime="{stamp}">{day}</time><time class="updated" datetime="{a.day + timedelta(days=90)}T10:00:00+00:00">{a.day + timedelta(days=90):%B %d, %Y}</time></a></span> <span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/owner/">{a.author}</a></span></span></div></header>
<div class="entry-content">
{html(a)}
<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Share this:</h3><div class="sd-content"><ul><li><a href="{url}?share=twitter" class="share-twitter">Click to share on Twitter</a></li><li><a href="{url}?share=facebook">Click to share on Facebook</a></li></ul></div></div></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3>{related}</div>
</div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/category/{a.tags[0]}/" rel="category tag">{a.tags[0]}</a></span> <span class="tags-links">Tagged {tags}</span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-previous"><a href="/prev/" rel="prev">{escape(a.others[0])}</a></div><div class="nav-next"><a href="/next/" rel="next">{escape(a.others[1])}</a></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on “{escape(a.title)}”</h2><ol class="comment-list">{comments}</ol><div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form action="/wp-comments-post.php" method="post"><p>Your email address will not be published. Required fields are marked *</p><textarea name="comment"></textarea></form></div></div>
</main></div>
<aside id="secondary" class="widget-area"><section class="widget widget_search"><form role="search"><label>Search for:</label></form></section><section class="widget widget_recent_entries"><h2>Recent Posts</h2><ul>{recent}</ul></section><section class="widget widget_links"><h2>Blogroll</h2><ul class="xoxo blogroll"><li><a href="https://friend-one.example/">Friend One</a></li><li><a href="https://friend-two.example/">Friend Two</a></li></ul></section><section class="widget widget_archive"><h2>Archives</h2><ul><li><a href="/2019/05/">May 2019</a></li><li><a href="/2019/04/">April 2019</a></li></ul></section></aside>
<footer id="colophon" class="site-footer"><div class="site-info"><a href="https://wordpress.org/">Proudly powered by WordPress</a> | Theme: Tidewater by <a href="https://themehouse.example/">Theme House</a>.</div></footer></div></body></html>
""", a.author, a.day)  # fmt: skip


def ghost(a: Article) -> Page:
    """Ghost's Casper: JSON-LD, author card, subscription box, more posts with their own authors and dates."""
    url = f"https://{a.host}/{a.slug}/"
    cards = "".join(
        f'<article class="post-card post"><a class="post-card-content-link" href="/more-{i}/"><h2 class="post-card-title">{escape(t)}</h2><div class="post-card-excerpt">A short excerpt of another piece that has nothing to do with this one.</div></a><footer class="post-card-meta"><time class="post-card-meta-date" datetime="2018-0{i + 1}-11">{i + 1} Nov 2018</time> <span class="post-card-meta-length">{i + 2} min read</span></footer></article>'
        for i, t in enumerate(a.others[:3])
    )
    return Page(url, _head(a, f'<link rel="canonical" href="{url}">', f'<meta property="article:published_time" content="{a.day}T07:00:00.000Z">', f'<meta name="twitter:data1" content="{a.author}">', _json_ld(a, author=True, kind="Article"), generator="Ghost 5.82") + f"""<body class="post-template tag-{a.tags[0]} is-head-left-logo has-cover">
<div class="viewport"><header id="gh-head" class="gh-head outer"><nav class="gh-head-inner inner"><a class="gh-head-logo" href="https://{a.host}">{a.blog}</a><div class="gh-head-menu"><ul class="nav"><li class="nav-home"><a href="/">Home</a></li><li><a href="/about/">About</a></li><li><a href="#/portal/signup">Subscribe</a></li></ul></div></nav></header>
<div class="site-content"><main id="site-main" class="site-main">
<article class="article post tag-{a.tags[0]} no-image">
<header class="article-header gh-canvas"><div class="article-tag post-card-tags"><span class="post-card-primary-tag"><a href="/tag/{a.tags[0]}/">{a.tags[0]}</a></span></div><h1 class="article-title">{escape(a.title)}</h1>
<div class="article-byline"><section class="article-byline-content"><div class="article-byline-meta"><h4 class="author-name"><a href="/author/{a.author.split()[0].lower()}/">{a.author}</a></h4><div class="byline-meta-content"><time class="byline-meta-date" datetime="{a.day}">{a.day:%d %b %Y}</time><span class="byline-reading-time"><span class="bull">&bull;</span> 3 min read</span></div></div></section></div></header>
<section class="gh-content gh-canvas">
{html(a)}
</section>
<section class="footer-cta outer"><div class="inner"><h2>Sign up for more like this.</h2><a class="footer-cta-button" href="#/portal"><div class="footer-cta-input">Enter your email</div><span>Subscribe</span></a></div></section>
</article></main>
<aside class="read-more-wrap outer"><div class="read-more inner">{cards}</div></aside></div>
<footer class="site-footer outer"><div class="inner"><section class="copyright"><a href="/">{a.blog}</a> &copy; 2024</section><div class="gh-powered-by"><a href="https://ghost.org/" rel="noopener">Powered by Ghost</a></div></div></footer></div></body></html>
""", a.author, a.day)  # fmt: skip


def hugo(a: Article) -> Page:
    """Hugo's PaperMod or a lean theme: table of contents, share buttons, previous and next."""
    url = f"https://{a.host}/posts/{a.slug}/"
    named = a.number % 3 != 0
    lean = a.number % 2 == 0
    tags = "".join(f'<li><a href="/tags/{t}/">{t}</a></li>' for t in a.tags)
    by = f"&nbsp;·&nbsp;{a.author}" if named else ""
    meta = f"<div class=\"post-meta\"><span title='{a.day} 08:00:00 +0000 UTC'>{a.day:%B} {a.day.day}, {a.day.year}</span>&nbsp;·&nbsp;3 min{by}</div>"
    if lean:
        meta = f'<p class="meta"><time datetime="{a.day}T00:00:00Z">{a.day}</time>{by}</p>'
    head = _head(a, f'<link rel="canonical" href="{url}">', f'<meta name="author" content="{a.author}">' if named else "",
                 '<link rel="alternate" type="application/rss+xml" href="/index.xml">', "" if lean else _json_ld(a, author=named),
                 generator="Hugo 0.125.4")  # fmt: skip
    return Page(url, head + f"""<body id="top">
<header class="header"><nav class="nav"><div class="logo"><a href="/" accesskey="h">{a.blog}</a></div><ul id="menu"><li><a href="/archives/"><span>Archive</span></a></li><li><a href="/tags/"><span>Tags</span></a></li><li><a href="/about/"><span>About</span></a></li></ul></nav></header>
<main class="main"><article class="post-single"><header class="post-header"><div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/posts/">Posts</a></div><h1 class="post-title">{escape(a.title)}</h1>{meta}</header>
{'' if lean else '<div class="toc"><details><summary accesskey="c"><span class="details">Table of Contents</span></summary><div class="inner"><ul><li><a href="#one">One</a></li><li><a href="#two">Two</a></li></ul></div></details></div>'}
<div class="post-content">
{html(a, _span_code)}
</div>
<footer class="post-footer"><ul class="post-tags">{tags}</ul><nav class="paginav"><a class="prev" href="/posts/p/"><span class="title">« Prev</span><br><span>{escape(a.others[0])}</span></a><a class="next" href="/posts/n/"><span class="title">Next »</span><br><span>{escape(a.others[1])}</span></a></nav><ul class="share-buttons"><li><a href="https://x.com/intent/tweet/?url={url}">share on x</a></li><li><a href="https://reddit.com/submit?url={url}">share on reddit</a></li></ul></footer></article></main>
<footer class="footer"><span>&copy; 2024 <a href="/">{a.blog}</a></span> · <span>Powered by <a href="https://gohugo.io/" rel="noopener">Hugo</a> &amp; <a href="https://papermod.example/">PaperMod</a></span></footer></body></html>
""", a.author if named else "", a.day)  # fmt: skip


def jekyll(a: Article) -> Page:
    """Jekyll's minima: microformats, schema.org properties, Disqus, a footer with contact links."""
    url = f"https://{a.host}/{a.tags[0].replace(' ', '-')}/{a.day.year}/{a.day.month:02d}/{a.day.day:02d}/{a.slug}.html"
    named = a.number % 4 != 1
    by = f'<span itemprop="author" itemscope itemtype="http://schema.org/Person"> • <span class="p-author h-card" itemprop="name">{a.author}</span></span>' if named else ""  # fmt: skip
    return Page(url, _head(a, f'<link rel="canonical" href="{url}">', '<link type="application/atom+xml" rel="alternate" href="/feed.xml">', _json_ld(a, author=named), generator="Jekyll v4.3.3") + f"""<body>
<header class="site-header"><div class="wrapper"><a class="site-title" rel="author" href="/">{a.blog}</a><nav class="site-nav"><div class="trigger"><a class="page-link" href="/about/">About</a><a class="page-link" href="/projects/">Projects</a></div></nav></div></header>
<main class="page-content" aria-label="Content"><div class="wrapper">
<article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting">
<header class="post-header"><h1 class="post-title p-name" itemprop="name headline">{escape(a.title)}</h1><p class="post-meta"><time class="dt-published" datetime="{a.day}T00:00:00+00:00" itemprop="datePublished">{a.day:%b} {a.day.day}, {a.day.year}</time>{by}</p></header>
<div class="post-content e-content" itemprop="articleBody">
{html(a, _plain_code)}
</div><div id="disqus_thread"></div><noscript>Please enable JavaScript to view the comments.</noscript><a class="u-url" href="{url}" hidden></a></article></div></main>
<footer class="site-footer h-card"><data class="u-url" value="/"></data><div class="wrapper"><h2 class="footer-heading">{a.blog}</h2><div class="footer-col"><ul class="contact-list"><li class="p-name">{a.blog}</li><li><a class="u-email" href="mailto:hello@{a.host}">hello@{a.host}</a></li></ul></div><div class="footer-col"><p>An awesome theme and a few thoughts, in no particular order.</p></div></div></footer></body></html>
""", a.author if named else "", a.day)  # fmt: skip


def blogger(a: Article) -> Page:
    """Old Blogger: line breaks for paragraphs, a date header, an archive tree, a profile gadget."""
    url = f"https://{a.host}/{a.day.year}/{a.day.month:02d}/{a.slug[:38]}.html"
    body = "".join(
        (inline(" ".join(b.lines)) + "<br />\n<br />\n") if b.kind == "p" else _block(b, _plain_code) + "<br />\n"
        for b in a.blocks
    )
    who = "".join(
        f"<dt class='comment-author'><a href='https://profiles.example/{i}' rel='nofollow'>{n}</a> said...</dt><dd class='comment-body'><p>{w}</p></dd><dd class='comment-footer'><span class='comment-timestamp'><a href='#c{i}'>{on:%d %B %Y} at 20:1{i}</a></span></dd>"
        for i, (n, w, on) in enumerate(_comment(a, i) for i in range(2))
    )
    posts = "".join(f"<li><a href='/2016/02/o{i}.html'>{escape(t)}</a></li>" for i, t in enumerate(a.others))
    return Page(url, _head(a, f"<link href='{url}' rel='canonical'/>", "<link rel='alternate' type='application/atom+xml' href='/feeds/posts/default' />", generator="blogger") + f"""<body class='loading'>
<div class='navbar section' id='navbar'><a href='#main'>skip to main</a> | <a href='#sidebar'>skip to sidebar</a></div>
<div id='header-wrapper'><div class='header section'><h1 class='title'><a href='/'>{a.blog}</a></h1><p class='description'><span>Thoughts, mostly on weekdays</span></p></div></div>
<div id='content-wrapper'><div id='main-wrapper'><div class='main section' id='main'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'>
<div class="date-outer"><h2 class='date-header'><span>{a.day:%A}, {a.day:%B} {a.day.day}, {a.day.year}</span></h2><div class="date-posts"><div class='post-outer'>
<div class='post hentry'><a name='{a.number}'></a><h3 class='post-title entry-title'>{escape(a.title)}</h3><div class='post-header-line-1'></div>
<div class='post-body entry-content' id='post-body-{a.number}'>
{body}<div style='clear: both;'></div></div>
<div class='post-footer'><div class='post-footer-line post-footer-line-1'><span class='post-author vcard'>Posted by <span class='fn'>{a.author}</span></span> <span class='post-timestamp'>at <a class='timestamp-link' href='{url}' rel='bookmark' title='permanent link'><abbr class='published' title='{a.day}T19:04:00+02:00'>7:04 PM</abbr></a></span> <span class='post-labels'>Labels: <a href='/search/label/{a.tags[0]}' rel='tag'>{a.tags[0]}</a></span></div></div></div>
<div class='comments' id='comments'><h4>2 comments:</h4><dl id='comments-block'>{who}</dl><p class='comment-footer'><a href='https://www.blogger.com/comment.g?blogID=1'>Post a Comment</a></p></div></div></div></div></div>
<div class='blog-pager' id='blog-pager'><a href='/n.html'>Newer Post</a> <a href='/o.html'>Older Post</a> <a href='/'>Home</a></div></div></div></div>
<div id='sidebar-wrapper'><div class='sidebar section' id='sidebar'><div class='widget Profile'><h2>About Me</h2><div class='widget-content'><dl class='profile-datablock'><dt class='profile-data'><a class='profile-name-link' href='https://www.blogger.com/profile/{a.number}' rel='author'>{a.author}</a></dt></dl><a href='https://www.blogger.com/profile/{a.number}'>View my complete profile</a></div></div><div class='widget BlogArchive'><h2>Blog Archive</h2><ul class='hierarchy'><li>▼ 2016 (4)<ul class='posts'>{posts}</ul></li></ul></div><div class='widget BlogList'><h2>My Blog List</h2><ul><li><a href='https://friend-three.example/'>Friend Three</a></li></ul></div></div></div></div>
<div class='footer section'>Simple theme. Powered by <a href='https://www.blogger.com'>Blogger</a>.</div></body></html>
""", a.author, a.day)  # fmt: skip


def octopress(a: Article) -> Page:
    """Octopress: ordinal dates, code with line numbers in a table, sharing, an aside of recent posts."""
    url = f"https://{a.host}/blog/{a.day.year}/{a.day.month:02d}/{a.day.day:02d}/{a.slug}/"
    suffix = "th" if 10 < a.day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(a.day.day % 10, "th")
    day = f"{a.day:%b} {a.day.day}<span>{suffix}</span>, {a.day.year}"
    recent = "".join(f'<li class="post"><a href="/blog/r{i}/">{escape(t)}</a></li>' for i, t in enumerate(a.others))
    return Page(url, _head(a, f'<meta name="author" content="{a.author}">', f'<link rel="canonical" href="{url}">', '<link href="/atom.xml" rel="alternate" type="application/atom+xml">') + f"""<body>
<header role="banner"><hgroup><h1><a href="/">{a.blog}</a></h1><h2>A blog with opinions of its own.</h2></hgroup></header>
<nav role="navigation"><ul class="subscription"><li><a href="/atom.xml" rel="subscribe-rss">RSS</a></li></ul><form action="http://google.com/search" method="get"><fieldset><input type="hidden" name="q"/></fieldset></form><ul class="main-navigation"><li><a href="/">Blog</a></li><li><a href="/blog/archives">Archives</a></li></ul></nav>
<div id="main"><div id="content"><div>
<article class="hentry" role="article"><header><h1 class="entry-title">{escape(a.title)}</h1><p class="meta"><time datetime="{a.day}T21:30:00-05:00" pubdate data-updated="true">{day}</time> | <a href="#disqus_thread">Comments</a></p></header>
<div class="entry-content">
{html(a, _gutter_code)}
</div>
<footer><p class="meta"><span class="byline author vcard">Posted by <span class="fn">{a.author}</span></span> <time datetime="{a.day}T21:30:00-05:00" pubdate>{day}</time> <span class="categories"><a class='category' href='/blog/categories/{a.tags[0]}/'>{a.tags[0]}</a></span></p><div class="sharing"><a href="http://twitter.com/share" class="twitter-share-button">Tweet</a></div><p class="meta"><a class="basic-alignment left" href="/blog/p/">&laquo; {escape(a.others[0])}</a> <a class="basic-alignment right" href="/blog/n/">{escape(a.others[1])} &raquo;</a></p></footer></article>
<section><h1>Comments</h1><div id="disqus_thread" aria-live="polite"><noscript>Please enable JavaScript to view the comments powered by Disqus.</noscript></div></section></div>
<aside class="sidebar"><section><h1>Recent Posts</h1><ul id="recent_posts">{recent}</ul></section><section><h1>GitHub Repos</h1><ul id="gh_repos"><li class="loading">Status updating…</li></ul></section></aside></div></div>
<footer role="contentinfo"><p>Copyright &copy; 2024 - {a.author} - <span class="credit">Powered by <a href="http://octopress.org">Octopress</a></span></p></footer></body></html>
""", a.author, a.day)  # fmt: skip


def hakyll(a: Article) -> Page:
    """Hakyll with pandoc: a bare page, date and name in one line."""
    url = f"https://{a.host}/posts/{a.day}-{a.slug}.html"
    lines = f"Posted on {a.day:%B} {a.day.day}, {a.day.year} by {a.author}"
    if a.number % 2:
        lines = f"{a.day.day} {a.day:%B} {a.day.year}"
    return Page(url, _head(a, '<link rel="stylesheet" href="../css/default.css" />') + f"""<body>
<div id="header"><div id="logo"><a href="../">{a.blog}</a></div><div id="navigation"><a href="../">Home</a> <a href="../about.html">About</a> <a href="../contact.html">Contact</a> <a href="../archive.html">Archive</a></div></div>
<div id="content"><h1>{escape(a.title)}</h1>
<div class="info">{lines}</div>
{html(a, lambda rows: '<div class="sourceCode"><pre class="sourceCode python"><code class="sourceCode python">' + escape(chr(10).join(rows), quote=False) + "</code></pre></div>")}
</div>
<div id="footer">Site proudly generated by <a href="http://jaspervdj.be/hakyll">Hakyll</a></div></body></html>
""", "" if a.number % 2 else a.author, a.day)  # fmt: skip


def handmade(a: Article) -> Page:
    """Pages written in an editor: a table for layout, a bare document, or a spare modern one; little is marked up."""
    day, long = f"{a.day.day} {a.day:%B} {a.day.year}", f"{a.day:%B} {a.day.day}, {a.day.year}"
    match a.number // 8 % 3:
        case 0:
            return Page(f"https://{a.host}/writing/{a.slug}.html", f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{escape(a.title)}</title></head>
<body bgcolor="#ffffff"><table width="760" border="0" cellpadding="8"><tr><td valign="top" width="140"><font size="2"><a href="/index.html">home</a><br><a href="/writing/">writing</a><br><a href="/me.html">me</a><br><br><b>links</b><br><a href="https://friend-four.example/">Friend Four</a></font></td>
<td valign="top"><font size="5"><b>{escape(a.title)}</b></font><br><font size="2" color="#666666">by {a.author}, {day}</font>
{html(a)}
<hr><font size="1">&copy; {a.author}. Best viewed with your eyes.</font></td></tr></table></body></html>
""", a.author, a.day)  # fmt: skip
        case 1:
            return Page(f"https://{a.host}/{a.slug}", f"""<!doctype html>
<meta charset=utf-8><title>{escape(a.title)}</title>
<h1>{escape(a.title)}</h1>
<p>{long}
{html(a)}
<hr>
<address>{a.author} &middot; <a href="mailto:post@{a.host}">post@{a.host}</a> &middot; <a href="/">index</a></address>
""", a.author, a.day)  # fmt: skip
        case _:
            return Page(f"https://{a.host}/notes/{a.slug}/", f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>{escape(a.title)} | {a.blog}</title><link rel=me href="https://social.example/@{a.author.split()[0].lower()}"></head>
<body class="h-entry"><a href="/" class="back">← {a.blog}</a>
<main><h1 class="p-name">{escape(a.title)}</h1><p class="dateline"><time class="dt-published" datetime="{a.day}">{long}</time></p>
<div class="e-content">
{html(a)}
</div></main>
<footer><p>Written by <a class="p-author h-card" rel="author" href="/">{a.author}</a>. If you found a mistake, tell me.</p><p>Previously: <a href="/notes/p/">{escape(a.others[0])}</a></p></footer></body></html>
""", a.author, a.day)  # fmt: skip


ENGINES = (wordpress, ghost, hugo, jekyll, blogger, octopress, hakyll, handmade)


def make() -> dict[str, str]:
    """File name → content of every page and of expected.json."""
    files: dict[str, str] = {}
    expected = []
    for article in read_articles((HERE / "articles.txt").read_text(encoding="utf-8")):
        engine = ENGINES[article.number % len(ENGINES)]
        page = engine(article)
        name = f"{article.number:02d}-{engine.__name__}.html"
        files[name] = page.html
        expected.append({
            "file": name, "engine": engine.__name__, "url": page.path, "title": article.title, "author": page.author,
            "date": str(page.day) if page.day else None, "links": links(article), "text": plain(article),
        })  # fmt: skip
    files["expected.json"] = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    return files


if __name__ == "__main__":
    for file, content in make().items():
        (HERE / file).write_text(content, encoding="utf-8")
