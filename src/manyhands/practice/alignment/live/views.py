"""The big screen, everybody's phone, and what the facilitator turns."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict

from .. import actions as round_actions
from .. import policies
from ..compact import queries as compact
from ..compact.queries import must_accept
from ..forms import StatementForm
from ..hands import queries as hands
from ..hands import words as hand_words
from ..hands.views import hand_of
from ..models import LiveRound, SpeakingTurn
from ..qr import qr_picture
from ..rules import StatementState
from ..views.lookups import find_round
from ..vision import queries as vision
from . import actions, queries, rules
from .forms import BeginForm, CodeForm


@require_http_methods(["GET", "POST"])
@allow(seated)
def find_live(request: HttpRequest, coalition: str) -> HttpResponse:
    """Type the code on the wall, where a camera does not read it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        live = LiveRound.objects.filter(code=form.cleaned_data["code"]).first()
        if live is not None:
            return redirect("alignment:live", coalition, live.pk)
        form.add_error("code", _("No live round here has this code. Look again at the screen."))
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/live/find.html", {"form": form}, status=status)


@require_GET
@allow(seated)
def by_code(request: HttpRequest, coalition: str, code: str) -> HttpResponse:
    """Where the picture on the wall leads: to the phone's page, after signing in."""
    live = get_object_or_404(LiveRound, code=code.upper())
    return redirect("alignment:live", coalition, live.pk)


