"""Links and the sentences around them."""

import re

import pytest

from generator.records import PageKind
from tests.factories.extract import PROSE, article, page, read, read_post


def body_links(inner):
    return [(link.target, link.text, link.sentence) for link in read_post(inner).links if link.in_body]


def test_sentence_around_a_link():
    """A link has the sentence that contains it, and no other."""
    inner = "<p>Nobody rides alone. Bo’s <a href='https://b.example/x'>notes on <em>rope</em> care</a> are the best I know! Read them.</p>"

    assert body_links(inner) == [
        ("https://b.example/x", "notes on rope care", "Bo’s notes on rope care are the best I know!")
    ]


def test_footnote_arrow_is_not_part_of_its_sentence():
    """The sentence ends before the arrow that leads back from a footnote, and is still verbatim text of the post."""
    inner = "<p>As <a href='https://b.example/x'>Bo</a> said of ropes in 2019. <a href='#r1'>↩︎</a></p>"
    post = read_post(inner)

    assert body_links(inner)[0] == ("https://b.example/x", "Bo", "As Bo said of ropes in 2019.")
    assert "As Bo said of ropes in 2019." in post.text


def test_repeated_words_do_not_mislead():
    """The sentence is found by the position of the link, not by its text."""
    inner = "<p>Look here first. And then look <a href='https://b.example/x'>here</a> as well.</p>"

    assert body_links(inner) == [("https://b.example/x", "here", "And then look here as well.")]


def test_long_sentence_is_cut_around_the_link():
    """A long sentence is cut at word ends around the link, at most 280 characters, still verbatim between the marks."""
    words = "and the slab held while we waited "
    inner = f"<p>It was late {words * 12}until <a href='https://b.example/x'>Bo wrote</a> to us {words * 12}again.</p>"
    ((_, _, sentence),) = body_links(inner)

    assert len(sentence) <= 280
    assert sentence.startswith("…")
    assert sentence.endswith("…")
    assert "until Bo wrote to us" in sentence
    assert sentence.strip("…") in f"It was late {words * 12}until Bo wrote to us {words * 12}again."


def test_sentence_never_spans_what_was_left_out():
    """A button inside a paragraph ends the quote: nothing is quoted across a gap."""
    inner = "<p>Before it <button>Share this</button> we read <a href='https://b.example/x'>Bo</a> twice.</p>"

    assert body_links(inner) == [("https://b.example/x", "Bo", "we read Bo twice.")]


def test_empty_icons_leave_no_gap():
    """An image without text does not cut a sentence."""
    inner = "<p>We read <a href='https://b.example/x'>Bo<svg><path d='M0'/></svg></a> twice.</p>"

    assert body_links(inner) == [("https://b.example/x", "Bo", "We read Bo twice.")]


def test_line_breaks_make_paragraphs():
    """Two line breaks end a paragraph on hand-written pages; one does not."""
    inner = "<p>One line<br>goes on<br><br>We read <a href='https://b.example/x'>Bo</a> twice</p>"

    assert body_links(inner) == [("https://b.example/x", "Bo", "We read Bo twice")]


def test_link_in_a_listing():
    """In a code listing the line is the sentence."""
    inner = "<pre>first line\ncurl <a href='https://b.example/x'>the tool</a> | sh\nlast line</pre>"

    assert body_links(inner) == [("https://b.example/x", "the tool", "curl the tool | sh")]


def test_image_link():
    """A linked image has its alternative text as its text, and no sentence."""
    inner = "<p><a href='https://b.example/x'><img src='p.png' alt='The face'></a></p>"

    assert body_links(inner) == [("https://b.example/x", "The face", "")]


