"""Working groups."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions, policies, queries, rules
from manyhands.foundation.coalitions.forms import GroupForm, LeadForm
from manyhands.foundation.coalitions.models import GROUP_STATES, WorkingGroup
from manyhands.foundation.ui.lists import ListPage

from .doing import settle


@require_GET
@allow(seated)
def groups(request: HttpRequest, coalition: str) -> HttpResponse:
    found = ListPage(
        request,
        queries.groups(),
        search=["name", "mandate"],
        filters={"state": (_("State"), GROUP_STATES, "state")},
        sorts={"name": (_("Group"), "name"), "people": (_("People"), ["-count_places", "name"])},
        default_sort="name",
    )
    if found.wants_csv:
        header = [_("Group"), _("State"), _("Who leads it"), _("People"), _("What it may decide alone")]
        return found.csv_response(f"{coalition}-groups.csv", header, _row)
    context = {
        "list": found,
        "may_propose": policies.propose_group.holds(request.actor),
        "mine": queries.group_of(request.actor),
    }
    return render(request, "coalitions/groups.html", context)


def _row(group: WorkingGroup) -> list:
    return [group.name, group.get_state_display(), group.lead or "", group.count_places, group.mandate]


@require_http_methods(["GET", "POST"])
@allow(policies.propose_group)
def propose_group(request: HttpRequest, coalition: str) -> HttpResponse:
    form, status = GroupForm(request.POST or None), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_group(actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("name", str(refused))
            status = refused.status
        else:
            messages.success(request, _("Proposed. Who leads it, and who joins?"))
            return redirect("coalitions:group", coalition, made.pk)
    return render(request, "coalitions/group_form.html", {"form": form}, status=status)


@require_GET
@allow(seated)
def group(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found, actor = _find(working_group_id), request.actor
    places = list(found.places.filter(seat__left_at=None).select_related("seat__organization").order_by("seat__name"))
    may_change = policies.change_group.holds(actor, found)
    steps = rules.GROUP_STEPS[found.state] if may_change else frozenset()
    context = {
        "group": found,
        "seats": [place.seat for place in places],
        "is_in": any(place.seat_id == actor.seat_id for place in places),
        "may_join": policies.join_group.holds(actor, found) and found.state != "closed",
        "may_change": may_change and found.state != "closed",
        "steps": [(state, label) for state, label in GROUP_STATES if state in steps],
        "lead_form": LeadForm(actor=actor, initial={"lead": found.lead_id}) if may_change else None,
    }
    return render(request, "coalitions/group.html", context)


@require_http_methods(["GET", "POST"])
@allow(seated)
def change_group(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found = _find(working_group_id)
    if not policies.change_group.holds(request.actor, found):
        raise PermissionDenied
    form, status = GroupForm(request.POST or None, instance=found), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(actor=request.actor, group=found, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("name", str(refused))
            status = refused.status
        else:
            messages.success(request, _("Saved."))
            return redirect("coalitions:group", coalition, working_group_id)
    context = {"form": form, "group": _find(working_group_id)}
    return render(request, "coalitions/group_form.html", context, status=status)


@require_POST
@allow(seated)
def step_group(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found, state = _find(working_group_id), request.POST.get("state", "")
    return settle(
        request,
        lambda: actions.change_group_state(actor=request.actor, group=found, state=state),
        _("Done."),
        "coalitions:group",
        coalition,
        working_group_id,
    )


@require_POST
@allow(seated)
def name_lead(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found, form = _find(working_group_id), LeadForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return render(request, "422.html", {"sentence": _("Nobody of that name sits here.")}, status=422)
    seat = queries.seats_at_the_table().filter(pk=form.cleaned_data["lead"]).first()
    return settle(
        request,
        lambda: actions.name_lead(actor=request.actor, group=found, lead=seat),
        _("Noted."),
        "coalitions:group",
        coalition,
        working_group_id,
    )


@require_POST
@allow(seated)
def join_group(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found = _find(working_group_id)
    return settle(
        request,
        lambda: actions.join_group(actor=request.actor, group=found),
        _("Welcome to the group."),
        "coalitions:group",
        coalition,
        working_group_id,
    )


@require_POST
@allow(seated)
def leave_group(request: HttpRequest, coalition: str, working_group_id: int) -> HttpResponse:
    found = _find(working_group_id)
    return settle(
        request,
        lambda: actions.leave_group(actor=request.actor, group=found),
        _("You have left the group."),
        "coalitions:group",
        coalition,
        working_group_id,
    )


def _find(working_group_id: int) -> WorkingGroup:
    return get_object_or_404(queries.groups(), pk=working_group_id)
