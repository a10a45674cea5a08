"""Inviting, and the list of whom we asked."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions, policies, queries
from manyhands.foundation.coalitions.forms import InviteForm
from manyhands.foundation.coalitions.models import Invitation
from manyhands.foundation.ui.lists import ListPage

from .doing import settle

ANSWERS = [
    ("open", gettext_lazy("Waiting for an answer")),
    ("accepted", gettext_lazy("Accepted")),
    ("declined", gettext_lazy("Declined")),
    ("withdrawn", gettext_lazy("Taken back")),
    ("expired", gettext_lazy("Too old")),
]


@require_http_methods(["GET", "POST"])
@allow(policies.invite)
def invite(request: HttpRequest, coalition: str) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None, initial=_asked(request))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("email" if "Already" in type(refused).__name__ else None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("The letter to %(email)s is on its way.") % {"email": made.email})
            return redirect("coalitions:invitations", coalition)
    context = {"form": form, "days": actions.inviting.VALID_FOR.days}
    return render(request, "coalitions/invite.html", context, status=status)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Other pages may fill the form: ``?organization=3`` or ``?organization_name=…&email=…``."""
    return {name: request.GET[name] for name in ("organization", "organization_name", "email") if name in request.GET}


@require_GET
@allow(policies.invite)
def invitations(request: HttpRequest, coalition: str) -> HttpResponse:
    found = ListPage(
        request,
        queries.invitations(),
        search=["email", "organization__name"],
        filters={"answer": (_("Answer"), ANSWERS, _answered)},
        sorts={"at": (_("Invited"), "invited_at"), "email": (_("Who"), "email")},
        default_sort="-at",
    )
    if found.wants_csv:
        header = [_("Who"), _("For"), _("As what"), _("Invited"), _("Answer")]
        return found.csv_response(f"{coalition}-invitations.csv", header, _row)
    return render(request, "coalitions/invitations.html", {"list": found})


def _answered(rows: QuerySet, answer: str) -> QuerySet:
    unsettled = rows.filter(accepted_at=None, declined_at=None, withdrawn_at=None)
    return {
        "accepted": rows.exclude(accepted_at=None),
        "declined": rows.exclude(declined_at=None),
        "withdrawn": rows.exclude(withdrawn_at=None),
        "open": unsettled.filter(expires_at__gt=now()),
        "expired": unsettled.filter(expires_at__lte=now()),
    }[answer]


def _row(invitation: Invitation) -> list[Any]:
    return [
        invitation.email,
        invitation.organization or "",
        invitation.get_standing_display(),
        invitation.invited_at.date(),
        dict(ANSWERS)[invitation.answer],
    ]


@require_POST
@allow(policies.invite)
def resend_invitation(request: HttpRequest, coalition: str, invitation_id: int) -> HttpResponse:
    found = _find(invitation_id)
    return settle(
        request,
        lambda: actions.resend_invitation(actor=request.actor, invitation=found),
        _("A new letter to %(email)s is on its way. The old link no longer works.") % {"email": found.email},
        "coalitions:invitations",
        coalition,
    )


@require_POST
@allow(policies.invite)
def withdraw_invitation(request: HttpRequest, coalition: str, invitation_id: int) -> HttpResponse:
    found = _find(invitation_id)
    return settle(
        request,
        lambda: actions.withdraw_invitation(actor=request.actor, invitation=found),
        _("Taken back. Its link no longer works, and nobody was written to."),
        "coalitions:invitations",
        coalition,
    )


def _find(invitation_id: int) -> Invitation:
    return get_object_or_404(queries.invitations(), pk=invitation_id)
