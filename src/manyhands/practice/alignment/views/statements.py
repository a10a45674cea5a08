"""Statements: writing one, the list, and what those who moderate do with one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from .. import actions, fates, policies, queries
from ..compact.queries import must_accept
from ..forms import MergeForm, RetireForm, StatementForm
from ..models import Statement, VisionRound
from .lookups import find_round, find_statement

STATES = {
    "submitted": gettext_lazy("waits to be read"),
    "moderated": gettext_lazy("ready for the opening"),
    "live": gettext_lazy("can be answered"),
    "merged": gettext_lazy("joined to another"),
    "retired": gettext_lazy("taken out"),
}


@require_http_methods(["GET", "POST"])
@allow(policies.contribute_statement)
def write_statement(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Write a statement of one's own; before the very first, the ground rules are read and accepted."""
    round = find_round(request, vision_round_id)
    if request.method == "GET" and must_accept(request.actor):
        return redirect(f"{reverse('alignment:accept_compact', args=[coalition])}?next={quote(request.path)}")
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        near = _very_near(round, form.cleaned_data["text"]) if request.POST.get("anyway") != "1" else []
        if near:  # asked once; sending it again adds it
            return _write(request, round, form, status=422, near=near)
        try:
            statement = actions.contribute_statement(actor=request.actor, round=round, **form.cleaned_data)
        except actions.RoundIsClosed:
            form.add_error(None, _("This round closed while you were writing, so nothing was sent."))
            return _write(request, round, form, status=409)
        except actions.GroundRulesFirst:
            form.add_error(None, _("Please read and accept our ground rules first; your words are kept here."))
            return _write(request, round, form, status=409, rules_first=True)
        except actions.EnoughWritten:
            form.say_enough()
            return _write(request, round, form, status=429)
        messages.success(request, _said(statement))
        return redirect("alignment:card", coalition, round.pk)
    return _write(request, round, form, status=422 if request.method == "POST" else 200)


def _very_near(round: VisionRound, text: str) -> list[Statement]:
    """Statements so near to the text that it is likely said already."""
    return queries.similar_statements(round, text, at_least=0.9)


def _said(statement: Statement) -> str:
    if statement.state == Statement.State.SUBMITTED:
        return _("Thank you. A facilitator reads your statement, then everyone can answer it.")
    return _("Thank you. Everyone can answer your statement now.")


def _write(request: HttpRequest, round: VisionRound, form: StatementForm, status: int, **more: Any) -> HttpResponse:
    context = {"round": round, "form": form, **more}
    return render(request, "alignment/write.html", context, status=status)


@require_POST
@allow(policies.contribute_statement)
def similar(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Asked while somebody types: statements that say much the same already, to answer instead."""
    round = find_round(request, vision_round_id)
    near = queries.similar_statements(round, request.POST.get("text", ""))
    return render(request, "alignment/write.html#similar", {"round": round, "near": near})


@require_GET
@allow(seated)
def own_statements(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """What I wrote in a round, and what became of each."""
    round = find_round(request, vision_round_id)
    mine = queries.written_by(request.actor, round)
    may_write = policies.contribute_statement.holds(request.actor) and round.takes_answers
    context = {"round": round, "fates": fates.fates(round, mine), "may_write": may_write}
    return render(request, "alignment/own_statements.html", context)


@require_GET
@allow(seated)
def statement_page(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """One statement and what became of it."""
    statement = find_statement(request, statement_id, "author", "overlap", "merged_into")
    found = fates.fates(statement.round, [statement])[0]
    is_mine = statement.author_id is not None and statement.author_id == request.actor.seat_id
    context = {"round": statement.round, "fate": found, "is_mine": is_mine}
    return render(request, "alignment/statement.html", context)


@require_GET
@allow(seated)
def statement_list(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Every statement this person may read; those who moderate find their queue here."""
    round = find_round(request, vision_round_id)
    moderates = policies.moderate_statements.holds(request.actor)
    rows = ListPage(
        request,
        queries.statements_for(request.actor, round),
        search=["text"],
        filters={"state": (_("State"), STATES.items(), "state")},
        sorts={"order": (_("As written"), ["position"]), "newest": (_("Newest"), ["-position"])},
        default_sort="order",
    )
    if rows.wants_csv:
        header = [_("number"), _("statement"), _("state")]
        name = f"statements-round-{round.number}.csv"
        return rows.csv_response(name, header, lambda s: [s.imported_id or s.position + 1, s.text, STATES[s.state]])
    context = {
        "round": round,
        "statements": rows,
        "states": STATES,
        "moderates": moderates,
        "may_write": policies.contribute_statement.holds(request.actor),
        "waiting": queries.waiting_to_be_read(round).count() if moderates else 0,
    }
    return render(request, "alignment/statements.html", context)


@require_POST
@allow(policies.moderate_statements)
def let_in(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Let everyone answer a statement that was read."""
    statement = find_statement(request, statement_id)
    return _moderate(request, statement, actions.let_in_statement, _("Let in. Everyone can answer it."))


@require_POST
@allow(policies.moderate_statements)
def restore(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Bring back a statement that was taken out."""
    statement = find_statement(request, statement_id)
    return _moderate(request, statement, actions.restore_statement, _("Brought back. It waits to be read."))


@require_http_methods(["GET", "POST"])
@allow(policies.moderate_statements)
def retire(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Take a statement out, with a reason."""
    statement = find_statement(request, statement_id)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        undo = (
            ""
            if statement.round.has_results
            else f"undo:{reverse('alignment:restore', args=[coalition, statement_id])}"
        )
        return _moderate(
            request,
            statement,
            actions.retire_statement,
            _("Taken out; its answers are kept."),
            undo,
            **form.cleaned_data,
        )
    context = {"statement": statement, "round": statement.round, "form": form}
    return render(request, "alignment/retire.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@allow(policies.moderate_statements)
def merge(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Join a statement to another that says the same."""
    statement = find_statement(request, statement_id)
    form = MergeForm(request.POST if request.method == "POST" else None, statement=statement)
    if request.method == "POST" and form.is_valid():
        undo = f"undo:{reverse('alignment:split', args=[coalition, statement_id])}"
        return _moderate(request, statement, actions.merge_statement, _("Joined."), undo, **form.cleaned_data)
    context = {"statement": statement, "round": statement.round, "form": form}
    return render(request, "alignment/merge.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@allow(policies.moderate_statements)
def split(request: HttpRequest, coalition: str, statement_id: int) -> HttpResponse:
    """Take two statements apart again."""
    statement = find_statement(request, statement_id)
    return _moderate(request, statement, actions.split_statement, _("Taken apart. Both can be answered."))


def _moderate(
    request: HttpRequest, statement: Statement, action: Callable[..., Any], said: str, undo: str = "", **more: Any
) -> HttpResponse:
    try:
        action(actor=request.actor, statement=statement, **more)
    except actions.RoundIsClosed:
        return conflict(request, _("This round is closed, so its statements stay as people answered them."))
    except actions.WrongStep:
        return conflict(request, _("This statement is not where you last saw it: somebody was faster."))
    messages.success(request, said, extra_tags=undo)
    return redirect("alignment:statements", request.coalition.slug, statement.round_id)
