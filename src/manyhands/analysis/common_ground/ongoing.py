"""Common ground that is kept up while answers arrive, without beginning again at each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from manyhands.analysis.common_ground.computing import Grouped, assembled, grouped
from manyhands.analysis.common_ground.finding import CommonGround
from manyhands.analysis.common_ground.tallies import Tallies, tally
from manyhands.analysis.responses import AnswerLog, BadInput, Change, Responses

Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OngoingGround:
    r"""The common ground of a conversation that goes on. Never changed: each step makes a new one.

    Attributes
    ----------
    log : AnswerLog
        Every statement's answers, those left out too.
    ground : CommonGround
        Of the answers that stand, without the statements left out.
    of_person : (people,) array of int
        The group of each of ``log.people``; -1 for none.
    counted : Tallies
        Answers by group and statement of ``log.statements``; the last row is people in no group.
    left_out : frozenset of str
        Statements that count for nothing, such as those moderated out. Answers to them are kept.
    declared : dict of str to str, or None
        Group by person, where groups are declared; None where they are found.
    seed, smallest_group
        As in :func:`common_ground`.

    Notes
    -----
    After any number of steps, ``ground`` beside ``common_ground`` of the whole log at once, with the same
    seed (people and statements all of whose answers were withdrawn stay as people and statements without):

    - *tallies, and so consensus, ranks and intervals, are equal to the last digit* wherever the groups are
      the same; with declared groups they always are.
    - *directions* agree to 1e-6 (length 1, beyond 96 statements, where they are iterated); up to 96
      statements they are equal to the last digit. Where two directions explain equally much, neither is
      determined, here as there.
    - *groups* are searched anew from the same seed, at a cost that does not grow with the number of people:
      up to 96 statements they are the same; beyond, they are the same unless something rests on less than
      those 1e-6: a person on the border of two groups, two numbers of groups with one silhouette, two
      groups of one size in one place along the first direction.
    - with ``search=False`` groups begin at those before and keep their number; *tallies are exact for the
      groups it has*, but a search could have found others. Search again once in a while.

    Examples
    --------
    >>> people = [str(at) for at in range(12)]
    >>> log = AnswerLog.begin().add(people, ["1"] * 12, [1] * 8 + [-1] * 4)
    >>> begun = OngoingGround.begin(log)
    >>> later = begun.add(["3", "12"], ["1", "1"], [None, 1])  # one taken back, one new
    >>> later.ground.total.agree.tolist(), later.ground.total.seen.tolist()
    ([[8]], [[12]])
    >>> later.ground.consensus.round(4).tolist()  # (8 + 1) / (12 + 2)
    [0.6429]
    """

    log: AnswerLog
    ground: CommonGround
    of_person: Labels
    counted: Tallies
    left_out: frozenset[str] = frozenset()
    declared: Mapping[str, str] | None = None
    seed: int = 2026
    smallest_group: int | None = None

    @classmethod
    def begin(
        cls,
        log: AnswerLog,
        *,
        seed: int = 2026,
        smallest_group: int | None = None,
        groups: Mapping[Any, Any] | None = None,
        left_out: Iterable[Any] = (),
    ) -> OngoingGround:
        """Work everything out once.

        Parameters
        ----------
        log : AnswerLog
        seed, smallest_group
            As in :func:`common_ground`.
        groups : dict, optional
            Declared group by person; without it groups are found.
        left_out : iterable of str or int, optional
            Statements to leave out. One that is not in the log yet may come later.

        Returns
        -------
        OngoingGround

        Raises
        ------
        BadInput
            If no answer stands, or no one is in a declared group.
        """
        declared = None if groups is None else {str(person): str(name) for person, name in groups.items()}
        out = frozenset(str(each) for each in left_out)
        responses = _standing(log, out, declared)
        found = grouped(responses, seed, smallest_group)
        counted = tally(log.responses, found.of_person, len(found.names))
        ground = _ground(log, responses, found, counted)
        return cls(log, ground, found.of_person, counted, out, declared, seed, smallest_group)

    def add(
        self,
        people: Sequence[Any],
        statements: Sequence[Any],
        answers: ArrayLike,
        *,
        when: ArrayLike | None = None,
        groups: Mapping[Any, Any] | None = None,
        search: bool = True,
    ) -> OngoingGround:
        """Take in new, changed and withdrawn answers.

        Parameters
        ----------
        people, statements, answers, when
            As in :meth:`AnswerLog.add`; None or NaN takes an answer back.
        groups : dict, optional
            Declared groups of people not declared before, or declared otherwise now.
        search : bool
            Whether groups are searched anew. If not, they begin at those before; see above.

        Returns
        -------
        OngoingGround

        Raises
        ------
        BadInput
            As :meth:`AnswerLog.add`; if no answer stands afterwards; or if groups are given although
            they were to be found. The state before stays as it was.
        """
        if groups and self.declared is None:
            raise BadInput("The groups of this conversation are found, so none can be declared.")
        log = self.log.add(people, statements, answers, when=when)
        more = {str(person): str(name) for person, name in (groups or {}).items()}
        declared = None if self.declared is None else {**self.declared, **more}
        responses = _standing(log, self.left_out, declared)
        assert log.change is not None
        before = np.full(len(log.people), -1, dtype=np.int64)
        before[log.change.people_before] = self.of_person
        near = self._near(responses)
        found = grouped(responses, self.seed, self.smallest_group, near, None if search else before)
        counted = self._recounted(log, log.change, before, found)
        ground = _ground(log, responses, found, counted)
        return replace(self, log=log, ground=ground, of_person=found.of_person, counted=counted, declared=declared)

    def leave_out(self, statements: Iterable[Any]) -> OngoingGround:
        """The same conversation with exactly these statements left out; all others count again.

        Answers that came to a statement while it was left out were kept, and count once it is let in.

        Raises
        ------
        BadInput
            If no answer stands afterwards.

        Examples
        --------
        >>> log = AnswerLog.begin().add(["1", "1", "2"], ["a", "b", "a"], [1, 1, -1])
        >>> begun = OngoingGround.begin(log, left_out=["b"])
        >>> begun.ground.statements.tolist(), begun.leave_out([]).ground.statements.tolist()
        (['a'], ['a', 'b'])
        """
        out = frozenset(str(each) for each in statements)
        responses = _standing(self.log, out, self.declared)
        found = grouped(responses, self.seed, self.smallest_group, self._near(responses))
        nothing = Change(np.arange(len(self.log.people)), np.arange(len(self.log.statements)), np.zeros(0, np.int64))
        counted = self._recounted(self.log, nothing, self.of_person, found)
        ground = _ground(self.log, responses, found, counted)
        return replace(self, ground=ground, of_person=found.of_person, counted=counted, left_out=out)

    def _near(self, responses: Responses) -> NDArray[np.float64] | None:
        """The directions so far, with nothing for statements that are new."""
        found = self.ground.found
        if found is None:
            return None
        near = np.zeros((2, len(responses.statements)))
        still = np.isin(self.ground.statements, responses.statements)
        known = np.isin(responses.statements, self.ground.statements)
        near[:, known] = found.space.components[:, still]  # both are in natural order
        return near

    def _recounted(self, log: AnswerLog, change: Change, before: Labels, found: Grouped) -> Tallies:
        """The tallies, by counting again only the people whose answers or whose group changed."""
        names = len(found.names)
        again = before != found.of_person
        again[change.people] = True
        responses = log.responses
        if names + 1 != len(self.counted.agree) or 2 * responses.votes_of_each[again].sum() > responses.votes.nnz:
            return tally(responses, found.of_person, names)
        which = np.flatnonzero(again)
        now = tally(_people(responses, which), found.of_person[which], names)
        # Of whom nothing was known before, nothing is taken off.
        was = np.flatnonzero(again[change.people_before])
        then = tally(_people(self.log.responses, was), self.of_person[was], names)
        return Tallies(
            *(
                _with_room(old - off, change.statements_before, len(log.statements)) + on
                for old, off, on in zip(_tables(self.counted), _tables(then), _tables(now), strict=True)
            )
        )


def _ground(log: AnswerLog, responses: Responses, found: Grouped, counted: Tallies) -> CommonGround:
    kept = np.flatnonzero(np.isin(log.statements, responses.statements))
    return assembled(responses, found, counted if len(kept) == len(log.statements) else counted.columns(kept))


def _standing(log: AnswerLog, left_out: frozenset[str], declared: Mapping[str, str] | None) -> Responses:
    """The answers that count: of statements not left out, with declared groups where there are some."""
    responses = log.responses
    there = left_out.intersection(log.statements.tolist())
    if there:
        responses = responses.without_statements(there)
    return responses if declared is None else responses.with_groups(declared)


def _people(responses: Responses, which: Labels) -> Responses:
    return replace(responses, votes=responses.votes[which], people=responses.people[which], groups=None)


def _tables(counted: Tallies) -> tuple[Labels, Labels, Labels]:
    return counted.agree, counted.disagree, counted.passed


def _with_room(table: Labels, columns: Labels, number: int) -> Labels:
    """The same counts with columns of zeros for statements that are new."""
    if table.shape[1] == number:
        return table
    wide = np.zeros((len(table), number), dtype=np.int64)
    wide[:, columns] = table
    return wide
