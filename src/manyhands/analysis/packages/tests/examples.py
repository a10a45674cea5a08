"""Negotiations of the literature, and some drawn at random."""

import numpy as np

from manyhands.analysis.packages import Negotiation, Terms, negotiation

#: Nash, The Bargaining Problem, Econometrica 18 (1950): what each thing is worth to Bill and to Jack.
BILL_HAS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACK_HAS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}

#: Raiffa's points for the Panama Canal treaty talks of 1974, in Brams and Taylor, Fair Division (1996).
PANAMA = {
    "United States": (22, 22, 15, 14, 11, 6, 2, 2, 2, 4),
    "Panama": (9, 15, 15, 3, 15, 5, 7, 7, 13, 11),
}


def nash_1950() -> Negotiation:
    """Each thing is kept by its owner or given; no deal is worth what one has."""
    things = BILL_HAS | JACK_HAS
    bill = {name: {"Bill": worth[0], "Jack": 0} for name, worth in things.items()}
    jack = {name: {"Bill": 0, "Jack": worth[1]} for name, worth in things.items()}
    return negotiation(
        dict.fromkeys(things, ("Bill", "Jack")),
        {
            "Bill": Terms(bill, sum(own for own, _ in BILL_HAS.values())),
            "Jack": Terms(jack, sum(own for _, own in JACK_HAS.values())),
        },
        points_total=None,
    )


def made(
    seed: int, *, issues: int = 3, options: int = 3, parties: int = 3, walk_away: int = 45, lines: float = 0.0
) -> Negotiation:
    """A negotiation drawn at random; a party in six knows no walk-away."""
    random = np.random.default_rng(seed)
    names = [f"issue {at}" for at in range(issues)]
    choices = [f"option {at}" for at in range(options)]
    told = {}
    for party in range(parties):
        weight = random.multinomial(100 - issues, np.full(issues, 1 / issues)) + 1
        points, red = {}, {}
        for name, most in zip(names, weight.tolist(), strict=True):
            own = random.integers(0, most + 1, options)
            own[random.integers(options)] = most
            points[name] = dict(zip(choices, own.tolist(), strict=True))
            red[name] = [choice for choice in choices if random.random() < lines]
        least = None if random.random() < 1 / 6 else int(random.integers(0, walk_away + 1))
        told[f"party {party}"] = Terms(points, least, red)
    return negotiation(dict.fromkeys(names, choices), told)
