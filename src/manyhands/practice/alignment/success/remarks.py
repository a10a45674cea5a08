"""What this part says on pages of other rooms: before a goal is adopted, which pairs of members still conflict."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.ui.remarks import Remark, Remarks, register_remark

from . import queries

#: More are a list of their own.
AT_ONCE = 5


def register() -> None:
    """Called once, when the room is set up."""
    register_remark("proposal", Remarks(rows=_pairs, tell=_which_still_conflict))


def _pairs(_request: HttpRequest, proposal: Any) -> QuerySet[Any] | None:
    """Needed before a goal is adopted, or a decision that serves one."""
    if proposal.state not in {"draft", "clarify", "react", "decide"}:
        return None
    return queries.conflicts() if proposal.kind == "goal" or proposal.serves_goal_id is not None else None


def _which_still_conflict(request: HttpRequest, proposal: Any, pairs: QuerySet[Any]) -> Iterable[Remark]:
    """The pairs whose outcomes still conflict."""
    standing = queries.standing_conflicts(pairs)
    if not standing.named:
        return
    goal = proposal.serves_goal_id
    first = sorted(standing.open, key=lambda pair: goal not in {*pair.one.goal_ids, *pair.other.goal_ids})
    names = _("%(one)s and %(other)s: %(about)s")
    title = ngettext(
        "%(n)s pair of members wants things that conflict.",
        "%(n)s pairs of members want things that conflict.",
        len(standing.open),
    )
    yield Remark(
        title=title % {"n": len(standing.open)} if standing.open else _("No pair of members conflicts any more."),
        text=_("%(settled)s of %(named)s that were named are settled.")
        % {"settled": standing.settled, "named": standing.named},
        lines=[
            names % {"one": pair.one.organization.name, "other": pair.other.organization.name, "about": pair.about}
            for pair in first[:AT_ONCE]
        ],
        url=reverse("alignment:conflicts", args=[request.coalition.slug]),  # type: ignore[attr-defined]
        action=_("See the pairs"),
        is_grave=bool(standing.open),
    )
