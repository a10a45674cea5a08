"""Small turns of phrase this part shares."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..models import Position


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


def term(kind: str | None) -> str:
    """For how long what is held against an ally of this kind counts; of either kind where we do not know who it is."""
    if kind == "person":
        return _("What is held against a person counts for twelve months and is then erased.")
    if kind == "organization":
        return _("What is held against an organization counts for two years.")
    return _(
        "What is held against somebody counts for two years; of a person for twelve months, and then it is erased."
    )


def too_old(kind: str) -> str:
    """Why a position against us cannot be written."""
    if kind == "person":
        return _("Positions against us older than twelve months no longer count where they are of people.")
    return _("Positions against us older than two years no longer count.")


def is_it_still_so(position: Position) -> str:
    """What the desk asks of one that has counted for half its time."""
    about = {"issue": position.issue.title}
    if position.stakeholder.kind == "person":
        return _("What we know of “%(issue)s” is half a year old. Is it still so?") % about
    return _("What we know of “%(issue)s” is a year old. Is it still so?") % about
