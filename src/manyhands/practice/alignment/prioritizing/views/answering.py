"""One candidate at a time, by thumb or by key; and what one's organization has said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict

from ... import policies
from ...models import PriorityCandidate, PriorityRound
from .. import actions, queries
from .asking import find

CHOICES = {"yes": True, "no": False}


@require_GET
@allow(policies.say_what_comes_first)
def card(request: HttpRequest, coalition: str, priority_round_id: int) -> HttpResponse:
    """The next candidate. Who has said nothing yet comes by the vision first."""
    round = find(priority_round_id)
    if round.is_open and "begin" not in request.GET and not queries.own_answers(request.actor, round):
        return redirect("alignment:priority_round", coalition, round.pk)
    asked, after = (_number(request.GET.get(name)) for name in ("candidate", "after"))
    return _show(request, round, asked=asked, after=after)


@require_POST
@allow(policies.say_what_comes_first)
def answer(request: HttpRequest, coalition: str, priority_candidate_id: int) -> HttpResponse:
    """Take one answer, then show the next card; what was skipped comes back when the others are done."""
    rows = PriorityCandidate.objects.select_related("round__vision", "round__opened_by")
    candidate = get_object_or_404(rows, pk=priority_candidate_id)
    round = candidate.round
    clauses = [_number(given) for given in request.POST.getlist("clauses")]
    chosen = CHOICES.get(request.POST.get("choice", ""))
    if chosen is None:
        complaint = _("Say whether it is a priority for your organization, or skip it.")
        return _show(request, round, asked=candidate.pk, complaint=complaint, ticked=clauses, status=422)
    try:
        actions.answer_candidate(
            actor=request.actor,
            candidate=candidate,
            is_priority=chosen,
            clause_ids=[clause or 0 for clause in clauses],
        )
    except actions.RoundIsClosed as problem:
        if request.htmx:
            return _show(request, find(round.pk), complaint=str(problem), status=409)
        return conflict(request, str(problem))
    except actions.Refused as problem:
        return _show(request, round, asked=candidate.pk, complaint=str(problem), ticked=clauses, status=422)
    if request.htmx:
        return _show(request, round, after=candidate.pk, last=candidate)
    return redirect(f"{reverse('alignment:priority_card', args=[coalition, round.pk])}?begin&after={candidate.pk}")


@require_GET
@allow(policies.say_what_comes_first)
def ours(request: HttpRequest, coalition: str, priority_round_id: int) -> HttpResponse:
    """What one's organization has said of each candidate, with a way to change it until the round is closed."""
    round = find(priority_round_id)
    given = queries.own_answers(request.actor, round)
    numbers = {clause.pk: at for at, clause in enumerate(queries.clauses(round), start=1)}
    rows = []
    for candidate in queries.candidates(round):
        said = given.get(candidate.pk)
        served = [numbers[pk] for pk in said.clause_ids if pk in numbers] if said else []
        rows.append({"candidate": candidate, "said": said, "served": sorted(served)})
    return render(request, "alignment/prioritizing/ours.html", {"round": round, "rows": rows})


def _show(
    request: HttpRequest,
    round: PriorityRound,
    *,
    asked: int | None = None,
    after: int | None = None,
    complaint: str = "",
    ticked: list[int | None] | None = None,
    last: PriorityCandidate | None = None,
    status: int = 200,
) -> HttpResponse:
    deck = queries.deck(request.actor, round, asked=asked, after=after)
    if ticked is None:
        ticked = list(deck.given.clause_ids) if deck.given else []
    context: dict[str, Any] = {
        "round": round,
        "deck": deck,
        "clauses": queries.clauses(round),
        "ticked": ticked,
        "complaint": complaint,
        "last": last,
        "may_answer": round.is_open,
    }
    template = "alignment/prioritizing/card.html" + ("#stage" if request.htmx else "")
    return render(request, template, context, status=status)


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and len(given) < 16 else None
