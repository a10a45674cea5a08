"""Our goals in words, for the room of allies: whose reasons fit them, and who else cares about one."""

from collections.abc import Iterator

from django.urls import reverse

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.stakeholders.queries import GoalWords, WhoCares, allies_for


def goals_in_words(actor: Actor) -> Iterator[GoalWords]:
    """Every goal we work for now, with all it says. One query."""
    slug = slug_of(actor.coalition_id)
    for goal in SharedGoal.objects.filter(state="adopted"):
        yield GoalWords(goal.title, f"{goal.title} {goal.summary}", reverse("plans:goal", args=[slug, goal.pk]))


def who_cares(goal: SharedGoal, actor: Actor) -> WhoCares:
    """Actors on the list whose record or profile says the same words as a goal, and those one tie away."""
    return allies_for(f"{goal.title} {goal.summary}", actor)
