"""MACTOR: the play of forces and wishes among actors, from who influences whom and who wants what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.actors import power
from manyhands.analysis.actors.agreement import Agreement, agreement
from manyhands.analysis.actors.matrices import RatedMatrix, checked_influence, checked_positions
from manyhands.analysis.actors.roles import Role, roles

Floats = NDArray[np.float64]

#: Printed beside every figure. The number changes when a formula does.
METHOD = "MACTOR 1"


@dataclass(frozen=True)
class ActorForces:
    """What MACTOR says of one actor.

    Attributes
    ----------
    actor : str
    influence, dependence : float
        I and D, direct and through one other.
    net : float
        I less D: above 0 it acts more than it is acted on.
    balance : float or None
        r*; the average actor has 1. None if undefined.
    rank : int or None
        1 has the highest r*; equal ones share a rank.
    strongest_path_balance : float or None
        q*.
    role : Role or None
    ambivalence : tuple of three (float or None)
        Of order 1, 2 and 3.
    """

    actor: str
    influence: float
    dependence: float
    net: float
    balance: float | None
    rank: int | None
    strongest_path_balance: float | None
    role: Role | None
    ambivalence: tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class ObjectiveForces:
    """What MACTOR says of one objective.

    Attributes
    ----------
    objective : str
    wanted_by, rejected_by : int
        Actors for and against.
    intensity_for, intensity_against : float
        Sums of positions, as rated.
    force_for, force_against : float or None
        The same, each actor weighing by its r*; None if r* is undefined.
    mobilisation : float or None
        How much it moves actors, for and against together.
    """

    objective: str
    wanted_by: int
    rejected_by: int
    intensity_for: float
    intensity_against: float
    force_for: float | None
    force_against: float | None
    mobilisation: float | None


@dataclass(frozen=True, eq=False)
class Mactor:
    """All figures of MACTOR. Arrays have the order of ``actors`` and ``objectives``.

    Attributes
    ----------
    actors, objectives : tuple of str
    influences : RatedMatrix
        MID, complete, with raters and spread.
    positions : RatedMatrix
        2MAO, likewise.
    method : str

    See Also
    --------
    mactor : makes it.
    """

    actors: tuple[str, ...]
    objectives: tuple[str, ...]
    influences: RatedMatrix
    positions: RatedMatrix
    method: str = METHOD

    @cached_property
    def mdii(self) -> Floats:
        """Direct and indirect influences; shape (actors, actors), the diagonal kept."""
        return power.direct_and_indirect(self.influences.values)

    @cached_property
    def mmdii(self) -> Floats:
        """Strongest path of one or two steps; shape (actors, actors), diagonal 0."""
        return power.strongest_path(self.influences.values)

    @cached_property
    def influence(self) -> Floats:
        """I, the sum of each row of MDII without the diagonal."""
        return power.influence_and_dependence(self.mdii)[0]

    @cached_property
    def dependence(self) -> Floats:
        """D, the sum of each column of MDII without the diagonal."""
        return power.influence_and_dependence(self.mdii)[1]

    @cached_property
    def net_scale(self) -> Floats:
        """``MDII[i, j] - MDII[j, i]``: above 0, i acts more on j than j on i."""
        return np.asarray(self.mdii - self.mdii.T)

    @cached_property
    def balance(self) -> Floats | None:
        """r*, balance of power; the average is 1. None if nobody acts on anybody."""
        return power.balance(self.influence, self.dependence, np.asarray(np.diag(self.mdii)))

    @cached_property
    def strongest_path_balance(self) -> Floats | None:
        """q*, the same from MMDII, in which nothing comes back to oneself."""
        return power.balance(*power.influence_and_dependence(self.mmdii))

    @cached_property
    def signs(self) -> Floats:
        """1MAO: 1 for, -1 against, 0 neither; shape (actors, objectives)."""
        return np.asarray(np.sign(self.positions.values))

    @cached_property
    def weighted_positions(self) -> Floats | None:
        """3MAO: positions times r*; shape (actors, objectives). None if r* is undefined."""
        return None if self.balance is None else np.asarray(self.balance[:, None] * self.positions.values)

    @cached_property
    def mobilisation(self) -> Floats | None:
        """Sum of ``|3MAO|`` over the actors; shape (objectives,). None if r* is undefined."""
        return None if self.weighted_positions is None else np.asarray(np.abs(self.weighted_positions).sum(axis=0))

    @cached_property
    def agreements(self) -> tuple[Agreement, Agreement, Agreement | None]:
        """Convergence and divergence of order 1, 2 and 3; the third is None if r* is undefined."""
        third = None if self.weighted_positions is None else agreement(self.weighted_positions, 3)
        return agreement(self.signs, 1), agreement(self.positions.values, 2), third

    @cached_property
    def roles(self) -> tuple[Role | None, ...]:
        """Each actor's role on the plane of influence and dependence."""
        return roles(self.influence, self.dependence)

    def by_actor(self) -> list[ActorForces]:
        """One row for each actor, in the order of the table."""
        balance, paths = self.balance, self.strongest_path_balance
        ranks = None if balance is None else ranked(balance)
        ambivalence = [each.ambivalence if each else (None,) * len(self.actors) for each in self.agreements]
        return [
            ActorForces(
                actor=name,
                influence=float(self.influence[at]),
                dependence=float(self.dependence[at]),
                net=float(self.influence[at] - self.dependence[at]),
                balance=None if balance is None else float(balance[at]),
                rank=None if ranks is None else int(ranks[at]),
                strongest_path_balance=None if paths is None else float(paths[at]),
                role=self.roles[at],
                ambivalence=(ambivalence[0][at], ambivalence[1][at], ambivalence[2][at]),
            )
            for at, name in enumerate(self.actors)
        ]

    def by_objective(self) -> list[ObjectiveForces]:
        """One row for each objective, in the order of the table."""
        plain, weighted = self.positions.values, self.weighted_positions
        return [
            ObjectiveForces(
                objective=name,
                wanted_by=int((plain[:, at] > 0).sum()),
                rejected_by=int((plain[:, at] < 0).sum()),
                intensity_for=float(plain[:, at].clip(min=0).sum()),
                intensity_against=float((-plain[:, at]).clip(min=0).sum()),
                force_for=None if weighted is None else float(weighted[:, at].clip(min=0).sum()),
                force_against=None if weighted is None else float((-weighted[:, at]).clip(min=0).sum()),
                mobilisation=None if self.mobilisation is None else float(self.mobilisation[at]),
            )
            for at, name in enumerate(self.objectives)
        ]


