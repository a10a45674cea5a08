"""Examples of the literature, and loops too plain to be wrong."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import numpy as np

from manyhands.analysis.proportional import Ballots, approval_ballots

#: Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023): the running example, k = 4.
RUNNING = ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"]
#: The same, example 2.12, k = 3.
EQUAL_SHARES = ["cd"] * 3 + ["ab"] * 2 + ["ac"] * 2 + ["bd"]
SIXTY_FORTY = ["abcde"] * 60 + ["vwxyz"] * 40


def running() -> Ballots:
    return approval_ballots(RUNNING, 4, candidates="abcdefg")


def names(ballots: Ballots, positions) -> str:
    """The candidates at these positions, as one word."""
    return "".join(ballots.candidates[at] for at in positions)


def made(seed: int, *, with_costs: bool = False, with_weights: bool = False) -> Ballots:
    """A small choice drawn at random; a voter in nine approves nothing."""
    random = np.random.default_rng(seed)
    candidates, voters = int(random.integers(3, 8)), int(random.integers(3, 14))
    likes = random.random((voters, candidates)) < random.uniform(0.2, 0.6)
    likes[random.random(voters) < 1 / 9] = False
    costs = [str(Fraction(int(each), 2)) for each in random.integers(1, 9, candidates)] if with_costs else None
    return approval_ballots(
        [[str(at) for at in np.flatnonzero(own)] for own in likes],
        str(Fraction(int(random.integers(4, 24)), 2)) if with_costs else int(random.integers(1, candidates + 1)),
        candidates=[str(at) for at in range(candidates)],
        costs=costs,
        weights=[str(Fraction(int(each), 3)) for each in random.integers(1, 7, voters)] if with_weights else None,
    )


def affordable(ballots: Ballots) -> Iterator[tuple[int, ...]]:
    """Every choice within the budget, those with earlier candidates first."""
    number = len(ballots.candidates)
    found = (each for size in range(number + 1) for each in combinations(range(number), size))
    yield from sorted(each for each in found if ballots.cost_of(each) <= ballots.budget)
