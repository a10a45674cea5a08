"""What a note about a person must come with. Asked by the deed, by forms and by lists: there is one answer.

Who may read it follows from whom it is about (`policies.see_private`); it ends twelve months after it was written, or
after somebody said that it is still needed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .rules import twelve_months_after

#: What belongs to a note, and what it says where there is none.
NO_NOTE: Mapping[str, Any] = {"note_source": "", "note_purpose": "", "note_on": None, "note_until": None}


def problem_with(kind: str, note: str, purpose: str, source: str) -> tuple[str, str] | None:
    """The field that keeps a note from being written, and why; None where it may be."""
    if kind != "person" or not note.strip():
        return None
    if not purpose.strip():
        return "note_purpose", _("A note about a person says what we need it for.")
    if not source.strip():
        return "note_source", _("A note about a person says how we know.")
    return None


def written(on: date, *, purpose: str, source: str) -> dict[str, Any]:
    """What belongs to a note that was written on a day."""
    until = twelve_months_after(on)
    return {"note_source": source.strip()[:300], "note_purpose": purpose.strip(), "note_on": on, "note_until": until}
