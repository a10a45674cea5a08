r"""Ties grow weaker when nobody tends them.

.. math:: w(t) = w_0 \cdot 2^{-t / h}

with *t* the days since the tie was last confirmed and *h* the half-life, after which half of it is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from manyhands.analysis.network.ties import Floats
from manyhands.analysis.tables import BadInput

METHOD = "half-life 1"
#: Days after which half of a tie is left. A choice, not a finding: it is shown and can be changed.
HALF_LIFE = 365.0


def decayed(weight: ArrayLike, days: ArrayLike, *, half_life: float = HALF_LIFE) -> Floats:
    """What is left of each tie.

    Parameters
    ----------
    weight : (m,) array_like of float
        Strength when the tie was last confirmed.
    days : (m,) array_like of float
        Days since then, 0 or more; nan for a tie without a date, which keeps its strength.
    half_life : float
        In days, above 0.

    Returns
    -------
    (m,) array of float

    Raises
    ------
    BadInput
        If a date lies in the future, or the half-life is not above 0.

    Examples
    --------
    >>> decayed([0.8, 0.8, 0.8], [0, 365, 730]).round(3).tolist()
    [0.8, 0.4, 0.2]
    """
    if not (np.isfinite(half_life) and half_life > 0):
        raise BadInput("The half-life must be more than 0 days.")
    age = np.asarray(days, dtype=np.float64)
    early = np.flatnonzero(age < 0)
    if early.size:
        raise BadInput(f"Row {early[0] + 2}: the tie is dated in the future.")
    return np.asarray(np.asarray(weight, dtype=np.float64) * np.exp2(-np.nan_to_num(age, nan=0.0) / half_life))
