"""Statements of pages about their owner: names, contact points, age, opt-out requests."""

from datetime import date

import pytest

from generator.records import ContactKind, NameSource
from tests.factories.extract import PROSE, article, atom, page, read, read_feed


def about(inner, *, url="https://a.example/about/", **options):
    return read(page(f"<main><h1>About</h1>{inner}</main>", title="About – Powder Lines", **options), url=url)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param("<p>Hi! I'm Ada Example, a splitboarder.</p>", [("Ada Example", "about page")], id="I'm"),
        pytest.param("<p>My name is Ada van der Berg. I ride.</p>", [("Ada van der Berg", "about page")], id="my name is"),
        pytest.param("<p>I’m Zoë Ångström – and I ski.</p>", [("Zoë Ångström", "about page")], id="accents"),
        pytest.param("<p>I am Currently Writing a book. I'm Happy To help.</p>", [], id="no name"),
        pytest.param("<div class='h-card'><span class='p-name'>سارة 🏔️</span></div>", [("سارة 🏔️", "h-card")], id="arabic with emoji"),
        pytest.param("<div class='h-card'><a class='u-url p-name' href='/'>../../x</a></div>", [("../../x", "h-card")], id="a path for a name"),
        pytest.param("<div class='h-card'><a class='u-url p-name' href='/'>" + "x" * 5_000 + "</a></div>", [], id="huge name"),
        pytest.param("<p>© 2009–2025 Ada Example. All rights reserved.</p>", [("Ada Example", "copyright line")], id="copyright"),
        pytest.param("<p>Copyright (c) 2025 by Powder Society</p>", [("Powder Society", "copyright line")], id="copyright in words"),
        pytest.param("<p>© 2025</p>", [], id="copyright without a name"),
    ],
)  # fmt: skip
def test_names_on_own_pages(inner, expected):
    """Names come from where they are stated, in the order of trust; a sentence is not a name."""
    assert [(one.name, str(one.found)) for one in about(inner).mentions] == expected


def test_most_trusted_first_and_once():
    """A name found several times is one mention, from the most trusted source, with the address that any of them gives."""
    inner = "<p>I'm Ada Example.</p><a rel='author' href='https://ada.example/'>Ada Example</a><p>© 2025 Ada Example</p><p class='h-card'>Ada Example</p>"

    assert [(one.name, one.found, one.url) for one in about(inner).mentions] == [
        ("Ada Example", NameSource.H_CARD, "https://ada.example/")
    ]


@pytest.mark.parametrize(
    "name", ["Powder Society", "The Rope Project", "Rope Inc.", "Seilbau GmbH", "Example Foundation"]
)
def test_organisations_are_marked(name):
    """A name with a word of an organisation is marked as an organisation."""
    assert [one.organisation for one in about(f"<p class='h-card'>{name}</p>").mentions] == [True]


