"""The open site: the front page, and what a public coalition shows to strangers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import anyone
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import policies
from manyhands.foundation.coalitions.queries import public_coalitions, seats_of

from . import queries


@require_GET
@allow(anyone)
def front(request: HttpRequest) -> HttpResponse:
    """Strangers read what this is; people with one seat go to its desk; with several they choose."""
    if request.user.is_authenticated:
        held = seats_of(request.user.pk)
        if len(held) == 1 and "all" not in request.GET:
            return redirect("desk:home", held[0].coalition.slug)
        context = {"held": held, "may_start": policies.start_coalition.holds(request.actor)}
        return render(request, "public/my_coalitions.html", context)
    shown = list(public_coalitions()[:6])
    example = next((found for found in shown if found.is_invented), None)
    return render(request, "public/front.html", {"shown": shown, "example": example})


@require_GET
@allow(anyone)
def coalition(request: HttpRequest, coalition: str) -> HttpResponse:
    """A public coalition's own page. One that is not public does not exist here, not even for its members."""
    here = request.coalition
    if here is None or not here.is_public:
        raise Http404
    return render(request, "public/coalition.html", queries.shown_of(here))