def test_link_around_blocks():
    """A link around a whole card counts once, with the card's first words."""
    inner = "<a href='https://b.example/x'><h3>Rope care</h3><p>How to wash it.</p></a>"

    assert body_links(inner) == [("https://b.example/x", "Rope care", "Rope care")]


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param("<nav>{}</nav>", id="nav"),
        pytest.param("<aside>{}</aside>", id="aside"),
        pytest.param("<footer>{}</footer>", id="footer"),
        pytest.param("<div class='sharedaddy sd-sharing'>{}</div>", id="share"),
        pytest.param("<ul class='post-navigation'><li>{}</li></ul>", id="post-navigation"),
        pytest.param("<div class='jp-relatedposts'>{}</div>", id="related"),
        pytest.param("<div class='author-bio'>{}</div>", id="author-bio"),
        pytest.param("<div role='navigation'>{}</div>", id="role"),
        pytest.param("<form>{}</form>", id="form"),
    ],
)
def test_furniture_inside_an_article(furniture):
    """Furniture is not body text, even inside the article."""
    post = read_post(furniture.format("<a href='https://b.example/x'>Bo</a>"))

    assert [(link.target, link.in_body) for link in post.links] == [("https://b.example/x", False)]
    assert "Bo" not in post.text


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(
            "<blockquote><p>Rope ages.</p><footer><a href='https://b.example/x'>Bo</a></footer></blockquote>",
            id="attribution",
        ),
        pytest.param(
            "<aside class='footnotes'><p>See <a href='https://b.example/x'>Bo</a></p></aside>", id="footnotes"
        ),
        pytest.param("<aside role='note'><a href='https://b.example/x'>Bo</a></aside>", id="note"),
        pytest.param("<table><tr><td><a href='https://b.example/x'>Bo</a></td></tr></table>", id="table"),
        pytest.param("<ul><li><a href='https://b.example/x'>Bo</a></ul>", id="list"),
    ],
)
def test_body_in_unusual_places(part):
    """Attributions, footnotes, notes, tables and lists belong to the text."""
    assert [link.in_body for link in read_post(part).links] == [True]


def test_comments_are_not_text_of_the_post():
    """Links in comments are marked, and their text is not part of the post."""
    thread = "<div id='comments'><p>Nice! See <a href='https://c.example/'>my blog</a>.</p></div>"
    (post,) = read(page(article("<p>End.</p>"), after=thread)).posts

    assert [(link.target, link.in_body, link.in_comment) for link in post.links] == [
        ("https://c.example/", False, True)
    ]
    assert "my blog" not in post.text


def test_links_that_are_dropped():
    """Fragments, scripts, mail addresses, sharing addresses and the page itself are not links."""
    hrefs = (
        "#top",
        "javascript:void(0)",
        "mailto:bo@b.example",
        "https://twitter.com/intent/tweet?url=x",
        "slab",
        "https://",
        "",
    )
    inner = "".join(f"<p><a href='{href}'>x</a></p>" for href in hrefs)

    assert read_post(inner).links == ()


def test_rel_is_kept_in_lower_case():
    """The rel values of a link are kept."""
    assert [
        link.rel for link in read_post("<p><a rel='NoFollow sponsored' href='https://b.example/'>b</a></p>").links
    ] == [("nofollow", "sponsored")]


def test_links_are_capped_and_counted():
    """A page of 2,500 links gives 2,000 and records how many were dropped."""
    inner = "".join(f"<p><a href='https://b.example/{n}'>link {n}</a></p>" for n in range(2_500))
    extraction = read(page(article(inner)))
    count = len(extraction.posts[0].links if extraction.posts else extraction.links)

    assert (count, [gone.what for gone in extraction.dropped]) == (2_000, ["500 links"])


def test_internal_links_in_page_order():
    """Links of the same host come once each, in page order, with their text; files and other hosts do not."""
    before = "<nav><a href='/about'></a><a href='/archive'>Archive</a></nav>"
    after = "<footer><a href='/about'>About me</a><a href='/cv.pdf'>CV</a><a href='http://www.a.example/p/crust'>Crust</a></footer>"
    extraction = read(page(article("<p>See <a href='/p/rope#two'>rope</a>.</p>"), before=before, after=after))

    assert [(link.target, link.text, link.in_body) for link in extraction.internal] == [
        ("https://a.example/about", "About me", False),
        ("https://a.example/archive", "Archive", False),
        ("https://a.example/p/rope", "rope", True),
        ("http://www.a.example/p/crust", "Crust", False),
    ]


def test_base_element():
    """Relative links are resolved to the base element."""
    (post,) = read(page(article("<p><a href='x'>x</a></p>"), head="<base href='https://cdn.example/y/'>")).posts

    assert [link.target for link in post.links] == ["https://cdn.example/y/x"]


def test_feeds_and_accounts():
    """Declared feeds, comment feeds marked, and rel=me accounts are collected."""
    head = (
        "<link rel='alternate' type='application/rss+xml' title='Powder Lines' href='/feed'>"
        "<link rel='alternate' type='application/atom+xml; charset=utf-8' title='Comments' href='/comments/feed'>"
        "<link rel='alternate' type='application/feed+json' href='/feed.json'><link rel='alternate' hreflang='de' href='/de'>"
        "<link rel='me' href='https://social.example/@ada'>"
    )
    extraction = read(page(article(""), head=head, after="<a rel='me noopener' href='https://github.com/ada'>code</a>"))

    assert [(feed.url, feed.comments) for feed in extraction.feeds] == [
        ("https://a.example/feed", False), ("https://a.example/comments/feed", True), ("https://a.example/feed.json", False),
    ]  # fmt: skip
    assert extraction.rel_me == ("https://social.example/@ada", "https://github.com/ada")


