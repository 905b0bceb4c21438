"""No content of a page ends a build: every text of a report hostile, rendered and published as far as the zip."""

from __future__ import annotations

import json
import zipfile

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.publish import foreign_requests, publish_site
from generator.render import render_report
from tests.factories import report as fixture_report
from tests.factories.hostile import HOSTILE, hostile_report

TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=40))
# A canonical address: what may stand behind the host of one.
ENDINGS = st.text(st.sampled_from("abc/.-_~!$&'()*+,;=:@%?#{}|<>\"`^[]\\王é\u202e\ud800"), max_size=12)
FOUND_AS_DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a whole report takes minutes
REPORT = fixture_report.make_report()


def drawn(data, *, texts: int = 40):
    """The report with texts from a drawn list, one after the other."""
    found = data.draw(st.lists(TEXTS, min_size=1, max_size=texts))
    calls = iter(range(10**9))
    return hostile_report(REPORT, lambda: found[next(calls) % len(found)], data.draw(ENDINGS))


@settings(max_examples=25, phases=FOUND_AS_DRAWN)
@given(st.data())
def test_any_text_can_be_rendered(data):
    """Every body and file can be written, and no text becomes an element that loads or runs something."""
    site = render_report(drawn(data), fixture_report.topic())

    for page in (*site.pages, *site.handoff_pages):
        tree = LexborHTMLParser(page.body.encode().decode())
        assert not tree.css("img,iframe,object,embed,form,base,meta,link,style"), page.path
    json.loads(next(file.content for file in site.files if file.path == "data/people.json"))


@settings(max_examples=3, phases=FOUND_AS_DRAWN)
@given(st.data())
def test_any_text_can_be_published(tmp_path_factory, data):
    """The site is built and zipped whatever its texts say; the guard against foreign requests stays quiet."""
    out = tmp_path_factory.mktemp("hostile")
    topic = fixture_report.topic()
    site = render_report(drawn(data), topic)
    published = publish_site(site, out, settings=topic.site, topic_slug="snow", as_of=fixture_report.AS_OF)

    assert list(foreign_requests(published.site)) == []
    with zipfile.ZipFile(published.zip) as bundle:
        assert bundle.testzip() is None
        assert {f"snow-report/{page.path}" for page in site.pages} <= set(bundle.namelist())


def test_every_known_hostile_text_can_be_published(tmp_path):
    """Each of them in some field of one report."""
    topic, calls = fixture_report.topic(), iter(range(10**9))
    report = hostile_report(REPORT, lambda: HOSTILE[next(calls) % len(HOSTILE)], "//evil.example/x")
    site = render_report(report, topic)
    published = publish_site(site, tmp_path, settings=topic.site, topic_slug="snow", as_of=fixture_report.AS_OF)

    assert published.zip.is_file()
    assert next(calls) > 2 * len(HOSTILE)
