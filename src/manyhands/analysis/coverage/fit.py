r"""Partner fit: what two sides have in common, and what each has that the other lacks; never one figure.

.. math:: \text{overlap} = \frac{|I_1 \cap I_2|}{|I_1 \cup I_2|}, \qquad
    \text{complement} = \frac{|A_2 \cap L_1|}{|L_1|}

with :math:`I` the interests of each side, :math:`A_2` what the candidate brings and :math:`L_1` what we lack.
A partner of like mind who brings what we have already scores high and low; one number would hide that.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

METHOD = "partner fit 1"


@dataclass(frozen=True)
class Side:
    """One side of a possible partnership.

    Attributes
    ----------
    interests : collection of str
        What it wants to come about.
    assets : collection of str
        What it brings.
    lacks : collection of str
        What it needs and does not have.
    """

    interests: Collection[str] = ()
    assets: Collection[str] = ()
    lacks: Collection[str] = ()


@dataclass(frozen=True)
class PartnerFit:
    """Two scores with their reasons.

    Attributes
    ----------
    overlap : float or None
        Interests shared, over all interests of either; None if either has declared none.
    complement : float or None
        What it brings of what we lack, over all that we lack; None if we lack nothing or it has declared
        no asset.
    in_return : float or None
        The same the other way round: what we bring of what it lacks.
    shared, only_ours, only_theirs : tuple of str
        Interests.
    it_brings, we_bring : tuple of str
        What fills a need of the other side.
    both_have : tuple of str
        Assets that both bring.
    still_missing : tuple of str
        What we lack and it does not bring.
    """

    overlap: float | None
    complement: float | None
    in_return: float | None
    shared: tuple[str, ...]
    only_ours: tuple[str, ...]
    only_theirs: tuple[str, ...]
    it_brings: tuple[str, ...]
    we_bring: tuple[str, ...]
    both_have: tuple[str, ...]
    still_missing: tuple[str, ...]
    method: str = METHOD


def partner_fit(ours: Side, theirs: Side) -> PartnerFit:
    """Overlap of interests and complement of assets, apart, each with what it rests on.

    What is compared are names from one list: two names of one interest count as two.

    Examples
    --------
    >>> us = Side(["clean air", "safe streets"], ["volunteers"], ["lawyer", "rooms"])
    >>> them = Side(["clean air", "lower fares"], ["rooms", "volunteers"], ["volunteers"])
    >>> found = partner_fit(us, them)
    >>> round(found.overlap, 3), found.complement, found.in_return
    (0.333, 0.5, 1.0)
    >>> found.shared, found.it_brings, found.still_missing
    (('clean air',), ('rooms',), ('lawyer',))
    """
    our, their = set(ours.interests), set(theirs.interests)
    brings, gives = set(theirs.assets) & set(ours.lacks), set(ours.assets) & set(theirs.lacks)
    return PartnerFit(
        overlap=len(our & their) / len(our | their) if our and their else None,
        complement=len(brings) / len(set(ours.lacks)) if ours.lacks and theirs.assets else None,
        in_return=len(gives) / len(set(theirs.lacks)) if theirs.lacks and ours.assets else None,
        shared=tuple(sorted(our & their)),
        only_ours=tuple(sorted(our - their)),
        only_theirs=tuple(sorted(their - our)),
        it_brings=tuple(sorted(brings)),
        we_bring=tuple(sorted(gives)),
        both_have=tuple(sorted(set(ours.assets) & set(theirs.assets))),
        still_missing=tuple(sorted(set(ours.lacks) - brings)),
    )
