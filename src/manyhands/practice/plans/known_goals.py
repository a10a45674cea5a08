"""Tells common ground which goals there are, so that members can say which of them serves what they must see.

Common ground and decisions are rooms of one row and do not know each other; plans looks down on both.
"""

from collections.abc import Iterable

from manyhands.foundation.access.rules import Actor
from manyhands.practice.alignment.queries import KnownGoal

from . import queries


def known_goals(actor: Actor) -> Iterable[KnownGoal]:
    """Every goal that is ours, with how far its first measured objective has come."""
    for progress in queries.goal_progress(actor):
        leading = progress.leading
        yield KnownGoal(
            pk=progress.goal.pk,
            title=progress.goal.title,
            url=progress.url,
            percent=leading.percent if leading else None,
        )
