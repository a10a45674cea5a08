"""Where each person stands: people who answer alike are put near each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

from manyhands.analysis.responses import BadInput, Responses

Floats = NDArray[np.float64]

#: Up to here the whole table of how statements go together is small enough to work on exactly.
_FEW_STATEMENTS = 96
#: How long the part drawn at random is beside former directions of length 1.
_STRAY = 0.01


@dataclass(frozen=True, eq=False)
class OpinionSpace:
    """The two directions in which people's answers differ most.

    Attributes
    ----------
    positions : (people, 2) array of float
        Where each person stands. The axes have no unit. (0, 0) for a person without answers.
    components : (2, statements) array of float
        How much each statement pulls along each direction; rows have length 1 (or 0 if there is no
        such direction, as with one statement).
    explained : (2,) array of float
        Share of all variation of the answers that lies along each direction.
    """

    positions: Floats
    components: Floats
    explained: Floats


def opinion_space(responses: Responses, *, seed: int = 2026, near: Floats | None = None) -> OpinionSpace:
    r"""Principal components of the answers, with answers never given left out of account.

    Each answer is taken less the mean of its statement, and an answer never given counts as that mean:
    as zero. So the table stays as sparse as the answers, and the components are those of the table
    filled with means, without that table ever being made. A person who answered :math:`n` of :math:`S`
    statements is moved outwards by :math:`\sqrt{S / n}`, as Polis does, lest those who answered little
    all stand in the middle.

    Parameters
    ----------
    responses : Responses
    seed : int
        Start of the search for the components; it changes no figure beyond the eighth digit.
    near : (2, statements) array of float, optional
        Components of nearly the same answers, to begin the search at. They make it shorter and change no
        figure beyond the eighth digit; with up to 96 statements there is no search and they change nothing.

    Returns
    -------
    OpinionSpace

    Raises
    ------
    BadInput
        If there is not one answer.

    Notes
    -----
    Of each component the statement that pulls most pulls to the positive side, so that a picture is not
    mirrored from one run to the next.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = opinion_space(Responses.from_dense([[1, 1], [1, nan], [-1, -1]]))
    >>> found.positions.round(2).tolist()
    [[1.16, 0.33], [0.72, -0.61], [-1.66, 0.1]]
    """
    if responses.votes.nnz == 0:
        raise BadInput("No one has answered anything yet.")
    centred = _centred(responses)
    values, components = _main_directions(centred, seed, near)
    variation = float(centred.data @ centred.data)
    seen = responses.votes_of_each
    stretch = np.sqrt(len(responses.statements) / np.maximum(seen, 1))
    positions = np.asarray(centred @ components.T) * stretch[:, None]
    explained = values / variation if variation > 0 else np.zeros(2)
    return OpinionSpace(positions, components, explained)


def _centred(responses: Responses) -> csr_array:
    """Each answer less the mean of its statement; what was not answered stays out, which is zero."""
    votes = responses.votes
    statements = votes.shape[1]
    number = np.bincount(votes.indices, minlength=statements)
    # Counted apart rather than weighted: weights would copy every answer as a float.
    agree = np.bincount(votes.indices[votes.data == 1], minlength=statements)
    disagree = np.bincount(votes.indices[votes.data == -1], minlength=statements)
    mean = (agree - disagree) / np.maximum(number, 1)
    data = mean[votes.indices]
    np.subtract(votes.data, data, out=data)
    return csr_array((data, votes.indices, votes.indptr), shape=votes.shape)


def _main_directions(centred: csr_array, seed: int, near: Floats | None = None) -> tuple[Floats, Floats]:
    """The two largest eigenvalues of how statements go together, and their directions."""
    statements = centred.shape[1]
    if statements <= _FEW_STATEMENTS:
        values, vectors = np.linalg.eigh((centred.T @ centred).toarray())
    else:
        values, vectors = _iterated(centred, seed, near)
    largest = np.argsort(values)[::-1][:2]
    values, components = np.maximum(values[largest], 0.0), vectors[:, largest].T
    components[values <= 1e-12 * max(float(values.max()), 1e-300)] = 0.0
    pull = components[np.arange(len(components)), np.abs(components).argmax(axis=1)]
    components = components * np.where(pull < 0, -1.0, 1.0)[:, None]
    missing = 2 - len(values)
    return np.pad(values, (0, missing)), np.pad(components, ((0, missing), (0, 0)))


def _iterated(centred: csr_array, seed: int, near: Floats | None) -> tuple[Floats, Floats]:
    """Only products with the sparse table: nothing as large as people x statements is made."""
    statements = centred.shape[1]
    back = centred.T  # shares the memory
    together = LinearOperator((statements, statements), matvec=lambda v: back @ (centred @ v.ravel()), dtype=np.float64)
    start = np.random.default_rng(seed).standard_normal(statements)
    wide = 14
    if near is not None and near.any():
        # A little of everything stays in, lest a direction that has grown since be overlooked.
        start = near.sum(axis=0) + start * (_STRAY / np.linalg.norm(start))
        wide = 6  # from close by a smaller space is enough
    try:
        values, vectors = eigsh(together, k=2, which="LA", v0=start, ncv=wide, tol=1e-7)
    except ArpackNoConvergence:  # no direction stands out: as good as noise, so solve it whole
        values, vectors = np.linalg.eigh((back @ centred).toarray())
    return values, vectors
