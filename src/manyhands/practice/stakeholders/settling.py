"""Keeps the middle of the ratings beside an ally, so that lists of any length need not count."""

from . import rules
from .models import Rating, Stakeholder


def settle(ally: Stakeholder) -> None:
    """Keep the middle of the ratings beside the ally, as they stand now."""
    current = list(
        Rating.objects.filter(stakeholder=ally, replaced_at=None).values("interest", "influence", "rated_at")
    )
    interest = rules.middle([rating["interest"] for rating in current])
    influence = rules.middle([rating["influence"] for rating in current])
    Stakeholder.with_removed.filter(pk=ally.pk).update(
        interest=interest.value,
        interest_spread=interest.spread,
        influence=influence.value,
        influence_spread=influence.spread,
        weight=interest.value + influence.value,
        raters=interest.raters,
        rated_at=max((rating["rated_at"] for rating in current), default=None),
    )
    ally.raters = interest.raters
