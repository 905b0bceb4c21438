"""The topic file: what is accepted, and how each kind of mistake is answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import ACCENTS, load_relationships, load_topic, starter_topic
from generator.errors import TopicError

FINE = """\
topic:
  name: Extreme snowboarding
  keywords: [splitboard, freeride]
seeds:
  - https://powderlines.example/
"""


@pytest.fixture
def problems(tmp_path: Path):
    """The lines a text is refused with, `topic.yaml:` cut off; [] where it is accepted."""

    def look(text: str | bytes, load=load_topic) -> list[str]:
        path = tmp_path / "topic.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            load(path)
        except TopicError as error:
            return [line.removeprefix(f"{path}").removeprefix(":").strip() for line in str(error).splitlines()]
        return []

    return look


def test_name_keywords_and_one_seed_are_enough(tmp_path):
    """Everything else has its documented default."""
    (tmp_path / "t.yaml").write_text(FINE)
    topic = load_topic(tmp_path / "t.yaml")

    assert topic.topic.keywords == ("splitboard", "freeride")
    assert (topic.crawl.hops, topic.crawl.max_sites, topic.shortlist.size, topic.site.accent) == (2, 300, 12, "indigo")
    assert topic.slug == "extreme-snowboarding"


def test_the_full_example_of_the_product_is_accepted(tmp_path):
    """Every section at once, dates as dates, paths relative to the file."""
    (tmp_path / "relationships.yaml").write_text("[]\n")
    (tmp_path / "t.yaml").write_text(
        FINE.replace("freeride]", "freeride]\n  exclude: [video game]\n  languages: [en]\n  since: 2024-01-01")
        + """\
  - hn:splitboarding
