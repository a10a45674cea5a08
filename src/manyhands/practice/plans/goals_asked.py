"""Tells decisions who was asked, so that no goal is adopted before everyone was.

Common ground and decisions are rooms of one row and do not know each other; plans looks down on both.
"""

from manyhands.practice.alignment.queries import newest_asking
from manyhands.practice.governance.queries import Asking, Member


def goals_asked() -> Asking:
    """Every active member in the newest round, as common ground counts them for visions too."""
    round, members = newest_asking()
    return Asking(
        members=[Member(each.organization.name, each.asked_at, each.has_spoken) for each in members],
        page=("alignment:round", round.pk) if round else ("alignment:rounds",),
        is_round=round is not None,
    )
