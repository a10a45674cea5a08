"""Tasks: who does what by when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage
from manyhands.practice.governance import queries as governance
from manyhands.practice.plans import actions, policies, queries, rules
from manyhands.practice.plans.actions.refusals import Refusal
from manyhands.practice.plans.forms import OfferForm, TaskForm
from manyhands.practice.plans.models import Assignment, Task

from .goals import find_goal, show_goal

#: What the buttons on a task's page say they do, and what is said afterwards.
STEPS: dict[str, tuple[Callable[..., object], Any]] = {
    "start": (actions.start_task, gettext_lazy("It is under way.")),
    "block": (actions.block_task, gettext_lazy("The others see what it is stuck on.")),
    "finish": (actions.finish_task, gettext_lazy("Done. Somebody else verifies it.")),
    "verify": (actions.verify_task, gettext_lazy("Verified, thank you.")),
    "send_back": (actions.send_back_task, gettext_lazy("It goes on.")),
    "drop": (actions.drop_task, gettext_lazy("The task is dropped; it stays readable.")),
    "hand_back": (actions.hand_back_task, gettext_lazy("The task waits for someone else now.")),
}
WITH_WORDS = {"block": "note", "send_back": "note", "drop": "note", "hand_back": "reason"}


@require_GET
@allow(seated)
def task_list(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every task of every plan, next due first."""
    goals = list(governance.adopted_goals().values_list("pk", "title"))
    mine = [("mine", _("Mine")), ("nobody", _("Nobody's"))]
    listed = ListPage(
        request,
        queries.tasks(),
        search=["title", "done_when", "place"],
        filters={
            "state": (_("Where it is"), Task.State.choices, "state"),
            "goal": (_("Goal"), goals, "goal_id"),
            "whose": (_("Whose"), mine, lambda rows, whose: _whose(request, rows, whose)),
        },
    )
    if listed.wants_csv:
        header = [_("Task"), _("Goal"), _("Due"), _("Where it is"), _("Accountable"), _("Done when"), _("Place")]
        return listed.csv_response("tasks.csv", header, _row)
    return render(request, "plans/tasks.html", {"tasks": listed})


def _whose(request: HttpRequest, rows: Any, whose: str) -> Any:
    if whose == "nobody":
        return rows.filter(state="unowned")
    live = Assignment.objects.filter(seat_id=request.actor.seat_id, acceptance__in=Assignment.LIVE)
    return rows.filter(pk__in=live.values("task_id"))


def _row(task: Task) -> list[Any]:
    who = next((place.seat.name for place in task.people if place.part == "A"), "")
    return [task.title, task.goal.title, task.due_on, task.get_state_display(), who, task.done_when, task.place]


@require_POST
@allow(policies.add_task)
def add_task(request: HttpRequest, coalition: str, shared_goal_id: int) -> HttpResponse:
    goal = find_goal(shared_goal_id)
    form = TaskForm(request.POST, objectives=goal.objectives.all())
    if not form.is_valid():
        return show_goal(request, goal, status=422, task_form=form)
    said = form.cleaned_data
    same = None if "different" in request.POST else queries.alike(goal, said["title"], said["place"])
    if same is not None:
        return show_goal(request, goal, task_form=form, same=same)
    try:
        task = actions.add_task(actor=request.actor, goal=goal, **said)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("The task is in the plan. Who takes it on?"))
    return redirect("plans:task", coalition, task.pk)


@require_GET
@allow(seated)
def task_page(request: HttpRequest, coalition: str, task_id: int) -> HttpResponse:
    return _show(request, _find(task_id))


