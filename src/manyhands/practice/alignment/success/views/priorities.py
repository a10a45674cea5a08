"""What comes first, how soon it shows, and whom it serves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListOfRows

from ... import policies
from ...concerns.items import PRIORITY, key_of
from ...concerns.queries import answered_by
from .. import actions, queries
from ..forms import PriorityForm, StandForm
from ..goals import goals
from ..models import Horizon, Priority, PriorityStand


@require_GET
@allow(seated)
def priorities(request: HttpRequest, coalition: str) -> HttpResponse:
    """All priorities, with the balance of short and long among those that come first."""
    rows, stands, voting = Priority.objects.all(), queries.stands(), voting_organizations().order_by("name", "pk")
    ask_together(rows, stands, voting)
    everything = queries.with_stands(rows, stands)
    listed = ListOfRows(
        request,
        sorted(everything, key=lambda each: each.pk),
        words_of=lambda each: f"{each.title} {each.why}",
        filters={
            "horizon": (_("How soon it shows"), Horizon.choices, lambda each, value: each.horizon == value),
            "state": (_("Where it stands"), Priority.State.choices, lambda each, value: each.state == value),
        },
        sorts={
            "title": (_("Priority"), lambda each: each.title.casefold()),
            "newest": (_("Nominated"), lambda each: each.nominated_at),
        },
        default_sort="-newest",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Priority"), _("How soon it shows"), _("Where it stands"), _("Serves"), _("Gets in the way of")]

        def row(each: Priority) -> list[Any]:
            return [
                each.title,
                each.get_horizon_display(),
                each.get_state_display(),
                *("; ".join(s) for s in _sides(each)),
            ]

        return listed.csv_response(f"{coalition}-priorities.csv", header, row)
    known = goals(request.actor)
    answers = answered_by(request.actor, [key_of(PRIORITY, each.pk) for each in listed.page])
    for each in listed.page:
        each.concerns = answers[key_of(PRIORITY, each.pk)]
        each.serves = [stand for stand in each.stood if stand.side == PriorityStand.Side.SERVES]
        each.hinders = [stand for stand in each.stood if stand.side == PriorityStand.Side.HINDERS]
        each.goal = known.get(each.goal_id)
    context = {
        "listed": listed,
        "balance": queries.priority_balance(everything),
        "unserved": queries.served_by_nothing(everything, voting),
        "any_chosen": any(each.state == Priority.State.SELECTED for each in everything),
        "may_nominate": policies.nominate_priority.holds(request.actor),
        "may_choose": policies.lead_rounds.holds(request.actor),
        "states": Priority.State.choices,
    }
    return render(request, "alignment/success/priorities.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.nominate_priority)
def nominate_priority(request: HttpRequest, coalition: str) -> HttpResponse:
    form = PriorityForm(request.POST or None, goals=goals(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            priority = actions.nominate_priority(actor=request.actor, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("It stands in the list. Say now what it is to your own organization."))
            return redirect("alignment:stand_on_priority", coalition, priority.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/success/nominate.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.nominate_priority)
def stand_on_priority(request: HttpRequest, coalition: str, priority_id: int) -> HttpResponse:
    priority = get_object_or_404(Priority, pk=priority_id)
    own = PriorityStand.objects.filter(priority=priority, organization_id=request.actor.organization_id).first()
    initial = {"side": own.side, "strength": own.strength, "why": own.why} if own else {}
    form = StandForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stand_on_priority(actor=request.actor, priority=priority, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Thank you. It is written down for your organization."))
            return redirect("alignment:priorities", coalition)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/success/stand.html", {"form": form, "priority": priority}, status=status)


@require_POST
@allow(policies.lead_rounds)
def choose_priority(request: HttpRequest, coalition: str, priority_id: int) -> HttpResponse:
    priority = get_object_or_404(Priority, pk=priority_id)
    try:
        actions.choose_priority(actor=request.actor, priority=priority, state=request.POST.get("state", ""))
    except actions.Refused as problem:
        return conflict(request, str(problem))
    messages.success(request, _("Written down."))
    return redirect("alignment:priorities", coalition)


def _sides(priority: Any) -> tuple[list[str], list[str]]:
    serves = [s.organization.name for s in priority.stood if s.side == PriorityStand.Side.SERVES]
    hinders = [s.organization.name for s in priority.stood if s.side == PriorityStand.Side.HINDERS]
    return serves, hinders