def test_site_title_counts_only_as_a_name_found_elsewhere():
    """A home page called like its owner repeats the name; a title alone does not name the owner."""
    named = read(page(f"<p>{PROSE}</p><p>© Ada Example</p>", title="Ada Example"), url="https://a.example/")
    unnamed = read(page(f"<p>{PROSE}</p>", title="Powder Lines"), url="https://a.example/")

    assert [(one.name, one.found) for one in named.mentions] == [("Ada Example", NameSource.COPYRIGHT)]
    assert unnamed.mentions == ()


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param("<p>Write to <a href='mailto:Ada@A.example?subject=hi'>me</a>.</p>", [("ada@a.example", "Write to me.")], id="mailto"),
        pytest.param("<p>I read ada@a.example daily.</p>", [("ada@a.example", "I read ada@a.example daily.")], id="plain"),
        pytest.param("<p>ada [at] a [dot] example</p>", [("ada@a.example", "ada [at] a [dot] example")], id="brackets"),
        pytest.param("<p>Mail me: ada at mail dot a dot example</p>", [("ada@mail.a.example", "Mail me: ada at mail dot a dot example")], id="words"),
        pytest.param("<p>Mail ada (at) a.example</p>", [("ada@a.example", "Mail ada (at) a.example")], id="half hidden"),
        pytest.param("<p>Mail &#97;da&#64;a.example</p>", [("ada@a.example", "Mail ada@a.example")], id="entities"),
        pytest.param("<p><a href='mailto:ada%40a.example'>Mail</a></p>", [("ada@a.example", "")], id="percent"),
        pytest.param("<p><a href='/cdn-cgi/l/email-protection#2a4b4e4b6a4b044f524b475a464f'>Mail</a></p>", [("ada@a.example", "")], id="shielded link"),
        pytest.param("<p>Mail <span data-cfemail='2a4b4e4b6a4b044f524b475a464f'>[email protected]</span></p>", [("ada@a.example", "")], id="shielded words"),
        pytest.param("<p>Mail <span data-cfemail='2a4b4e4bzz'>[email protected]</span> <span data-cfemail=''>x</span></p>", [], id="broken shield"),
        pytest.param("<p>I was born at home dot whatever.</p>", [], id="a sentence"),
        pytest.param("<p>She works at example.org as a guide.</p>", [], id="works at"),
        pytest.param("<p>Clone git@github.com or ask you@example.com</p>", [], id="placeholders"),
        pytest.param("<pre>user.email = bo@b.example</pre>", [], id="listing"),
        pytest.param("<img src='ada@2x.png' alt='ada@2x.png'>", [], id="picture"),
    ],
)  # fmt: skip
def test_addresses(inner, expected):
    """Addresses are taken where they are plainly offered, with the words around them."""
    assert [(one.value, one.sentence) for one in about(inner).contacts if one.kind is ContactKind.EMAIL] == expected


def test_no_address_out_of_posts():
    """An address inside a post or a comment may be a third person's; one in the footer is the site's."""
    shield = "<span data-cfemail='2a4b4e4b6a4b044f524b475a464f'>[email protected]</span>"
    after = (
        "<div class='comments'><p>me@troll.example</p></div><footer><a href='mailto:ada@a.example'>Mail</a></footer>"
    )
    extraction = read(
        page(
            article("<p>Thanks to bo@b.example and <a href='mailto:cy@c.example'>Cy</a>." + shield + "</p>"),
            after=after,
        )
    )

    assert [one.value for one in extraction.contacts] == ["ada@a.example"]


def test_no_encoded_address_beside_comments():
    """On a page with comments, an encoded address may be a commenter's."""
    shield = "<span data-cfemail='2a4b4e4b6a4b044f524b475a464f'>[email protected]</span>"
    page_alone = f"<p>Mail {shield}</p>"

    assert [one.value for one in about(page_alone).contacts] == ["ada@a.example"]
    assert about(f"{page_alone}<div class='comments'><p>Write to {shield}</p></div>").contacts == ()


@pytest.mark.parametrize("url", ["https://a.example/", "https://a.example/sponsors/"])
def test_no_address_out_of_crowded_pages(url):
    """On a home page that shows posts, and on pages about many people, an address in the text may be another person's."""
    extraction = read(page(article("<p>Thanks to bo@b.example!</p>")), url=url)

    assert extraction.contacts == ()


def test_address_offered_beside_posts():
    """A home page full of text or of links to posts still gives the address linked in "write me", and no other."""
    prose = f"<p>{PROSE}</p>" * 30
    offered = "<p>If you want to reach me, <a href='mailto:ada@a.example'>write me</a>.</p>"
    named = "<p>Thanks to <a href='mailto:bo@b.example'>Bo</a>, and to cy@c.example, for mail.</p>"
    quoted = "<blockquote><p>Write to me at <a href='mailto:di@d.example'>my desk</a>.</p></blockquote>"
    body = f"<div id='content'>{offered}{named}{quoted}{prose}</div>"

    home, post = (read(page(inner), url="https://a.example/") for inner in (body, article(body)))

    assert [(one.value, one.sentence) for one in home.contacts] == [
        ("ada@a.example", "If you want to reach me, write me."),
    ]  # fmt: skip
    assert post.contacts == ()


