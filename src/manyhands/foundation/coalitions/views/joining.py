"""The page behind an invitation's link: the first that an invited person sees."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.accounts.links import sign_in
from manyhands.foundation.coalitions import actions, policies
from manyhands.foundation.coalitions.at_the_door import find_invitation, refuse_another_person, refuse_closed
from manyhands.foundation.coalitions.forms import JoinForm
from manyhands.foundation.coalitions.invitation_extras import extra_forms
from manyhands.foundation.coalitions.models import Invitation
from manyhands.foundation.tenancy.scope import inside


@never_cache
@require_http_methods(["GET", "POST"])
@allow(policies.answer_invitation)
def join(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        invitation = find_invitation(secret)
        refuse_closed(invitation)
        refuse_another_person(request.actor, invitation)
        form, extras = _form(request), _extras(request, invitation)
        asked = [*([form] if form else []), *extras.values()]
        # Every form is looked at, so that each shows what is wrong with it.
        are_valid = [each.is_valid() for each in asked]
        if request.method == "POST" and all(are_valid):
            name = form.cleaned_data["name"] if form else ""
            return _accept(request, secret, name, extras)
    except actions.SignInFirst as refused:
        return _refuse(request, refused, invitation)
    except actions.AlreadySeated:
        return redirect("desk:home", invitation.coalition.slug)
    except actions.Refused as refused:
        return _refuse(request, refused)
    context = {**_welcome(invitation), "form": form, "extras": extras.values(), "secret": secret}
    return render(request, "coalitions/join.html", context, status=422 if request.method == "POST" else 200)


def _accept(request: HttpRequest, secret: str, name: str, extras: dict[str, forms.Form]) -> HttpResponse:
    seat = actions.accept_invitation(actor=request.actor, secret=secret, name=name, extras=extras)
    told = {"coalition": seat.coalition.name}
    messages.success(request, _("Welcome to %(coalition)s. This is your desk.") % told)
    home = redirect("desk:home", seat.coalition.slug)
    return home if request.actor.person_id else sign_in(request, seat.person, next_url=home.url)


@never_cache
@require_POST
@allow(policies.answer_invitation)
def decline(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        invitation = actions.decline_invitation(actor=request.actor, secret=secret)
    except actions.Refused as refused:
        return _refuse(request, refused)
    return render(request, "coalitions/declined.html", {"joining": invitation.coalition})


def _form(request: HttpRequest) -> JoinForm | None:
    """People who told us their name are not asked again."""
    if request.user.is_authenticated and request.user.name:
        return None
    return JoinForm(request.POST if request.method == "POST" else None)


def _extras(request: HttpRequest, invitation: Invitation) -> dict[str, forms.Form]:
    """What other rooms ask at the door."""
    with inside(invitation.coalition_id):
        return extra_forms(invitation, request.POST if request.method == "POST" else None)


def _welcome(invitation: Invitation) -> dict:
    with inside(invitation.coalition_id):
        host = invitation.invited_by.label
    return {"invitation": invitation, "joining": invitation.coalition, "host": host, **_accent(invitation)}


def _accent(invitation: Invitation | None) -> dict:
    return {"page_accent": invitation.coalition.accent} if invitation else {}


def _refuse(request: HttpRequest, refused: actions.Refused, invitation: Invitation | None = None) -> HttpResponse:
    context = {"sentence": str(refused), "refused": type(refused).__name__, **_accent(invitation)}
    # Signing in is an offer, not an error; every other refusal has its own code.
    status = 200 if isinstance(refused, actions.SignInFirst) else refused.status
    return render(request, "coalitions/join_refused.html", context, status=status)
