"""Member organizations: the list, one of them, adding, describing, and the steps of its membership."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions, policies, queries, rules
from manyhands.foundation.coalitions.forms import OrganizationForm, ReasonForm
from manyhands.foundation.coalitions.member_facts import facts_of
from manyhands.foundation.coalitions.models import MEMBERSHIP_STATES, Membership, Organization
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.spreadsheets import csv_response

from .doing import settle

STEPS: dict[str, Callable[..., Membership]] = {
    "active": actions.activate_membership,
    "paused": actions.pause_membership,
    "invited": actions.readmit_membership,
}
ENDINGS: dict[str, Callable[..., Membership]] = {
    "withdrawn": actions.withdraw_membership,
    "removed": actions.remove_membership,
}


@require_GET
@allow(seated)
def members(request: HttpRequest, coalition: str) -> HttpResponse:
    found = ListPage(
        request,
        queries.member_list,
        search=["name", "sector", "about"],
        filters={
            "state": (_("Membership"), MEMBERSHIP_STATES, "membership__state"),
            "spoken": (_("Who speaks"), [("yes", _("Someone does")), ("no", _("Nobody yet"))], _spoken_for),
        },
        sorts={
            "name": (_("Organization"), "name"),
            "since": (_("Member since"), ["membership__since", "name"]),
            "people": (_("Seats"), ["-count_seats", "name"]),
        },
        default_sort="name",
    )
    if found.wants_csv:
        header = [_("Organization"), _("Sector"), _("Membership"), _("Member since"), _("Votes"), _("Who speaks")]
        rows = list(found.all_rows)
        queries.seat_people(rows)
        return csv_response(f"{coalition}-members.csv", header, map(_row, rows))
    context = {
        "list": found,
        "individuals": queries.seat_people(found.page.object_list),
        "may_invite": policies.invite.holds(request.actor),
        "may_add": policies.add_organization.holds(request.actor),
        "may_change_seats": policies.give_seat.holds(request.actor),
    }
    return render(request, "coalitions/members.html", context)


def _spoken_for(rows: QuerySet, chosen: str) -> QuerySet:
    return rows.filter(count_seats__gt=0) if chosen == "yes" else rows.filter(count_seats=0)


def _row(organization: Organization) -> list[Any]:
    membership = organization.membership
    people = "; ".join(f"{name} ({standing})" for name, standing in organization.told_people)
    return [
        organization.name,
        organization.sector,
        membership.get_state_display(),
        membership.since,
        membership.votes,
        people,
    ]


@require_GET
@allow(seated)
def organization(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    return _show(request, _find(organization_id))


@require_http_methods(["GET", "POST"])
@allow(policies.add_organization)
def add_organization(request: HttpRequest, coalition: str) -> HttpResponse:
    form, status = OrganizationForm(request.POST or None), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        is_public = form.cleaned_data.pop("is_public")
        try:
            made = actions.add_member_organization(actor=request.actor, **form.cleaned_data)
            if is_public:
                actions.change_organization(actor=request.actor, organization=made, is_public=True)
        except actions.Refused as refused:
            form.add_error("name", str(refused))
            status = refused.status
        else:
            messages.success(request, _("%(name)s is on the list. Invite someone to speak for it.") % {"name": made})
            return redirect("coalitions:organization", coalition, made.pk)
    return render(request, "coalitions/organization_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allow(seated)
def change_organization(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    found = _find(organization_id)
    if not policies.change_organization.holds(request.actor, found):
        raise PermissionDenied
    form, status = OrganizationForm(request.POST or None, instance=found), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organization(actor=request.actor, organization=found, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("name", str(refused))
            status = refused.status
        else:
            messages.success(request, _("Saved."))
            return redirect("coalitions:organization", coalition, organization_id)
    context = {"form": form, "organization": _find(organization_id)}
    return render(request, "coalitions/organization_form.html", context, status=status)


@require_POST
@allow(seated)
def step_membership(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    found = _find(organization_id)
    step = STEPS.get(request.POST.get("state", ""))
    if step is None:
        return render(request, "422.html", {"sentence": _("There is no such step.")}, status=422)
    return settle(
        request,
        lambda: step(actor=request.actor, membership=found.membership),
        _("%(name)s: done.") % {"name": found.name},
        "coalitions:organization",
        coalition,
        organization_id,
    )


@require_http_methods(["GET", "POST"])
@allow(seated)
def withdraw_membership(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    return _end(request, coalition, _find(organization_id), "withdrawn")


@require_http_methods(["GET", "POST"])
@allow(seated)
def remove_membership(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    return _end(request, coalition, _find(organization_id), "removed")


def _end(request: HttpRequest, coalition: str, found: Organization, state: str) -> HttpResponse:
    """Two steps: the page says what happens and asks why; its button does it."""
    policy = policies.withdraw_membership if state == "withdrawn" else policies.change_membership
    if not policy.holds(request.actor, found.membership):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, is_required=state == "removed")
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            ENDINGS[state](actor=request.actor, membership=found.membership, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("%(name)s is no longer a member.") % {"name": found.name})
            return redirect("coalitions:members", coalition)
    context = {"form": form, "organization": found, "state": state}
    return render(request, "coalitions/end_membership.html", context, status=status)


def _find(organization_id: int) -> Organization:
    found = get_object_or_404(queries.organizations(), pk=organization_id)
    queries.seat_people([found])
    return found


def _show(request: HttpRequest, found: Organization) -> HttpResponse:
    actor, membership = request.actor, found.membership
    steps = rules.MEMBERSHIP_STEPS[membership.state]
    context = {
        "organization": found,
        "may_change": policies.change_organization.holds(actor, found),
        "may_invite": policies.invite.holds(actor) and membership.state not in {"withdrawn", "removed"},
        "may_read_reason": policies.read_reason.holds(actor),
        "may_change_seats": policies.give_seat.holds(actor),
        "may_step": policies.change_membership.holds(actor, membership),
        "may_withdraw": "withdrawn" in steps and policies.withdraw_membership.holds(actor, membership),
        "steps": steps,
        "rows": facts_of(actor, [found], found.pk) if membership.state == "active" else [],
    }
    return render(request, "coalitions/organization.html", context)