def ranked(values: Floats) -> NDArray[np.int64]:
    """Rank 1 for the highest; values equal to nine digits share the better rank.

    >>> ranked(np.array([0.5, 2.0, 0.5])).tolist()
    [2, 1, 2]
    """
    rounded = np.asarray(values, dtype=np.float64).round(9)
    return np.asarray((rounded[None, :] > rounded[:, None]).sum(axis=1) + 1, dtype=np.int64)


def mactor(influences: RatedMatrix, positions: RatedMatrix) -> Mactor:
    """Say who holds power over whom, what moves the actors, and who can go together.

    Parameters
    ----------
    influences : RatedMatrix
        MID: row acts on column, 0 to 4, each actor both a row and a column; the diagonal 0 or blank.
    positions : RatedMatrix
        2MAO: rows actors, columns objectives, -4 (against, at the price of its existence) to 4 (for).

    Returns
    -------
    Mactor
        What cannot be told is None: balance, 3MAO and mobilisation if nobody acts on anybody, ambivalence of
        an actor that shares no objective with anyone.

    Raises
    ------
    BadInput
        With one sentence: fewer than 3 actors, actors that differ, a pair nobody rated (a blank is not a
        zero), a rating off its scale, an influence on oneself.

    Notes
    -----
    Formulas after J. Arcade, M. Godet, F. Meunier and F. Roubelat, *Structural analysis with the MICMAC method
    and actors' strategy with MACTOR method*, Futures Research Methodology, 1999. A figure says what follows
    from the ratings, not what an actor will do; see :func:`~manyhands.analysis.actors.sensitivity.sensitivity`
    for how far it hangs on a single one.

    Examples
    --------
    >>> from manyhands.analysis.actors import mactor, rated
    >>> names = ["Clinic", "Guild", "Council"]
    >>> found = mactor(
    ...     rated(names, names, [[0, 1, 1], [0, 0, 1], [2, 3, 0]]),
    ...     rated(names, ["bus lane"], [[2], [-3], [1]]),
    ... )
    >>> [(row.actor, row.influence, row.dependence, round(row.balance, 3), str(row.role)) for row in found.by_actor()]
    [('Clinic', 4.0, 3.0, 1.111, 'dominant'), ('Guild', 2.0, 6.0, 0.162, 'dominated'),
     ('Council', 6.0, 3.0, 1.728, 'dominant')]
    >>> [round(row.mobilisation, 2) for row in found.by_objective()]
    [4.43]
    """
    influences = checked_influence(influences)
    positions = checked_positions(positions, influences.rows)
    return Mactor(influences.rows, positions.columns, influences, positions)


def mactor_of(actors: Sequence[str], objectives: Sequence[str], influences: object, positions: object) -> Mactor:
    """The same from plain lists or arrays of one rater.

    >>> found = mactor_of(["A", "B", "C"], ["x"], [[0, 0, 0]] * 3, [[1], [1], [0]])
    >>> found.balance is None, found.mobilisation is None, found.agreements[0].degree_of_convergence
    (True, True, 1.0)
    """
    from manyhands.analysis.actors.matrices import rated

    return mactor(rated(actors, actors, influences), rated(actors, objectives, positions))
