"""The bridging score of each statement, from agree, pass and disagree; or "not enough yet"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from manyhands.analysis.bridging.fitting import Fit, fit
from manyhands.analysis.responses import AGREE, DISAGREE, Responses

#: Printed beside every figure. The number changes when the formula does.
METHOD = "bridging 1"
#: With fewer people the axis is an accident of who came; with fewer ratings the score is.
FEWEST_RATERS = 50
FEWEST_RATINGS = 5


@dataclass(frozen=True)
class StatementBridge:
    """One statement.

    Attributes
    ----------
    id : str
    score : float or None
        The intercept: how much people like it wherever they stand. None: not enough yet.
    factor : float or None
        Which side likes it besides; near 0, both alike. Says nothing without the score.
    ratings : int
        How many rated it, passes included.
    """

    id: str
    score: float | None
    factor: float | None
    ratings: int


@dataclass(frozen=True, eq=False)
class Bridging:
    """The bridging scores of a round.

    Attributes
    ----------
    method : str
    statements : (statements,) array of str
    ratings : (statements,) array of int
        How many people rated each.
    raters : int
        People who rated anything.
    enough_raters : bool
    shown : (statements,) array of bool
        Which statements have a score.
    scores, factors : (statements,) array of float
        Zero where not shown.
    fit : Fit or None
        All figures of the fit, of those who rated and what was rated; None if there were too few people.
    """

    method: str
    statements: NDArray[np.str_]
    ratings: NDArray[np.int64]
    raters: int
    enough_raters: bool
    shown: NDArray[np.bool_]
    scores: NDArray[np.float64]
    factors: NDArray[np.float64]
    fit: Fit | None

    def rows(self) -> list[StatementBridge]:
        """All statements, best first; those without a score last, in natural order of their ids."""
        order = np.lexsort((np.arange(len(self.scores)), -self.scores.round(6), ~self.shown))
        return [self.row(int(at)) for at in order]

    def row(self, at: int) -> StatementBridge:
        """One statement, by its position."""
        shown = bool(self.shown[at])
        return StatementBridge(
            str(self.statements[at]),
            float(self.scores[at]) if shown else None,
            float(self.factors[at]) if shown else None,
            int(self.ratings[at]),
        )


def bridging(
    responses: Responses,
    *,
    seed: int = 2026,
    fewest_raters: int = FEWEST_RATERS,
    fewest_ratings: int = FEWEST_RATINGS,
) -> Bridging:
    r"""Score statements by what is left of their support once everyone's side is accounted for.

    A rating is 1 for agree, ½ for pass and 0 for disagree; see :func:`fit` for the model
    :math:`\hat r = \mu + i_u + i_n + f_u f_n`. The score is the statement's :math:`i_n`.

    Parameters
    ----------
    responses : Responses
        Declared groups are not used: the axis is found from the answers.
    seed : int
        The same seed gives the same answer.
    fewest_raters, fewest_ratings : int
        Below these: not enough yet.

    Returns
    -------
    Bridging

    Examples
    --------
    Two camps of thirty. Both like statement 0, one camp each likes 1 and 2, nobody likes 3.

    >>> table = [[1, 1, -1, -1]] * 30 + [[1, -1, 1, -1]] * 30
    >>> found = bridging(Responses.from_dense(table))
    >>> [(row.id, round(row.score, 2)) for row in found.rows()]
    [('0', 0.6), ('1', 0.1), ('2', 0.1), ('3', -0.4)]
    >>> bridging(Responses.from_dense(table[:20])).rows()[0]
    StatementBridge(id='0', score=None, factor=None, ratings=20)
    """
    votes = responses.votes
    ratings = np.bincount(votes.indices, minlength=votes.shape[1]).astype(np.int64)
    rater = np.flatnonzero(np.diff(votes.indptr))
    enough = len(rater) >= fewest_raters and len(rater) > 0
    scores, factors = np.zeros(votes.shape[1]), np.zeros(votes.shape[1])
    found = None
    if enough:
        rated = np.flatnonzero(ratings)
        place = np.zeros(votes.shape[1], dtype=np.int32)
        place[rated] = np.arange(len(rated))
        table = csr_array(
            ((votes.data - float(DISAGREE)) / (AGREE - DISAGREE), place[votes.indices], _starts(votes.indptr)),
            shape=(len(rater), len(rated)),
        )
        found = fit(table, seed=seed)
        scores[rated], factors[rated] = found.statement_intercept, found.statement_factor
    shown = (ratings >= fewest_ratings) & (ratings > 0) & enough
    return Bridging(
        METHOD,
        responses.statements,
        ratings,
        len(rater),
        enough,
        shown,
        np.where(shown, scores, 0.0),
        np.where(shown, factors, 0.0),
        found,
    )


def _starts(indptr: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where the answers of each person begin, without the people who gave none."""
    gave = np.diff(indptr) > 0
    return np.concatenate((indptr[:-1][gave], indptr[-1:])).astype(np.int64)