def test_blogroll_page():
    """All outgoing links of a blogroll page are recommendations."""
    body = "<main><h1>Blogroll</h1><ul><li><a href='https://b.example/'>Bo</a> on ropes</li><li><a href='/p/x'>mine</a></li></ul></main>"
    extraction = read(page(body, title="Blogroll"), url="https://a.example/blogroll/")

    assert extraction.kind is PageKind.ABOUT
    assert [(link.target, link.sentence) for link in extraction.blogroll] == [("https://b.example/", "Bo on ropes")]


def test_blogroll_in_a_sidebar():
    """Links under a blogroll heading are recommendations anywhere in the page; links beside the list are not."""
    aside = (
        "<aside><h3>Blogs I read</h3><ul><li><a href='https://b.example/'>Bo</a></li></ul>"
        "<h3>Sponsors</h3><a href='https://s.example/'>S</a></aside>"
    )

    assert [link.target for link in read(page(article(""), after=aside)).blogroll] == ["https://b.example/"]


def test_every_sentence_is_verbatim():
    """Whatever the markup, a link's sentence is verbatim in the page but for white space, and holds the link's text."""
    inner = (
        "<p>First,\n  <b>Bo</b>&nbsp;and <a href='https://b.example/1'>Cy &amp; co</a>; e.g. <a href='https://b.example/2'>this</a>.</p>"
        "<ul><li>One <a href='https://b.example/3'>two</a><ul><li>three <a href='https://b.example/4'>four</a></ul>"
        "<div>Loose <a href='https://b.example/5'>text <p>with a paragraph</a> in it.</p></div>"
        "<p>Is it? “<a href='https://b.example/6'>Yes! No.</a>” she said.<sup><a href='#f1'>1</a></sup> Then <i>more</i>.</p>"
        "<dl><dt><a href='https://b.example/7'>T</a><dd>D</dl>日本語の<a href='https://b.example/8'>リンク</a>です。次。"
    )
    markup = page(article(inner))
    plain = re.sub(r"\W+", "", re.sub(r"<[^>]+>", " ", markup).replace("&nbsp;", " ").replace("&amp;", "&"))
    links = [link for link in read(markup).posts[0].links if link.in_body]

    assert len(links) == 8
    for link in links:
        assert re.sub(r"\W+", "", link.sentence) in plain
        assert link.text in link.sentence


def test_prose_fixture_is_long_enough():
    """The filler of these tests is long enough to be a main text."""
    assert len(PROSE * 3) > 700


@pytest.mark.parametrize(
    ("inner", "sentence"),
    [
        pytest.param(
            "<ul><li><a href='https://b.example/x'>Rope care.</a> How to wash it. By Bo.</li></ul>",
            "Rope care. How to wash it. By Bo.",
            id="list item",
        ),
        pytest.param(
            "<p>Bo washed a rope for science. <a href='https://b.example/x'>Read it here!</a></p>",
            "Bo washed a rope for science. Read it here!",
            id="end of a paragraph",
        ),
        pytest.param(
            "<p>See <a href='https://b.example/x'>Bo on ropes</a>. It is short.</p>",
            "See Bo on ropes.",
            id="says enough",
        ),
        pytest.param(
            "<p><a href='https://b.example/x'>Bo on ropes.</a> ↩︎</p>", "Bo on ropes.", id="nothing but an arrow"
        ),
    ],
)
def test_a_link_that_is_a_sentence_takes_its_neighbours_along(inner, sentence):
    """Where the linked words are a whole sentence, the sentences around it are added."""
    assert body_links(inner)[0][2] == sentence


def test_code_in_one_line_is_not_a_sentence():
    """A listing without line ends is not quoted, because its lines are separated by layout only."""
    lines = "".join(f"<span class='line'>let rope{n} = wash(rope, {n});</span>" for n in range(8))
    inner = f"<pre><code>{lines}<a href='https://b.example/x'>wash</a></code></pre>"

    assert body_links(inner) == [("https://b.example/x", "wash", "")]
