"""One's own seat, and the seats of others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions, policies, queries
from manyhands.foundation.coalitions.forms import SeatForm
from manyhands.foundation.coalitions.models import Seat

from .doing import settle


@require_http_methods(["GET", "POST"])
@allow(seated)
def my_seat(request: HttpRequest, coalition: str) -> HttpResponse:
    """Whom I sit for and what I may do; the button leaves the seat."""
    if request.method == "POST":
        return settle(
            request,
            lambda: actions.leave_seat(actor=request.actor),
            _("You have left %(name)s. Thank you for your time there.") % {"name": request.coalition.name},
            "public:front",
        )
    offices = [office for office in ("coordinator", "steward", "facilitator") if office in request.actor.roles]
    return render(request, "coalitions/my_seat.html", {"seat": request.seat, "offices": offices})


@require_http_methods(["GET", "POST"])
@allow(policies.give_seat)
def change_seat(request: HttpRequest, coalition: str, seat_id: int) -> HttpResponse:
    seat = _find(seat_id)
    form = SeatForm(request.POST if request.method == "POST" else None, seat=seat)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(actor=request.actor, seat=seat, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("The seat of %(name)s is changed.") % {"name": seat.name})
            return redirect("coalitions:members", coalition)
    context = {"form": form, "seat": _find(seat_id), "may_end": policies.end_seat.holds(request.actor, seat)}
    return render(request, "coalitions/seat_form.html", context, status=status)


@require_POST
@allow(policies.give_seat)
def end_seat(request: HttpRequest, coalition: str, seat_id: int) -> HttpResponse:
    seat = _find(seat_id)
    return settle(
        request,
        lambda: actions.end_seat(actor=request.actor, seat=seat),
        _("%(name)s no longer has a seat here.") % {"name": seat.name},
        "coalitions:members",
        coalition,
    )


def _find(seat_id: int) -> Seat:
    return get_object_or_404(queries.seats_at_the_table(), pk=seat_id)
