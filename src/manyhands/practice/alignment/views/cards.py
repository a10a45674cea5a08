"""The statement card: one statement at a time, by thumb or by key; and one's own answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from .. import actions, policies, queries, rules
from ..models import Response, VisionRound
from .lookups import find_round, find_statement

CLOSED = "closed"


@require_GET
@allow(seated)
def card(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """The next statement for this person, or the one they ask for again."""
    return _show(request, find_round(request, vision_round_id), statement_id=_asked(request.GET.get("statement")))


@require_POST
@allow(policies.answer_statements)
def answer(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Take one answer, then show the next card. The star alone only marks the card as important."""
    statement = find_statement(request, statement_id)
    round = statement.round
    if "star" in request.POST:  # without scripts the star is a button of its own
        address = reverse("alignment:card", args=[coalition, round.pk])
        star = "" if request.POST.get("important") == "1" else "&important=1"
        return redirect(f"{address}?statement={statement.pk}{star}")
    chosen = request.POST.get("answer", "")
    if chosen not in rules.ANSWERS:
        complaint = _("We did not understand that answer. Choose agree, disagree or pass.")
        return _show(request, round, statement_id=statement.pk, complaint=complaint, status=422)
    try:
        actions.answer_statement(
            actor=request.actor,
            statement=statement,
            answer=rules.ANSWERS[chosen],
            is_important=request.POST.get("important") == "1",
        )
    except actions.RoundIsClosed:
        return _closed(request, round)
    except actions.AnswersWait:
        return _show(request, round, complaint=_("Nobody answers yet: people still write and read."), status=409)
    except actions.AnswerElsewhere:
        return _show(
            request, round, complaint=_("That statement was taken out meanwhile. Here is the next."), status=409
        )
    return _show(request, round) if request.htmx else redirect("alignment:card", coalition, round.pk)


@require_POST
@allow(policies.answer_statements)
def undo_answer(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Take back the last answer and show its card again."""
    round = find_round(request, vision_round_id)
    try:
        statement = actions.undo_answer(actor=request.actor, round=round)
    except actions.RoundIsClosed:
        return _closed(request, round)
    except actions.NothingToUndo:
        return _show(request, round, complaint=_("There is no answer of yours to take back."), status=409)
    if request.htmx:
        return _show(request, round, statement_id=statement.pk)
    return redirect(f"{reverse('alignment:card', args=[coalition, round.pk])}?statement={statement.pk}")


@require_GET
@allow(policies.answer_statements)
def own_answers(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """How I answered; only I can open this page."""
    round = find_round(request, vision_round_id)
    answers = ListPage(
        request,
        queries.own_answers(request.actor, round),
        search=["statement__text"],
        filters={"answer": (_("Answer"), Response.Answer.choices, "answer")},
        sorts={"latest": (_("Latest"), "-answered_at")},
        default_sort="latest",
    )
    if answers.wants_csv:
        header = [_("statement"), _("answer"), _("important")]
        return answers.csv_response(
            "my-answers.csv",
            header,
            lambda r: [r.statement.text, r.get_answer_display(), _("yes") if r.is_important else ""],
        )
    return render(request, "alignment/own_answers.html", {"round": round, "answers": answers})


def _closed(request: HttpRequest, round: VisionRound) -> HttpResponse:
    sentence = _("This round takes no more answers. Everything you answered before is counted.")
    if request.htmx:
        return _show(request, round, complaint=sentence, status=409)
    return conflict(request, sentence)


def _asked(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and len(given) < 16 else None


def _show(
    request: HttpRequest,
    round: VisionRound,
    *,
    statement_id: int | None = None,
    complaint: str = "",
    status: int = 200,
) -> HttpResponse:
    deck = queries.deck(request.actor, round, statement_id=statement_id)
    context: dict[str, Any] = {
        "round": round,
        "deck": deck,
        "complaint": complaint,
        "may_answer": policies.answer_statements.holds(request.actor)
        and round.takes_answers
        and not round.answers_wait,
        "is_important": deck.given.is_important if deck.given else request.GET.get("important") == "1",
        "short_last": rules.short(deck.last.statement.text, 60) if deck.last else "",
    }
    return render(request, "alignment/card.html" + ("#stage" if request.htmx else ""), context, status=status)
