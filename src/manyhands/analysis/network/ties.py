"""Who is tied to whom: the one input of every network figure, checked once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import igraph
import numpy as np
from numpy.typing import ArrayLike, NDArray

from manyhands.analysis.identifiers import distinct, natural_order
from manyhands.analysis.tables import BadInput

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class Ties:
    """A network: actors in natural order of their ids, and each tie once.

    Attributes
    ----------
    actors : (n,) array of str
        Ids, in natural order; actors without a tie are among them.
    source, target : (m,) array of int
        Positions in ``actors``. Undirected ties have the smaller position first.
    weight : (m,) array of float
        Strength of each tie, above 0; 1 where no strength was given.
    is_directed : bool
        Whether a tie goes from source to target only.
    is_weighted : bool
        Whether strengths were given.
    merged : int
        Rows that named a tie a second time.
    said_none : int
        Rows of weight 0, which say that there is no tie.

    See Also
    --------
    Ties.between : makes it from ids.
    """

    actors: NDArray[np.str_]
    source: Integers
    target: Integers
    weight: Floats
    is_directed: bool = False
    is_weighted: bool = False
    merged: int = 0
    said_none: int = 0

    @classmethod
    def between(
        cls,
        source: Any,
        target: Any,
        weight: ArrayLike | None = None,
        *,
        actors: Any = None,
        is_directed: bool = False,
    ) -> Ties:
        """Check and gather ties given by the ids of their two sides.

        Parameters
        ----------
        source, target : sequence of str or int
            Ids of the two sides of each tie. Blanks around an id do not count, and ``7.0`` is ``7``.
        weight : (m,) array_like of float, optional
            Strength of each tie, 0 or more. A weight of 0 says that there is no tie, and the row is left out.
        actors : sequence of str or int, optional
            All ids there are, so that those without a tie are kept; without it, those that ties name.
        is_directed : bool
            Whether the tie from *a* to *b* differs from that of *b* to *a*.

        Returns
        -------
        Ties
            A tie that is given several times counts once, with the largest of its weights.

        Raises
        ------
        BadInput
            If an id is blank, an actor is listed twice or tied to itself, a tie names an actor that is
            not listed, or a weight is negative or no number. The sentence names the row, the header
            being row 1.

        Examples
        --------
        >>> ties = Ties.between(["Clinic", "Guild", "Clinic"], ["Guild", "Clinic", "Union"], [1, 3, 2])
        >>> ties, ties.weight.tolist(), ties.merged
        (Ties(3 actors, 2 ties), [3.0, 2.0], 1)
        """
        given = np.ones(len(source)) if weight is None else np.asarray(weight, dtype=np.float64)
        if not len(source) == len(target) == len(given):
            raise BadInput("Each tie needs a source and a target, and a weight if there are any.")
        strange = np.flatnonzero(~(np.isfinite(given) & (given >= 0)))
        if strange.size:
            raise BadInput(f"Row {strange[0] + 2}: the weight must be a number, 0 or more.")
        ids, start, end = _positions(source, target, actors)
        selves = np.flatnonzero(start == end)
        if selves.size:
            row = int(selves[0])
            raise BadInput(f"Row {row + 2}: {str(ids[start[row]])!r} is tied to itself.")
        if not is_directed:
            start, end = np.minimum(start, end), np.maximum(start, end)
        there = given > 0
        said_none = int((~there).sum())
        if said_none:
            start, end, given = start[there], end[there], given[there]
        key = start * len(ids) + end
        order = np.argsort(key, kind="stable")
        key, given = key[order], given[order]
        first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
        return cls(
            actors=ids,
            source=key[first] // max(len(ids), 1),
            target=key[first] % max(len(ids), 1),
            weight=np.maximum.reduceat(given, first) if len(first) else given,
            is_directed=is_directed,
            is_weighted=weight is not None,
            merged=len(key) - len(first),
            said_none=said_none,
        )

    def __repr__(self) -> str:
        return f"Ties({len(self.actors):,} actors, {len(self.source):,} {'directed ' * self.is_directed}ties)"

    def __len__(self) -> int:
        return len(self.source)

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each actor by id."""
        return {name: position for position, name in enumerate(self.actors.tolist())}

    def position(self, actor: str) -> int:
        """Position of one actor; `BadInput` if there is none of this id."""
        found = self.place.get(str(actor))
        if found is None:
            raise BadInput(f"There is no actor {str(actor)[:60]!r}.")
        return found

    def with_weight(self, weight: ArrayLike) -> Ties:
        """The same ties with other strengths, in the same order; for instance decayed ones.

        Raises
        ------
        BadInput
            If there is not one strength above 0 for each tie.
        """
        given = np.asarray(weight, dtype=np.float64)
        if given.shape != self.source.shape or not (np.isfinite(given) & (given > 0)).all():
            raise BadInput("Each tie needs one strength above 0.")
        return replace(self, weight=given, is_weighted=True)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The same in igraph, ties in the same order, without attributes."""
        pairs = np.column_stack([self.source, self.target])
        return igraph.Graph(n=len(self.actors), edges=pairs, directed=self.is_directed)

    @cached_property
    def weights(self) -> list[float] | None:
        """Weights as igraph wants them; None if no strengths were given."""
        return self.weight.tolist() if self.is_weighted else None

    @cached_property
    def either_way(self) -> Ties:
        """The same without directions: a tie if either side has one; the weights of both are added."""
        if not self.is_directed:
            return self
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        key, same = np.unique(low * len(self.actors) + high, return_inverse=True)
        return Ties(
            actors=self.actors,
            source=key // max(len(self.actors), 1),
            target=key % max(len(self.actors), 1),
            weight=np.bincount(same, weights=self.weight, minlength=len(key)).astype(np.float64),
            is_weighted=True,
        )


def _positions(source: Any, target: Any, actors: Any) -> tuple[NDArray[np.str_], Integers, Integers]:
    """All ids in natural order, and where the sides of each tie stand among them."""
    sources, start = distinct(source, "source")
    targets, end = distinct(target, "target")
    if actors is None:
        ids = np.union1d(sources, targets)
        ids = ids[natural_order(ids)]
    else:
        ids, listed = distinct(actors, "actor")
        _refuse_twice(ids, listed)
    place = {name: position for position, name in enumerate(ids.tolist())}
    sides = []
    for names, position in ((sources, start), (targets, end)):
        where = np.array([place.get(name, -1) for name in names.tolist()], dtype=np.int64)
        sides.append(where[position] if len(position) else np.empty(0, dtype=np.int64))
    unknown = np.flatnonzero((sides[0] < 0) | (sides[1] < 0))
    if unknown.size:
        row = int(unknown[0])
        name = sources[start[row]] if sides[0][row] < 0 else targets[end[row]]
        raise BadInput(f"Row {row + 2}: {str(name)!r} is not in the list of actors.")
    return ids, sides[0], sides[1]


def _refuse_twice(ids: NDArray[np.str_], listed: Integers) -> None:
    """Say in which row of the list an actor stands a second time."""
    if len(listed) == len(ids):
        return
    _, first = np.unique(listed, return_index=True)
    row = int(np.setdiff1d(np.arange(len(listed)), first)[0])
    raise BadInput(f"Row {row + 2} of the actors: {str(ids[listed[row]])!r} is listed a second time.")
