"""Pages about rounds: the list, one round, and asking a new question."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from .. import actions, asked, policies, queries
from ..forms import GroupsForm, RoundForm
from ..models import Statement, VisionRound
from ..rules import RoundState
from .lookups import find_round

STATES = {
    "draft": gettext_lazy("draft"),
    "open": gettext_lazy("open"),
    "clustered": gettext_lazy("closed"),
    "validated": gettext_lazy("validated"),
    "adopted": gettext_lazy("adopted"),
}


@require_GET
@allow(seated)
def round_list(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every question that was put to everyone, newest first."""
    rounds = ListPage(
        request,
        queries.with_counts(queries.rounds_for(request.actor)),
        search=["question", "explanation"],
        filters={"state": (_("State"), STATES.items(), "state")},
        sorts={"newest": (_("Newest"), "-number"), "question": (_("Question"), "question")},
        default_sort="newest",
    )
    if rounds.wants_csv:
        header = [_("round"), _("question"), _("state"), _("statements"), _("people")]
        return rounds.csv_response(
            "common-ground-rounds.csv",
            header,
            lambda r: [r.number, r.question, STATES[r.state], r.count_statements, r.count_participants],
        )
    context = {"rounds": rounds, "leads": policies.lead_rounds.holds(request.actor)}
    return render(request, "alignment/rounds.html", context)


@require_GET
@allow(seated)
def round_page(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """One question: what can be done with it now, and who has been heard."""
    round = find_round(request, vision_round_id, counted=True)
    answers = policies.answer_statements.holds(request.actor) and round.state == RoundState.OPEN
    is_ours = not round.is_imported and round.state != RoundState.DRAFT
    to_ask, reasons = asked.members_to_ask(round), queries.reasons(round)
    if is_ours:
        ask_together(to_ask, *([] if request.htmx else [reasons]))
    members = asked.as_asked(round, to_ask) if is_ours else []
    context = {
        "round": round,
        "heard": asked.heard_among(members) if not round.is_imported else None,
        "not_asked": [each for each in members if each.asked_at is None],
        "silent": [each for each in members if each.is_silent],
        "count_members": len(members),
        "may_write": policies.contribute_statement.holds(request.actor) and round.takes_answers,
        "lays_doors": policies.lay_doors.holds(request.actor) and not round.has_results,
        "leads": policies.lead_rounds.holds(request.actor),
        "may_answer": answers and round.takes_answers and not round.answers_wait,
        "left": round.count_statements - queries.own_answers(request.actor, round).count() if answers else 0,
        "waiting": queries.waiting_to_be_read(round).count()
        if policies.moderate_statements.holds(request.actor)
        else 0,
        "taken_out": queries.taken_out(reasons) if is_ours and not request.htmx else [],
        "seeds": Statement.objects.filter(round=round) if round.state == RoundState.DRAFT else [],
    }
    return render(request, "alignment/round.html" + ("#heard" if request.htmx else ""), context)


@require_http_methods(["GET", "POST"])
@allow(policies.lead_rounds)
def draft_round(request: HttpRequest, coalition: str) -> HttpResponse:
    """Write a new question to everyone."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        round = actions.draft_round(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("The question is kept as a draft. Nobody has been asked yet."))
        return redirect("alignment:round", coalition, round.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/draft.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.lead_rounds)
def rewrite_round(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Change a question before it is put to everyone."""
    round = find_round(request, vision_round_id)
    if round.state != RoundState.DRAFT:
        return conflict(request, _("This question has been put to everyone, so it stays as it was asked."))
    planted = Statement.objects.filter(round=round, is_seed=True)
    initial = {
        "seeds": "\n".join(planted.filter(kept_from=None).values_list("text", flat=True)),
        "keeps": planted.filter(kept_from__isnull=False).exists(),
        "follows": round.follows_id,
    }
    form = RoundForm(request.POST or None, instance=round, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite_round(actor=request.actor, round=round, **form.cleaned_data)
        except actions.WrongStep:
            return conflict(request, _("Somebody opened this question while you were writing."))
        messages.success(request, _("The draft is changed."))
        return redirect("alignment:round", coalition, round.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/draft.html", {"form": form, "round": round}, status=status)


@require_POST
@allow(policies.lead_rounds)
def open_round(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Put the question to everyone."""
    return _step(request, vision_round_id, actions.open_round, _("The question is open. Everyone can answer now."))


@require_http_methods(["GET", "POST"])
@allow(policies.lead_rounds)
def choose_groups(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Say whether groups of opinion are found or declared, while the round is not closed."""
    round = find_round(request, vision_round_id)
    form = GroupsForm(request.POST or None, initial={"groups_by": round.groups_by})
    try:
        if round.has_results:
            raise actions.WrongStep(round)
        if request.method == "GET" or not form.is_valid():
            status = 422 if request.method == "POST" else 200
            return render(request, "alignment/choose_groups.html", {"form": form, "round": round}, status=status)
        actions.choose_groups(actor=request.actor, round=round, groups_by=form.cleaned_data["groups_by"])
    except actions.WrongStep:
        return conflict(request, _("This round is closed. What it shows is worked out once, so its groups stay."))
    messages.success(request, _("Kept. It is said on the round’s page and beside the cards."))
    return redirect("alignment:round", coalition, round.pk)


@require_POST
@allow(policies.lead_rounds)
def close_round(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Close the round and have its common ground worked out."""
    return _step(
        request, vision_round_id, actions.close_round, _("The round is closed. We are working out the results.")
    )


@require_POST
@allow(policies.lead_rounds)
def validate_round(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Say that members looked at the results and found them true."""
    return _step(request, vision_round_id, actions.validate_round, _("Written down: members found these results true."))


def _step(request: HttpRequest, vision_round_id: int, action: Callable[..., Any], said: str) -> HttpResponse:
    round: VisionRound = find_round(request, vision_round_id)
    try:
        action(actor=request.actor, round=round)
    except actions.WrongStep:
        return conflict(
            request, _("This round is not where you last saw it: somebody was faster, or its day has passed.")
        )
    messages.success(request, said)
    return redirect("alignment:round", request.coalition.slug, round.pk)
