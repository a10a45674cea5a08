"""Who wants the same, who wants the opposite, and who does both with the same others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Agreement:
    """Convergence and divergence between actors, of one order.

    Attributes
    ----------
    order : int
        1 counts objectives, 2 weighs them by intensity, 3 by intensity and balance of power.
    convergence, divergence : (actors, actors) array
        C and D, symmetric, diagonal 0.
    """

    order: int
    convergence: Floats
    divergence: Floats

    @cached_property
    def ambivalence(self) -> tuple[float | None, ...]:
        """For each actor ``1 - sum |C - D| / sum (C + D)``, 0 to 1.

        1 is an actor that agrees with others exactly as much as it disagrees with the same others. None for
        an actor that shares no objective with anyone: that is unknown, not 0.
        """
        apart = np.abs(self.convergence - self.divergence).sum(axis=1)
        both = (self.convergence + self.divergence).sum(axis=1)
        return tuple(
            max(0.0, 1 - one / all_) if all_ > 0 else None
            for one, all_ in zip(apart.tolist(), both.tolist(), strict=True)
        )

    @cached_property
    def degree_of_convergence(self) -> float | None:
        """``sum C / (sum C + sum D)``, 0 to 1; None if no two actors care about one objective."""
        same, opposite = float(self.convergence.sum()), float(self.divergence.sum())
        return same / (same + opposite) if same + opposite > 0 else None


def agreement(positions: Floats, order: int) -> Agreement:
    """Convergence and divergence of every two actors.

    ``C[i, j] = 1/2 * sum over k of (|m[i, k]| + |m[j, k]|)`` over the objectives k that both want or both
    do not want; D likewise where one wants what the other does not.

    Parameters
    ----------
    positions : (actors, objectives) array
        Signs for order 1, intensities for order 2, intensities times r* for order 3.
    order : int
        Only remembered.

    Returns
    -------
    Agreement

    Examples
    --------
    >>> found = agreement(np.array([[3, -1], [1, 2]]), 2)
    >>> found.convergence.tolist(), found.divergence.tolist()
    ([[0.0, 2.0], [2.0, 0.0]], [[0.0, 1.5], [1.5, 0.0]])
    >>> [round(value, 3) for value in found.ambivalence], round(found.degree_of_convergence, 3)
    ([0.857, 0.857], 0.571)
    """
    table = np.asarray(positions, dtype=np.float64)
    size = np.abs(table)
    wants, rejects = (table > 0).astype(np.float64), (table < 0).astype(np.float64)

    def shared(mine: Floats, theirs: Floats) -> Floats:
        return np.asarray((mine * size) @ theirs.T + mine @ (theirs * size).T) / 2

    convergence = shared(wants, wants) + shared(rejects, rejects)
    divergence = shared(wants, rejects) + shared(rejects, wants)
    np.fill_diagonal(convergence, 0.0)
    return Agreement(order, convergence, divergence)