@require_http_methods(["GET", "POST"])
@allow(policies.lead_rounds)
def begin_live(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Hold a round in one room."""
    round = find_round(request, vision_round_id)
    if round.live_part is not None:
        return redirect("alignment:live_screen", coalition, round.live_part.pk)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            live = actions.begin_live(actor=request.actor, round=round, **form.cleaned_data)
        except actions.WrongStep:
            return conflict(request, _("This round is over, or somebody began it live just now."))
        return redirect("alignment:live_screen", coalition, live.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/live/begin.html", {"round": round, "form": form}, status=status)


@require_GET
@allow(seated)
def screen(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """The wall: what to do now, who is still writing, and what was written. Asks again every other second."""
    live = _find(live_round_id)
    address = request.build_absolute_uri(reverse("alignment:live_by_code", args=[coalition, live.code]))
    context = _context(request, live) | {
        "address": address.split("://", 1)[-1],
        "qr": qr_picture(address, _("The way in, for phones"), size=200) if live.phase != "over" else "",
        "leads": policies.lead_rounds.holds(request.actor),
        "next": rules.next_phase(live.phase),
        "shown_overlaps": vision.overlaps(live.round) if live.phase in {"overlaps", "over"} else [],
        "speaking": _who_speaks(live),
    }
    answer = render(request, "alignment/live/screen.html" + ("#wall" if request.htmx else ""), context)
    if request.htmx and request.GET.get("is") != live.phase:
        answer["HX-Refresh"] = "true"  # somebody turned the page elsewhere: the buttons below are others now
    return answer


@require_GET
@allow(seated)
def phone(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """What one does oneself, in whatever phase the room is."""
    return _phone(request, _find(live_round_id), StatementForm())


@require_GET
@allow(seated)
def phase(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """Asked by phones every few seconds: turn the page if the room has gone on; what was typed is kept."""
    live = get_object_or_404(LiveRound, pk=live_round_id)
    answer = HttpResponse(status=204)
    if request.GET.get("is") != live.phase:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@allow(policies.join_live)
def join_live(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """Say that one is in the room; before the very first contribution, the ground rules are accepted."""
    live = _find(live_round_id)
    actions.join_live(actor=request.actor, live=live)
    here = reverse("alignment:live", args=[coalition, live.pk])
    if must_accept(request.actor):
        return redirect(f"{reverse('alignment:accept_compact', args=[coalition])}?next={quote(here)}")
    return redirect(here)


@require_POST
@allow(policies.join_live)
def leave_live(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """Say that one has left the room."""
    live = _find(live_round_id)
    actions.leave_live(actor=request.actor, live=live)
    messages.success(request, _("You are no longer counted as present. What you wrote stays."))
    return redirect("alignment:live", coalition, live.pk)


@require_POST
@allow(policies.contribute_statement)
def say(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """Write a statement from the phone."""
    live = _find(live_round_id)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _phone(request, live, form, status=422)
    try:
        statement = round_actions.contribute_statement(actor=request.actor, round=live.round, **form.cleaned_data)
    except round_actions.RoundIsClosed:
        form.add_error(None, _("This round closed while you were writing, so nothing was sent."))
        return _phone(request, live, form, status=409)
    except round_actions.GroundRulesFirst:
        form.add_error(None, _("Please read and accept our ground rules first; your words are kept here."))
        return _phone(request, live, form, status=409)
    except round_actions.EnoughWritten:
        form.say_enough()
        return _phone(request, live, form, status=429)
    messages.success(request, _said(statement.state))
    return redirect("alignment:live", coalition, live.pk)


@require_POST
@allow(policies.lead_rounds)
def turn_phase(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """Go on to the next phase, or back to silence once more."""
    live = _find(live_round_id)
    try:
        actions.turn_phase(actor=request.actor, live=live, phase=request.POST.get("phase", ""))
    except actions.WrongStep:
        return conflict(request, _("The room is not where you last saw it: somebody else turned the page."))
    return redirect("alignment:live_screen", coalition, live.pk)


@require_POST
@allow(policies.lead_rounds)
def end_live(request: HttpRequest, coalition: str, live_round_id: int) -> HttpResponse:
    """End the live part, and the round with it if that is wished."""
    live = _find(live_round_id)
    try:
        actions.end_live(actor=request.actor, live=live, closes_round=request.POST.get("close") == "1")
    except actions.WrongStep:
        return conflict(request, _("The live round is over, or has not come so far."))
    return redirect("alignment:live_screen", coalition, live.pk)


def _find(live_round_id: int) -> LiveRound:
    return get_object_or_404(LiveRound.objects.select_related("round", "queue"), pk=live_round_id)


def _context(request: HttpRequest, live: LiveRound, *beside: QuerySet[Any]) -> dict[str, Any]:
    """What wall and phone both show; the first question answers those ``beside`` as well."""
    present, written = queries.present(live), queries.written(live)
    ask_together(present, written, *beside)
    return {
        "live": live,
        "round": live.round,
        "room": queries.in_the_room(live, present),
        "wall": queries.wall(live, written),
        "is_present": any(seat.pk == request.actor.seat_id for seat in present),
        # Read out whenever an evening begins, also to those who accepted them long ago. Not asked for again by a wall
        # that keeps itself up to date: they stand beside the part that changes.
        "ground_rules": compact.in_force("behaviour") if live.phase == "silent" and not request.htmx else None,
        "hands_sentence": _of_hands(live),
        "silent_until": rules.silent_until(live.phase_at, live.silent_minutes),
    }


def _phone(request: HttpRequest, live: LiveRound, form: StatementForm, status: int = 200) -> HttpResponse:
    own = queries.own_statements(request.actor, live)
    context = _context(request, live, own) | {
        "form": form,
        "may_join": policies.join_live.holds(request.actor),
        "may_voice": policies.voice_overlap.holds(request.actor),
        "may_write": policies.contribute_statement.holds(request.actor) and live.round.takes_answers,
        "own": own,
        "leads": policies.lead_rounds.holds(request.actor),
        "shown_overlaps": vision.overlaps(live.round, request.actor) if live.phase in {"overlaps", "over"} else [],
    }
    if live.queue is not None and context["is_present"] and live.phase not in {"silent", "over"}:
        context |= hand_of(request, live.queue)
    return render(request, "alignment/live/phone.html", context, status=status)


def _who_speaks(live: LiveRound) -> SpeakingTurn | None:
    """Named on the wall only where the round carries names."""
    if live.queue is None or live.round.is_anonymous or live.phase in {"silent", "over"}:
        return None
    return hands.speaking(live.queue)


def _of_hands(live: LiveRound) -> str:
    """What everyone may read of who asked to speak: sums, when it is over."""
    if live.queue is None or live.phase != "over":
        return ""
    return hand_words.meeting_sentence(hands.meeting_sums(live.queue))


def _said(state: str) -> str:
    if state == StatementState.SUBMITTED:
        return _("Thank you. A facilitator reads it first.")
    if state == StatementState.MODERATED:
        return _("Kept. Everyone reads it when the silence ends.")
    return _("Thank you. Everyone can read it now.")
