"""The report as a client meets it: double-clicked, offline, on a phone, in the dark, on paper."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

PAGES = ("index.html", "people/index.html", "people/cy-quote.html", "people/flora-long.html", "circles/index.html",
         "circles/splitboard.html", "map/index.html", "conversation/index.html", "brief/index.html",
         "changes/index.html", "changes/since-2025-12-31.html", "tags/index.html", "tags/avalanche-airbags.html",
         "method/index.html", "data/index.html")  # fmt: skip
PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True}
SMALL = {"viewport": {"width": 320, "height": 640}}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
NO_SCRIPTS = {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False}


def settle(page) -> None:
    page.wait_for_timeout(150)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_complains_or_asks_anybody(watched, path):
    """No console error or warning, no request but to files of the site, nothing hostile ran."""
    page = watched.open(path)
    settle(page)

    assert (watched.complaints, watched.asked) == ([], [])
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("watched", [PHONE, SMALL], indirect=True, ids=["375", "320"])
def test_a_phone_never_scrolls_sideways(watched):
    """Every page fits 375 and 320 px."""
    wide = {}
    for path in PAGES:
        page = watched.open(path)
        settle(page)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert wide == dict.fromkeys(PAGES, 0)


def test_search_finds_a_name_offline(watched):
    """From file://, on a page deep in the site, a name leads to its profile; a hostile name stays text."""
    page = watched.open("people/mrym.html")
    page.locator(".md-search__input").press_sequentially("dee")
    found = page.locator(".md-search-result__link").first
    found.wait_for()

    assert "<img src=x onerror=window.pwned=1>" in found.inner_text()
    assert page.evaluate("window.pwned") is None
    found.click()
    page.wait_for_url("**/people/dee-img.html**")
    assert (watched.complaints, watched.asked) == ([], [])


def test_search_finds_an_arabic_name(watched):
    """Names in any script are found."""
    page = watched.open("index.html")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("مريم")
    page.keyboard.press("End")
    page.locator(".md-search-result__link").first.wait_for()

    assert "people/mrym.html" in page.locator(".md-search-result__link").first.get_attribute("href")


def test_a_table_sorts_and_filters(watched):
    """A click on a head sorts; words and choices narrow; the count is said."""
    page = watched.open("people/index.html")
    shown = page.locator('[data-inf-table="people"] tbody tr:visible .inf-person')
    page.get_by_role("button", name="Cited by").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert shown.first.inner_text() == 'Cy "quote" | pipe [x](javascript:alert(1)) {{ 7*7 }}'

    page.locator('[data-inf-filter="find"]').fill("SAM")
    assert shown.all_inner_texts() == ["Sam Twin", "Sam Twin"]
    page.locator('[data-inf-filter="door"]').select_option("closed")
    assert shown.count() == 1
    assert page.locator("[data-inf-filter-count]").inner_text() == "1 of 12"


def test_the_map_opens_at_a_deep_link(watched):
    """#slug focuses a person: their panel, their link, and an address that can be passed on."""
    page = watched.open("map/index.html#ada-example")
    page.locator("[data-inf-network-ready]").wait_for()

    assert page.locator(".inf-network__name").inner_text() == "Ada Example"
    assert page.locator("[data-inf-network-panel] a").get_attribute("href") == "../people/ada-example.html"
    assert (watched.complaints, watched.asked) == ([], [])


def test_the_map_finds_names_and_circles(watched):
    """Search by name, filter by circle, and back to all; names in the panel are text."""
    page = watched.open("map/index.html")
    page.locator("[data-inf-network-find]").fill("eve")
    page.locator("[data-inf-network-find]").press("Enter")
    assert page.locator(".inf-network__name").inner_text() == 'Eve "><svg onload=window.pwned=1>'
    assert page.url.endswith("#eve-breakout")

    page.locator("[data-inf-network-circle]").select_option("park")
    assert page.url.endswith("#circle=park")
    assert page.locator("[data-inf-network-panel]").is_hidden()
    page.get_by_role("button", name="Show all").click()
    assert "#" not in page.url
    assert page.evaluate("window.pwned") is None


def test_the_map_never_moves_by_itself(watched):
    """Two pictures a second apart are the same."""
    page = watched.open("map/index.html")
    canvas = page.locator("[data-inf-network-ready] canvas")
    canvas.wait_for()
    settle(page)
    before = canvas.evaluate("c => c.toDataURL()")
    page.wait_for_timeout(1000)

    assert canvas.evaluate("c => c.toDataURL()") == before


