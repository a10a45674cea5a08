"""Records that may be one actor: the queue, two of them side by side, and the hint while somebody writes a new one."""

from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from .. import policies
from ..actions import Refused
from ..models import Merge, Pair, Stakeholder
from . import actions, queries, rules, tasks
from .forms import CompareForm, MergeForm


@require_GET
@allow(policies.judge_pairs)
def pairs(request: HttpRequest, coalition: str) -> HttpResponse:
    """The queue: what waits comes first, the likeliest on top."""
    is_open = ExpressionWrapper(Q(verdict=Pair.Verdict.OPEN), output_field=BooleanField())
    listed = ListPage(
        request,
        queries.pairs().annotate(is_open=is_open),
        search=["one__name", "other__name", "one__city", "other__city"],
        filters={"verdict": (_("Verdict"), Pair.Verdict.choices, "verdict")},
        sorts={
            "waiting": (_("What waits first"), ["-is_open", "-score"]),
            "likely": (_("How likely"), ["-score"]),
            "name": (_("Name"), ["one__name", "other__name"]),
            "found": (_("When it was found"), ["-found_at"]),
        },
        default_sort="waiting",
    )
    if listed.wants_csv:
        return _csv(listed)
    context = {
        "listed": listed,
        "run": tasks.last_search(),
        "rows": [(pair, rules.likeliness(pair.score, pair.reasons)) for pair in listed.page],
    }
    return render(request, "stakeholders/matching/pairs.html", context)


@require_POST
@allow(policies.judge_pairs)
def find_pairs(request: HttpRequest, coalition: str) -> HttpResponse:
    tasks.ask_for_pairs()
    messages.success(request, _("We look through the list. What we find appears here."))
    return redirect("stakeholders:pairs", coalition)


@require_GET
@allow(policies.judge_pairs)
def pair(request: HttpRequest, coalition: str, pair_id: int) -> HttpResponse:
    """Two records side by side."""
    found = _find(pair_id)
    return _show(request, found, MergeForm(pair=found))


@require_POST
@allow(policies.judge_pairs)
def merge_pair(request: HttpRequest, coalition: str, pair_id: int) -> HttpResponse:
    found = _find(pair_id)
    form = MergeForm(request.POST, pair=found)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        merge = actions.merge_allies(
            actor=request.actor, one=found.one, other=found.other, chosen=form.chosen, seen=form.seen
        )
    except actions.ChangedMeanwhile:
        form.look_again()
        return _show(request, found, form, status=409)
    except Refused as problem:
        form.add_error(None, str(problem))
        return _show(request, found, form, status=409)
    undo = reverse("stakeholders:undo_merge", args=[coalition, merge.pk])
    told = _("Joined: %(name)s. You can take it back for two weeks.")
    messages.success(request, told % {"name": merge.kept.name}, extra_tags=f"undo:{undo}")
    return _go_on(coalition, found)


@require_POST
@allow(policies.judge_pairs)
def judge_different(request: HttpRequest, coalition: str, pair_id: int) -> HttpResponse:
    found = _find(pair_id)
    try:
        actions.judge_different(actor=request.actor, pair=found)
    except actions.ChangedMeanwhile:
        return conflict(request, _("Somebody else has judged this pair meanwhile. Look at the queue again."))
    undo = reverse("stakeholders:reopen_pair", args=[coalition, found.pk])
    messages.success(request, _("Not the same. You are not asked again."), extra_tags=f"undo:{undo}")
    return _go_on(coalition, found)


@require_POST
@allow(policies.judge_pairs)
def reopen_pair(request: HttpRequest, coalition: str, pair_id: int) -> HttpResponse:
    found = _find(pair_id)
    try:
        actions.reopen_pair(actor=request.actor, pair=found)
    except actions.ChangedMeanwhile:
        return conflict(request, _("This pair is not judged like that any more. Look at the queue again."))
    messages.success(request, _("The pair waits again."))
    return redirect("stakeholders:pair", coalition, found.pk)


@require_POST
@allow(policies.judge_pairs)
def undo_merge(request: HttpRequest, coalition: str, merge_id: int) -> HttpResponse:
    merge = get_object_or_404(Merge.objects.all(), pk=merge_id)
    try:
        undone = actions.undo_merge(actor=request.actor, merge=merge)
    except Refused as problem:
        return conflict(request, str(problem))
    told = _("Taken back: they are two records again.")
    if undone.left:
        stays = ngettext(
            "One thing that somebody has changed since stays as it is.",
            "%(n)s things that somebody has changed since stay as they are.",
            undone.left,
        )
        told = f"{told} {stays % {'n': undone.left}}"
    messages.success(request, told)
    return redirect("stakeholders:pairs", coalition)


