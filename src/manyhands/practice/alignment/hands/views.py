"""One's own hand on the phone, the facilitator's queue, and the private report."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ui.errors import conflict

from .. import policies
from ..models import SpeakerQueue, SpeakingTurn
from . import actions, queries, rules, words
from .places import place_of

NOTHING_NEW = 204


@require_GET
@allow(policies.give_floor)
def desk(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Whose hand is up, in their order, and who speaks. Asks again every other second; reading writes nothing."""
    queue = _find(speaker_queue_id)
    turns, seats, reports = queries.turns(queue), queries.present(queue), queries.reports_of(request.actor)
    reports = reports.filter(pk=queue.pk)
    if not request.htmx:
        ask_together(turns, seats, reports)
    floor = queries.floor(turns)
    if request.htmx and request.GET.get("is") == floor.mark and queue.is_open:
        return HttpResponse(status=NOTHING_NEW)
    context: dict[str, Any] = {"queue": queue, "floor": floor}
    if not request.htmx:
        context |= _room(seats) | {
            "back": place_of(queue).page(queue, coalition),
            "has_report": bool(reports),
            "kept_days": rules.KEPT.days,
        }
    return render(request, "alignment/hands/desk.html" + ("#floor" if request.htmx else ""), context)


@require_GET
@allow(policies.give_floor)
def present(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Who is in the room, to be called on without having asked; sent again only when somebody came or went."""
    queue = _find(speaker_queue_id)
    room = _room(queries.present(queue))
    if request.GET.get("is") == room["present_mark"]:
        return HttpResponse(status=NOTHING_NEW)
    context = room | {"queue": queue, "floor": queries.floor(queries.turns(queue))}
    return render(request, "alignment/hands/desk.html#present", context)


@require_POST
@allow(policies.give_floor)
def call_on(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Give somebody the floor."""
    queue = _find(speaker_queue_id)
    seat = Seat.objects.filter(pk=_number(request.POST.get("seat"))).first()
    if seat is None:
        messages.error(request, _("Choose whom to call on first."))
        return redirect("alignment:hands", coalition, queue.pk)
    try:
        actions.call_on(
            actor=request.actor, queue=queue, seat=seat, instead_of=_number(request.POST.get("instead_of")) or None
        )
    except actions.Refused as problem:
        return conflict(request, str(problem))
    return redirect("alignment:hands", coalition, queue.pk)


@require_POST
@allow(policies.give_floor)
def end_turn(request: HttpRequest, coalition: str, speaking_turn_id: int) -> HttpResponse:
    """Take the floor back."""
    turn = get_object_or_404(SpeakingTurn.objects.select_related("queue"), pk=speaking_turn_id)
    try:
        actions.end_turn(actor=request.actor, turn=turn)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    return redirect("alignment:hands", coalition, turn.queue_id)


@require_GET
@allow(policies.raise_hand)
def own_hand(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """One's own hand: asked by phones every few seconds, answered with nothing while nothing changes."""
    queue = _find(speaker_queue_id)
    if not request.htmx:
        return redirect(place_of(queue).page(queue, coalition))
    context = hand_of(request, queue)
    if request.GET.get("is") == context["hand_mark"]:
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "alignment/hands/_hand.html", context)


@require_POST
@allow(policies.raise_hand)
def raise_hand(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Ask to speak."""
    queue = _find(speaker_queue_id)
    try:
        actions.raise_hand(actor=request.actor, queue=queue)
    except actions.Refused as problem:
        if request.htmx:
            refused = hand_of(request, _find(queue.pk)) | {"complaint": str(problem)}
            return render(request, "alignment/hands/_hand.html", refused, status=409)
        return conflict(request, str(problem))
    return _after(request, coalition, queue)


@require_POST
@allow(policies.raise_hand)
def lower_hand(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Take one's hand down, or say that one has finished."""
    queue = _find(speaker_queue_id)
    actions.lower_hand(actor=request.actor, queue=queue)
    return _after(request, coalition, queue)


@require_GET
@allow(policies.read_own_calls)
def report(request: HttpRequest, coalition: str, speaker_queue_id: int) -> HttpResponse:
    """Whom one called on, beside who asked. For nobody but the one who called: to others it does not exist."""
    queue = get_object_or_404(queries.reports_of(request.actor), pk=speaker_queue_id)
    made = queries.report(queue, [request.actor.seat_id])
    context = {
        "queue": queue,
        "report": made,
        "found": made.found,
        "headline": words.headline(made),
        "sentences": words.sentences(made),
        "groups": words.groups(made),
        "method": rules.METHOD,
        "fewest": rules.FEWEST,
        "back": place_of(queue).page(queue, coalition),
        "may_give": policies.give_floor.holds(request.actor),
    }
    return render(request, "alignment/hands/report.html", context)


@require_GET
@allow(policies.read_own_calls)
def reports(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every report one has of oneself."""
    found = list(queries.reports_of(request.actor)[:50])
    return render(request, "alignment/hands/reports.html", {"queues": found, "kept_days": rules.KEPT.days})


def hand_of(request: HttpRequest, queue: SpeakerQueue) -> dict[str, Any]:
    """What the own hand shows. For the page of the place, which holds it. One query."""
    floor = queries.floor(queries.turns(queue))
    before = floor.place_in_line(request.actor.seat_id)
    has_floor = floor.speaking is not None and floor.speaking.seat_id == request.actor.seat_id
    state = "over" if not queue.is_open else "speaking" if has_floor else "down" if before is None else "up"
    return {
        "queue": queue,
        "hand": state,
        "hands_before": before or 0,
        "hand_mark": f"{state}-{before or 0}",
        "has_spoken": request.actor.seat_id in floor.spoken,
    }


def _after(request: HttpRequest, coalition: str, queue: SpeakerQueue) -> HttpResponse:
    if request.htmx:
        return render(request, "alignment/hands/_hand.html", hand_of(request, _find(queue.pk)))
    return redirect(place_of(queue).page(queue, coalition))


def _find(speaker_queue_id: int) -> SpeakerQueue:
    return get_object_or_404(SpeakerQueue, pk=speaker_queue_id)


def _room(seats: QuerySet[Seat]) -> dict[str, Any]:
    return {"present": seats, "present_mark": queries.present_mark(seats)}


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 16 else 0
