"""All goals with how they go, and the plan of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.sources import source_of
from manyhands.foundation.ui.spreadsheets import csv_response
from manyhands.practice.alignment.queries import priority_balance
from manyhands.practice.governance import actions as governance_actions
from manyhands.practice.governance import policies as governance_policies
from manyhands.practice.governance import queries as governance
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.governance.rules import LEAST_SPONSORS
from manyhands.practice.plans import policies, queries, sentences
from manyhands.practice.plans.charts import line_chart
from manyhands.practice.plans.forms import TaskForm
from manyhands.practice.plans.models import Task
from manyhands.practice.plans.who_cares import saying_the_same, who_cares
from manyhands.practice.stakeholders.policies import see_allies

#: Tasks shown on a goal's page; the list has them all.
FIRST_TASKS = 12


@require_GET
@allow(seated)
def plans(request: HttpRequest, coalition: str) -> HttpResponse:
    """How our goals are going."""
    progress = queries.goal_progress(request.actor)
    if request.GET.get("format") == "csv":
        header = [
            _("Goal"),
            _("Objective"),
            _("Now"),
            _("Unit"),
            _("Target"),
            _("Due"),
            _("How it goes"),
            _("Measured"),
        ]
        return csv_response("plans.csv", header, _rows(progress))
    context = {
        "goals": progress,
        "balance": priority_balance(),
        "may_propose": governance_policies.put_forward_proposal.holds(request.actor),
        "coming": SharedGoal.objects.filter(
            state__in=["proposed", "endorsed"], proposal__state__in=["clarify", "react", "decide"]
        ).count(),
    }
    return render(request, "plans/plans.html", context)


def _rows(progress: list[queries.GoalProgress]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for goal in progress:
        for o in goal.objectives:
            row = o.objective
            last = (o.last.value, o.last.measured_on) if o.last else ("", "")
            rows.append(
                [goal.goal.title, row.title, last[0], row.unit, row.target_value, row.due_on, o.course_label, last[1]]
            )
        if not goal.objectives:
            rows.append([goal.goal.title, "", "", "", "", "", "", ""])
    return rows


@require_GET
@allow(seated)
def goal_page(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    return show_goal(request, find_goal(shared_goal_id))


@require_POST
@allow(seated)
def stand(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    """Stand for a goal with one's organization, or step back."""
    goal = find_goal(shared_goal_id)
    steps_back = request.POST.get("step") == "back"
    deed = governance_actions.step_back_from_goal if steps_back else governance_actions.stand_for_goal
    try:
        deed(actor=request.actor, goal=goal)
    except (governance_actions.NotNow, governance_actions.JoinedForOthers) as refusal:
        return conflict(request, str(refusal))
    messages.success(
        request, _("Your organization stepped back.") if steps_back else _("Your organization stands for this goal.")
    )
    return redirect("plans:goal", coalition, shared_goal_id)


@require_POST
@allow(seated)
def finish(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    """Say that a goal is reached, or retire it; two steps, by typing the word."""
    state = request.POST.get("state", "")
    words = {"reached": _("reached"), "retired": _("retire")}
    if request.POST.get("typed") != words.get(state):
        messages.error(request, _("Type the word to go on. Nothing was changed."))
        return show_goal(request, find_goal(shared_goal_id), status=422)
    try:
        governance_actions.finish_goal(actor=request.actor, goal=find_goal(shared_goal_id), state=state)
    except governance_actions.NotNow as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("The goal is marked so."))
    return redirect("plans:plans", coalition)


def find_goal(shared_goal_id: int) -> SharedGoal:
    """A goal with a plan: adopted, reached, or retired after it was adopted."""
    rows = governance.with_turnout(SharedGoal.objects.select_related("proposal").exclude(adopted_at=None))
    return get_object_or_404(rows, pk=shared_goal_id)


def show_goal(request: HttpRequest, goal: SharedGoal, status: int = 200, **extra: Any) -> HttpResponse:
    """The plan of a goal, with the objective that was asked for at the top."""
    rows = queries.ObjectiveRows(goal.objectives.all())
    task_rows, parts = queries.tasks_with_parts(queries.tasks().filter(goal=goal).exclude(state="dropped"))
    sponsor_rows, cares = governance.sponsors(goal), saying_the_same(goal, request.actor)
    ask_together(*rows.questions, task_rows, parts, sponsor_rows, cares)
    objectives, tasks = queries.progress_of_objectives(rows), queries.with_people(task_rows, parts)
    sponsors = list(sponsor_rows)
    asked = request.GET.get("objective", "")
    shown = next((o for o in objectives if str(o.objective.pk) == asked), objectives[0] if objectives else None)
    context = {
        "goal": goal,
        "objectives": objectives,
        "shown": shown,
        "shown_number": objectives.index(shown) + 1 if shown else 0,
        "finding": sentences.finding(shown) if shown else "",
        "lacks": sentences.lacks(shown.objective) if shown else "",
        "chart": line_chart(shown.objective, shown.readings) if shown else None,
        "tasks": tasks[:FIRST_TASKS],
        "count_tasks": len(tasks),
        "count_unowned": sum(task.state == Task.State.UNOWNED for task in tasks),
        "sponsors": sponsors,
        "source": source_of(request, goal.source),
        "turnout": (goal.count_stances, goal.count_eligible),  # type: ignore[attr-defined]  # find_goal counts them
        "who_cares": who_cares(goal, cares),
        "sees_allies": see_allies.holds(request.actor),
        "needs_sponsors": len(sponsors) < LEAST_SPONSORS,
        "stands": any(s.organization_id == request.actor.organization_id for s in sponsors),
        "may_stand": goal.state == "adopted" and governance_policies.stand_for_goal.holds(request.actor, goal),
        "may_finish": goal.state == "adopted" and governance_policies.finish_goal.holds(request.actor, goal),
        "may_plan": goal.state == "adopted" and policies.set_objective.holds(request.actor),
        "task_form": TaskForm(objectives=goal.objectives.all(), known=[o.objective for o in objectives]),
        **extra,
    }
    return render(request, "plans/goal.html", context, status=status)