def test_label_of_an_icon_is_no_evidence():
    """The label of an image or button is not quoted as evidence of an address."""
    (contact,) = about("<p><a href='mailto:ada@a.example'><span>✉️</span></a><a href='/cv.pdf'>CV</a></p>").contacts

    assert (contact.value, contact.sentence, contact.found_on) == ("ada@a.example", "", "https://a.example/about/")


def test_contact_has_place_and_day():
    """A contact point has the page and the day it was seen."""
    (contact,) = about("<p><a href='mailto:ada@a.example'>Mail</a></p>").contacts

    assert (contact.found_on, contact.seen_on) == ("https://a.example/about/", date(2025, 6, 1))


def test_forms_and_accounts():
    """A form to write a message in and rel=me accounts are contact points; search and comment forms are not."""
    form = "<form action='https://formspree.io/f/x'><input name='email'><textarea name='message'></textarea></form>"
    noise = "<form action='/search'><input name='s'></form><form id='commentform'><textarea name='comment'></textarea></form>"
    extraction = about(
        f"{noise}{form}<a rel='me' href='https://github.com/ada'>G</a><a rel='me' href='https://ada.example/'>H</a>"
    )

    assert [(one.kind, one.value) for one in extraction.contacts] == [
        (ContactKind.FORM, "https://a.example/about/"), (ContactKind.ACCOUNT, "https://github.com/ada"),
    ]  # fmt: skip
    assert [one.kind for one in about(noise).contacts] == []


@pytest.mark.parametrize(
    ("words", "minor"),
    [
        ("Hi, I am 15 years old and I ride.", True),
        ("I'm a 16-year-old rider from Graz.", True),
        ("I’m fifteen years old.", True),
        ("I'm 17 and love snow.", True),
        ("I am 18 years old.", False),
        ("I am 35 years old.", False),
        ("When I was 15 years old I fell.", False),
        ("My son says he is 12 years old.", False),
        ("I am 10 kilometres away.", False),
    ],
)
def test_minors(words, minor):
    """An owner who states an age under 18 is marked; memories, other people and other numbers do not count."""
    assert about(f"<p>{words}</p>").states_minor is minor


def test_quoted_minor():
    """An age in a quotation is not the owner's."""
    assert about("<blockquote><p>I am 15 years old.</p></blockquote>").states_minor is False


@pytest.mark.parametrize(
    "words",
    [
        "Please do not list this blog in directories or rankings.",
        "Please don't index my site.",
        "I do not want to be included in any blog directory.",
        "Kindly leave me out of your lists.",
        "Don’t add us to rankings, please.",
        "I don't want to appear on any list of bloggers.",
        "Bitte nehmt dieses Blog in keine Verzeichnisse auf.",
        "请不要把本站收录到任何目录。",
    ],
)
def test_opt_out_request(words):
    """The sentence by which a site asks not to be listed is kept verbatim."""
    assert about(f"<p>I ride. {words} Thanks.</p>").opt_out_request == words


@pytest.mark.parametrize(
    "words",
    [
        "Please do not list your gear here.",
        "Never add me to your mailing list.",
        "We do not include tracking.",
        "Index funds are dull.",
    ],
)
def test_no_opt_out_request(words):
    """Sentences with similar words are not opt-out requests."""
    assert about(f"<p>{words}</p>").opt_out_request == ""


def test_an_opt_out_request_in_a_footer_counts_on_every_page():
    """A request in the frame counts on the page of a post; the same words in the post may be a quotation."""
    request = "<p>Please do not list this blog in rankings.</p>"

    assert (
        read(page(article(""), after=f"<footer>{request}</footer>")).opt_out_request
        == "Please do not list this blog in rankings."
    )
    assert read(page(article(request))).opt_out_request == ""


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("<p class='nocomments'>Comments are closed.</p>", False),
        ("<form id='commentform'></form>", True),
        ("<div id='disqus_thread'></div>", True),
        ("<script src='https://utteranc.es/client.js'></script>", True),
        ("", None),
    ],
)
def test_comments_open(after, expected):
    """Whether readers can comment is known only where the page shows it."""
    assert read(page(article(""), after=after)).comments_open is expected


