"""What the workspace promises the pipeline: archive, journal, history, extractions and slugs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from generator.records import (
    CircleId,
    Contact,
    ContactKind,
    Dropped,
    ExtractedPost,
    Extraction,
    FeedLink,
    Link,
    Mention,
    NameSource,
    PageKind,
    PastPerson,
    PastRun,
    PersonId,
    Purpose,
    Refusal,
    RefusalReason,
    Url,
)
from generator.workspace import Workspace

DAY = date(2026, 1, 31)
A = Url("https://a.example/")


def test_a_stored_snapshot_comes_back_exactly(reopen, shot):
    """Every field of a snapshot survives, in this run and in later ones."""
    stored = shot(
        final_url=Url("https://a.example/home"),
        redirects=(Url("https://www.a.example/"), Url("https://a.example/x")),
        purpose=Purpose.ABOUT,
        body=b"\x00\xff caf\xc3\xa9\r\n\r\n",
        digest="sha1:RYZAPOESR6MP3NQEHXKN2AJHCYCFDYDB",
        last_modified="Mon, 05 Jan 2026 00:00:00 GMT",
        robots_tag="noindex, noarchive\notherbot: nofollow",
        fetched_at=datetime(2026, 1, 15, 10, 20, 30, 123456, tzinfo=UTC),
    )
    stored = replace(stored, digest=shot(body=stored.body).digest)
    workspace = reopen()
    workspace.store(stored)

    assert workspace.latest(A) == stored
    assert reopen().latest(A) == stored
    assert reopen(date(2026, 2, 28)).latest(A) == stored


def test_the_latest_answer_wins(reopen, shot):
    """Asked twice, the later answer is the one to go by; validators are its own."""
    workspace = reopen()
    workspace.store(shot(body=b"old"))
    workspace.store(shot(body=b"new", etag=None, last_modified="Mon, 05 Jan 2026 00:00:00 GMT"))

    assert workspace.latest(A).body == b"new"
    assert workspace.validators(A) == (None, "Mon, 05 Jan 2026 00:00:00 GMT")
    assert workspace.validators(Url("https://b.example/")) is None
    assert workspace.latest(Url("https://b.example/")) is None


def test_an_empty_body_is_a_body(reopen, shot):
    """A page without a byte is still an answer."""
    reopen().store(shot(body=b""))

    assert reopen().latest(A) == shot(body=b"")


def test_the_same_payload_is_stored_once(reopen, shot, tmp_path):
    """A second address with the same bytes costs a revisit record, not the bytes."""
    body = bytes(range(256)) * 400
    workspace = reopen()
    workspace.store(shot(body=body))
    before = sum(file.stat().st_size for file in (tmp_path / "state/archive").iterdir())
    for n in range(5):
        workspace.store(shot(f"https://a.example/{n}", body=body))
    after = sum(file.stat().st_size for file in (tmp_path / "state/archive").iterdir())

    assert after - before < 5 * 1_000
    assert reopen().latest(Url("https://a.example/4")) == shot("https://a.example/4", body=body)


def test_a_304_confirms_what_is_archived(reopen, shot):
    """After a 304 the archived answer is this run's answer, marked as not modified, with its first date."""
    reopen().store(shot())
    reopen().finish(PastRun(DAY, (), ()))
    workspace = reopen(date(2026, 2, 28))
    assert workspace.answered_in_this_run(A) is None
    workspace.store(
        shot(status=304, body=b"", digest="", not_modified=True, fetched_at=datetime(2026, 2, 28, tzinfo=UTC))
    )

    assert workspace.answered_in_this_run(A) == shot(not_modified=True)
    again = reopen(date(2026, 2, 28))
    assert (again.answered_in_this_run(A), again.latest(A)) == (shot(not_modified=True), shot())


