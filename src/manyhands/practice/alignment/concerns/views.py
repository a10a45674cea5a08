"""All concerns by their voices, writing one down, and what on an agenda answers them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListOfRows
from manyhands.practice.stakeholders.models import Input
from manyhands.practice.stakeholders.outreach.queries import inputs

from .. import policies
from .. import queries as rounds
from ..models import Concern, ConcernAnswer, ConcernSource, Horizon, Statement
from ..rules import StatementState
from . import actions, queries, rules
from .forms import AsideForm, ConcernForm, WordsForm
from .items import AgendaItem, items_of

STATES = [
    ("open", gettext_lazy("On no agenda")),
    ("answered", gettext_lazy("Answered by an agenda")),
    ("aside", gettext_lazy("Set aside")),
]
_ORDER = [state for state, _label in STATES]
#: Inputs shown under the list; the page of inputs has them all.
FIRST_HEARD = 8


@require_GET
@allow(seated)
def concerns(request: HttpRequest, coalition: str) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **tried: Any) -> HttpResponse:
    """The list; with ``tried`` the form of one concern as it was sent, and why it could not be done."""
    leads = policies.tend_concerns.holds(request.actor)
    asked = queries.ConcernRows(request.actor)
    heard = queries.waiting_inputs(request.actor)[: FIRST_HEARD + 1] if leads else Input.objects.none()
    ask_together(*asked.questions, heard)
    items = items_of(request.actor, asked.items, open_ones=leads)
    found = queries.in_order(request.actor, asked, items)
    listed = ListOfRows(
        request,
        found,
        words_of=lambda shown: shown.text,
        filters={"state": (_("Where it stands"), STATES, lambda shown, value: shown.state == value)},
        sorts={
            "voices": (_("Voices"), lambda shown: (_ORDER.index(shown.state), shown.rank)),
            "newest": (_("Written down"), lambda shown: shown.written_at),
        },
        default_sort="voices",
        page_size=20,
    )
    if listed.wants_csv:
        return listed.csv_response(f"{request.coalition.slug}-concerns.csv", _header(), _row)
    context = {
        "listed": listed,
        "count_open": sum(shown.state == "open" for shown in found),
        "count_all": len(found),
        "method": rules.METHOD,
        "leads": leads,
        "may_write": policies.write_concern.holds(request.actor),
        "may_nominate": leads and policies.nominate_priority.holds(request.actor),
        "items": _by_agenda(items.values()) if leads else [],
        "horizons": Horizon.choices,
        "heard": heard[:FIRST_HEARD],
        "more_heard": len(heard) > FIRST_HEARD,
        **tried,
    }
    return render(request, "alignment/concerns/concerns.html", context, status=status)


def _by_agenda(items: Iterable[AgendaItem]) -> list[tuple[str, list[AgendaItem]]]:
    """Those to which a concern can be put now."""
    grouped: dict[str, list[AgendaItem]] = {}
    for item in items:
        if item.is_open:
            grouped.setdefault(str(item.agenda), []).append(item)
    return list(grouped.items())


def _header() -> list[Any]:
    return [
        _("Place"),
        _("Concern"),
        _("Where it stands"),
        _("Organizations that told us"),
        _("People, at least"),
        _("Answered by"),
    ]


def _row(shown: queries.ShownConcern) -> list[Any]:
    people = _("fewer than five") if shown.voices.people is None else shown.voices.people
    titles = "; ".join(answer.item.title for answer in shown.answers)
    state = dict(STATES)[shown.state]
    return [shown.place, shown.text, state, shown.voices.organizations, people, titles]


@require_http_methods(["GET", "POST"])
@allow(policies.write_concern)
def write_concern(request: HttpRequest, coalition: str) -> HttpResponse:
    """A new concern; with ``?input=`` or ``?statement=`` from something that was heard."""
    heard, statement = _source(request)
    has_source = heard is not None or statement is not None
    begin = {"text": " ".join(heard.text.split())[:300] if heard else statement.text[:300] if statement else ""}
    form = ConcernForm(request.POST or None, initial=begin, has_source=has_source)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        source: dict[str, Any] = {"heard": heard, "statement": statement}
        try:
            if given.get("same_as"):
                actions.add_source(actor=request.actor, concern=given["same_as"], **source)
            else:
                shares = bool(given.get("shares"))
                actions.write_concern(actor=request.actor, text=given["text"], shares=shares, **source)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Written down. It waits for an agenda that answers it."))
            return redirect("alignment:concerns", coalition)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "heard": heard, "statement": statement}
    return render(request, "alignment/concerns/write.html", context, status=status)


def _source(request: HttpRequest) -> tuple[Input | None, Statement | None]:
    """What the address names as heard, for those who lead and may read it."""
    named = {name: request.GET[name] for name in ("input", "statement") if name in request.GET}
    if not named:
        return None, None
    if not policies.tend_concerns.holds(request.actor) or len(named) > 1:
        raise Http404
    ((name, number),) = named.items()
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    if name == "input":
        return get_object_or_404(inputs(request.actor), pk=number), None
    seen = rounds.statements_with_rounds(request.actor).filter(state=StatementState.LIVE)
    return None, get_object_or_404(seen, pk=number)


@require_POST
@allow(policies.write_concern)
def share_concern(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    shares = request.POST.get("shares") != "no"
    actions.share_concern(actor=request.actor, concern=_find(concern_id), shares=shares)
    messages.success(request, _("Counted. Nobody sees that it was you.") if shares else _("Taken back."))
    return _back(coalition, concern_id)


@require_POST
@allow(policies.tend_concerns)
def answer_concern(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    item = request.POST.get("item", "").replace("\x00", "")[:80]

    def deed(concern: Concern) -> ConcernAnswer:
        return actions.answer_concern(actor=request.actor, concern=concern, item=item)

    return _linked(request, concern_id, deed, _("Linked. The agenda shows that it answers this."))


@require_POST
@allow(policies.tend_concerns)
def put_on_agenda(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    horizon = request.POST.get("horizon", "").replace("\x00", "")[:10] or Horizon.SHORT

    def deed(concern: Concern) -> ConcernAnswer:
        return actions.put_on_agenda(actor=request.actor, concern=concern, horizon=horizon)

    done = _("Nominated as a priority, in these words. Members now say whether it serves them.")
    return _linked(request, concern_id, deed, done)


def _linked(request: HttpRequest, concern_id: int, deed: Callable[[Concern], ConcernAnswer], done: str) -> HttpResponse:
    try:
        answer = deed(_find(concern_id))
    except actions.Refused as problem:
        return _page(request, status=422, problem=str(problem))
    slug = request.coalition.slug
    undo = reverse("alignment:release_answer", args=[slug, answer.pk])
    messages.success(request, done, extra_tags=f"undo:{undo}")
    return _back(slug, concern_id)


@require_POST
@allow(policies.tend_concerns)
def release_answer(request: HttpRequest, coalition: str, concern_answer_id: int) -> HttpResponse:
    answer = get_object_or_404(ConcernAnswer, pk=concern_answer_id)
    actions.release_answer(actor=request.actor, answer=answer)
    messages.success(request, _("Taken apart again. The item itself stays where it is."))
    return _back(coalition, answer.concern_id)


@require_POST
@allow(policies.tend_concerns)
def drop_source(request: HttpRequest, coalition: str, concern_source_id: int) -> HttpResponse:
    source = get_object_or_404(ConcernSource, pk=concern_source_id)
    actions.drop_source(actor=request.actor, source=source)
    messages.success(request, _("Taken from this concern. What was heard stays where it is."))
    return _back(coalition, source.concern_id)


@require_http_methods(["GET", "POST"])
@allow(policies.tend_concerns)
def reword_concern(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    concern = _find(concern_id)
    form = WordsForm(request.POST or None, initial={"text": concern.text})

    def deed() -> None:
        actions.reword_concern(actor=request.actor, concern=concern, text=form.cleaned_data["text"])

    return _by_form(request, concern, form, deed, _("Saved. Who shared the old words is asked anew."), "reword")


@require_http_methods(["GET", "POST"])
@allow(policies.tend_concerns)
def set_concern_aside(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    concern, form = _find(concern_id), AsideForm(request.POST or None)

    def deed() -> None:
        actions.set_concern_aside(actor=request.actor, concern=concern, why=form.cleaned_data["why"])

    return _by_form(request, concern, form, deed, _("Set aside. It keeps its voices."), "aside")


@require_POST
@allow(policies.tend_concerns)
def take_up_concern(request: HttpRequest, coalition: str, concern_id: int) -> HttpResponse:
    actions.take_up_concern(actor=request.actor, concern=_find(concern_id))
    messages.success(request, _("It is among the concerns again."))
    return _back(coalition, concern_id)


def _by_form(
    request: HttpRequest, concern: Concern, form: Any, deed: Callable[[], None], done: str, what: str
) -> HttpResponse:
    slug = request.coalition.slug
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            undo = f"undo:{reverse('alignment:take_up_concern', args=[slug, concern.pk])}" if what == "aside" else ""
            messages.success(request, done, extra_tags=undo)
            return _back(slug, concern.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "concern": concern, "what": what}
    return render(request, "alignment/concerns/change.html", context, status=status)


def _back(slug: str, concern_id: int) -> HttpResponse:
    return redirect(f"{reverse('alignment:concerns', args=[slug])}#concern-{concern_id}")


def _find(concern_id: int) -> Concern:
    return get_object_or_404(Concern, pk=concern_id)
