"""Views of a page that somebody wants to find again: kept under a name, and thrown away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manyhands.foundation.access.views import allow

from .. import policies
from ..models import SavedView
from ..ties import actions
from ..ties.forms import SaveViewForm
from ..ties.views import network
from . import map as allies


@require_POST
@allow(policies.see_allies)
def save_view(request: HttpRequest, coalition: str) -> HttpResponse:
    form = SaveViewForm(request.POST)
    if form.is_valid():
        try:
            view = actions.save_view(actor=request.actor, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
            return redirect(f"{reverse(f'stakeholders:{view.page}', args=[coalition])}?{view.query}")
    show = allies.show if request.POST.get("page") == "allies" else network.show
    return show(request, view_form=form, status=422)


@require_POST
@allow(policies.see_allies)
def throw_view_away(request: HttpRequest, coalition: str, saved_view_id: int) -> HttpResponse:
    mine = SavedView.objects.filter(by_seat_id=request.actor.seat_id)
    view = get_object_or_404(mine, pk=saved_view_id)
    page = view.page
    actions.throw_view_away(actor=request.actor, view=view)
    messages.success(request, _("The view is gone. What it showed is all still here."))
    return redirect(f"stakeholders:{page}", coalition)
