"""The prose and the plan: enough of it, each voice its own, citations that could have happened."""

from __future__ import annotations

from collections import Counter

CORE = ("educators", "splitters", "park", "locals")


def people_of(voices) -> list[str]:
    """One key a person: authors of shared blogs count one by one, farms and organisations not at all."""
    keys = []
    for voice in voices:
        if voice.circle in ("org", "farm", "aggregator") or voice.name == "Anonymous":
            continue
        keys += [f"{voice.key}:{a}" for a in voice.meta["authors"]] if voice.meta.get("authors") else [voice.key]
    return keys


def test_size_is_what_the_product_promises(planned):
    """40 to 60 people and 4 organisations on 70 or more sites, about 700 posts."""
    voices, posts, _ = planned
    assert 40 <= len(people_of(voices)) <= 60
    assert sum(v.circle == "org" for v in voices) == 4
    assert sum(len(v.sites) for v in voices) >= 70
    assert 650 <= len(posts) <= 750


def test_prose_is_written_not_generated(planned):
    """At least 450 distinct hand-written paragraphs and 150 distinct citing sentences."""
    voices, posts, _ = planned
    written = {p for v in voices if v.circle != "farm" for q in v.posts for p in q.paragraphs}
    assert len(written) >= 450
    assert len({s for p in posts for _, s in p.lines}) >= 150


def test_no_paragraph_occurs_twice(planned):
    """A paragraph or note stands in one post only, but for the planted syndicated copy."""
    _, posts, _ = planned
    copies = [p for p in posts if p.original]
    counts = Counter(t for p in posts if not p.original and p.voice.circle != "farm" for t in (*p.paragraphs, *p.notes))
    assert [t for t, n in counts.items() if n > 1] == []
    assert [(p.voice.key, p.original.voice.key) for p in copies] == [("splitworks", "otis")]
    assert set(copies[0].original.paragraphs) <= set(copies[0].paragraphs)


def test_every_written_sentence_found_its_place(planned):
    """No hand-written citing sentence is lost for want of a later post, and none is used twice."""
    _, posts, unplaced = planned
    assert unplaced == []
    used = Counter(s for p in posts for c, s in p.cites if any(s == line for _, line in c.lines))
    assert max(used.values()) == 1


def test_citations_look_back(planned):
    """A post cites posts of other people that are at least two days older."""
    _, posts, _ = planned
    pairs = [(p, c) for p in posts for c, _ in p.cites + p.listed]
    assert len(pairs) > 500
    assert [(p.url, c.url) for p, c in pairs if (p.at - c.at).days < 2 or p.author_key == c.author_key] == []


def test_posts_stay_inside_the_archive_years(planned):
    """Posts run from November 2023 to January 2026; the veteran stops early in 2025, the newcomer starts then."""
    _, posts, _ = planned
    assert (min(p.at for p in posts).strftime("%Y-%m"), max(p.at for p in posts).strftime("%Y-%m")) == (
        "2023-11",
        "2026-01",
    )
    assert max(p.at for p in posts if p.voice.key == "cole").strftime("%Y-%m") <= "2025-02"
    assert min(p.at for p in posts if p.voice.key == "nadia").strftime("%Y-%m") >= "2025-01"


def test_circles_are_closer_inside_than_between(planned):
    """Most citations of each circle stay in it, and every circle is cited from outside as well."""
    _, posts, _ = planned
    flow = Counter((p.voice.circle, c.voice.circle) for p in posts for c, _ in p.cites)
    for circle in CORE:
        given = sum(n for (a, _), n in flow.items() if a == circle)
        assert flow[circle, circle] > 0.5 * given
        assert sum(n for (a, b), n in flow.items() if b == circle != a) >= 5


def test_veteran_is_still_cited(planned):
    """The fallen-silent veteran is cited after the last post."""
    _, posts, _ = planned
    assert sum(c.voice.key == "cole" and p.at.year >= 2025 and p.at.month > 2 for p in posts for c, _ in p.cites) >= 3


def test_judgements_name_voices_that_exist(planned, judged):
    """Every name in judged.yaml is a voice (or `farm`), and there are at least twenty pairs with a reason."""
    voices, _, _ = planned
    keys = {v.key for v in voices} | {"farm"}
    named = {n for pair in judged["pairs"] for n in (pair["above"], pair["below"])}
    for fact in ("not_in_top_10", "not_short_listed", "two_sites", "absent_from_every_output", "organisations", "ring"):
        named |= set(judged["facts"][fact])
    assert named - keys == set()
    assert len(judged["pairs"]) >= 20
    assert all(pair["because"] for pair in judged["pairs"])


def test_circles_of_the_judgements_are_those_of_the_voices(planned, judged):
    """judged.yaml and the voices agree on who is in which circle."""
    voices, _, _ = planned
    circle = {v.key: v.circle for v in voices}
    assert {k: circle[k] for ks in judged["facts"]["circles"].values() for k in ks} == {
        k: c for c, ks in judged["facts"]["circles"].items() for k in ks
    }


def test_two_blog_people_confirm_each_other(planned, archived, judged):
    """Each of the two sites of a two-blog person links the other with rel=me."""
    voices, _, _ = planned
    for voice in (v for v in voices if v.key in judged["facts"]["two_sites"]):
        one, two = (s.root for s in voice.sites)
        assert f'rel="me" href="{two}"' in archived[one][1].decode()
        assert f'rel="me" href="{one}"' in archived[two][1].decode()


def test_wishes_stand_on_the_about_pages(archived):
    """The person to be left out says so, the young rider gives an age, one blog refuses pitches, one invites them."""
    assert b"do not list this blog in any directory or ranking" in archived["https://corinashdown.example/about/"][1]
    assert (
        b"I'm fifteen" in archived["https://stokedtheo.example/about/"][1]
        or b"I&#x27;m fifteen" in archived["https://stokedtheo.example/about/"][1]
    )
    assert b"No pitches" in archived["https://decisionpoints.example/contact/"][1]
    assert b"I accept samples" in archived["https://boothospital.example/review-policy/"][1]
