"""The ties of one ally: who says what, adding, changing and ending, consent, and the way to them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow

from ... import policies
from ...models import LEVELS, Stakeholder, Tie
from .. import actions, queries, shown
from ..asked import wanted_id
from ..forms import AddTieForm, ChangeTieForm, ConsentForm, PassOnForm, RateTieForm, TieForm
from ..insights import Ways, ways
from ..rules import is_symmetric
from .network import starts

MOST_NAMES = 1000


@require_GET
@allow(policies.see_allies)
def ally_ties(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    return _show(request, _ally(stakeholder_id), TieForm(initial={"level": 2}))


@require_POST
@allow(policies.write_tie)
def write_tie(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _ally(stakeholder_id)
    form = TieForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            return _written(request, {"one": ally, **form.cleaned_data}, ally)
        except actions.TieExists as problem:
            status = 409
            form.add_error(None, str(problem))
        except actions.Refused as problem:
            form.add_error(None, str(problem))
    return _show(request, ally, form, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.write_tie)
def add_tie(request: HttpRequest, coalition: str) -> HttpResponse:
    """A tie between any two, for whoever comes from the map."""
    number = wanted_id(request, "actor")
    known = Stakeholder.objects.filter(pk=number).first() if number else None
    form = AddTieForm(request.POST or None, initial={"one": known.name if known else "", "level": 2})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _written(request, form.cleaned_data, None)
            except actions.TieExists as problem:
                status = 409
                form.add_error(None, str(problem))
            except actions.Refused as problem:
                form.add_error(None, str(problem))
    return render(request, "stakeholders/ties/tie_form.html", {"form": form, "choices": _names()}, status=status)


def _written(request: HttpRequest, said: dict[str, Any], ally: Stakeholder | None) -> HttpResponse:
    """Write the tie the way round that was meant, and go back to where the person came from."""
    turned = said.pop("from_here") == "no" and not is_symmetric(said["kind"])
    if turned:
        said["one"], said["other"] = said["other"], said["one"]
    tie = actions.write_tie(actor=request.actor, **said)
    undo = reverse("stakeholders:end_tie", args=[request.coalition.slug, tie.pk])
    words = {"one": said["one"].name, "other": said["other"].name}
    done = _("The tie between %(one)s and %(other)s is on the map.") % words
    messages.success(request, done, extra_tags=f"undo:{undo}")
    if ally is not None:
        return redirect("stakeholders:ally_ties", request.coalition.slug, ally.pk)
    return redirect(f"{reverse('stakeholders:network', args=[request.coalition.slug])}?actor={said['one'].pk}#actor")


def _names() -> QuerySet[Stakeholder, str]:
    """Names to choose from while typing: the weightiest of a long list."""
    return Stakeholder.objects.order_by("-weight", "-pk").values_list("name", flat=True)[:MOST_NAMES]


@require_http_methods(["GET", "POST"])
@allow(policies.see_allies)
def tie_page(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    """One tie: what is known of it, what each side says (for the two sides), and what may be changed."""
    tie = _tie(tie_id)
    if request.method == "GET":
        return _show_tie(request, tie, ChangeTieForm(tie=tie))
    form = ChangeTieForm(request.POST, tie=tie)
    if not form.is_valid():
        return _show_tie(request, tie, form, status=422)
    try:
        actions.change_tie(actor=request.actor, tie=tie, **form.cleaned_data)
    except actions.ChangedMeanwhile:
        form.add_error(None, _("Somebody else has changed this tie while you were writing. Compare, then save again."))
        form.data = again = request.POST.copy()
        again["version"] = str(tie.version)
        return _show_tie(request, tie, form, status=409)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return _show_tie(request, tie, form, status=422)
    messages.success(request, _("Saved. Members see it at once."))
    return redirect("stakeholders:tie", coalition, tie.pk)


@require_POST
@allow(policies.rate_tie)
def rate_tie(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    done = _("Your side is written down. The other side sees it too; everyone else sees only what the tie counts as.")
    return _deed(
        request, tie_id, RateTieForm(request.POST), "rate_form", done,
        lambda tie, said: actions.rate_tie(actor=request.actor, tie=tie, level=said["level"]),
    )  # fmt: skip


@require_POST
@allow(policies.write_tie)
def pass_on(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    return _deed(
        request, tie_id, PassOnForm(request.POST), "pass_on_form", _("What they told you is written down."),
        lambda tie, said: actions.pass_on(actor=request.actor, tie=tie, **said),
    )  # fmt: skip


@require_POST
@allow(policies.write_tie)
def record_consent(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    return _deed(
        request, tie_id, ConsentForm(request.POST), "consent_form", _("Their answer is written down."),
        lambda tie, said: actions.record_consent(actor=request.actor, tie=tie, **said),
    )  # fmt: skip


@require_POST
@allow(policies.write_tie)
def end_tie(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    tie = actions.end_tie(actor=request.actor, tie=_tie(tie_id))
    undo = reverse("stakeholders:restore_tie", args=[coalition, tie.pk])
    done = _("The tie has ended. It stays on the map of earlier days.")
    messages.success(request, done, extra_tags=f"undo:{undo}")
    return redirect("stakeholders:ally_ties", coalition, tie.one_id)


@require_POST
@allow(policies.write_tie)
def restore_tie(request: HttpRequest, coalition: str, tie_id: int) -> HttpResponse:
    tie = _tie(tie_id)
    try:
        actions.restore_tie(actor=request.actor, tie=tie)
    except actions.Refused as problem:
        messages.error(request, str(problem))
        return redirect("stakeholders:ally_ties", coalition, tie.one_id)
    messages.success(request, _("The tie is there again."))
    return redirect("stakeholders:tie", coalition, tie.pk)


def _deed(
    request: HttpRequest, tie_id: int, form: forms.Form, name: str, done: str, deed: Callable[[Tie, Any], object]
) -> HttpResponse:
    """One small form about one tie: what it asks for is done, or it comes back with what is wrong."""
    tie = _tie(tie_id)
    if form.is_valid():
        try:
            deed(tie, form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, done)
            return redirect("stakeholders:tie", request.coalition.slug, tie.pk)
    return _show_tie(request, tie, ChangeTieForm(tie=tie), status=422, **{name: form})


def _show(request: HttpRequest, ally: Stakeholder, form: TieForm, status: int = 200) -> HttpResponse:
    there = queries.network()
    live, ended, names = queries.ties_of(ally), queries.ended_ties_of(ally)[:20], _names()
    ask_together(live, ended, names)
    own_side = ally.member_id is not None and ally.member_id == request.actor.organization_id
    context = {
        "ally": ally,
        "ties": [_row(request, ally, tie) for tie in live],
        "ended": ended,
        "own_side": own_side,
        "form": form,
        "show_form": bool(form.errors),
        "found": shown.ways(_way(request, ally, there), there.nodes),
        "avoid": wanted_id(request, "avoid"),
        "start": request.GET.get("from", "us"),
        "choices": names,
        "may_write": policies.write_tie.holds(request.actor),
    }
    return render(request, "stakeholders/ties/ally_ties.html", context, status=status)


def _row(request: HttpRequest, ally: Stakeholder, tie: Tie) -> dict[str, Any]:
    """A tie as this person may see it: levels of the two sides are for the two sides."""
    side = queries.side_of(request.actor, tie)
    here = "one" if tie.one_id == ally.pk else "other"
    there = "other" if here == "one" else "one"
    return {
        "tie": tie,
        "who": getattr(tie, there),
        "from_here": here == "one",
        "sees_sides": side is not None,
        "my_side": side,
        "here_says": _said(tie, here) if side else None,
        "there_says": _said(tie, there) if side else None,
        "symmetric": is_symmetric(tie.kind),
        "is_long_ago": (localdate() - tie.seen_on).days > 365,
    }


def _said(tie: Tie, side: str) -> Any:
    level = getattr(tie, f"level_{side}")
    return None if level is None else dict(LEVELS)[level]


def _way(request: HttpRequest, ally: Stakeholder, there: queries.Network) -> Ways | None:
    if ally.pk not in there.nodes or there.nodes[ally.pk].is_member:
        return None
    avoid = wanted_id(request, "avoid")
    begins = starts(request, request.GET.get("from", "us"), there)
    return ways(there, begins, ally.pk, avoid=[avoid] if avoid in there.nodes else [])


def _show_tie(
    request: HttpRequest,
    tie: Tie,
    form: ChangeTieForm,
    status: int = 200,
    rate_form: forms.Form | None = None,
    consent_form: forms.Form | None = None,
    pass_on_form: forms.Form | None = None,
) -> HttpResponse:
    side = queries.side_of(request.actor, tie)
    mine = getattr(tie, f"level_{side}") if side else None
    context = {
        "tie": tie,
        "ally": tie.one,
        "row": _row(request, tie.one, tie),
        "form": form,
        "rate_form": rate_form or RateTieForm(initial={"level": tie.level if mine is None else mine}),
        "consent_form": consent_form or ConsentForm(initial={"consent": tie.consent, "source": tie.consent_source}),
        "pass_on_forms": _pass_on_forms(tie, pass_on_form),
        "my_side": side,
        "status": status,
        "may_write": policies.write_tie.holds(request.actor),
        "may_rate": policies.rate_tie.holds(request.actor, tie),
    }
    return render(request, "stakeholders/ties/tie.html", context, status=status)


def _pass_on_forms(tie: Tie, sent: forms.Form | None) -> list[tuple[str, forms.Form]]:
    """For each side that has no seat: its name, and a form for what it told us."""
    found = []
    for side in ("one", "other"):
        if getattr(tie, side).member_id is None:
            said = getattr(tie, f"level_{side}")
            form = PassOnForm(
                initial={"side": side, "level": tie.level if said is None else said}, auto_id=f"{side}_%s"
            )
            found.append((getattr(tie, side).name, sent if sent and sent.data.get("side") == side else form))
    return found


def _ally(stakeholder_id: int) -> Stakeholder:
    return get_object_or_404(Stakeholder.objects.select_related("member"), pk=stakeholder_id)


def _tie(tie_id: int) -> Tie:
    return get_object_or_404(queries.any_tie().select_related("claimed_by"), pk=tie_id)
