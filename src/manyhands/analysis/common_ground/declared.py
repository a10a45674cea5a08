"""Groups that people were declared to be in, such as constituencies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.identifiers import natural_order
from manyhands.analysis.responses import BadInput


def declared_groups(groups: NDArray[np.str_], smallest: int | None) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Names of the groups in natural order, and which one each person is in.

    Parameters
    ----------
    groups : (people,) array of str
        Blank for a person in no group.
    smallest : int, optional
        The two smallest groups are joined until none has fewer people. They are joined rather than left
        out because what is left out of a total can be found again by subtraction.

    Returns
    -------
    names : tuple of str
    of_person : (people,) array of int
        Position among the names, or -1.

    Raises
    ------
    BadInput
        If no one is in a group.

    Examples
    --------
    >>> names, of_person = declared_groups(np.array(["b", "a", "", "c", "c"]), 2)
    >>> names, of_person.tolist()
    (('a + b', 'c'), [0, 0, -1, 1, 1])
    """
    ids, place = np.unique(groups, return_inverse=True)
    sizes: dict[tuple[str, ...], int] = {
        (str(name),): int(count) for name, count in zip(ids, np.bincount(place), strict=True) if name
    }
    if not sizes:
        raise BadInput("No one is in a group.")
    while smallest is not None and len(sizes) > 1 and min(sizes.values()) < smallest:
        first, second = sorted(sizes, key=lambda parts: (sizes[parts], parts))[:2]
        sizes[tuple(sorted(first + second))] = sizes.pop(first) + sizes.pop(second)
    joined = list(sizes)
    names = np.array([" + ".join(parts) for parts in joined], dtype=np.str_)
    order = natural_order(names)
    where = {part: at for at, which in enumerate(order) for part in joined[which]}
    lookup = np.array([where.get(str(name), -1) for name in ids], dtype=np.int64)
    return tuple(names[order].tolist()), lookup[place]
