"""The table of who answered what, kept sparse: most people see only some of the statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from manyhands.analysis.identifiers import distinct, text_array, tidy
from manyhands.analysis.responses.folding import latest
from manyhands.analysis.tables import BadInput

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers of people to statements.

    Attributes
    ----------
    votes : (people, statements) scipy.sparse.csr_array of int8
        One stored cell for each answer: 1 agree, 0 pass, -1 disagree. A pass *is* stored, as an
        explicit zero; a cell that is not stored was not answered. Never call ``eliminate_zeros``.
    people : (people,) array of str
    statements : (statements,) array of str
    groups : (people,) array of str, or None
        The group each person was declared to be in; blank for none. None if no groups were declared.

    Examples
    --------
    >>> found = Responses.from_answers(["ann", "ann", "ben"], ["1", "2", "1"], [1, 0, -1])
    >>> found
    Responses(2 people, 2 statements, 3 answers)
    >>> found.votes.toarray().tolist()  # ann passed on 2, ben never saw it: the same once made dense
    [[1, 0], [-1, 0]]
    >>> found.votes_of_each.tolist()
    [2, 1]
    """

    votes: csr_array
    people: NDArray[np.str_]
    statements: NDArray[np.str_]
    groups: NDArray[np.str_] | None = None

    def __repr__(self) -> str:
        people, statements = self.votes.shape
        return f"Responses({people} people, {statements} statements, {self.votes.nnz} answers)"

    @property
    def votes_of_each(self) -> NDArray[np.int64]:
        """How many statements each person answered, passes included; shape (people,)."""
        return np.asarray(np.diff(self.votes.indptr), dtype=np.int64)

    @classmethod
    def from_answers(
        cls,
        people: Sequence[Any],
        statements: Sequence[Any],
        answers: ArrayLike,
        *,
        when: ArrayLike | None = None,
        all_people: Iterable[Any] = (),
        all_statements: Iterable[Any] = (),
        groups: dict[Any, Any] | None = None,
    ) -> Responses:
        """Gather single answers. Of several by one person to one statement, the latest counts.

        Parameters
        ----------
        people, statements : (n,) sequences of str or int
            Who answered, and what.
        answers : (n,) array_like of {1, 0, -1}
            Agree, pass, disagree.
        when : (n,) array_like of number, optional
            Time of each answer. Without it (and between equal times) the later in order counts.
        all_people, all_statements : iterables of str or int, optional
            Ids to keep even if there is no answer by them or to them.
        groups : dict, optional
            Declared group by person.

        Returns
        -------
        Responses
            With people and statements in natural order of their ids, whatever the order given.

        Raises
        ------
        BadInput
            If lengths differ, an id is blank, or an answer is not 1, 0 or -1.

        Examples
        --------
        >>> Responses.from_answers(["a", "a"], [7, 7], [1, -1], when=[20, 10]).votes.toarray().tolist()
        [[1]]
        """
        answer = np.asarray(answers)
        if not len(people) == len(statements) == len(answer):
            raise BadInput("There must be one person, one statement and one answer in every row.")
        right = (answer == AGREE) | (answer == PASS) | (answer == DISAGREE)
        if not np.all(right):
            wrong = int(np.flatnonzero(~right)[0])
            raise BadInput(f"Row {wrong + 2}: a vote must be -1, 0 or 1, not {str(answer[wrong])[:40]!r}.")
        person_ids, person = _with_more(people, all_people, "person")
        statement_ids, statement = _with_more(statements, all_statements, "statement")
        votes = latest(person, statement, answer, when, (len(person_ids), len(statement_ids)))
        found = cls(votes, person_ids, statement_ids)
        return found if groups is None else found.with_groups(groups)

    @classmethod
    def from_dense(cls, votes: ArrayLike, groups: ArrayLike | None = None) -> Responses:
        """Take a small table with NaN for "not seen"; ids are the positions 0, 1, 2 ...

        Parameters
        ----------
        votes : (people, statements) array_like of {1, 0, -1, nan}
        groups : (people,) array_like, optional
            Declared group of each person; None or blank for none.

        Examples
        --------
        >>> Responses.from_dense([[1, float("nan")], [0, -1]])
        Responses(2 people, 2 statements, 3 answers)
        """
        table = np.asarray(votes, dtype=float)
        if table.ndim != 2:
            raise BadInput("Votes must have one row per person and one column per statement.")
        seen_by, statement = np.nonzero(~np.isnan(table))
        found = cls.from_answers(
            [str(row) for row in seen_by],
            [str(column) for column in statement],
            table[seen_by, statement],
            all_people=range(table.shape[0]),
            all_statements=range(table.shape[1]),
        )
        if groups is None:
            return found
        return found.with_groups({str(row): name for row, name in enumerate(np.asarray(groups).tolist())})

    def with_groups(self, groups: Mapping[Any, Any]) -> Responses:
        """The same answers with a declared group for each person who has one.

        Parameters
        ----------
        groups : dict
            Group by person id. People not in it, or with None or a blank group, are in none.

        Examples
        --------
        >>> asked = Responses.from_dense([[1], [0], [1]])
        >>> asked.with_groups({"0": 0.0, "1": "shops"}).groups.tolist()
        ['0', 'shops', '']
        """
        by_person = {str(person): name for person, name in groups.items()}
        names = tidy(text_array([by_person.get(str(person)) for person in self.people]))
        return replace(self, groups=np.asarray(names.to_pylist(), dtype=np.str_))

    def without_statements(self, ids: Iterable[Any]) -> Responses:
        """The same answers without some statements, such as those moderated out.

        Raises
        ------
        BadInput
            If a statement is not there.

        Examples
        --------
        >>> Responses.from_dense([[1, 0], [0, -1]]).without_statements(["1"]).statements.tolist()
        ['0']
        """
        left_out = {str(each) for each in ids}
        unknown = left_out - set(self.statements.tolist())
        if unknown:
            raise BadInput(f"There is no statement {min(unknown)!r} to leave out.")
        stay = ~np.isin(self.statements, sorted(left_out))
        return replace(self, votes=self.votes[:, np.flatnonzero(stay)], statements=self.statements[stay])

    def merge_statements(self, same_as: dict[Any, Any]) -> Responses:
        """Join statements that say the same. Who answered both keeps the answer to the one that stays.

        Parameters
        ----------
        same_as : dict
            From the statement that goes to the statement that stays.

        Raises
        ------
        BadInput
            If a statement is not there, or one that stays is also said to go.

        Examples
        --------
        >>> nan = float("nan")
        >>> asked = Responses.from_dense([[1, nan], [nan, -1], [1, -1]])
        >>> asked.merge_statements({"1": "0"}).votes.toarray().tolist()
        [[1], [-1], [1]]
        """
        pairs = {str(goes): str(stays) for goes, stays in same_as.items()}
        place = {name: at for at, name in enumerate(self.statements.tolist())}
        for name in [*pairs, *pairs.values()]:
            if name not in place:
                raise BadInput(f"There is no statement {name!r} to merge.")
        if set(pairs) & set(pairs.values()):
            raise BadInput("A statement cannot both stay and be merged into another.")
        target = np.arange(len(self.statements))
        for goes, stays in pairs.items():
            target[place[goes]] = place[stays]
        person = np.repeat(np.arange(len(self.people)), self.votes_of_each)
        own = target[self.votes.indices] == self.votes.indices  # sorted last, so it wins
        merged = latest(person, target[self.votes.indices], self.votes.data, own, self.votes.shape)
        stay = target == np.arange(len(target))
        return replace(self, votes=merged[:, np.flatnonzero(stay)], statements=self.statements[stay])


def _with_more(names: Sequence[Any], more: Iterable[Any], kind: str) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Distinct ids of ``names`` and ``more``; positions are those of ``names`` only."""
    extra = text_array(list(more))
    if not len(extra):
        return distinct(names, kind)
    together = text_array(names).to_pylist() + extra.to_pylist()
    ids, position = distinct(together, kind)
    own: NDArray[np.int64] = position[: len(names)]
    return ids, own
