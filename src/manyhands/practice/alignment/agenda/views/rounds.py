"""Which few statements make our agenda: asking, looking at the ways of choosing side by side, keeping one."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.offers import offers_for
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ... import queries as rounds
from ...concerns.items import STATEMENT, key_of
from ...concerns.queries import answered_by
from ...models import Agenda, KeptAgenda, VisionRound
from ...rules import FEWEST_PEOPLE
from .. import actions, queries, sentences, words
from ..forms import AgendaForm
from .asked import number, run_of


@require_http_methods(["GET", "POST"])
@allow(seated)
def agenda(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """The ways of choosing side by side; those who lead say how many places there are."""
    round = _find(request, vision_round_id)
    if not round.has_results:
        return render(request, "alignment/agenda/nothing.html", {"round": round, "reason": "open"})
    if request.method == "POST":
        return _ask(request, round)
    return _page(request, round)


@require_POST
@allow(policies.choose_agenda)
def keep_agenda(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Keep one of the agendas as the suggestion."""
    round = _find(request, vision_round_id)
    size, method = request.POST.get("size", ""), request.POST.get("method", "")
    try:
        actions.keep_agenda(
            actor=request.actor, round=round, size=number(size) or 0, method=method.replace("\x00", "")[:40]
        )
    except actions.Refused as problem:
        return _page(request, round, problem=str(problem), status=422)
    except actions.WrongStep:
        return conflict(request, _("This agenda is not worked out yet. Ask for it first."))
    undo = reverse("alignment:let_go_of_agenda", args=[coalition, round.pk])
    messages.success(request, _("Kept as the suggestion. Everyone sees it here."), extra_tags=f"undo:{undo}")
    return redirect(f"{reverse('alignment:agenda', args=[coalition, round.pk])}?size={number(size)}")


@require_POST
@allow(policies.choose_agenda)
def let_go_of_agenda(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Suggest no agenda any more."""
    round = _find(request, vision_round_id)
    try:
        actions.let_go_of_agenda(actor=request.actor, round=round)
    except actions.WrongStep:
        return conflict(request, _("No agenda is suggested, so there is none to let go."))
    messages.success(request, _("No agenda is suggested now. What was worked out is still here."))
    return redirect("alignment:agenda", coalition, round.pk)


def _find(request: HttpRequest, vision_round_id: int) -> VisionRound:
    """The round together with the agenda it suggests."""
    seen = rounds.rounds_for(request.actor).select_related("live", "kept_agenda__kept_by")
    return get_object_or_404(seen, pk=vision_round_id)


def _ask(request: HttpRequest, round: VisionRound) -> HttpResponse:
    require(request.actor, policies.choose_agenda, round)
    form = AgendaForm(request.POST, most=queries.most_places(round))
    if not form.is_valid():
        return _page(request, round, form=form, status=422)
    try:
        asked = actions.ask_for_agenda(actor=request.actor, round=round, size=form.cleaned_data["size"])
    except actions.Refused as problem:  # pragma: no cover  (the form has looked)
        form.add_error("size", str(problem))
        return _page(request, round, form=form, status=422)
    return redirect(f"{request.path}?size={asked.size}")


def _page(
    request: HttpRequest, round: VisionRound, *, form: AgendaForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    asked, live, suggested = queries.agendas_of(round), rounds.live_texts(round), queries.kept(round)
    ask_together(asked, live)
    shown = _shown(request, asked, suggested)
    finding = queries.finding_of(shown) if shown else None
    has_ways = finding is not None and not finding.payload["problem"]
    most = finding.payload["most"] if has_ways and finding else queries.most_places(round)
    leads = policies.choose_agenda.holds(request.actor)
    if not most:
        enough = queries.count_voices(round)
        reason = "nobody" if not enough else "few" if enough < FEWEST_PEOPLE else "nothing"
        return render(request, "alignment/agenda/nothing.html", {"round": round, "reason": reason}, status=status)
    if form is None and leads:
        form = AgendaForm(most=most, initial={"size": shown.size} if shown else None)
    texts = rounds.numbered(live)
    context = {
        "round": round,
        "form": form if leads else None,
        "problem": problem,
        "asked": asked,
        "shown": shown,
        "finding": finding if has_ways else None,
        "most": most,
        "leads": leads,
        "suggested": suggested,
        "suggested_items": _suggested(request, suggested, texts),
        "run": run_of(shown) if shown and finding is None else None,
        "is_unknown": "size" in request.GET and (shown is None or str(shown.size) != request.GET["size"]),
    }
    if has_ways and finding and shown:
        kept_way = suggested.method if suggested and suggested.size == shown.size else ""
        ways, items = words.ways(finding.payload, texts, kept_way), words.items(finding.payload, texts)
        if request.GET.get("format") == "csv":
            return csv_response(f"agenda-of-{shown.size}-round-{round.number}.csv", *words.table(items, ways))
        context |= {
            "payload": finding.payload,
            "headline": sentences.headline(finding.payload),
            "ways": ways,
            "reach_title": words.reach_title(ways, finding.payload),
            "first_fair": next((at for at, way in enumerate(ways, start=1) if at > 1 and way.is_fair), 1),
            "items": [replace(item, offers=offers_for("statement", request, item)) for item in items],
            "count_differ": sum(item.differs for item in items),
        }
    return render(request, "alignment/agenda/agenda.html", context, status=status)


def _shown(request: HttpRequest, asked: Iterable[Agenda], suggested: KeptAgenda | None) -> Agenda | None:
    """The one that is asked for, else the one that is suggested, else the newest."""
    by_size = {each.size: each for each in asked}
    wanted = number(request.GET.get("size", ""))
    if wanted in by_size:
        return by_size[wanted]
    if suggested is not None and suggested.size in by_size:
        return by_size[suggested.size]
    return max(asked, key=lambda each: each.asked_at, default=None)


def _suggested(request: HttpRequest, suggested: KeptAgenda | None, texts: sentences.Texts) -> list[words.Item]:
    """The statements of the suggestion that are still there, each with what can be done next."""
    if suggested is None:
        return []
    items = [words.Item(pk, *texts[pk], []) for pk in suggested.statement_ids if pk in texts]
    answers = answered_by(request.actor, [key_of(STATEMENT, item.pk) for item in items])
    return [
        replace(item, offers=offers_for("statement", request, item), concerns=answers[key_of(STATEMENT, item.pk)])
        for item in items
    ]
