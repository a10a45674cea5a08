"""Opens the room of plans: its door, its offers, and what it says of people."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "manyhands.practice.plans"
    label = "plans"

    def ready(self) -> None:
        from manyhands.foundation.accounts.personal_data import register_personal_data
        from manyhands.foundation.coalitions.next_steps import register_next_step
        from manyhands.foundation.ui.navigation import register_room
        from manyhands.foundation.ui.offers import register_offer
        from manyhands.practice.alignment import queries as alignment
        from manyhands.practice.governance.queries import register_who_was_asked
        from manyhands.practice.stakeholders.queries import register_goals

        from . import book, member_goals, personal, queries, waiting
        from .goals_asked import goals_asked
        from .known_goals import known_goals
        from .who_cares import goals_in_words

        book.register()

        register_room(
            label=_("Plans"),
            icon="list-check",
            url_name="plans:plans",
            order=50,
            hint=_("Our shared goals, how they go, and who does what."),
            awaits=lambda actor, now: waiting.offers_to(actor),
        )
        register_goals(goals_in_words)
        alignment.register_goals(known_goals)
        register_who_was_asked(goals_asked)
        member_goals.register()
        waiting.register_desk()
        register_next_step(waiting.next_steps)
        register_personal_data("plans", export=queries.about_seats, erase=personal.erase)
        register_offer("shared_goal", _("Open its plan"), url=plan_of_goal, icon="list-check")


def plan_of_goal(request: HttpRequest, goal: object) -> str:
    """The plan of a goal, once the goal is adopted."""
    if getattr(goal, "state", "") not in {"adopted", "reached"}:
        return ""
    return reverse("plans:goal", args=[request.coalition.slug, goal.pk])  # type: ignore[attr-defined]
