"""Which of our goals each member endorses, for the page that shows members side by side.

Decisions know who said what; the goal's own page is here. So this room, which looks down on decisions, shows both.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.member_facts import MemberColumn, MemberFilter, register_member_column
from manyhands.practice.governance.queries import GoalsOfMember, goals_of_members

ENDORSES = [("all", _("Every goal")), ("some", _("Some, not all")), ("none", _("None yet"))]


def register() -> None:
    """Called once, when the room is set up."""
    register_member_column(
        MemberColumn(
            key="goals",
            label=_("Goals endorsed"),
            facts=_facts,
            template="plans/_member_goals.html",
            header=[_("Goals endorsed"), _("Which"), _("Adopted goals not endorsed"), _("Here only for")],
            cells=_cells,
            order=30,
            sorts_by=lambda fact: len(fact.endorsed),
            filters=[MemberFilter("goals", _("Goals endorsed"), ENDORSES, _endorses)],
            method=_(
                "Goals endorsed: adopted goals that the organization stands for, or agreed to when we adopted them. An "
                "organization that is here for named goals only is not asked about the others."
            ),
        )
    )


def _facts(actor: Actor, only: int | None = None) -> Mapping[int, GoalsOfMember]:
    return goals_of_members(only)


def _endorses(fact: GoalsOfMember | None, value: str) -> bool:
    if fact is None or not fact.endorsed:
        return value == "none"
    return value == ("some" if fact.not_endorsed else "all")


def _cells(fact: GoalsOfMember | None) -> list[Any]:
    if fact is None:
        return [0, "", "", ""]
    named = "; ".join(goal.title for goal in fact.only_for)
    return [len(fact.endorsed), "; ".join(goal.title for goal in fact.endorsed), len(fact.not_endorsed), named]
