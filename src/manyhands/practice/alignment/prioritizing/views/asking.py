"""Asking what comes first: the list of rounds, a new one, its first page with the vision, and its close."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ...models import PriorityRound, Vision
from ...vision.queries import adopted, adopted_rows
from .. import actions, queries
from ..forms import AskForm


@require_GET
@allow(seated)
def round_list(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every round on what comes first."""
    listed = ListPage(
        request,
        queries.priority_rounds(),
        search=["question"],
        filters={"state": (_("Where it stands"), PriorityRound.State.choices, "state")},
        sorts={"newest": (_("Opened"), "opened_at")},
        default_sort="-newest",
    )
    if listed.wants_csv:
        header = [_("question"), _("state"), _("opened"), _("closed"), _("vision, version"), _("candidates")]
        return listed.csv_response(
            f"{coalition}-priority-rounds.csv",
            header,
            lambda each: [
                each.question,
                each.get_state_display(),
                each.opened_at.date(),
                each.closed_at.date() if each.closed_at else "",
                each.vision.number,
                each.count_candidates,
            ],
        )
    context = {"listed": listed, "leads": policies.ask_what_comes_first.holds(request.actor)}
    return render(request, "alignment/prioritizing/rounds.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.ask_what_comes_first)
def ask(request: HttpRequest, coalition: str) -> HttpResponse:
    """Ask every member. Without an adopted vision, or without priorities, one sentence says what comes before."""
    vision = adopted()
    priorities = list(queries.may_stand())
    form = AskForm(request.POST if request.method == "POST" else None, priorities=priorities)
    context: dict[str, Any] = {
        "vision": vision,
        "priorities": priorities,
        "form": form,
        "running": queries.open_round(),
    }
    status = 200
    if request.method == "POST":
        status = 422
        if vision is None:
            return render(request, "alignment/prioritizing/ask.html", context, status=409)
        if form.is_valid():
            chosen = set(form.cleaned_data["priorities"])
            try:
                round = actions.open_priority_round(
                    actor=request.actor,
                    question=form.cleaned_data["question"],
                    priorities=[each for each in priorities if each.pk in chosen],
                    answer_by=form.cleaned_data["answer_by"],
                )
            except actions.Refused as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                messages.success(request, _("Asked. It stands on the desk of everyone who speaks for a member."))
                return redirect("alignment:priority_round", coalition, round.pk)
    return render(request, "alignment/prioritizing/ask.html", context, status=status)


@require_GET
@allow(seated)
def round_page(request: HttpRequest, coalition: str, priority_round_id: int) -> HttpResponse:
    """Where a round begins: the vision, clause by clause; then the way to one's own answers, or to what came of it."""
    round = find(priority_round_id)
    may_answer = policies.say_what_comes_first.holds(request.actor) and round.is_open
    candidates, clauses, current = queries.candidates(round), queries.clauses(round), adopted_rows()
    given, members = queries.own_rows(request.actor, round), queries.members_asked(round)
    ask_together(candidates, clauses, current, *([given] if may_answer else []), *([members] if round.is_open else []))
    context = {
        "round": round,
        "vision": round.vision,
        "clauses": clauses,
        "newer": newer_than(round, current),
        "candidates": candidates,
        "done": len(given) if may_answer else 0,
        "may_answer": may_answer,
        "leads": policies.ask_what_comes_first.holds(request.actor),
        "turnout": queries.turnout(members, len(candidates)) if round.is_open else None,
    }
    return render(request, "alignment/prioritizing/round.html", context)


@require_POST
@allow(policies.ask_what_comes_first)
def close(request: HttpRequest, coalition: str, priority_round_id: int) -> HttpResponse:
    """Take no more answers, and count."""
    round = find(priority_round_id)
    try:
        actions.close_priority_round(actor=request.actor, round=round)
    except actions.RoundIsClosed as problem:
        return conflict(request, str(problem))
    messages.success(request, _("Closed. Everyone can read what came of it."))
    return redirect("alignment:priority_results", coalition, round.pk)


def find(priority_round_id: int) -> PriorityRound:
    """The round, with its vision and who opened it."""
    rows = PriorityRound.objects.select_related("vision", "opened_by__organization")
    return get_object_or_404(rows, pk=priority_round_id)


def newer_than(round: PriorityRound, adopted: Iterable[Vision]) -> Vision | None:
    """The vision in force where it is a later one than that of the round."""
    return next((vision for vision in adopted if vision.pk != round.vision_id), None)