def test_what_a_304_asks_of_robots_holds_from_then_on(reopen, shot):
    """Its X-Robots-Tag replaces the archived one, now and after the index was written anew; without one, that stays."""
    reopen().store(shot(robots_tag="noarchive"))
    reopen().finish(PastRun(DAY, (), ()))
    workspace = reopen(date(2026, 2, 28))
    workspace.store(shot(status=304, body=b"", digest="", not_modified=True))
    kept = workspace.latest(A).robots_tag
    workspace.store(shot(status=304, body=b"", digest="", not_modified=True, robots_tag="whomatters: noindex"))

    assert (kept, workspace.latest(A).robots_tag) == ("noarchive", "whomatters: noindex")
    assert reopen(date(2026, 2, 28)).latest(A).robots_tag == "whomatters: noindex"


def test_a_304_without_an_archived_answer_is_nothing(reopen, shot):
    """There is nothing to confirm, so the address must be asked again."""
    workspace = reopen()
    workspace.store(shot(status=304, body=b"", digest="", not_modified=True))

    assert workspace.answered_in_this_run(A) is None
    assert workspace.latest(A) is None


# ── journal ──────────────────────────────────────────────────────────────────────────────────────


def test_an_unfinished_run_goes_on(reopen, shot):
    """Opened again with the same date, an unfinished run has its answers and refusals."""
    refusal = Refusal(Url("https://b.example/"), Purpose.FEED, RefusalReason.NOT_FOUND, "answered 404")
    workspace = reopen()
    workspace.store(shot())
    workspace.note_refusal(refusal)
    again = reopen()

    assert again.answered_in_this_run(A) == shot()
    assert again.answered_in_this_run(Url("https://b.example/")) == refusal
    assert again.answered_in_this_run(Url("https://c.example/")) is None


@pytest.mark.parametrize(
    ("finished", "as_of"),
    [
        pytest.param(True, DAY, id="finished, same date"),
        pytest.param(True, date(2026, 2, 28), id="finished, later date"),
        pytest.param(False, date(2026, 2, 28), id="unfinished, later date"),
    ],
)
def test_a_new_run_asks_anew_but_remembers(reopen, shot, finished, as_of):
    """The journal belongs to one run; the archive to all."""
    workspace = reopen()
    workspace.store(shot())
    workspace.note_refusal(Refusal(Url("https://b.example/"), Purpose.FEED, RefusalReason.TIMEOUT))
    if finished:
        workspace.finish(PastRun(DAY, (), ()))
    again = reopen(as_of)

    assert again.answered_in_this_run(A) is None
    assert again.answered_in_this_run(Url("https://b.example/")) is None
    assert again.latest(A) == shot()


def test_each_run_writes_a_file_of_its_own(reopen, shot, tmp_path):
    """Archive files are named by run and date; a run that goes on writes to its own file."""
    reopen().store(shot())
    reopen().store(shot("https://b.example/", body=b"b"))
    reopen().finish(PastRun(DAY, (), ()))
    reopen(date(2026, 2, 28)).store(shot("https://c.example/", body=b"c"))

    assert sorted(file.name for file in (tmp_path / "state/archive").iterdir()) == [
        "00001-2026-01-31.warc.gz",
        "00002-2026-02-28.warc.gz",
    ]


# ── history, slugs ───────────────────────────────────────────────────────────────────────────────


def past(day: date, rank: int = 1) -> PastRun:
    person = PastPerson(
        PersonId("ada"),
        "Ada 🏂 عائشة",
        rank,
        0.1 + 0.2,
        CircleId("makers"),
        None,
        date(2026, 1, 2),
        (("reach", -0.25),),
    )
    return PastRun(day, (person,), ((PersonId("ada"), PersonId("bo"), Url("https://a.example/p")),))


def test_past_runs_are_those_strictly_before_this_one_oldest_first(reopen):
    """History is what earlier dates said; running a date again replaces what it said."""
    for day, rank in ((date(2026, 1, 31), 1), (date(2025, 12, 31), 2), (date(2026, 1, 31), 3), (date(2026, 2, 28), 4)):
        reopen(day).finish(past(day, rank))

    assert reopen(date(2026, 2, 28)).past_runs() == (past(date(2025, 12, 31), 2), past(date(2026, 1, 31), 3))
    assert reopen(date(2025, 12, 31)).past_runs() == ()


