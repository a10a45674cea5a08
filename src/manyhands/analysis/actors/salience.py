"""Whose claim is felt: power, legitimacy and urgency, and the eight classes they make."""

from __future__ import annotations

from enum import StrEnum

from manyhands.analysis.actors.ratings import Rated

METHOD = "salience 1"


class Salience(StrEnum):
    """The classes of Mitchell, Agle and Wood (1997), under their own names.

    Show ``label`` to people, never the name: "dangerous" is no word for somebody to find in their own record.
    """

    DORMANT = "dormant"
    DISCRETIONARY = "discretionary"
    DEMANDING = "demanding"
    DOMINANT = "dominant"
    DANGEROUS = "dangerous"
    DEPENDENT = "dependent"
    DEFINITIVE = "definitive"
    NON_STAKEHOLDER = "non-stakeholder"

    @property
    def label(self) -> str:
        """What people read: the attributes themselves.

        >>> Salience.DANGEROUS.label, Salience.NON_STAKEHOLDER.label
        ('power and urgency', 'none of the three')
        """
        return _LABELS[self]

    @property
    def tier(self) -> str:
        """``latent`` with one attribute, ``expectant`` with two, ``definitive`` with three, else ``none``.

        >>> [Salience.DORMANT.tier, Salience.DEPENDENT.tier, Salience.DEFINITIVE.tier, Salience.NON_STAKEHOLDER.tier]
        ['latent', 'expectant', 'definitive', 'none']
        """
        attributes = next(key for key, name in _CLASSES.items() if name is self)
        return ("none", "latent", "expectant", "definitive")[sum(attributes)]


#: (power, legitimacy, urgency) -> class
_CLASSES = {
    (True, False, False): Salience.DORMANT,
    (False, True, False): Salience.DISCRETIONARY,
    (False, False, True): Salience.DEMANDING,
    (True, True, False): Salience.DOMINANT,
    (True, False, True): Salience.DANGEROUS,
    (False, True, True): Salience.DEPENDENT,
    (True, True, True): Salience.DEFINITIVE,
    (False, False, False): Salience.NON_STAKEHOLDER,
}
_LABELS = {
    Salience.DORMANT: "power",
    Salience.DISCRETIONARY: "legitimacy",
    Salience.DEMANDING: "urgency",
    Salience.DOMINANT: "power and legitimacy",
    Salience.DANGEROUS: "power and urgency",
    Salience.DEPENDENT: "legitimacy and urgency",
    Salience.DEFINITIVE: "power, legitimacy and urgency",
    Salience.NON_STAKEHOLDER: "none of the three",
}


def salience(power: bool | None, legitimacy: bool | None, urgency: bool | None) -> Salience | None:
    """The class of an actor that has or lacks each of the three; None if one is not known.

    Parameters
    ----------
    power : bool or None
        It can make others do what they would not do otherwise.
    legitimacy : bool or None
        Its claim is seen as proper.
    urgency : bool or None
        Its claim cannot wait.

    Examples
    --------
    >>> salience(True, False, True).label
    'power and urgency'
    >>> salience(True, None, True) is None
    True
    """
    if power is None or legitimacy is None or urgency is None:
        return None
    return _CLASSES[bool(power), bool(legitimacy), bool(urgency)]


def salience_by_raters(power: Rated, legitimacy: Rated, urgency: Rated) -> Salience | None:
    """The class by the medians of several raters; each counts as had from the midpoint of its scale.

    >>> from manyhands.analysis.actors.ratings import rated_by
    >>> salience_by_raters(rated_by([4, 5]), rated_by([3]), rated_by([1, 2])).label
    'power and legitimacy'
    >>> salience_by_raters(rated_by([4]), rated_by([]), rated_by([4])) is None
    True
    """
    return salience(power.is_high, legitimacy.is_high, urgency.is_high)