@require_http_methods(["GET", "POST"])
@allow(seated)
def change_task(request: HttpRequest, coalition: str, task_id: int) -> HttpResponse:
    task = _find(task_id)
    require(request.actor, policies.change_task, task)
    initial = {name: getattr(task, name) for name in ("title", "done_when", "due_on", "place", "objective")}
    form = TaskForm(request.POST or None, initial=initial, objectives=task.goal.objectives.all())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_task(actor=request.actor, task=task, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, str(refusal))
        messages.success(request, _("Saved."))
        return redirect("plans:task", coalition, task_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/change_task.html", {"task": task, "form": form}, status=status)


@require_POST
@allow(seated)
def offer(request: HttpRequest, coalition: str, task_id: int) -> HttpResponse:
    task, form = _find(task_id), OfferForm(request.POST)
    if not form.is_valid():
        return _show(request, task, offer_form=form, status=422)
    try:
        actions.offer_task(actor=request.actor, task=task, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, _find(task_id), offer_form=form, status=409)
    messages.success(request, _("Asked. It is theirs once they accept."))
    return redirect("plans:task", coalition, task_id)


@require_POST
@allow(seated)
def take_on(request: HttpRequest, coalition: str, task_id: int) -> HttpResponse:
    try:
        actions.take_on_task(actor=request.actor, task=_find(task_id))
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("It is yours. Thank you."))
    return redirect("plans:task", coalition, task_id)


@require_POST
@allow(seated)
def answer(request: HttpRequest, coalition: str, assignment_id: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.select_related("task"), pk=assignment_id)
    try:
        if request.POST.get("answer") == "accept":
            actions.accept_task(actor=request.actor, assignment=assignment)
            messages.success(request, _("It is yours. Thank you."))
        else:
            reason = request.POST.get("reason", "").replace("\x00", "")[:300]
            actions.decline_task(actor=request.actor, assignment=assignment, reason=reason)
            messages.success(request, _("Declined. The task waits for someone else."))
    except Refusal as refusal:
        return conflict(request, str(refusal))
    return redirect("plans:task", coalition, assignment.task_id)


@require_POST
@allow(seated)
def step(request: HttpRequest, coalition: str, task_id: int) -> HttpResponse:
    """One of the buttons of `STEPS`, with words where the step takes some."""
    wanted, task = request.POST.get("step", ""), _find(task_id)
    if wanted not in STEPS:
        return conflict(request, _("There is no such step."))
    deed, done = STEPS[wanted]
    limit = 300 if wanted == "hand_back" else 400
    words = request.POST.get("words", "").replace("\x00", "").strip()[:limit]
    try:
        deed(actor=request.actor, task=task, **({WITH_WORDS[wanted]: words} if wanted in WITH_WORDS else {}))
    except Refusal as refusal:
        if wanted == "block" and not words:
            return _show(request, task, status=422, stuck_on=str(refusal))
        return conflict(request, str(refusal))
    messages.success(request, str(done))
    return redirect("plans:task", coalition, task_id)


def _find(task_id: int) -> Task:
    """The task, and who has a part in it."""
    rows, parts = queries.tasks_with_parts(queries.tasks().filter(pk=task_id))
    ask_together(rows, parts)
    for task in queries.with_people(rows, parts):
        return task
    raise Http404


def _show(request: HttpRequest, task: Task, status: int = 200, **extra: Any) -> HttpResponse:
    actor, is_over = request.actor, task.state in Task.OVER
    mine = [place for place in task.people if place.seat_id == actor.seat_id]
    works = any(place.part in {"A", "R"} and place.acceptance == "accepted" for place in mine)
    may_drop = task.state in {"unowned", "offered", "accepted", "doing", "blocked"} and policies.drop_task.holds(
        actor, task
    )
    context = {
        "task": task,
        "offers": [place for place in mine if place.acceptance == "offered" and not is_over],
        "works": works,
        "has_accountable": any(place.part == "A" for place in task.people),
        "may_take_on": task.state == "unowned" and policies.take_on_task.holds(actor, task),
        "may_offer": not is_over and policies.offer_task.holds(actor, task),
        "may_verify": task.state == "done" and policies.verify_task.holds(actor, task),
        "may_change": task.state not in {"verified", "dropped"} and policies.change_task.holds(actor, task),
        "may_drop": may_drop,
        "oddities": rules.oddities([(place.part, place.acceptance) for place in task.people]),
        "offer_form": OfferForm(),
        **extra,
    }
    return render(request, "plans/task.html", context, status=status)
