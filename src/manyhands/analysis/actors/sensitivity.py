"""How far MACTOR's answers hang on one single rating: each is moved by one step, up and down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.actors import power
from manyhands.analysis.actors.mactor import Mactor, ranked
from manyhands.analysis.actors.matrices import INFLUENCE_RANGE, POSITION_RANGE
from manyhands.analysis.actors.roles import Role, roles

Floats = NDArray[np.float64]

METHOD = "one rating at a time 1"
#: Above this many ratings the whole round is not worth its minutes.
MOST_RATINGS = 20_000


@dataclass(frozen=True)
class RatingEffect:
    """What changes if one rating is one step higher or lower.

    Attributes
    ----------
    kind : "influence" or "position"
    actor, other : str
        Who acts on whom, or who stands where on which objective.
    rating, becomes : float
    balance_shift : float
        Largest change of anyone's r*; 0 for positions.
    order_changes : int
        Pairs of actors that change their order by r*, a tie made or broken included.
    roles_changed : tuple of (actor, Role or None, Role or None)
        Before and after.
    mobilisation_shift : float
        Largest change of an objective's mobilisation.
    objective_order_changes : int
        Pairs of objectives that change their order by mobilisation.
    becomes_undefined : bool
        Whether r* cannot be told any more.
    """

    kind: Literal["influence", "position"]
    actor: str
    other: str
    rating: float
    becomes: float
    balance_shift: float
    order_changes: int
    roles_changed: tuple[tuple[str, Role | None, Role | None], ...]
    mobilisation_shift: float
    objective_order_changes: int
    becomes_undefined: bool = False

    @property
    def conclusions_changed(self) -> int:
        """Orders of two actors, roles, and orders of two objectives that are not what they were."""
        return self.order_changes + len(self.roles_changed) + self.objective_order_changes


@dataclass(frozen=True)
class ActorRange:
    """How an actor fares whatever single rating is one step off: r*, rank, and all roles it can have."""

    actor: str
    lowest_balance: float
    highest_balance: float
    best_rank: int
    worst_rank: int
    roles: tuple[Role | None, ...]


@dataclass(frozen=True)
class Sensitivity:
    """Everything that one step of one rating can do.

    Attributes
    ----------
    effects : tuple of RatingEffect
        The rating that matters most first: by conclusions changed, then by the largest shift of r*, then of
        mobilisation, then in the order of the tables.
    actors : tuple of ActorRange
    same_order_share : float
        Share of the steps of influences after which the order of the actors by r* is as before.
    same_roles_share : float
        Share of the steps of influences after which every role is as before.
    same_leader_share : float
        Share of the steps of influences after which those with the highest r* are as before.
    same_objective_order_share : float
        Share of all steps after which the order of the objectives by mobilisation is as before.
    """

    effects: tuple[RatingEffect, ...]
    actors: tuple[ActorRange, ...]
    same_order_share: float
    same_roles_share: float
    same_leader_share: float
    same_objective_order_share: float
    method: str = METHOD


def sensitivity(found: Mactor) -> Sensitivity | None:
    """Move every rating by one step up and one step down, the others staying as they are.

    Steps that leave the scale are not made. Each step costs time in proportion to the actors, because a
    change of ``a[i, j]`` reaches only row i and column j of MDII.

    Parameters
    ----------
    found : Mactor

    Returns
    -------
    Sensitivity or None
        None if r* is undefined to begin with, or if there are more than 20,000 ratings.

    Examples
    --------
    >>> from manyhands.analysis.actors import mactor_of
    >>> names = ["Clinic", "Guild", "Council"]
    >>> found = mactor_of(names, ["bus lane"], [[0, 1, 1], [0, 0, 1], [2, 3, 0]], [[2], [-3], [1]])
    >>> first = sensitivity(found).effects[0]
    >>> first.actor, first.other, first.rating, first.becomes, len(first.roles_changed)
    ('Clinic', 'Guild', 1.0, 0.0, 1)
    """
    n, m = len(found.actors), len(found.objectives)
    if found.balance is None or found.mobilisation is None or n * (n - 1) + n * m > MOST_RATINGS:
        return None
    effects: list[RatingEffect] = []
    round_ = _Round(found)
    for i in range(n):
        for j in range(n):
            rating = float(found.influences.values[i, j])
            for becomes in (rating - 1, rating + 1):
                if i != j and INFLUENCE_RANGE[0] <= becomes <= INFLUENCE_RANGE[1]:
                    effects.append(round_.of_influence(i, j, rating, becomes))
    for i in range(n):
        for k in range(m):
            rating = float(found.positions.values[i, k])
            for becomes in (rating - 1, rating + 1):
                if POSITION_RANGE[0] <= becomes <= POSITION_RANGE[1]:
                    effects.append(round_.of_position(i, k, rating, becomes))
    return round_.summed_up(effects)


class _Round:
    """One round of steps, with what stays the same worked out once."""

    def __init__(self, found: Mactor) -> None:
        assert found.balance is not None
        assert found.mobilisation is not None
        self.found = found
        self.table = found.influences.values
        self.size = np.abs(found.positions.values)
        self.balance, self.mobilisation = found.balance, found.mobilisation
        self.own = np.asarray(np.diag(found.mdii))
        self.order = _order(found.balance)
        self.objective_order = _order(found.mobilisation)
        self.leaders = ranked(found.balance) == 1
        n = len(found.actors)
        self.low, self.high = found.balance.copy(), found.balance.copy()
        self.best, self.worst = ranked(found.balance), ranked(found.balance)
        self.seen_roles: list[list[Role | None]] = [[role] for role in found.roles]
        self.same_leader = 0
        self.n = n

    def of_influence(self, i: int, j: int, rating: float, becomes: float) -> RatingEffect:
        influence, dependence, own = self._after(i, j, becomes)
        names = roles(influence, dependence)
        changed = tuple(
            (actor, before, after)
            for actor, before, after in zip(self.found.actors, self.found.roles, names, strict=True)
            if before != after
        )
        for at, role in enumerate(names):
            if role not in self.seen_roles[at]:
                self.seen_roles[at].append(role)
        actor, other = self.found.actors[i], self.found.actors[j]
        balance = power.balance(influence, dependence, own)
        if balance is None:
            return RatingEffect("influence", actor, other, rating, becomes, 0.0, 0, changed, 0.0, 0, True)
        self._remember(balance)
        mobilisation = balance @ self.size
        return RatingEffect(
            kind="influence",
            actor=actor,
            other=other,
            rating=rating,
            becomes=becomes,
            balance_shift=float(np.abs(balance - self.balance).max()),
            order_changes=_changes(self.order, _order(balance)),
            roles_changed=changed,
            mobilisation_shift=float(np.abs(mobilisation - self.mobilisation).max()),
            objective_order_changes=_changes(self.objective_order, _order(mobilisation)),
        )

    def of_position(self, i: int, k: int, rating: float, becomes: float) -> RatingEffect:
        mobilisation = self.mobilisation.copy()
        mobilisation[k] += self.balance[i] * (abs(becomes) - abs(rating))
        return RatingEffect(
            kind="position",
            actor=self.found.actors[i],
            other=self.found.objectives[k],
            rating=rating,
            becomes=becomes,
            balance_shift=0.0,
            order_changes=0,
            roles_changed=(),
            mobilisation_shift=float(np.abs(mobilisation - self.mobilisation).max()),
            objective_order_changes=_changes(self.objective_order, _order(mobilisation)),
        )

    def _after(self, i: int, j: int, becomes: float) -> tuple[Floats, Floats, Floats]:
        """I, D and the diagonal of MDII if ``a[i, j]`` were something else."""
        table, before = self.table, self.table[i, j]
        # Paths i -> j -> y and x -> i -> j are all that change, and the way i -> j itself.
        onwards = np.minimum(becomes, table[j]) - np.minimum(before, table[j])
        towards = np.minimum(table[:, i], becomes) - np.minimum(table[:, i], before)
        influence, dependence, own = self.found.influence.copy(), self.found.dependence.copy(), self.own.copy()
        influence[i] += becomes - before
        dependence[j] += becomes - before
        own[i] += onwards[i]
        own[j] += towards[j]
        onwards[i], towards[j] = 0.0, 0.0  # what comes back to oneself is on the diagonal
        influence[i] += onwards.sum()
        dependence += onwards
        influence += towards
        dependence[j] += towards.sum()
        return influence, dependence, own

    def _remember(self, balance: Floats) -> None:
        np.minimum(self.low, balance, out=self.low)
        np.maximum(self.high, balance, out=self.high)
        rank = ranked(balance)
        np.minimum(self.best, rank, out=self.best)
        np.maximum(self.worst, rank, out=self.worst)
        self.same_leader += int(((rank == 1) == self.leaders).all())

    def summed_up(self, effects: list[RatingEffect]) -> Sensitivity:
        moved = [each for each in effects if each.kind == "influence"]  # positions leave r* as it is
        same_order = sum(not each.order_changes and not each.becomes_undefined for each in moved)
        same_roles = sum(not each.roles_changed for each in moved)
        same_objectives = sum(not each.objective_order_changes and not each.becomes_undefined for each in effects)
        effects.sort(
            key=lambda each: (
                not each.becomes_undefined,
                -each.conclusions_changed,
                -round(each.balance_shift, 9),
                -round(each.mobilisation_shift, 9),
            )
        )
        ranges = (
            ActorRange(name, float(low), float(high), int(best), int(worst), tuple(names))
            for name, low, high, best, worst, names in zip(
                self.found.actors, self.low, self.high, self.best, self.worst, self.seen_roles, strict=True
            )
        )
        return Sensitivity(
            effects=tuple(effects),
            actors=tuple(ranges),
            same_order_share=same_order / len(moved),
            same_roles_share=same_roles / len(moved),
            same_leader_share=self.same_leader / len(moved),
            same_objective_order_share=same_objectives / len(effects),
        )


def _order(values: Floats) -> NDArray[np.int8]:
    """For every two, whether the first is higher, lower or equal."""
    rounded = values.round(9)
    return np.asarray(np.sign(rounded[:, None] - rounded[None, :]), dtype=np.int8)


def _changes(before: NDArray[np.int8], after: NDArray[np.int8]) -> int:
    return int((before != after).sum()) // 2
