"""Pages about oneself: who I am here, how I come in, what happened, and my data."""

import json

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.rules import signed_in
from manyhands.foundation.access.views import allow

from .. import actions, queries
from ..callers import Caller, caller
from ..forms import EraseForm, ProfileForm
from ..middleware import renew_device
from ..models import Person
from ..personal_data import reasons_to_stay, seats_of
from .looks import prove_again


@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
def you(request: HttpRequest) -> HttpResponse:
    """How I am called, spoken to and told the time."""
    assert request.user.is_authenticated  # the guard asks for it
    person = Person.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=request.actor, **form.cleaned_data)
        with override(form.cleaned_data["language"] or None):
            messages.success(request, _("Saved."))
        return redirect("accounts:you")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/you.html", {"form": form, "here": "you"}, status=status)


@require_GET
@allow(signed_in)
def signing_in(request: HttpRequest) -> HttpResponse:
    """Every way into this account."""
    assert request.user.is_authenticated  # the guard asks for it
    context = {"here": "signing_in", "steps": queries.second_steps(request.user)}
    return render(request, "accounts/signing_in.html", context)


@require_GET
@allow(signed_in)
def history(request: HttpRequest) -> HttpResponse:
    """What happened to my way in."""
    assert request.user.is_authenticated  # the guard asks for it
    return render(request, "accounts/history.html", {"events": queries.recent_events(request.user), "here": "history"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; end one, or all others."""
    if request.method == "POST":
        by = caller(request)
        if request.POST.get("session"):
            _end_one(request, by)
        else:
            person = actions.sign_out_everywhere(actor=request.actor, by=by)
            update_session_auth_hash(request, person)
            UserSession.objects.create_from_request(request)
            renew_device(request)
            messages.success(request, _("Every other device is signed out, and waiting links no longer work."))
        return redirect("usersessions_list")
    assert request.user.is_authenticated  # the guard asks for it
    return render(
        request,
        "usersessions/usersession_list.html",
        {"sessions": queries.sessions_of(request.user), "key": request.session.session_key, "here": "sessions"},
    )


def _end_one(request: HttpRequest, by: Caller) -> None:
    try:
        actions.end_session(actor=request.actor, session_id=int(request.POST["session"]), by=by)
    except (ValueError, OverflowError, UserSession.DoesNotExist):
        raise Http404 from None
    messages.success(request, _("That device is signed out."))


@require_GET
@allow(signed_in)
def data(request: HttpRequest) -> HttpResponse:
    """What we know about me, and how to take it along or away."""
    assert request.user.is_authenticated  # the guard asks for it
    context = {"here": "data", "coalitions": [name for _id, name, _seats in seats_of(request.user.pk)]}
    return render(request, "accounts/data.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
@prove_again
def download(request: HttpRequest) -> HttpResponse:
    """Everything about me, as one file. Only the button downloads; the address itself leads to the page with it."""
    if request.method != "POST":
        return redirect("accounts:data")
    if not ratelimit.consume(request, action="export"):
        return ratelimit.respond_429(request)
    found = actions.export_everything(actor=request.actor, by=caller(request))
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="about-you-{localdate():%Y-%m-%d}.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
@prove_again
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account: says what goes and what stays, and asks for my address to be typed."""
    assert request.user.is_authenticated  # the guard asks for it
    form = EraseForm(request.POST or None, person=request.user)
    reasons = reasons_to_stay(request.user.pk)
    status = 200
    if request.method == "POST":
        status = 422
        if reasons:
            status = 409
        elif form.is_valid():
            actions.erase_oneself(actor=request.actor)
            logout(request)
            messages.success(request, _("Your account is erased. We wish you well."))
            return redirect("account_login")
    return render(request, "accounts/erase.html", {"form": form, "reasons": reasons, "here": "data"}, status=status)
