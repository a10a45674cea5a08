"""One page: what awaits me, and how we are doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from manyhands.foundation.access.rules import Actor, seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.coalitions.next_steps import Steps, next_steps
from manyhands.foundation.coalitions.waiting import awaiting
from manyhands.foundation.ledger import queries as ledger
from manyhands.foundation.ledger.remembered import RememberedUntilNextLine
from manyhands.foundation.ledger.sentences import lines
from manyhands.practice.alignment.success.queries import own_rows
from manyhands.practice.governance.queries import closing_next
from manyhands.practice.plans.queries import GoalProgress, GoalRows, progress_of_goals

#: More than this at once is a wall, not a desk.
AT_ONCE = 5
LATELY = 6
#: What success means to one's own organization: a reminder, not the whole.
OWN = 3


@require_safe
@allow(seated)
def home(request: HttpRequest, coalition: str) -> HttpResponse:
    own, closing, entries = _own.rows(request.actor), closing_next.rows(), _lately.rows(request.actor)
    waiting = awaiting(request.actor, own, closing, entries)
    everything = "all" in request.GET
    goals, has_begun = _for_all.get(lambda: _look(request.actor), request.actor.roles)
    steps = [] if has_begun else next_steps(request.actor)
    undone = [step for step in steps if not step.is_done]
    context = {
        "greeting": _greeting(localtime().hour),
        "today": localtime(),
        "waiting": waiting if everything else waiting[:AT_ONCE],
        "count_waiting": len(waiting),
        "count_more": 0 if everything else max(0, len(waiting) - AT_ONCE),
        "steps": steps if undone else [],
        "count_done": len(steps) - len(undone),
        "next_step": undone[0] if undone else None,
        "goals": goals,
        "own_success": own[:OWN],
        "closing": next(iter(closing), None),
        "lately": lines(entries, coalition, actor=request.actor),
    }
    return render(request, "desk/home.html", context)


_own = RowsForActor(lambda actor, _moment: own_rows(actor))
_lately = RowsForActor(lambda actor, _moment: ledger.entries_for(actor)[:LATELY])
#: What is the same on the desks of all who have the same roles, and is counted over much.
_for_all: RememberedUntilNextLine[tuple[list[GoalProgress], bool]] = RememberedUntilNextLine()


def _look(actor: Actor) -> tuple[list[GoalProgress], bool]:
    """How the goals are going, and whether every first step is behind us."""
    rows, steps = GoalRows(), Steps(actor)
    ask_together(*rows.questions, steps.question)
    return progress_of_goals(rows), all(step.is_done for step in steps.in_order())


def _greeting(hour: int) -> str:
    if hour < 5:
        return _("Still up")
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