@require_http_methods(["GET", "POST"])
@allow(policies.judge_pairs)
def compare(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """Find the double of one record by hand."""
    ally = get_object_or_404(Stakeholder.objects.all(), pk=stakeholder_id)
    status = 200
    if request.method == "POST":
        form = CompareForm(request.POST)
        if form.is_valid():
            other = get_object_or_404(Stakeholder.objects.all(), pk=form.cleaned_data["other"])
            try:
                named = actions.name_pair(actor=request.actor, one=ally, other=other)
            except Refused as problem:
                return conflict(request, str(problem))
            return redirect("stakeholders:pair", coalition, named.pk)
        status = 422
    listed = ListPage(
        request,
        queries.could_be(ally),
        search=["search_text"],
        sorts={"name": (_("Name"), "name")},
        default_sort="name",
        page_size=10,
    )
    if listed.wants_csv:
        header = [_("Name"), _("City or town"), _("Official number")]
        return listed.csv_response("allies.csv", header, lambda row: [row.name, row.city, row.identifier])
    close = []
    if not listed.is_narrowed:
        domain, place = ally.email or ally.website, ally.postal_code or ally.city
        close = _close(ally.name, domain, place, *listed.questions)
    context = {"ally": ally, "listed": listed, "close": [each for each in close if each[0].pk != ally.pk]}
    return render(request, "stakeholders/matching/compare.html", context, status=status)


@require_GET
@allow(policies.add_ally)
def close_names(request: HttpRequest, coalition: str) -> HttpResponse:
    """Up to three allies that may be whom somebody is writing down. A hint; it never stops anybody."""
    asked = request.GET
    close = _close(asked.get("name", ""), asked.get("email") or asked.get("website", ""), asked.get("city", ""))
    return render(request, "stakeholders/matching/_close_names.html", {"close": close})


def _close(name: str, domain: str, place: str, *beside: QuerySet[Any]) -> list[tuple[Stakeholder, tuple[str, ...]]]:
    """Allies that may be meant, and why; the questions ``beside`` are answered with them."""
    from . import insights  # brings NumPy along, which only this needs

    found = insights.close_to(name=name.replace("\x00", ""), domain=domain, place=place)
    rows = Stakeholder.objects.filter(pk__in=[each.stakeholder_id for each in found])
    ask_together(rows, *beside)
    allies = {ally.pk: ally for ally in rows}
    return [(allies[each.stakeholder_id], each.reasons) for each in found if each.stakeholder_id in allies]


def _show(request: HttpRequest, found: Pair, form: MergeForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "pair": found,
        "form": form,
        "likely": rules.likeliness(found.score, found.reasons),
        "later": queries.next_after(found),
        "open": found.verdict == Pair.Verdict.OPEN,
    }
    return render(request, "stakeholders/matching/pair.html", context, status=status)


def _find(pair_id: int) -> Pair:
    rows = queries.pairs().select_related("one__looked_after_by", "other__looked_after_by", "judged_by")
    found: Pair = get_object_or_404(rows, pk=pair_id)
    return found


def _go_on(coalition: str, found: Pair) -> HttpResponse:
    """To the next pair that waits, or to the queue when none does."""
    following = queries.next_after(found)
    if following is None:
        return redirect("stakeholders:pairs", coalition)
    return redirect("stakeholders:pair", coalition, following.pk)


def _csv(listed: ListPage) -> HttpResponse:
    towns, verdict = [_("City or town")] * 2, [_("Verdict"), _("Judged on")]
    header = [_("One"), _("Other"), *towns, _("Score"), _("Reasons"), *verdict]
    return listed.csv_response(
        "alike.csv",
        header,
        lambda row: [
            row.one.name,
            row.other.name,
            row.one.city,
            row.other.city,
            "" if rules.likeliness(row.score, row.reasons) == "named" else f"{row.score:.2f}",
            "; ".join(row.reasons),
            row.get_verdict_display(),
            row.judged_at.date().isoformat() if row.judged_at else "",
        ],
    )