def test_slugs_are_kept_and_replaced_by_key(reopen):
    """Who has which slug survives; the order they came in does not matter."""
    reopen().save_slugs([("site https://b.example/", PersonId("bo")), ("site https://a.example/", PersonId("ada"))])
    reopen().save_slugs([("site https://b.example/", PersonId("bo-2"))])

    assert reopen().slugs() == (("site https://a.example/", "ada"), ("site https://b.example/", "bo-2"))


# ── extractions ──────────────────────────────────────────────────────────────────────────────────


def extraction() -> Extraction:
    link = Link(Url("https://b.example/"), "Bo’s “guide”", "As Bo\u2028says…", in_body=True, rel=("nofollow",))
    mention = Mention("عائشة 🏂", NameSource.H_CARD, A, url=A, email="ada@a.example", organisation=True)
    zones = (UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=8)), None)
    posts = tuple(
        ExtractedPost(
            url=A,
            title="Tail & <b>nose</b>\0",
            text="one\n\ntwo",
            published_at=datetime(2026, 1, 15, 23, 59, 59, 7, tzinfo=zone) if n else None,
            time_known=bool(n),
            language="ar",
            authors=(mention,),
            tags=("snow", ""),
            links=(link,),
            from_feed=True,
            full=False,
            source=A,
            in_reply_to=(A,),
            code_share=0.1 + 0.2,
        )
        for n, zone in enumerate(zones)
    )
    return Extraction(
        url=A,
        kind=PageKind.FEED,
        title="T",
        description="",
        language="",
        posts=posts,
        mentions=(mention,),
        contacts=(Contact(ContactKind.EMAIL, "ada@a.example", A, date(2026, 1, 15), "Write to me."),),
        links=(link,),
        feeds=(FeedLink(A, "Feed", comments=True),),
        internal=(),
        rel_me=(A,),
        blogroll=(link,),
        text="t" * 20_000,
        canonical=None,
        site_home=A,
        comments_open=None,
        states_minor=True,
        dropped=(Dropped("entry 3", "no link"),),
    )


def test_an_extraction_comes_back_exactly(reopen):
    """Every field survives, moments with their zones and moments without one."""
    reopen().save_extraction("v1 sha1:ABC", extraction())
    back = reopen().extraction("v1 sha1:ABC")

    assert back == extraction()
    assert [post.published_at and post.published_at.utcoffset() for post in back.posts] == [
        None,
        timedelta(hours=5, minutes=30),
        -timedelta(hours=8),
        None,
    ]
    assert reopen().extraction("v2 sha1:ABC") is None


def test_an_extraction_that_is_no_text_is_extracted_anew(reopen):
    """Lone surrogates cannot be written; nothing is remembered, nothing breaks."""
    workspace = reopen()
    workspace.save_extraction("k", replace(extraction(), title="\ud800"))

    assert workspace.extraction("k") is None


def test_who_was_called_otherwise_before_is_still_known(tmp_path):
    """A former slug, a former name and every address lead to the present slug."""
    state = tmp_path / "S"
    with Workspace(state, as_of=date(2026, 1, 1)) as work:
        work.save_slugs([("ada.example", "ada-winter"), ("b.example", "bo")])
        work.finish(_run(date(2026, 1, 1), ("ada-winter", "Ada Winter"), ("bo", "Bo Lund")))
    with Workspace(state, as_of=date(2026, 2, 1)) as work:
        work.save_slugs([("ada.example", "ada-holt")])
        work.finish(_run(date(2026, 2, 1), ("ada-holt", "Ada Holt"), ("bo", "Bo Lund")))
        known = dict(work.slugs_by_former_name())
    assert {known[name] for name in ("ada-winter", "ada winter", "ada holt", "ada-holt", "ada.example")} == {"ada-holt"}
    assert known["bo lund"] == "bo"


def _run(as_of, *people):
    return PastRun(as_of, tuple(PastPerson(slug, name, 1, 0.5, "c", None, None, ()) for slug, name in people), ())
