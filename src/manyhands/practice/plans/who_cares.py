"""Our goals in words, for the room of allies: whose reasons fit them, and who else cares about one."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.queries import GoalSource, GoalWords, WhoCares, saying, those_who_care


def _in_words(actor: Actor, goals: Iterable[SharedGoal]) -> Iterator[GoalWords]:
    slug = slug_of(actor.coalition_id)
    for goal in goals:
        yield GoalWords(goal.title, f"{goal.title} {goal.summary}", reverse("plans:goal", args=[slug, goal.pk]))


#: Every goal we work for now, with all it says.
goals_in_words = GoalSource(lambda: SharedGoal.objects.filter(state="adopted"), _in_words)


def who_cares(goal: SharedGoal, rows: Iterable[Stakeholder]) -> WhoCares:
    """Actors on the list whose record or profile says the same words as a goal, and those one tie away."""
    return those_who_care(_words(goal), rows)


def saying_the_same(goal: SharedGoal, actor: Actor) -> QuerySet[Stakeholder]:
    """Those on the list who say it, not asked yet, so that a page can ask it with others."""
    return saying(_words(goal), actor)


def _words(goal: SharedGoal) -> str:
    return f"{goal.title} {goal.summary}"
