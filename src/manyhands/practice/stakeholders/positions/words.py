"""Small turns of phrase this part shares."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a row, as one says them: "A, B and C", or "A, B and 4 more"."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], _("%(n)s more") % {"n": len(names) - most + 1}]
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def signed(strength: int) -> str:
    """A strength with its sign, for people.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '−2', '0')
    """
    return f"{strength:+d}".replace("-", "−") if strength else "0"
