"""Explanation of a standing, or of the difference between two, as lines of plain text.

Only formats what the judgement holds.
"""

from __future__ import annotations

from generator.records import Corpus, Judgement, PersonId, Standing

MAX_QUOTES = 3


def explanation_lines(
    judgement: Judgement, corpus: Corpus, person: PersonId, against: PersonId | None = None
) -> tuple[str, ...]:
    """Explain a standing by its signals, penalties and quotations.

    Args:
        judgement: the result of scoring.
        corpus: gives the names of people.
        person: the person to explain.
        against: the person to compare with; None: explain `person` alone.

    Returns:
        Lines of text; a single line with the reason where one of the two is not ranked.
    """
    names = {one.id: one.name for one in corpus.people}
    standings = {one.person: one for one in judgement.standings}
    for wanted in (person, against):
        if wanted is not None and wanted not in standings:
            reason = next(
                (one.reason for one in judgement.dropped if one.what == wanted), "nobody of that name is known"
            )
            return (f"{names.get(wanted, wanted)} is not ranked: {reason}.",)
    own = standings[person]
    lines = _explain_one(own, names) if against is None else _compare(own, standings[against], names)
    return tuple(lines)


def _explain_one(own: Standing, names: dict[PersonId, str]) -> list[str]:
    """Rank, signals, penalties, counts and quotations of one person."""
    best, worst = own.rank_interval
    lines = [
        (
            f"{names.get(own.person, own.person)}: rank {own.rank} (80 % range {best} to {worst}), "
            f"standing {own.standing:.2f} ({own.interval[0]:.2f} to {own.interval[1]:.2f})"
        ),
        "",
        "signal          weight   level    adds   without it",
    ]
    for signal in own.signals:
        rank_without = f"rank {signal.rank_without}" if signal.rank_without is not None else "not counted"
        lines.append(
            f"{signal.name:<15} {signal.weight:6.2f}  {signal.level:+6.2f}  {signal.weight * signal.level:+6.2f}"
            f"   {rank_without:<12} {signal.explanation}"
        )
    lines += _penalties(own, names)
    lines += [
        "",
        f"{len(own.citers)} people cite them in posts on the topic, {len(own.citers_180d)} in the last 180 days; "
        f"{own.posts_on_topic} on-topic posts in the window, {own.posts_total} posts heard in all"
        + (f", {own.first_on} to {own.last_on}." if own.first_on else "."),
    ]
    return lines + _quotes(own, names)


def _compare(own: Standing, other: Standing, names: dict[PersonId, str]) -> list[str]:
    """The signals that part two people, the largest difference first."""
    a, b = names.get(own.person, own.person), names.get(other.person, other.person)
    relation = "above" if own.rank < other.rank else "below"
    lines = [
        (
            f"{a} (rank {own.rank}) stands {relation} {b} (rank {other.rank}): "
            f"score {own.score:+.2f} against {other.score:+.2f}"
        ),
        "",
    ]
    other_signals = {signal.name: signal for signal in other.signals}
    rows = [
        (signal.weight * (signal.level - other_signals[signal.name].level), signal)
        for signal in own.signals
        if signal.name in other_signals
    ]
    for difference, signal in sorted(rows, key=lambda row: (-abs(row[0]), row[1].name)):
        if signal.weight > 0:
            lines += [
                f"{difference:+6.2f}  {signal.name} (weight {signal.weight:.2f})",
                f"        {a}: {signal.explanation}",
                f"        {b}: {other_signals[signal.name].explanation}",
            ]
    lines += _penalties(own, names) + _penalties(other, names)
    if own.tier == other.tier:
        lines.append("Their ranges overlap: with other posts of theirs the order could be the other way round.")
    return lines + _quotes(own, names) + _quotes(other, names)


def _penalties(one: Standing, names: dict[PersonId, str]) -> list[str]:
    """A line for each penalty that applies."""
    name = names.get(one.person, one.person)
    lines = []
    if one.silence_penalty:
        lines.append(f"{-one.silence_penalty:+6.2f}  {name} has been silent on the topic by their own rhythm")
    if one.distance_penalty:
        lines.append(f"{-one.distance_penalty:+6.2f}  no citations lead from the seeds to {name}")
    return lines


def _quotes(one: Standing, names: dict[PersonId, str]) -> list[str]:
    """The first rows of evidence, with person, day and post."""
    name = names.get(one.person, one.person)
    if not one.evidence:
        return ["", f"Nobody in the window cites {name} in words that can be quoted."]
    lines = ["", f"What is said of {name}:"]
    for row in one.evidence[:MAX_QUOTES]:
        when = row.on.isoformat() if row.on else "undated"
        lines += [f"  “{row.quote}”", f"      {names.get(row.by, row.by)}, {when}, {row.post}"]
    return lines
