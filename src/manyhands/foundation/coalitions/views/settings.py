"""Starting a coalition, its settings, and the page on who may do what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.matrix import ROLES, rights_by_room
from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions, policies, queries, rules
from manyhands.foundation.coalitions.forms import DescriptionForm, StartForm, StateForm
from manyhands.foundation.coalitions.models import COALITION_STATES

from .doing import settle

#: What people call the rooms whose rights are listed.
ROOMS = {
    "access": gettext_lazy("The house"),
    "accounts": gettext_lazy("Oneself"),
    "alignment": gettext_lazy("Common ground"),
    "coalitions": gettext_lazy("Members and seats"),
    "desk": gettext_lazy("Desk"),
    "governance": gettext_lazy("Decisions"),
    "jobs": gettext_lazy("Background work"),
    "ledger": gettext_lazy("Looking back"),
    "plans": gettext_lazy("Plans"),
    "stakeholders": gettext_lazy("Allies"),
}


@require_http_methods(["GET", "POST"])
@allow(policies.start_coalition)
def start(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # the guard asks for it
    form = StartForm(request.POST or None, needs_name=not request.user.name)
    if request.method == "POST" and form.is_valid():
        made = actions.create_coalition(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("%(name)s has begun.") % {"name": made.name})
        return redirect("desk:home", made.slug)
    example = queries.public_coalitions().filter(is_invented=True).first()
    context = {"form": form, "example": example, "page_accent": _accent(form)}
    return render(request, "coalitions/start.html", context, status=422 if form.is_bound else 200)


def _accent(form: StartForm) -> str:
    chosen = form["accent"].value()
    return chosen if chosen in dict(form.fields["accent"].choices) else "lake"


@require_http_methods(["GET", "POST"])
@allow(policies.change_coalition)
def settings(request: HttpRequest, coalition: str) -> HttpResponse:
    # The form writes what was typed into its own copy, so that a refused name does not stand on the door.
    here = request.coalition
    form = DescriptionForm(request.POST or None, instance=type(here).objects.get(pk=here.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_coalition(actor=request.actor, coalition=here, **form.cleaned_data)
        messages.success(request, _("Saved. Everyone sees it from now on."))
        return redirect("coalitions:settings", coalition)
    steps = [(state, label) for state, label in COALITION_STATES if state in rules.COALITION_STEPS[here.state]]
    context = {"form": form, "steps": steps, "state_form": StateForm(steps=steps)}
    return render(request, "coalitions/settings.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(policies.change_coalition_state)
def change_state(request: HttpRequest, coalition: str) -> HttpResponse:
    form = StateForm(request.POST, steps=COALITION_STATES)
    if not form.is_valid():
        return render(request, "422.html", {"sentence": _("There is no such step.")}, status=422)
    return settle(
        request,
        lambda: actions.change_coalition_state(actor=request.actor, coalition=request.coalition, **form.cleaned_data),
        _("The coalition took a step."),
        "coalitions:settings",
        coalition,
    )


@require_GET
@allow(seated)
def who_may(request: HttpRequest, coalition: str) -> HttpResponse:
    rooms = [
        {"name": room, "title": ROOMS.get(room, room.capitalize()), "rights": rights}
        for room, rights in rights_by_room(request.actor).items()
    ]
    context = {"rooms": rooms, "roles": [role for role in ROLES if role in request.actor.roles], "all_roles": ROLES}
    return render(request, "coalitions/who_may.html", context)
