"""Putting statements together that share words: a first sorting, which people then look at and change."""

from .. import likeness
from ..models import Overlap, Statement, VisionRound
from ..rules import StatementState, short


def gather_if_none(round: VisionRound) -> int:
    """Gather the statements of a round, unless somebody did before. Part of an action, which asks permission.

    Only what at least two people wrote in much the same words is gathered; what one person said stays by itself and
    can be put to others by hand.
    """
    if Overlap.objects.filter(round=round).exists():
        return 0
    rows = {
        each.pk: each
        for each in Statement.objects.filter(round=round, state=StatementState.LIVE)[: likeness.MOST_GATHERED]
    }
    groups = [group for group in likeness.gather({pk: each.text for pk, each in rows.items()}) if len(group) > 1]
    for at, group in enumerate(groups):
        # Named by the shortest of them until somebody finds better words.
        words = min((rows[pk].text for pk in group), key=lambda text: (len(text), text))
        overlap = Overlap.objects.create(round=round, position=at, text=short(words, 280))
        Statement.objects.filter(pk__in=group).update(overlap=overlap)
    return len(groups)
