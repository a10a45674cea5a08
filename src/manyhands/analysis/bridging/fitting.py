"""The factorisation itself: ratings as what all think, what each rater and statement is like, and one axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

#: Pull of each intercept, and of each factor, towards zero; as Community Notes has them.
INTERCEPT_PENALTY = 0.15
FACTOR_PENALTY = 0.03
#: Rounds of least squares, and how small a change of any figure ends them.
MOST_ROUNDS = 500
CLOSE = 1e-7
_AT_ONCE = 50_000


@dataclass(frozen=True, eq=False)
class Fit:
    """What explains the ratings.

    Attributes
    ----------
    mean : float
        What is common to all ratings, usually written μ.
    rater_intercept, rater_factor : (raters,) array of float
        How readily each agrees, and where each stands on the one axis.
    statement_intercept, statement_factor : (statements,) array of float
        How much each is liked by people wherever they stand, and by which side it is liked besides.
    loss : float
    rounds : int
    converged : bool
    """

    mean: float
    rater_intercept: Floats
    rater_factor: Floats
    statement_intercept: Floats
    statement_factor: Floats
    loss: float
    rounds: int
    converged: bool


def fit(
    ratings: csr_array,
    *,
    seed: int = 2026,
    intercept_penalty: float = INTERCEPT_PENALTY,
    factor_penalty: float = FACTOR_PENALTY,
    most_rounds: int = MOST_ROUNDS,
) -> Fit:
    r"""Fit :math:`\hat r_{un} = \mu + i_u + i_n + f_u f_n` by alternating least squares.

    Minimises :math:`\sum (r - \hat r)^2 + \lambda_i (\mu^2 + \sum i_u^2 + \sum i_n^2) + \lambda_f (\sum f_u^2
    + \sum f_n^2)`, the first sum over the ratings that there are.

    Parameters
    ----------
    ratings : (raters, statements) csr_array
        Stored cells are ratings, zeros included: 1 agrees, 0 does not. Never made dense.
    seed : int
        Of the factors to start from.

    Returns
    -------
    Fit
        The sign of the factors is fixed: most raters stand on the positive side; if neither side has more,
        the first statement with a factor does.

    Notes
    -----
    Between the rounds the solution is slid along the directions in which no prediction changes (constants
    between μ and the intercepts, scale between the factors, a shift of the factors taken up by intercepts)
    to where the penalty is least. Least squares alone creeps along these for thousands of rounds.

    Examples
    --------
    Two camps of ten; both like the first statement, and one each likes the others.

    >>> likes = np.repeat([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]], 10, axis=0)
    >>> cells = likes.ravel(), np.tile([0, 1, 2], 20), np.arange(0, 61, 3)
    >>> found = fit(csr_array(cells, shape=(20, 3)))
    >>> found.statement_intercept.round(2).tolist(), found.converged
    ([0.49, -0.01, -0.01], True)
    >>> np.sign(found.statement_factor.round(6)).tolist()
    [0.0, 1.0, -1.0]
    """
    model = _Model(ratings, seed, intercept_penalty, factor_penalty)
    rounds, converged = 0, False
    while rounds < most_rounds and not converged:
        rounds += 1
        converged = model.round() < CLOSE
    return model.finished(rounds, converged)


class _Model:
    """The figures on their way."""

    def __init__(self, ratings: csr_array, seed: int, intercept_penalty: float, factor_penalty: float) -> None:
        self.shape = ratings.shape
        self.values = ratings.data.astype(np.float64)
        # The same cells as ones and as ratings. Turned round they are views, so nothing is kept twice.
        ones = np.ones(len(self.values))
        self.seen = csr_array((ones, ratings.indices, ratings.indptr), shape=self.shape)
        self.rated = csr_array((self.values, ratings.indices, ratings.indptr), shape=self.shape)
        self.seen_by, self.rated_by = self.seen.T, self.rated.T
        self.of_rater = np.diff(self.seen.indptr).astype(np.float64)
        self.of_statement = np.bincount(ratings.indices, minlength=self.shape[1]).astype(np.float64)
        self.sum_of_rater = self.rated @ np.ones(self.shape[1])
        self.sum_of_statement = self.rated_by @ np.ones(self.shape[0])
        self.pull, self.pull_factor = intercept_penalty, factor_penalty
        # Begin with factors for statements only: the first step then finds those of the raters.
        random = np.random.default_rng(seed)
        self.mean = float(self.values.mean()) if len(self.values) else 0.0
        self.rater = np.zeros(self.shape[0])
        self.statement = np.zeros(self.shape[1])
        self.f_rater = np.zeros(self.shape[0])
        self.f_statement = np.zeros(self.shape[1])
        for _ in range(5):  # first how readily each agrees and is agreed with, so that no axis is made of that
            self._raters()
            self._statements()
        self.f_statement = random.normal(0, 0.1, self.shape[1])

    def round(self) -> float:
        """One round; the largest change of a statement's figures."""
        before = self.statement, self.f_statement
        self._raters()
        self._statements()
        self._slide()
        return float(
            max(
                np.abs(self.statement - before[0]).max(initial=0),
                np.abs(self.f_statement - before[1]).max(initial=0),
            )
        )

    def _raters(self) -> None:
        sums = self.seen @ np.column_stack(
            [self.f_statement, self.f_statement**2, self.statement, self.statement * self.f_statement]
        )
        rated = self.rated @ self.f_statement
        self.rater, self.f_rater = self._both(self.of_rater, self.sum_of_rater, sums, rated)

    def _statements(self) -> None:
        sums = self.seen_by @ np.column_stack([self.f_rater, self.f_rater**2, self.rater, self.rater * self.f_rater])
        rated = self.rated_by @ self.f_rater
        self.statement, self.f_statement = self._both(self.of_statement, self.sum_of_statement, sums, rated)

    def _both(self, number: Floats, total: Floats, sums: Floats, rated: Floats) -> tuple[Floats, Floats]:
        """Intercept and factor of each rater (or statement), the other side being given: two equations each."""
        factor, squared, other, crossed = sums.T
        left, right = number + self.pull, squared + self.pull_factor
        one = total - self.mean * number - other
        two = rated - self.mean * factor - crossed
        divisor = left * right - factor**2
        return (one * right - two * factor) / divisor, (two * left - one * factor) / divisor

    def _slide(self) -> None:
        """Move to the smallest penalty without changing a prediction."""
        raters, statements = self.shape
        # A shift of the statements' factors by -c, taken up by the raters' intercepts; then the other way.
        self.f_statement, self.rater = self._shifted(self.f_statement, self.rater, self.f_rater)
        self.f_rater, self.statement = self._shifted(self.f_rater, self.statement, self.f_statement)
        # Constants: with all they share in one number, the penalty is least where each is in proportion.
        common = self.mean + self.rater.mean() + self.statement.mean()
        mean = common / (1 + 1 / raters + 1 / statements)
        self.rater = self.rater - self.rater.mean() + mean / raters
        self.statement = self.statement - self.statement.mean() + mean / statements
        self.mean = mean
        size = float(np.sum(self.f_rater**2)), float(np.sum(self.f_statement**2))
        if min(size) > 1e-18:
            scale = (size[1] / size[0]) ** 0.25
            self.f_rater, self.f_statement = self.f_rater * scale, self.f_statement / scale

    def _shifted(self, factor: Floats, intercept: Floats, other: Floats) -> tuple[Floats, Floats]:
        """``factor - c`` and ``intercept + c·other``, with the c that makes their penalty least."""
        down = self.pull_factor * len(factor) + self.pull * float(np.sum(other**2))
        c = (self.pull_factor * float(factor.sum()) - self.pull * float(np.sum(intercept * other))) / down
        return factor - c, intercept + c * other

    def finished(self, rounds: int, converged: bool) -> Fit:
        sign = self._sign()
        loss = (
            self._missed()
            + self.pull * (self.mean**2 + float(np.sum(self.rater**2)) + float(np.sum(self.statement**2)))
            + self.pull_factor * (float(np.sum(self.f_rater**2)) + float(np.sum(self.f_statement**2)))
        )
        return Fit(
            float(self.mean),
            self.rater,
            sign * self.f_rater,
            self.statement,
            sign * self.f_statement,
            loss,
            rounds,
            converged,
        )

    def _missed(self) -> float:
        """Squares of what the figures do not explain, some raters at a time."""
        missed, starts = 0.0, self.seen.indptr
        for first in range(0, self.shape[0], _AT_ONCE):
            last = min(first + _AT_ONCE, self.shape[0])
            cells = slice(starts[first], starts[last])
            rows = np.repeat(np.arange(first, last), np.diff(starts[first : last + 1]))
            columns = self.seen.indices[cells]
            told = self.mean + self.rater[rows] + self.statement[columns]
            told += self.f_rater[rows] * self.f_statement[columns]
            missed += float(np.sum((self.values[cells] - told) ** 2))
        return missed

    def _sign(self) -> float:
        """Which of the two ways to write the axis; both fit the same."""
        clear = 0.05 * float(np.abs(self.f_rater).max(initial=0))
        sides = int(np.sum(self.f_rater > clear)) - int(np.sum(self.f_rater < -clear))
        if sides:
            return 1.0 if sides > 0 else -1.0
        largest = float(np.abs(self.f_statement).max(initial=0))
        telling = np.flatnonzero(np.abs(self.f_statement) > 0.5 * largest)
        return -1.0 if len(telling) and self.f_statement[telling[0]] < 0 else 1.0
