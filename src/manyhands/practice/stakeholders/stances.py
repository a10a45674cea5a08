"""What the place where an ally stands must come with. Asked by the deed, by forms and by lists: there is one answer."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .rules import needs_source, twelve_months_after

#: What is said of where an ally stands; the three belong together.
STANCE = ("stance", "stance_source", "stance_on")
#: A place, how we know, and as of when.
Stood = tuple[str, str, date | None]


def problem_with(said: Stood, *, before: Stood | None = None) -> tuple[str, str] | None:
    """The field that keeps this from being written, and why; None where it may be.

    Who is against us is kept by a public source and its day alone, and for twelve months from that day. What stood
    `before` may stand on until then, whatever else of the record is changed.
    """
    stance, source, on = said
    opposed = needs_source(stance)
    if opposed and not source.strip():
        return "stance_source", _("That somebody is against us needs a public source.")
    if opposed and on is None:
        return "stance_on", _("That somebody is against us needs the day on which they said or did it.")
    if on is None or said == before:
        return None
    if on > localdate():
        return "stance_on", _("This day is still to come. Write the day on which they said or did it.")
    if opposed and twelve_months_after(on) < localdate():
        return "stance_on", _("This is older than twelve months and no longer counts. Find out where they stand today.")
    return None