crawl: {contact: https://agency.example/crawler, hops: 2, max_sites: 300, max_pages_per_site: 150, delay_s: 1.0}
people:
  - same: [https://a.example/, https://b.example/]
    name: Ada Example
  - leave_out: https://spam.example/
    reason: link farm
scoring: {weights: {resonance: 0.3}}
insight: {personality: true}
brief:
  client: Alpine Flask
  offer: [early sample, ride-along]
  known: [https://friend.example/]
relationships: relationships.yaml
site: {title: null, url: null, logo: null, accent: teal}
"""
    )
    topic = load_topic(tmp_path / "t.yaml")

    assert topic.topic.since.isoformat() == "2024-01-01"
    assert topic.seeds[1] == "hn:splitboarding"
    assert topic.people[0].same == ("https://a.example/", "https://b.example/")
    assert topic.relationships == tmp_path / "relationships.yaml"


def test_every_problem_is_reported_at_once_in_file_order(problems):
    """One run of `check` shows all there is to mend, each at its line and column."""
    found = problems(
        "topic:\n  name: 2024\n  keyword: [a]\n  since: 2024-02-31\n"
        "seeds: [example.org, hm:rust]\ncrawl:\n  hops: 9\n  hops: 2\n"
    )

    assert found == [
        (
            "1:1: topic.keywords: is missing: Words and phrases people in this topic use; phrases are matched as"
            " phrases. Ten well-chosen ones are enough."
        ),
        '2:9: topic.name: needs text (2024): put it in quotation marks, "2024"',
        "3:3: topic.keyword: is not a key; did you mean `keywords`?",
        "4:10: topic.since: needs a day of the calendar (2024-02-31): write it as 2024-01-31",
        "5:9: seeds[0]: is not a full address (example.org): write https://example.org",
        "5:22: seeds[1]: is not a web address and names no known source (hm:rust): write https://…, or hn:rust",
        "7:9: crawl.hops: must be at most 5 (9)",
        "8:3: crawl.hops: is written twice, first on line 7: keep one of them",
    ]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        pytest.param("crwl: {hops: 1}", "6:1: crwl: is not a key; did you mean `crawl`?", id="mistyped-key"),
        pytest.param(
            "max_sites: 3", "6:1: max_sites: is not a key here; it belongs at `crawl.max_sites`", id="key-at-wrong-place"
        ),
        pytest.param(
            "crawl: {max-sites: 3}", "6:9: crawl.max-sites: is not a key; did you mean `max_sites`?", id="hyphen"
        ),
        pytest.param(
            "crawl: {zzz: 3}",
            "6:9: crawl.zzz: is not a key; keys here are contact, hops, max_sites, max_pages_per_site, delay_s, "
                "max_requests, max_minutes, keep_days",
            id="unknown-key",
        ),
        pytest.param(
            'crawl: {hops: "2"}', "6:15: crawl.hops: needs a whole number (2): write it without quotation marks",
            id="quoted-number",
        ),
        pytest.param(
            'crawl: {hops: "?"}', "6:15: crawl.hops: needs a whole number (?)", id="quoted-yaml-syntax"
        ),
        pytest.param("crawl: {hops: yes}", "6:15: crawl.hops: needs a whole number (yes)", id="yes-is-no-number"),
        pytest.param("crawl: {hops: 1.5}", "6:15: crawl.hops: needs a whole number (1.5)", id="fraction"),
        pytest.param("crawl: {delay_s: .nan}", "6:18: crawl.delay_s: is not a number that can be used (.nan)", id="nan"),
        pytest.param(
            f"crawl: {{hops: {'9' * 5000}}}", f"6:15: crawl.hops: is not a number that can be used ({'9' * 40})",
            id="endless-number",
        ),
        pytest.param(
            "people: [{leave_out: 'https://ada:secret@a.example/'}]",
            "6:22: people[0].leave_out: holds a name or password (https://…@a.example/): nothing is asked with one, give"
            " the address without",
            id="credentials",
        ),
        pytest.param(
            "crawl: {contact: me}",
            "6:18: crawl.contact: is neither a web address nor an e-mail address (me): site owners must be able to"
            " reach you",
            id="contact",
        ),
        pytest.param(
            "people: [{same: https://a.example/}]",
            "6:17: people[0].same: needs a list (https://a.example/): begin each entry on its own line with `- `, or"
            " write [one, two]",
            id="text-for-list",
        ),
        pytest.param(
            "people: [{name: Ada}]",
            "6:10: people[0]: does not say of whom: add `site:` or `same:` with their address",
            id="of-whom",
        ),
        pytest.param(
            "people: [{site: https://a.example/}]",
            "6:10: people[0]: says nothing about them: add `name:`, `kind:` or `friend: true`",
            id="says-nothing",
        ),
        pytest.param(
            "people: [{same: [https://a.example/]}]",
            "6:10: people[0]: joins one address with nothing: list at least two under `same:`",
            id="same-as-nothing",
        ),
        pytest.param(
            "people: [{leave_out: ftp://a.example/}]",
            "6:22: people[0].leave_out: is not a web address (ftp://a.example/): copy it from the browser, beginning with"
            " https://",
            id="bad-address",
        ),
        pytest.param(
            "people: [{site: https://a.example/, kind: robot}]",
            "6:43: people[0].kind: must be one of 'person', 'organisation' or 'aggregator' (robot)",
            id="kind",
        ),
        pytest.param(
            "scoring: {weights: {resonance: 1.4}}", "6:32: scoring.weights.resonance: must be at most 1.0 (1.4)",
            id="share-above-one",
        ),
        pytest.param(
            "scoring: {weights: {reach: 0, resonance: 0, devotion: 0, trust: 0, relevance: 0}}",
            "6:20: scoring.weights: are all 0: raise at least one, or drop `weights:` for the defaults",
            id="nothing-counts",
        ),
        pytest.param(
            "site: {accent: indgo}", "6:16: site.accent: is not a colour of the theme (indgo): use indigo", id="accent"
        ),
        pytest.param(
            "brief: {story: 12}", '6:16: brief.story: needs text (12): put it in quotation marks, "12"', id="number"
        ),
        pytest.param(
            "brief: {offer: ['  ']}", "6:17: brief.offer[0]: is blank: write something or drop the key", id="blank"
        ),
        pytest.param(
            'site: {title: "a\\0b"}', "6:15: site.title: holds an invisible control character ('a\\x00b'): remove it",
            id="escaped-nul",
        ),
        pytest.param(
            "? [a]\n: b", "6:3: has a list or mapping as a key: keys are words", id="key-that-is-a-list"
        ),
        pytest.param(
            "brief: {client: !!python/name:os.system x}",
            "6:17: brief.client: carries the tag tag:yaml.org,2002:python/name:os.system, which topic files do not"
            " have: remove it",
            id="foreign-tag",
        ),
        pytest.param(
            "<<: {a: b}",
            "6:1: <<: is not a key; keys here are topic, seeds, crawl, people, scoring, shortlist, insight, brief,"
            " relationships, site",
            id="merge-key",
        ),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_what_to_do(problems, extra, said):
    """Each line names the place, the key, the value and the way out."""
    assert problems(FINE + extra + "\n") == [said]


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        pytest.param("hn: rust", 'needs text ({"hn": "rust"}): leave out the space after the colon, or put it in'
                     " quotation marks", id="space-after-colon"),
        pytest.param("'hn:'", "asks hn for nothing (hn:): put words after the colon, such as hn:rust", id="no-query"),
        pytest.param("'discourse:forum.example'", "asks discourse in a form it does not take (discourse:forum.example):"
                     " write discourse:forum.example/words", id="query-of-another-form"),
        pytest.param("https://", "is not a web address (https://): copy it from the browser, beginning with https://",
                     id="no-host"),
        pytest.param("'javascript:alert(1)'", "is not a web address and names no known source (javascript:alert(1)):"
                     " write https://…, or hn:alert(1)", id="script"),
        pytest.param("'{x}'", "is not a web address ({x}): copy it from the browser, beginning with https://",
                     id="braces"),
        pytest.param("blog.example:8080/x", "is not a full address (blog.example:8080/x): write"
                     " https://blog.example:8080/x", id="port"),
    ],
)  # fmt: skip
def test_seeds_are_addresses_or_known_sources(problems, seed, said):
    """What cannot be asked for is refused before the first request."""
    assert problems(FINE.replace("https://powderlines.example/", seed)) == [f"5:5: seeds[0]: {said}"]


@pytest.mark.parametrize(
    "seed", ["hn:two words", "lemmy:two words", "wikipedia:two words", "discourse:a.example/two words"]
)
def test_words_with_blanks_make_a_seed(problems, seed):
    """Where a source is asked in words, there may be several."""
    assert problems(FINE.replace("https://powderlines.example/", seed)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "1:1: is empty: `whomatters init` writes a topic to start from.", id="empty"),
        pytest.param("# nothing\n", "1:1: is empty: `whomatters init` writes a topic to start from.", id="comment"),
        pytest.param("- a\n", "1:1: is not a topic file: it begins with `topic:`", id="list"),
        pytest.param("words", "1:1: is not a topic file: it begins with `topic:`", id="words"),
        pytest.param("topic:\n\tname: x\n", "2:1: is not YAML: a tab where spaces belong; indent with two spaces",
                     id="tab"),
        pytest.param('a: 1\ntopic: {name: "x\n', "3:1: is not YAML: the quotation mark opened on line 2 is never"
                     " closed", id="quote"),
        pytest.param("topic: [a, b\nx: 1", "2:2: is not YAML: the bracket opened on line 1 is not closed, or a comma is"
                     " missing", id="bracket"),
        pytest.param("a: b: c", "1:5: is not YAML: a colon inside a value (a: b: c); put it in quotation marks",
                     id="colon"),
        pytest.param("topic:\n  name: x\n keywords: [a]", "3:2: is not YAML: the indentation does not fit the lines"
                     " above (keywords: [a])", id="indentation"),
        pytest.param("a: 1\n---\nb: 1", "2:1: is a second document (---): one file holds one", id="two-documents"),
        pytest.param("a: &x [1]\nb: *x", "2:4: *x is an alias, which topic files do not have: write the value out",
                     id="alias"),
        pytest.param("[" * 5000, "1:13: is nested too deeply for a topic file", id="bottomless"),
        pytest.param(b"a: \xff\xfe", "1:4: is not UTF-8 (byte 0xff): save it as UTF-8", id="not-utf8"),
        pytest.param("a: b\nc\0d: e", "2:2: is a NUL byte: is this a text file? Remove it", id="nul"),
        pytest.param("a: \ufffe", "1:4: holds a character YAML does not allow (U+FFFE): remove it", id="not-a-character"),
        pytest.param(" " * 1_000_001, "is larger than 1 MB; a topic file is a page of text. Is it the right file?",
                     id="huge"),
    ],
)  # fmt: skip
def test_what_is_no_topic_file_is_refused_in_words(problems, text, said):
    """No parser's jargon, no traceback, the place where there is one."""
    assert problems(text) == [said]


def test_a_laugh_of_a_billion_ends_at_the_first_alias(problems):
    """Aliases that would unfold into gigabytes cost nothing."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{','.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(9)
    )
    assert problems(bomb) == ["2:8: *a is an alias, which topic files do not have: write the value out"]


def test_at_most_fifty_problems_are_listed(problems):
    """A longer list would not be read."""
    found = problems(FINE + "brief:\n" + "".join(f"  k{at}: 1\n" for at in range(1000)))
    assert len(found) == 51
    assert found[-1] == "and 950 more problems of this kind"


def test_blank_sections_take_their_defaults(tmp_path):
    """`people:` with all its lines commented out is valid."""
    (tmp_path / "t.yaml").write_text(FINE + "people:\n  # - same: []\nbrief:\ncrawl: {hops: }\n")
    topic = load_topic(tmp_path / "t.yaml")
    assert (topic.people, topic.brief.client, topic.crawl.hops) == ((), "", 2)


def test_a_required_key_left_blank_is_missing(problems):
    """Defaults are for optional keys only."""
    assert problems(FINE.replace("\n  - https://powderlines.example/", "")) == [
        "4:7: seeds: has no value: it needs a list"
    ]


def test_no_keyword_or_seed_is_too_few(problems):
    """An empty list is as good as none."""
    assert problems("topic: {name: x, keywords: []}\nseeds: []\n") == [
        "1:28: topic.keywords: is empty: it needs at least 1 entry",
        "2:8: seeds: is empty: it needs at least 1 entry",
    ]


def test_a_missing_file_suggests_its_neighbours(tmp_path):
    """Mistyped names are the commonest mistake of all."""
    (tmp_path / "snowboarding.yaml").write_text(FINE)
    with pytest.raises(TopicError) as refused:
        load_topic(tmp_path / "snowbording.yaml")
    assert str(refused.value) == (
        f"{tmp_path}/snowbording.yaml: there is no such file. Did you mean {tmp_path}/snowboarding.yaml?"
    )


def test_a_missing_folder_is_named(tmp_path):
    """The nearest thing that is wrong."""
    with pytest.raises(TopicError, match=re.escape(f"The folder {tmp_path}/nope does not exist either.")):
        load_topic(tmp_path / "nope" / "t.yaml")


def test_a_folder_is_no_file(tmp_path):
    """And the files in it are named."""
    (tmp_path / "topic.yaml").write_text(FINE)
    with pytest.raises(TopicError, match=r"is a folder, not a file\. Did you mean .*topic\.yaml\?"):
        load_topic(tmp_path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    """A NUL in a path is reported as an error."""
    with pytest.raises(TopicError, match="cannot be read: embedded null byte"):
        load_topic(Path("a\0b"))


def test_files_a_topic_names_must_be_there(problems, tmp_path):
    """Relative to the topic file; a neighbour of similar name is suggested."""
    (tmp_path / "history.yaml").write_text("[]")
    (tmp_path / "logo.txt").write_text("x")
    assert problems(FINE + "relationships: histry.yaml\nsite: {logo: logo.txt}\n") == [
        f"6:16: relationships: names no file ({tmp_path}/histry.yaml): did you mean history.yaml?",
        "7:14: site.logo: is not an image (logo.txt): use one of .svg, .png, .jpg, .jpeg, .webp, .gif, .ico",
    ]


def test_a_byte_order_mark_is_no_mistake(problems):
    """Some editors write one."""
    assert problems(b"\xef\xbb\xbf" + FINE.encode()) == []


def test_a_topic_without_a_latin_letter_has_an_address(tmp_path):
    """Two of them do not share a folder."""
    slugs = []
    for name in ("登山", "スノーボード"):
        (tmp_path / "t.yaml").write_text(FINE.replace("Extreme snowboarding", name))
        slugs.append(load_topic(tmp_path / "t.yaml").slug)
    assert slugs == ["topic-6af0ddf8", "topic-0a9dd81d"]


def test_relationships_become_history_oldest_first(tmp_path):
    """The date as written is the day it happened; what is not said is empty."""
    (tmp_path / "r.yaml").write_text(
        "- {person: ada-example, date: 2026-01-12, channel: email, direction: in, said: Hello., due: 2026-03-15}\n"
        "- {person: https://b.example/, date: 2025-01-12, channel: call, direction: out, said: Hi., next: send it}\n"
    )
    history = load_relationships(tmp_path / "r.yaml")

    assert [(entry.person, entry.on.isoformat(), entry.next_step) for entry in history] == [
        ("https://b.example/", "2025-01-12", "send it"),
        ("ada-example", "2026-01-12", ""),
    ]
    assert history[1].due_on.isoformat() == "2026-03-15"


def test_relationships_are_answered_like_topics(problems):
    """Line, column, key, value, what to do."""
    assert problems(
        "- {person: ada, dat: 2026-01-12, channel: email, direction: up, said: x}\n", load_relationships
    ) == [
        "1:3: [0].date: is missing: The day it happened.",
        "1:17: [0].dat: is not a key; did you mean `date`?",
        "1:61: [0].direction: must be one of 'in', 'out' or 'both' (up)",
    ]
    assert problems("person: ada\n", load_relationships) == [
        "1:1: is not a relationships file: it is a list, each entry beginning with `- person:`"
    ]
    assert problems("", load_relationships) == []


@pytest.mark.parametrize("accent", ACCENTS)
def test_every_accent_of_the_theme_is_taken(problems, accent):
    """The list is the one users may choose from."""
    assert problems(FINE + f"site: {{accent: {accent}}}\n") == []


@given(st.text(min_size=1).filter(lambda text: text.strip()), st.text(min_size=1).filter(lambda text: text.strip()))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_starter_is_yaml_whatever_it_is_called(tmp_path, name, keyword):
    """Quotes, colons, emoji: `init` writes a file that says what was meant, or is refused in words."""
    path = tmp_path / "t.yaml"
    path.write_text(starter_topic(name, seeds=["https://a.example/"], keywords=[keyword]), errors="replace")
    try:
        topic = load_topic(path)
    except TopicError as error:
        said = str(error)
    else:
        said = ""
        assert topic.topic.name == " ".join(name.encode("utf-8", "replace").decode().split())
    assert "not YAML" not in said


def test_a_starter_lacks_nothing_but_seeds(problems):
    """One mistake left, and it says what to paste."""
    assert problems(starter_topic("Snow")) == ["9:7: seeds: has no value: it needs a list"]


@given(st.binary(max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_are_a_traceback(problems, raw):
    """Whatever a file holds: a topic, or a refusal."""
    problems(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["[", "a: b"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["topic", "seeds", "crawl", "people", "name", "keywords", "hops", "site", "same", "logo"]
                )
                | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_structure_is_a_traceback(problems, value):
    """Any value at any key is reported as a problem; no exception escapes."""
    import json

    problems(json.dumps(value))
