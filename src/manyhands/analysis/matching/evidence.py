"""Weighing what speaks for and against two records being one organization."""

from __future__ import annotations

from manyhands.analysis.matching.likeness import Likeness
from manyhands.analysis.matching.records import Prepared

#: Printed beside every score. The number changes when the weights do.
METHOD = "organization matching 1"

#: One official number, and names that have something in common.
SAME_NUMBER = 0.97
#: One official number under names that have nothing in common: somebody should look.
SAME_NUMBER_ONLY = 0.85
_NOTHING_IN_COMMON = 0.3
#: What remains of the score where evidence speaks against.
OTHER_NUMBER = 0.3
OTHER_DOMAIN = 0.92
OTHER_PLACE = 0.85
#: What remains of the doubt (1 - score) where evidence speaks for.
SAME_ADDRESS = 0.35
SAME_DOMAIN = 0.5
SAME_PLACE = 0.85


def weighed(likeness: Likeness, one: Prepared, other: Prepared) -> tuple[float, tuple[str, ...]]:
    """Put the likeness of two names together with number, address, domain and place.

    A blank says nothing, neither for nor against.

    Parameters
    ----------
    likeness : Likeness
        Of the names.
    one, other : Prepared

    Returns
    -------
    score : float
        0 to 1. Not a probability: it puts pairs in an order and says where to stop looking.
    reasons : tuple of str
        In words.

    Examples
    --------
    >>> from manyhands.analysis.matching.likeness import alike
    >>> from manyhands.analysis.matching.records import Record, prepared
    >>> def of(*records):
    ...     one, other = map(prepared, records)
    ...     score, reasons = weighed(alike(one.name, other.name), one, other)
    ...     return round(score, 2), reasons
    >>> of(Record("Linden Clinic", "12-3"), Record("Linden Clinic", "12-4"))
    (0.3, ('the same name', 'two different official numbers'))
    >>> of(Record("Clinic of Linden", "", "a@linden.example"), Record("Linden Clinic", "", "www.linden.example"))
    (0.97, ('the same words in another order', 'the same domain linden.example'))
    """
    score, reasons = likeness.score, list(likeness.reasons)
    is_same_number = bool(one.identifier) and one.identifier == other.identifier
    if one.identifier and other.identifier and not is_same_number:
        score *= OTHER_NUMBER
        reasons.append("two different official numbers")
    if one.address and one.address == other.address:
        score = 1 - (1 - score) * SAME_ADDRESS
        reasons.append("the same e-mail address")
    elif one.domain and one.domain == other.domain:
        # A branch often writes from the domain of the whole, so that says nothing about a part.
        score = score if likeness.is_part else 1 - (1 - score) * SAME_DOMAIN
        reasons.append(f"the same domain {one.domain}")
    elif one.domain and other.domain:
        score *= OTHER_DOMAIN
        reasons.append("two different domains")
    if one.place and other.place and one.place[0].isdigit() == other.place[0].isdigit():
        if one.place == other.place:
            score = score if likeness.is_part else 1 - (1 - score) * SAME_PLACE
            reasons.append("the same place")
        else:
            score *= OTHER_PLACE
            reasons.append("two different places")
    if is_same_number:
        named_alike = likeness.score >= _NOTHING_IN_COMMON
        score = max(score, SAME_NUMBER) if named_alike else SAME_NUMBER_ONLY
        reasons.insert(0, "the same official number" + ("" if named_alike else ", although the names differ"))
    return min(1.0, max(0.0, score)), tuple(reasons)
