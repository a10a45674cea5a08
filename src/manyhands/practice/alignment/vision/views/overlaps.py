"""What is alike: looked at, sorted, voiced and counted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict

from ... import policies
from ...models import Overlap, VisionRound
from ...views.lookups import find_round, find_statement
from .. import actions, queries
from ..forms import MoveForm, OverlapForm


@require_GET
@allow(seated)
def overlap_page(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Shared sentences with the statements behind them."""
    return _page(request, find_round(request, vision_round_id), OverlapForm())


@require_POST
@allow(policies.write_vision)
def gather(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Put together what shares words."""
    round = find_round(request, vision_round_id)
    try:
        found = actions.gather_overlaps(actor=request.actor, round=round)
    except actions.CountedAlready:
        return conflict(request, _("A shared sentence was counted already, so what is gathered stays."))
    except actions.NothingAlike:
        messages.info(request, _("No two statements share enough words. Put them together by hand."))
    else:
        messages.success(request, _("Put together by their words: %(n)d. Look at each of them.") % {"n": found})
    return redirect("alignment:overlaps", coalition, round.pk)


@require_POST
@allow(policies.write_vision)
def make_overlap(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Write a shared sentence by hand."""
    round = find_round(request, vision_round_id)
    form = OverlapForm(request.POST)
    if not form.is_valid():
        return _page(request, round, form, status=422)
    actions.make_overlap(actor=request.actor, round=round, **form.cleaned_data)
    messages.success(request, _("Added. Now put statements under it."))
    return redirect("alignment:overlaps", coalition, round.pk)


@require_http_methods(["GET", "POST"])
@allow(policies.write_vision)
def reword(request: HttpRequest, coalition: str, overlap_id: int) -> HttpResponse:
    """Find better words for a shared sentence."""
    overlap = _find(overlap_id)
    form = OverlapForm(request.POST if request.method == "POST" else None, initial={"text": overlap.text})
    if request.method == "POST" and form.is_valid():
        said = _("Reworded. Voices given to the old words are given anew.")
        return _do(request, overlap.round_id, actions.rename_overlap, said, overlap=overlap, **form.cleaned_data)
    context = {"overlap": overlap, "round": overlap.round, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/vision/reword.html", context, status=status)


@require_POST
@allow(policies.write_vision)
def drop(request: HttpRequest, coalition: str, overlap_id: int) -> HttpResponse:
    """Let a shared sentence go."""
    overlap = _find(overlap_id)
    said = _("Gone. Its statements stand by themselves again.")
    return _do(request, overlap.round_id, actions.drop_overlap, said, overlap=overlap)


@require_POST
@allow(policies.write_vision)
def count(request: HttpRequest, coalition: str, overlap_id: int) -> HttpResponse:
    """Count the voices, once."""
    overlap = _find(overlap_id)
    return _do(request, overlap.round_id, actions.count_overlap, _("Counted."), overlap=overlap)


@require_http_methods(["GET", "POST"])
@allow(policies.write_vision)
def move(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Put a statement under a shared sentence, or under none."""
    statement = find_statement(request, statement_id)
    given = request.POST if request.method == "POST" else None
    form = MoveForm(given, round=statement.round, initial={"overlap": statement.overlap_id})
    if request.method == "POST" and form.is_valid():
        return _do(
            request, statement.round_id, actions.move_statement, _("Moved."), statement=statement, **form.cleaned_data
        )
    context = {"statement": statement, "round": statement.round, "form": form}
    return render(request, "alignment/vision/move.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@allow(policies.voice_overlap)
def voice(request: HttpRequest, coalition: str, overlap_id: int) -> HttpResponse:
    """Say whether a sentence is true to what one meant."""
    overlap = _find(overlap_id)
    if request.POST.get("fits") not in {"1", "0"}:
        return _page(request, find_round(request, overlap.round_id), OverlapForm(), status=422)
    try:
        actions.voice_overlap(actor=request.actor, overlap=overlap, fits=request.POST["fits"] == "1")
    except actions.CountedAlready:
        return conflict(request, _("The voices on this sentence were counted meanwhile."))
    live = find_round(request, overlap.round_id).live_part
    if request.POST.get("next") == "live" and live is not None:
        return redirect("alignment:live", coalition, live.pk)
    return redirect("alignment:overlaps", coalition, overlap.round_id)


def _find(overlap_id: int) -> Overlap:
    return get_object_or_404(Overlap.objects.select_related("round"), pk=overlap_id)


def _page(request: HttpRequest, round: VisionRound, form: OverlapForm, status: int = 200) -> HttpResponse:
    leads = policies.write_vision.holds(request.actor)
    shown = queries.overlaps(round, request.actor)
    context = {
        "round": round,
        "shown_overlaps": shown,
        "alone": queries.alone(round)[:200],
        "form": form,
        "leads": leads,
        "may_voice": policies.voice_overlap.holds(request.actor),
        "may_gather": leads and not any(each.counted for each in shown),
        "some_true": any(each.overlap.validated_at for each in shown),
    }
    return render(request, "alignment/vision/overlaps.html", context, status=status)


def _do(request: HttpRequest, round_id: int, action: Callable[..., Any], said: str, **what: Any) -> HttpResponse:
    try:
        action(actor=request.actor, **what)
    except actions.CountedAlready:
        return conflict(request, _("This sentence was counted, so it stays as people were asked."))
    except actions.WrongStep:
        return conflict(request, _("That statement was taken out or joined to another meanwhile."))
    messages.success(request, said)
    return redirect("alignment:overlaps", request.coalition.slug, round_id)
