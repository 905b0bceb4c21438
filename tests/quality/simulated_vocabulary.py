"""Words and sentence patterns of the simulated blogosphere, in English.

A domain is a subject people write about. The topic's domain has a common pool and one pool per circle. Two off-topic
domains share words with the topic on purpose: engineers have hives and swarms, gardeners have bees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Domain:
    """A subject: nouns, adjectives, past-tense transitive verbs and place phrases."""

    name: str
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    verbs: tuple[str, ...]
    places: tuple[str, ...]


def _domain(name: str, nouns: str, adjectives: str, verbs: str, places: str) -> Domain:
    def split(words: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in words.split(","))

    return Domain(name, split(nouns), split(adjectives), split(verbs), split(places))


TOPIC = _domain(
    "beekeeping",
    "hive, colony, honey bee, swarm, queen, brood frame, apiary, varroa mite, worker bee, drone, nectar flow, "
    "hive inspection, smoker, honey super, beekeeping season, bee suit, entrance reducer, brood box, forager, "
    "wax foundation, hive tool, nucleus, pollen pattie, winter cluster, beekeeping club, honey harvest, mite count",
    "queenright, strong, weak, overwintered, gentle, defensive, crowded, hygienic, uncapped, spring, late, first-year",
    "inspected, split, requeened, fed, treated, combined, overwintered, opened, smoked, moved, weighed, caught",
    "in the apiary, at the hive entrance, under the inner cover, between two brood boxes, along the hedgerow hives, "
    "by the water source, on the landing board, in the bee yard",
)

CIRCLES = (
    _domain(
        "queen rearing",
        "queen cell, grafting tool, mating nuc, cell builder, queen excluder, breeder queen, larva, royal jelly, "
        "cell bar, drone congregation area, laying pattern, instrumental insemination, mother line, virgin queen, "
        "mating flight, queen cage",
        "grafted, mated, virgin, capped, prolific, locally adapted, inbred, marked",
        "grafted, mated, caged, marked, introduced, selected, incubated, banked",
        "at the mating station, in the cell builder, in the incubator, at the breeder's yard",
    ),
    _domain(
        "natural hives",
        "top-bar hive, natural comb, log hive, skep, Warré box, bait hive, cross comb, propolis envelope, tree cavity, "
        "foundationless frame, small cell, treatment-free stock, thermal mass, feral colony, sun hive, straw quilt",
        "treatment-free, foundationless, feral, wild, unmanaged, hollow, thick-walled, low-intervention",
        "baited, carved, thatched, insulated, left alone, propped, hung, observed",
        "in the old lime tree, under the thatched roof, along the woodland edge, in the log hive",
    ),
    _domain(
        "city rooftops",
        "rooftop apiary, forage map, balcony hive, neighbour complaint, city council permit, linden bloom, stairwell, "
        "allotment bee yard, school hive, heat island, microclimate sensor, hive scale, parapet, public workshop, "
        "swarm call, urban honey",
        "urban, municipal, windy, rented, crowded, shared, sunlit, registered",
        "hauled, registered, mapped, sheltered, shared, anchored, relocated, monitored",
        "on the library roof, six floors up, behind the town hall, across the river from the station",
    ),
    _domain(
        "bee health",
        "mite wash, oxalic acid, foulbrood test, nosema spore, deformed wing virus, brood break, alcohol roll, "
        "sugar shake, thymol strip, hygiene assay, infestation rate, sticky board, comb rotation, robbing event, "
        "diagnostic lab, pesticide residue",
        "infested, sterile, resistant, subclinical, viral, chronic, replicated, diagnosed",
        "sampled, sublimated, dribbled, tested, quarantined, counted, sterilised, diagnosed",
        "in the diagnostic lab, on the sticky board, under the microscope, in the control yard",
    ),
)

OFF_TOPIC = (
    _domain(
        "cooking",
        "sourdough, braise, stock, skillet, shallot, custard, broth, dough, marinade, casserole, pantry, lentil, "
        "tomato passata, knife roll, roasting tin, vinaigrette, dumpling, smoker brisket, pickle, oven",
        "crisp, buttery, overcooked, peppery, slow, smoked, salted, tender",
        "simmered, roasted, kneaded, whisked, seasoned, plated, reduced, burned",
        "on the back burner, in the cast iron, at the market stall, in a cold oven",
    ),
    _domain(
        "films",
        "screenplay, tracking shot, premiere, sequel, director, matinee, soundtrack, close-up, remake, festival jury, "
        "projector, third act, monologue, montage, villain, cliffhanger, box office, casting, trailer, credits",
        "grainy, overlong, tender, noir, deadpan, lavish, forgotten, restored",
        "filmed, edited, reviewed, dubbed, panned, restored, rewatched, scored",
        "in the cutting room, at the repertory cinema, on location, in the back row",
    ),
    _domain(
        "data engineering",
        "hive table, docker swarm, query planner, partition, pipeline, message queue, schema migration, dashboard, "
        "broker, retry policy, container, replica, data lake, cache, worker node, index, latency budget, batch job, "
        "deployment, incident review",
        "idempotent, stale, distributed, flaky, sharded, columnar, cold, provisioned",
        "deployed, sharded, queried, refactored, profiled, rolled back, cached, migrated",
        "in production, on the staging cluster, behind the load balancer, in the nightly job",
    ),
    _domain(
        "gardening",
        "compost heap, raised bed, pollinator border, seedling, trellis, bumble bee, mulch, tomato plant, hedge, "
        "greenhouse, rose, slug, pruning saw, perennial, potting shed, lawn, bulb, apple tree, wildflower, seed tray",
        "leggy, hardy, shaded, overgrown, fragrant, frost-bitten, potted, weedy",
        "pruned, sowed, mulched, transplanted, watered, weeded, staked, grafted",
        "behind the shed, in the cold frame, along the south wall, under the apple tree",
    ),
    _domain(
        "football",
        "midfield, penalty, striker, season ticket, transfer window, clean sheet, derby, relegation fight, back four, "
        "set piece, referee, away end, counter attack, goalkeeper, cup tie, academy, substitute, corner, offside, "
        "league table",
        "scrappy, late, offside, home, away, unbeaten, tactical, soggy",
        "pressed, signed, benched, scored, defended, loaned, saved, cleared",
        "in the away end, at the near post, in stoppage time, on the training ground",
    ),
    _domain(
        "travel",
        "ferry, guesthouse, passport stamp, mountain pass, night train, rucksack, border crossing, harbour, itinerary, "
        "street market, bus station, monastery, phrasebook, hostel, coast path, visa, museum, island, timetable, bay",
        "remote, delayed, cheap, foggy, winding, crowded, quiet, coastal",
        "crossed, booked, missed, hiked, photographed, packed, rented, wandered",
        "on the night train, at the ferry port, above the tree line, in the old town",
    ),
)

PATTERNS = (
    "{W} I {v} the {a} {n} {p}, and the {m} came out better than I had feared.",
    "A {n} that looks {a} is rarely the one you want beside a {b} {m}.",
    "Nobody told me that the {n} would ask for a second {m} {w}.",
    "We {v} the {n} twice because the {a} {m} kept giving us {q} readings.",
    "If your {n} turns {a}, look at the {m} before you touch anything else.",
    "The {n} and the {m} belong together, although most books treat them in separate chapters.",
    "{W} a reader asked how I {v} a {a} {n} without losing the {m}.",
    "My notes say the {n} was {a} {p}, but the {m} told a different story.",
    "Every {a} {n} I have {v} taught me something about the {m}.",
    "You can tell a {b} {n} by the way the {m} behaves {p}.",
    "There is a cheap way and a proper way to deal with a {a} {n}, and the {m} knows which one you took.",
    "After I {v} the {n}, the {a} {m} settled down {w}.",
    "The {q} part was never the {n}; it was the {a} {m} {p}.",
    "Most people {v} the {n} far too early, long before the {m} is ready.",
    "{W} we counted nine {a} signs of trouble {p}, each of them next to a {n}.",
    "I used to blame the {m}, until a {a} {n} proved me wrong {w}.",
    "Put the {n} {p} and leave the {m} where it is; a {b} one does not travel well.",
    "What a {a} {n} needs is patience, a dry day and somebody who has {v} a {m} before.",
    "The old hands {v} every {n} by feel, and their {m} was no worse for it.",
    "Three things decide whether a {n} stays {a}: the {m}, the weather and your own temper.",
    "A friend lent me a {b} {n}, which is how the {m} ended up {p}.",
    "I would rather have one {a} {n} than four that nobody has {v}.",
    "It took me {d} to notice that the {m} was {a} and the {n} was not.",
    "Between the {n} and the {m} lies most of what beginners find {q}.",
    "On paper a {a} {m} costs little; {p} it cost us the whole {n}.",
    "We compared the {b} {n} with last year's {m} and changed our minds {w}.",
    "The {n} failed {d} later, just after somebody {v} the {m}.",
    "Do not trust a {m} that has never been {v} {p}.",
    "Whoever {v} this {n} first deserves a medal, or at least a {a} {m}.",
    "This year the {m} came early, so the {n} was {a} {w}.",
)

CHATTER = (
    "The kettle was on before anybody had taken their boots off.",
    "I write these notes mostly so that I can find them again.",
    "It rained for the better part of the week, which did nobody any good.",
    "Thank you to everyone who wrote in after the last post.",
    "None of this is advice; it is only what happened here.",
    "I have been meaning to put this down in writing for {d}.",
    "My daughter says I explain things backwards, so let me start with the end.",
    "There are better photographs, but the battery died halfway through.",
    "Ask three people and you will get four answers, two of them {q}.",
    "The {q} thing about keeping a diary is that it remembers what you would rather forget.",
    "I changed my mind about half of this on the way home.",
    "More on that another day, because it deserves a page of its own.",
    "Somebody asked for figures, so here they are, as {q} as they may look.",
    "I made every mistake there is to make, some of them twice.",
    "It is a small thing, but small things are what a year is made of.",
    "If you have tried it another way, I would like to hear how it went.",
    "The neighbours have stopped asking what we are doing out there.",
    "This was supposed to be a short post.",
    "By the time the light went we had learned enough to go home content.",
    "I had my doubts, and some of them were even justified.",
    "Let me be honest about the part that went wrong {w}.",
    "The first attempt is always the one you tell stories about.",
    "You will need more time than you think and less equipment than the shop says.",
    "For the record, nobody was hurt and only one bucket was lost.",
    "We argued about it over lunch and settled nothing.",
    "There is a longer version of this story that involves a van and a gate.",
    "I keep coming back to the same question {w}.",
    "Luck played its part, as it usually does when something works the first time.",
    "The plan for next month is to do less and to write down more.",
    "It sounds {q} when you say it aloud, but it holds up.",
)

WHEN = (
    "last week", "this spring", "in the autumn", "on a cold morning", "after the storm", "before breakfast",
    "towards the end of June", "over the long weekend", "in the second year", "the day before yesterday",
    "at the end of a dry month", "after dark",
)  # fmt: skip
QUALITY = ("odd", "plain", "puzzling", "useful", "stubborn", "surprising", "boring", "tricky", "honest", "strange")
SPAN = ("three days", "a fortnight", "two months", "most of a year", "an hour", "one long evening", "six weeks")

TITLES = (
    "Notes on the {a} {n}", "What a {n} taught me", "The {n} and the {m}", "Why I {v} the {m}", "A {a} {n}, revisited",
    "How we {v} a {n}", "Against the {a} {m}", "Small lessons from a {n}", "The trouble with a {a} {m}",
    "A year with the {n}", "Questions about the {n}", "{m} diary", "On the {m}, once more", "In praise of the {a} {n}",
    "Field report: {n}", "From {n} to {m}",
)  # fmt: skip

# {x} becomes the link; the patterns carry no label of what they say about the cited person, as on the real web.
CITING = (
    "Credit goes to {x}, whose {n} method we followed step by step.",
    "As {x} showed, a {a} {n} changes what you can expect of the {m}.",
    "I agree with {x} that the {n} matters more than the {m}.",
    "Thanks to {x} I finally understood why a {a} {n} fails.",
    "I am not convinced by {x}, who thinks the {m} explains a {a} {n}.",
    "The best thing I read on the {n} this month is {x}.",
    "This is a reply of sorts to {x} about the {a} {m}.",
    "Building on {x}, we {v} our own {n} and wrote down the figures.",
    "If you read one piece on the {m}, read {x}.",
    "The idea comes from {x}; the mistakes with the {n} are mine.",
    "{x} puts it better than I could: the {a} {n} comes first.",
    "After reading {x} I went back and {v} the {n} again.",
)
VIA = ("I found it through {x}.", "Hat tip to {x}.", "It reached me by way of {x}.", "(Via {x}.)")
PASSING = (
    "Even {x} would have laughed at that.",
    "It was like a scene from {x}.",
    "You may have seen what {x} said on the same day.",
    "We listened to {x} in the van on the way there.",
    "For something lighter, {x} made me smile this week.",
)
SPONSORED = (
    "This post was made possible by {x}, where delivery is free this week.",
    "Readers get ten percent off at {x} until the end of the month.",
    "We were sent a sample by {x} and found it did what the box said.",
)

FIRST_NAMES = (
    "Mara", "Tobias", "Ines", "Callum", "Wren", "Otto", "Sunniva", "Priya", "Declan", "Hanne", "Rufus", "Leonie",
    "Amara", "Jonas", "Beatrix", "Kofi", "Sylvie", "Anselm", "Greta", "Mateo", "Nora", "Edwin", "Yuki", "Paloma",
    "Arthur", "Signe", "Dmitri", "Farah", "Gwen", "Hugo", "Ilse", "Jasper", "Kirsten", "Lorcan", "Maeve", "Nils",
    "Oriel", "Petra", "Quentin", "Rosalind",
)  # fmt: skip
LAST_NAMES = (
    "Lindqvist", "Ashdown", "Okonkwo", "Varga", "Thorne", "Merrick", "Castellan", "Ibarra", "Holloway", "Penrose",
    "Dragomir", "Fenwick", "Quayle", "Sorensen", "Tamm", "Ulrich", "Vance", "Whitlock", "Yarrow", "Zeller", "Aldous",
    "Birch", "Crane", "Dunmore", "Ekström", "Farrow", "Garland", "Hartley", "Imrie", "Jessop", "Kestrel", "Lomax",
    "Marlowe", "Novak", "Oakley", "Pryce",
)  # fmt: skip
BLOG_FIRST = (
    "Quiet", "Second", "Crooked", "Amber", "Slow", "North", "Paper", "Copper", "Late", "Hollow", "Bright", "Salt",
    "Winter", "Distant", "Plain", "Seven", "Open", "Rusty", "Green", "Long",
)  # fmt: skip
BLOG_SECOND = (
    "Ledger", "Orchard", "Lane", "Bench", "Window", "Meadow", "Notebook", "Gate", "Ridge", "Harbour", "Kettle",
    "Margin", "Lantern", "Field", "Porch", "Almanac", "Workshop", "Corner", "Letters", "Mill",
)  # fmt: skip


class Voice:
    """One writer's vocabulary: a random part of each pool."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._favourites: dict[str, tuple[list[str], list[str], list[str], list[str]]] = {}
        self._patterns = list(rng.permutation(len(PATTERNS))[:24])

    def _pools(self, domain: Domain) -> tuple[list[str], list[str], list[str], list[str]]:
        if domain.name not in self._favourites:
            pools = (domain.nouns, domain.adjectives, domain.verbs, domain.places)
            nouns, adjectives, verbs, places = (self._some(pool) for pool in pools)
            self._favourites[domain.name] = (nouns, adjectives, verbs, places)
        return self._favourites[domain.name]

    def _some(self, pool: tuple[str, ...]) -> list[str]:
        keep = max(4, (2 * len(pool)) // 3)
        return [pool[i] for i in self._rng.permutation(len(pool))[:keep]]

    def _pick(self, pool: list[str] | tuple[str, ...]) -> str:
        return pool[int(self._rng.integers(len(pool)))]

    def fill(self, pattern: str, domain: Domain) -> str:
        """The pattern with this voice's words of the domain; `{x}` stays for a link."""
        nouns, adjectives, verbs, places = self._pools(domain)
        when = self._pick(WHEN)
        first = int(self._rng.integers(len(nouns)))
        second = (first + 1 + int(self._rng.integers(len(nouns) - 1))) % len(nouns)
        text = pattern.format(
            n=nouns[first], m=nouns[second], a=self._pick(adjectives), b=self._pick(adjectives), v=self._pick(verbs),
            p=self._pick(places), w=when, W=when[0].upper() + when[1:] + ",", q=self._pick(QUALITY),
            d=self._pick(SPAN), x="{x}",
        )  # fmt: skip
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)
        return text if text.startswith("{x}") else text[0].upper() + text[1:]

    def sentence(self, domain: Domain) -> str:
        """A sentence about the domain."""
        return self.fill(PATTERNS[self._patterns[int(self._rng.integers(len(self._patterns)))]], domain)

    def chatter(self) -> str:
        """A sentence without a subject of any domain."""
        return self.fill(self._pick(CHATTER), OFF_TOPIC[0])

    def citing(self, domain: Domain) -> str:
        """A sentence with `{x}` for a link to a post that is taken up."""
        return self.fill(self._pick(CITING), domain)

    def via(self) -> str:
        """A sentence with `{x}` for a link to the author through whom the post was found."""
        return self._pick(VIA)

    def passing(self) -> str:
        """A sentence with `{x}` for a link in passing."""
        return self._pick(PASSING)

    def sponsored(self) -> str:
        """A sentence with `{x}` for a paid link."""
        return self._pick(SPONSORED)

    def title(self, domain: Domain) -> str:
        """A title about the domain."""
        text = self.fill(self._pick(TITLES), domain)
        return text[0].upper() + text[1:]
