"""What the open site may say of a coalition: never a person's name, never an organization that did not agree."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.coalitions.models import Coalition, Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.practice.governance.queries import joined_for
from manyhands.practice.plans.queries import goal_progress


def shown_of(coalition: Coalition) -> dict[str, Any]:
    """The context of the open page. Seven queries, inside the coalition."""
    count = voting_organizations().count()
    agreed: list[Organization] = list(voting_organizations().filter(is_public=True))
    only_for = joined_for()
    goals = goal_progress(Visitor())
    shown_goals = {progress.goal.pk for progress in goals}
    named = [organization for organization in agreed if organization.pk not in only_for]
    # Beside a goal that is not public, a name may stand nowhere.
    for_goals = [
        (organization, [goal.title for goal in only_for[organization.pk] if goal.pk in shown_goals])
        for organization in agreed
        if organization.pk in only_for
    ]
    for_goals = [(organization, titles) for organization, titles in for_goals if titles]
    return {
        "goals": goals,
        "count_goals": capfirst(str(apnumber(len(goals)))),
        "shown": coalition,
        "members": named,
        "count": count,
        "for_goals": for_goals,
        "unnamed": count - len(named) - len(for_goals),
        "values": [line.strip() for line in coalition.values.splitlines() if line.strip()],
    }
