"""Why somebody stands where they do, or above somebody else, in lines a terminal can show.

Knows the judgement alone; computes nothing anew.
"""

from __future__ import annotations

from generator.records import Corpus, Judgement, PersonId, Standing

QUOTES = 3


def explanation_lines(
    judgement: Judgement, corpus: Corpus, person: PersonId, against: PersonId | None = None
) -> tuple[str, ...]:
    """The reasons for a standing, signal by signal down to quotations.

    Args:
        judgement: what scoring said.
        corpus: for names.
        person: whose standing is explained.
        against: whom they are compared with; None: nobody, they are explained alone.

    Returns:
        Lines; a single one where a person is not in the judgement, with the reason if there is one.
    """
    names = {one.id: one.name for one in corpus.people}
    standings = {one.person: one for one in judgement.standings}
    for wanted in (person, against):
        if wanted is not None and wanted not in standings:
            reason = next(
                (one.reason for one in judgement.dropped if one.what == wanted), "nobody of that name is known"
            )
            return (f"{names.get(wanted, wanted)} is not ranked: {reason}.",)
    mine = standings[person]
    lines = _alone(mine, names) if against is None else _compared(mine, standings[against], names)
    return tuple(lines)


def _alone(mine: Standing, names: dict[PersonId, str]) -> list[str]:
    best, worst = mine.rank_interval
    lines = [
        (
            f"{names.get(mine.person, mine.person)}: rank {mine.rank} (80 % range {best} to {worst}), "
            f"standing {mine.standing:.2f} ({mine.interval[0]:.2f} to {mine.interval[1]:.2f})"
        ),
        "",
        "signal          weight   level    adds   without it",
    ]
    for signal in mine.signals:
        there = f"rank {signal.rank_without}" if signal.rank_without is not None else "not counted"
        lines.append(
            f"{signal.name:<15} {signal.weight:6.2f}  {signal.level:+6.2f}  {signal.weight * signal.level:+6.2f}"
            f"   {there:<12} {signal.explanation}"
        )
    lines += _penalties(mine, names)
    lines += [
        "",
        f"{len(mine.citers)} people cite them in posts on the topic, {len(mine.citers_180d)} in the last 180 days; "
        f"{mine.posts_on_topic} on-topic posts in the window, {mine.posts_total} posts heard in all"
        + (f", {mine.first_on} to {mine.last_on}." if mine.first_on else "."),
    ]
    return lines + _quotes(mine, names)


def _compared(mine: Standing, other: Standing, names: dict[PersonId, str]) -> list[str]:
    a, b = names.get(mine.person, mine.person), names.get(other.person, other.person)
    relation = "above" if mine.rank < other.rank else "below"
    lines = [
        (
            f"{a} (rank {mine.rank}) stands {relation} {b} (rank {other.rank}): "
            f"score {mine.score:+.2f} against {other.score:+.2f}"
        ),
        "",
    ]
    theirs = {signal.name: signal for signal in other.signals}
    rows = [
        (signal.weight * (signal.level - theirs[signal.name].level), signal)
        for signal in mine.signals
        if signal.name in theirs
    ]
    for difference, signal in sorted(rows, key=lambda row: (-abs(row[0]), row[1].name)):
        if signal.weight > 0:
            lines += [
                f"{difference:+6.2f}  {signal.name} (weight {signal.weight:.2f})",
                f"        {a}: {signal.explanation}",
                f"        {b}: {theirs[signal.name].explanation}",
            ]
    lines += _penalties(mine, names) + _penalties(other, names)
    if mine.tier == other.tier:
        lines.append("Their ranges overlap: with other posts of theirs the order could be the other way round.")
    return lines + _quotes(mine, names) + _quotes(other, names)


def _penalties(one: Standing, names: dict[PersonId, str]) -> list[str]:
    name = names.get(one.person, one.person)
    lines = []
    if one.silence_penalty:
        lines.append(f"{-one.silence_penalty:+6.2f}  {name} has been silent on the topic by their own rhythm")
    if one.distance_penalty:
        lines.append(f"{-one.distance_penalty:+6.2f}  no citations lead from the seeds to {name}")
    return lines


def _quotes(one: Standing, names: dict[PersonId, str]) -> list[str]:
    name = names.get(one.person, one.person)
    if not one.evidence:
        return ["", f"Nobody in the window cites {name} in words that can be quoted."]
    lines = ["", f"What is said of {name}:"]
    for row in one.evidence[:QUOTES]:
        when = row.on.isoformat() if row.on else "undated"
        lines += [f"  “{row.quote}”", f"      {names.get(row.by, row.by)}, {when}, {row.post}"]
    return lines