def test_own_words_of_an_about_page():
    """Without a description the first paragraph of an about page is the description of its site."""
    words = "I have taught avalanche courses in the Tarentaise since 1998 and write about what goes wrong."

    assert about(f"<p>Hello.</p><p>{words}</p>").description == words
    assert about(f"<p>{words}</p>").text == words or about(f"<p>{words}</p>").text.endswith(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param("I'm Rufus Farrow. This is where I write about snow.", "Rufus Farrow", id="a sentence follows"),
        pytest.param("I'm Bram de Wit. There is more below.", "Bram de Wit", id="a particle"),
        pytest.param("Well met, my name is Rhys Pemberton and I ski.", "Rhys Pemberton", id="lower case"),
    ],
)
@pytest.mark.parametrize("markup", ["<p>{}</p>", "<p class='h-card'>{}</p>"], ids=["prose", "card"])
def test_an_introduction_gives_the_name_alone(words, name, markup):
    """An introduction gives the name in it, even where the whole sentence is marked up as the name."""
    found = about(markup.format(words)).mentions

    assert [one.name for one in found if one.name == name or " is" in one.name] == [name]


@pytest.mark.parametrize("credit", ["Powered by Ghost", "Theme by Bo Example", "Made with Hugo"])
def test_credits_are_not_names(credit):
    """A credit for software is not an author."""
    extraction = read(
        page(f"<p>{PROSE}</p>", after=f"<footer>© 2025<div>{credit}</div></footer>"), url="https://a.example/"
    )

    assert extraction.mentions == ()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        pytest.param("Michael Gattozzi", ["Michael Gattozzi"], id="a person's"),
        pytest.param("Will Crown", ["Will Crown"], id="a given name that is a word"),
        pytest.param("Splitboard Bindings Guide Archive", [], id="a guide"),
        pytest.param("Powder Lines", [], id="what a site is called"),
        pytest.param("Quiet Crown", [], id="words of the text"),
        pytest.param("Crooked", [], id="one word"),
        pytest.param("Porch, Green", [], id="pieces"),
        pytest.param("Snow Safety and Avalanche Rescue", [], id="pieces that could be names"),
    ],
)
def test_a_title_as_author(title, names):
    """A feed's author that repeats its title is a name only where the title could be a person's; its pieces are not."""
    words = "A quiet crown will hold. The crown was quiet, and it will be quiet."
    entry = f"<entry><title>A</title><link href='https://a.example/a'/><content type='html'>{words}</content></entry>"
    feed = atom(entry, feed=f"<author><name>{title}</name></author>").replace(
        "Powder Lines</title>", f"{title}</title>"
    )

    assert [one.name for one in read_feed(feed).posts[0].authors] == names


def test_an_address_with_the_name_in_it_does_not_make_it_a_common_word():
    """An owner's name in lower case in addresses is still a name."""
    inner = "<p>manuel.uberti@a.example, https://github.com/manuel-uberti, manuel.uberti@b.example</p><p>© Manuel Uberti</p>"

    assert [one.name for one in read(page(inner, title="Manuel Uberti"), url="https://a.example/").mentions] == [
        "Manuel Uberti"
    ]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("Rust and WebAssembly WG", ["Rust and WebAssembly WG"]),
        ("Powder Society and Rope Team", ["Powder Society and Rope Team"]),
        ("Ada Example and Bo Example", ["Ada Example", "Bo Example"]),
    ],
)
def test_only_names_of_people_are_taken_apart(raw, names):
    """An author string is split at "and" only where both halves are names of persons."""
    feed = atom(f"<entry><link href='https://a.example/a'/><author><name>{raw}</name></author></entry>")

    assert [one.name for one in read_feed(feed).posts[0].authors] == names


def test_an_address_element_signs_a_page():
    """Without any other byline the address element at the end of a page names its author, and is not text."""
    markup = f"<title>Slab</title><h1>Slab</h1><p>May 5, 2023<p>{PROSE * 3}<hr><address>Ada Example &middot; <a href='/'>index</a></address>"
    (post,) = read(markup).posts

    assert ([one.name for one in post.authors], post.published_at.date()) == (["Ada Example"], date(2023, 5, 5))
    assert post.text.startswith("The north face")
    assert post.text.endswith("hoped.")