@pytest.mark.parametrize("watched", [DARK], indirect=True, ids=["dark"])
def test_dark_mode_is_followed_and_legible(watched):
    """The system's dark is the report's dark, and quiet text keeps a contrast of 4.5 on it."""
    page = watched.open("people/index.html")
    settle(page)

    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    contrast = page.evaluate("""() => {
      const lum = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const draw = document.createElement('canvas').getContext('2d');
      const paint = (layers) => { draw.clearRect(0, 0, 1, 1); layers.forEach((l) => { draw.fillStyle = l; draw.fillRect(0, 0, 1, 1); });
        return [...draw.getImageData(0, 0, 1, 1).data].slice(0, 3); };
      const back = getComputedStyle(document.body).backgroundColor;
      const text = getComputedStyle(document.querySelector('.inf-table thead th')).color;
      const [a, b] = [lum(paint([back, text])), lum(paint([back]))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }""")
    assert contrast >= 4.5


@pytest.mark.parametrize("watched", [NO_SCRIPTS], indirect=True, ids=["no scripts"])
def test_everything_is_readable_without_scripts(watched):
    """Cards, tables and a still map are there; controls that would do nothing are not."""
    page = watched.open("people/index.html")
    assert page.locator('[data-inf-table="people"] tbody tr:visible').count() == 12
    assert page.locator("[data-inf-filter]:visible").count() == 0

    page.goto(f"file://{watched.site}/conversation/index.html")
    assert page.locator("svg.inf-compare__chart").is_visible()
    assert page.locator("[data-inf-compare-choices]").is_hidden()

    page.goto(f"file://{watched.site}/map/index.html")
    assert page.locator("svg.inf-drawn__map").is_visible()
    assert page.locator("[data-inf-network-find]:visible").count() == 0


def test_the_brief_prints_a_sheet_a_person(watched):
    """On A4 and Letter each of the five sheets begins a page and fits it: two pages before, two of duties after."""
    page = watched.open("brief/index.html")

    for paper in ("A4", "Letter"):
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper)))
        assert pages == 9, paper


def test_courses_can_be_compared(watched):
    """Up to three chosen courses are drawn as lines that differ in dash as well as colour, and listed in the table."""
    page = watched.open("conversation/index.html")
    choices = page.locator(".inf-compare__choose select")
    assert choices.count() == 3
    assert page.locator(".inf-compare__line").count() == 3

    choices.nth(0).select_option(label="Ada Example")
    choices.nth(1).select_option(label="nothing")
    assert page.locator(".inf-compare__line").count() == 2
    assert page.locator("[data-inf-compare-table] thead th").all_text_contents() == [
        "Period", "Ada Example", "split kit", "Posts read",
    ]  # fmt: skip
    assert page.locator("[data-inf-compare-table] tbody tr").first.locator("td").all_text_contents() == [
        "January 2026", "2", "6", "11",
    ]  # fmt: skip
    assert (watched.complaints, watched.asked) == ([], [])


def test_a_redrawn_chart_equals_the_one_without_scripts(watched):
    """Choosing the first terms again gives the lines and labels of the page's own chart, to a tenth of a unit."""
    page = watched.open("conversation/index.html")
    drawn = """() => Object.fromEntries([...document.querySelectorAll("[data-inf-compare-lines] > g")].map((g) => [
      g.querySelector("text").textContent,
      [...g.querySelector("polyline").getAttribute("points").split(/[ ,]/), g.querySelector("text").getAttribute("x"),
       g.querySelector("text").getAttribute("y")].map((v) => Math.round(parseFloat(v) * 10) / 10)]))"""
    before = page.evaluate(drawn)
    choices = page.locator(".inf-compare__choose select")
    choices.nth(1).select_option(label="nothing")
    choices.nth(1).select_option(value="1")

    assert len(before) == 3
    assert page.evaluate(drawn) == {label: pytest.approx(values, abs=0.11) for label, values in before.items()}
    assert (watched.complaints, watched.asked) == ([], [])


def test_a_subject_finds_its_people(watched):
    """The people table filters by what people write about, by choice and by word."""
    page = watched.open("people/index.html")
    shown = page.locator('[data-inf-table="people"] tbody tr:visible .inf-person')
    page.locator('[data-inf-filter="tags"]').select_option("avalanche-airbags")
    assert shown.all_inner_texts() == ["Ada Example", "Bo <script>window.pwned=1</script>"]

    page.locator('[data-inf-filter="tags"]').select_option("")
    page.locator('[data-inf-filter="find"]').fill("airbags")
    assert shown.count() == 2


@pytest.mark.parametrize("watched", [PHONE], indirect=True, ids=["375"])
def test_a_phone_reaches_every_page_through_the_menu(watched):
    """Pages without a sidebar still open the drawer."""
    page = watched.open("people/ada-example.html")
    page.locator("label.md-header__button[for=__drawer]").click()
    page.wait_for_timeout(400)

    assert page.locator(".md-sidebar--primary .md-nav__link:visible").count() >= 9
