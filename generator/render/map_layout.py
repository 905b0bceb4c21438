"""Positions of people on the map: circles apart, connected people close, dots without overlap.

Computed with a fixed seed, so that the map does not move in the browser and two builds are equal.
Source: Fruchterman and Reingold (1991) inside a circle, through networkx.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
GAP = 62.0  # least distance between two dots, in map units; a 13-unit label needs about as much
MARGIN = 90.0  # between two circles' discs
ANGLES = 48  # directions tried around each placed disc


def place_people(
    circles: Sequence[tuple[str, Sequence[str]]],
    ties: Sequence[tuple[str, str, float]],
    size_of: Mapping[str, float],
    *,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """Return positions in map units, rounded to one decimal and centred on the origin.

    Args:
        circles: circle id and its people; every person in one circle.
        ties: citing, cited, weight.
        size_of: radius of each dot; larger ones keep more room around them.
        seed: of the force layout.
    """
    shapes = [(cid, tuple(people), _place_circle(people, ties, size_of, seed)) for cid, people in circles if people]
    shapes.sort(key=lambda shape: (-len(shape[1]), shape[0]))
    circle_of = {person: cid for cid, people, _ in shapes for person in people}
    pull = _tie_shares(ties, circle_of)
    centres: dict[str, tuple[float, float, float]] = {}
    placed: dict[str, tuple[float, float]] = {}
    for cid, people, points in shapes:
        radius = float(np.hypot(points[:, 0], points[:, 1]).max(initial=0.0)) + GAP / 2
        x, y = _free_spot(cid, radius, centres, pull)
        centres[cid] = (x, y, radius)
        for person, (dx, dy) in zip(people, points, strict=True):
            placed[person] = (x + float(dx), y + float(dy))
    return _centred(placed)


def _place_circle(
    people: Sequence[str], ties: Sequence[tuple[str, str, float]], size_of: Mapping[str, float], seed: int
) -> Points:
    """Place the people of one circle around the origin by a force layout."""
    if len(people) == 1:
        return np.zeros((1, 2))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(people)
    for citing, cited, weight in ties:
        if citing != cited and citing in graph and cited in graph:
            before = graph.get_edge_data(citing, cited, {"weight": 0.0})["weight"]
            graph.add_edge(citing, cited, weight=before + weight)
    spring = nx.spring_layout(graph, seed=seed, iterations=120, k=1.6 / np.sqrt(len(people)), method="force")
    points = np.array([spring[person] for person in people], dtype=np.float64)
    points -= points.mean(axis=0)
    points *= GAP * 0.75 * np.sqrt(len(people)) / max(1e-9, float(np.hypot(points[:, 0], points[:, 1]).max()))
    return _separate_dots(points, np.array([size_of.get(person, 8.0) for person in people]))


def _separate_dots(points: Points, sizes: Points, rounds: int = 80) -> Points:
    """Push overlapping dots apart, each by half of the missing distance."""
    least = GAP / 2 + (sizes[:, None] + sizes[None, :])
    for _ in range(rounds):
        delta = points[:, None, :] - points[None, :, :]
        # Labels are wide, low and below their dot: horizontal distance counts less than vertical distance.
        delta *= (0.7, 0.9)
        distance = np.hypot(delta[:, :, 0], delta[:, :, 1])
        np.fill_diagonal(distance, np.inf)
        missing = np.clip(least - distance, 0, None)
        if not missing.any():
            break
        still = distance < 1e-6
        delta[still] = (1.0, 0.5)
        push = delta / np.where(still, 1.0, distance)[:, :, None] * (missing / 2)[:, :, None]
        points = points + 0.6 * push.sum(axis=1)
    centred: Points = points - points.mean(axis=0)
    return centred


def _tie_shares(ties: Sequence[tuple[str, str, float]], circle_of: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Tie weight between each two circles, as shares of all weight between circles."""
    pull: dict[tuple[str, str], float] = {}
    for citing, cited, weight in ties:
        a, b = circle_of.get(citing), circle_of.get(cited)
        if a and b and a != b:
            key = (min(a, b), max(a, b))
            pull[key] = pull.get(key, 0.0) + weight
    total = sum(pull.values())
    return {key: weight / total for key, weight in pull.items()} if total else {}


def _free_spot(
    cid: str,
    radius: float,
    centres: Mapping[str, tuple[float, float, float]],
    pull: Mapping[tuple[str, str], float],
) -> tuple[float, float]:
    """Return the free position closest to connected circles; vertical distance costs more, so maps are wide."""
    if not centres:
        return 0.0, 0.0
    best, cost_of_best = (0.0, 0.0), np.inf
    for ox, oy, other in centres.values():
        reach = other + radius + MARGIN
        for turn in range(ANGLES):
            angle = 2 * np.pi * turn / ANGLES
            x, y = ox + reach * float(np.cos(angle)), oy + reach * float(np.sin(angle))
            if any(np.hypot(x - cx, y - cy) < radius + r + MARGIN * 0.99 for cx, cy, r in centres.values()):
                continue
            cost = float(np.hypot(x, 2.2 * y))
            for name, (cx, cy, _) in centres.items():
                cost += pull.get((min(cid, name), max(cid, name)), 0.0) * float(np.hypot(x - cx, y - cy))
            if cost < cost_of_best - 1e-9:
                best, cost_of_best = (x, y), cost
    return best


def _centred(placed: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    if not xs:
        return {}
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    # Adding 0.0 turns a negative zero into a plain one: "-0.0" and "0.0" are different bytes.
    return {person: (round(x - cx, 1) + 0.0, round(y - cy, 1) + 0.0) for person, (x, y) in placed.items()}
