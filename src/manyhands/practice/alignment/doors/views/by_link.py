"""Answering without an account: one card at a time, by a personal or an open link. Nothing else opens by it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import Actor, anyone
from manyhands.foundation.access.views import allow

from ... import policies, rules
from ...models import AnswerLink, Statement
from .. import actions, queries
from ..limits import may_begin
from ..seals import Opened, key_of, new_key, opened

#: For a year: long enough for any round, and the answers can be changed as long as the round is open.
COOKIE_SECONDS = 365 * 24 * 3600


@require_GET
@never_cache
@allow(anyone)
def card(request: HttpRequest, coalition: str, sealed: str) -> HttpResponse:
    """The next statement, or the one that is asked for again."""
    door = _door(request, sealed)
    asked = request.GET.get("statement", "")
    statement_id = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    return _show(request, door, sealed, statement_id=statement_id)


@require_POST
@never_cache
@allow(anyone)
def answer(request: HttpRequest, coalition: str, sealed: str) -> HttpResponse:
    """Take one answer, then show the next card."""
    door = _door(request, sealed)
    given = request.POST.get("statement", "")
    statement = Statement.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 16 else None
    if "star" in request.POST and statement is not None:  # without scripts the star is a button of its own
        star = "" if request.POST.get("important") == "1" else "&important=1"
        return redirect(f"{reverse('alignment:by_link', args=[coalition, sealed])}?statement={statement.pk}{star}")
    chosen = request.POST.get("answer", "")
    if statement is None or chosen not in rules.ANSWERS:
        complaint = _("We did not understand that answer. Choose agree, disagree or pass.")
        return _show(request, door, sealed, complaint=complaint, status=422)
    held = _held(request, door) or new_key()
    key = key_of(door, held)
    if not queries.has_begun(door.link, key) and not may_begin(request, door.link):
        complaint = _("Many people began to answer from here just now. Please try again in ten minutes.")
        return _show(request, door, sealed, complaint=complaint, status=429)
    actor = Actor(door.link.coalition_id, None, system=policies.BY_LINK)
    try:
        actions.answer_by_link(
            actor=actor,
            link=door.link,
            key=key,
            statement=statement,
            answer=rules.ANSWERS[chosen],
            is_important=request.POST.get("important") == "1",
        )
    except actions.LinkIsFull:
        complaint = _("As many people answered by this link as it was made for.")
        return _show(request, door, sealed, complaint=complaint, status=409)
    except (actions.RoundIsClosed, actions.LinkIsStopped, actions.AnswersWait):
        return _show(request, _door(request, sealed), sealed, status=409)
    except actions.AnswerElsewhere:
        complaint = _("That statement was taken out meanwhile. Here is the next.")
        return _show(request, door, sealed, complaint=complaint, status=409)
    response = (
        _show(request, door, sealed, held=held) if request.htmx else redirect("alignment:by_link", coalition, sealed)
    )
    if door.link.kind == AnswerLink.Kind.OPEN:
        response.set_signed_cookie(
            _cookie(door),
            held,
            salt="alignment.by_link",
            max_age=COOKIE_SECONDS,
            path=f"/c/{coalition}/",
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _door(request: HttpRequest, sealed: str) -> Opened:
    found = opened(sealed) if request.coalition is not None else None  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _cookie(door: Opened) -> str:
    return f"answers-{door.link.pk}"


def _held(request: HttpRequest, door: Opened) -> str:
    """What this browser holds from its first answer by an open link; a changed cookie counts as none."""
    if door.link.kind != AnswerLink.Kind.OPEN:
        return ""
    return request.get_signed_cookie(_cookie(door), default="", salt="alignment.by_link") or ""


def _show(
    request: HttpRequest,
    door: Opened,
    sealed: str,
    *,
    statement_id: int | None = None,
    complaint: str = "",
    status: int = 200,
    held: str = "",
) -> HttpResponse:
    key = key_of(door, held or _held(request, door))
    deck = queries.deck_by_link(door.link, key, statement_id=statement_id)
    round = door.link.round
    context = {
        "round": round,
        "link": door.link,
        "sealed": sealed,
        "deck": deck,
        "complaint": complaint,
        "may_answer": round.takes_answers and not round.answers_wait and door.link.stopped_at is None,
        "is_important": deck.given.is_important if deck.given else request.GET.get("important") == "1",
        "answers": queries.answers_by_link(door.link, key)[:300] if not deck.card or statement_id else [],
    }
    template = "alignment/doors/by_link.html" + ("#stage" if request.htmx else "")
    return render(request, template, context, status=status)
