"""Common ground from answers, all at once: the one function to call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.common_ground.declared import declared_groups
from manyhands.analysis.common_ground.finding import METHOD, PLAIN_METHOD, CommonGround
from manyhands.analysis.common_ground.opinion_groups import SMALLEST_GROUP, OpinionGroups, find_opinion_groups
from manyhands.analysis.common_ground.tallies import Tallies, tally
from manyhands.analysis.responses import BadInput, Responses


def common_ground(responses: Responses, *, seed: int = 2026, smallest_group: int | None = None) -> CommonGround:
    """Rank statements by how far every group accepts them, so that a large group cannot outvote a small.

    Parameters
    ----------
    responses : Responses
        If it has declared groups, those are used; otherwise groups of people who answer alike are found.
    seed : int
        Of the search for groups; the same seed gives the same answer.
    smallest_group : int, optional
        Groups with fewer people are joined. Found groups: to the nearest; 5 if not given. Declared
        groups: the smallest two together, until none is too small; taken as they are if not given.

    Returns
    -------
    CommonGround

    Raises
    ------
    BadInput
        If no one answered anything, or no one is in a declared group.

    Notes
    -----
    A high score says that every group leans to yes. It does not say that the statement matters to
    them, nor that those who did not answer would agree. Figures are exact: before showing them to
    people other than the holder of the answers, see :mod:`manyhands.analysis.suppression`.

    Examples
    --------
    Two declared groups. Both accept statement 0; statement 1 splits them.

    >>> answers = [[1, 1]] * 8 + [[1, -1]] * 8
    >>> result = common_ground(Responses.from_dense(answers, ["north"] * 8 + ["south"] * 8))
    >>> [(row.id, round(row.consensus, 2), row.divides) for row in result.rows()]
    [('0', 0.81, False), ('1', 0.09, True)]
    >>> result.method, result.groups, result.sizes.tolist()
    ('group-informed consensus 1', ('north', 'south'), [8, 8])
    """
    groups = grouped(responses, seed, smallest_group)
    return assembled(responses, groups, tally(responses, groups.of_person, len(groups.names)))


@dataclass(frozen=True, eq=False)
class Grouped:
    """Which groups there are and who is in which, declared or found."""

    names: tuple[str, ...]
    of_person: NDArray[np.int64]
    found: OpinionGroups | None = None


def grouped(
    responses: Responses,
    seed: int,
    smallest_group: int | None,
    near: NDArray[np.float64] | None = None,
    begin_with: NDArray[np.int64] | None = None,
) -> Grouped:
    """The declared groups, or those that are found; what they may begin with as in `find_opinion_groups`."""
    if responses.votes.nnz == 0:
        raise BadInput("No one has answered anything yet.")
    if responses.groups is not None:
        return Grouped(*declared_groups(responses.groups, smallest_group))
    smallest = SMALLEST_GROUP if smallest_group is None else smallest_group
    found = find_opinion_groups(responses, seed=seed, smallest_group=smallest, near=near, begin_with=begin_with)
    return Grouped(found.names, found.of_person, found)


def assembled(responses: Responses, groups: Grouped, counted: Tallies) -> CommonGround:
    """Put groups and their tallies together; the last row of tallies is people in no group."""
    names, of_person = groups.names, groups.of_person
    return CommonGround(
        method=METHOD if len(names) > 1 else PLAIN_METHOD,
        statements=responses.statements,
        groups=names,
        sizes=np.bincount(of_person[of_person >= 0], minlength=len(names)).astype(np.int64),
        in_no_group=int(((of_person < 0) & (responses.votes_of_each > 0)).sum()),
        by_group=counted.rows(slice(0, len(names))),
        total=counted.total,
        found=groups.found,
    )
