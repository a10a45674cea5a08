"""Several people call out names at once, and everybody sees them come in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.views import allow

from ... import policies
from .. import actions, queries
from ..forms import NameForm
from ..names import source_of_today


@require_http_methods(["GET", "POST"])
@allow(policies.add_ally)
def brainstorm(request: HttpRequest, coalition: str) -> HttpResponse:
    if request.method == "GET":
        return render(request, "stakeholders/outreach/brainstorm.html", {"form": NameForm(), **_names()})
    form, said = NameForm(request.POST), {}
    status = 422
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            ally = actions.call_out(actor=request.actor, name=name, is_another="is_another" in request.POST)
        except actions.AlreadyHere as known:
            status, said = 409, {"already": known.stakeholder}
        except actions.LooksLike as near:
            status, said = 409, {"alike": near.stakeholder, "name": name}
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            if not request.htmx:
                messages.success(request, _("%(name)s is on the list.") % {"name": ally.name})
                return redirect("stakeholders:brainstorm", coalition)
            status, said = 200, {"added": ally}
    if status == 200 or "already" in said:
        form = NameForm()
    template = "_brainstorm.html" if request.htmx else "brainstorm.html"
    # htmx shows only answers that are well; the sentence itself says what is not.
    shown = 200 if request.htmx else status
    context = {"form": form, **said, **_names()}
    return render(request, f"stakeholders/outreach/{template}", context, status=shown)


@require_GET
@allow(policies.see_allies)
def called_out(request: HttpRequest, coalition: str) -> HttpResponse:
    """The names of today, for the page that asks every few seconds."""
    return render(request, "stakeholders/outreach/_called_out.html", _names())


def _names() -> dict[str, Any]:
    source = source_of_today()
    return {"names": queries.called_out(source), "source": source}
