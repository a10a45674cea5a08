"""Values and ground rules: the version in force, the one being made, who stands behind what, and one's own yes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.accounts.callers import our_page
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ...models import Compact, CompactPoint
from .. import actions, queries
from ..forms import PointForm, SpeakForm


@require_GET
@allow(seated)
def compact_page(request: HttpRequest, coalition: str, kind: str) -> HttpResponse:
    """The version in force, and the way to the one that is being made."""
    kind = _kind(kind)
    versions = queries.versions(kind)
    found = queries.newest(versions, Compact.State.IN_FORCE)
    context = _context(request, kind) | {
        "compact": found,
        "said": queries.said(found, request.actor.organization_id) if found else [],
        "being_made": queries.newest(versions, *queries.BEING_MADE),
        "versions": versions,
        "answered": queries.how_answered() if kind == Compact.Kind.BEHAVIOUR else None,
        "must_accept": queries.must_accept(request.actor) if kind == Compact.Kind.BEHAVIOUR else None,
    }
    return render(request, "alignment/compact/compact.html", context)


@require_GET
@allow(seated)
def who_ratified(request: HttpRequest, coalition: str, kind: str) -> HttpResponse:
    """Who stands behind what, and what is contested, by organization: one click from the values."""
    kind = _kind(kind)
    versions = queries.versions(kind)
    found = queries.newest(versions, Compact.State.IN_FORCE) or queries.newest(versions, *queries.BEING_MADE)
    if found is None or found.state == Compact.State.DRAFT:
        return redirect("alignment:compact", coalition, kind)
    rows = queries.said(found)
    words = queries.words_of(found)
    members = ListPage(
        request,
        queries.members_speaking(found),
        search=["name"],
        filters={"said": (_("What they said"), _ways_of_speaking(), _narrowed)},
        sorts={"name": (_("Member"), "name")},
        default_sort="name",
    )
    if members.wants_csv:
        header = [_("member"), *(row.point.text for row in rows)]
        return members.csv_response(
            f"who-ratified-{kind}.csv", header, lambda m: [m.name, *_cells(words.get(m.pk, {}), rows)]
        )
    for member in members.page:
        member.words = [words.get(member.pk, {}).get(row.point.pk) for row in rows]
    context = _context(request, kind) | {
        "compact": found,
        "said": rows,
        "members": members,
        "count_contested": sum(len(row.contested) for row in rows),
    }
    return render(request, "alignment/compact/who.html", context)


def _ways_of_speaking() -> list[tuple[str, str]]:
    return [
        ("contests", _("contests something")),
        ("spoken", _("has spoken")),
        ("silent", _("has not spoken")),
    ]


def _narrowed(rows: Any, chosen: str) -> Any:
    if chosen == "contests":
        return rows.filter(contests_one=True)
    return rows.filter(has_spoken=chosen == "spoken")


def _cells(words: dict[int, Any], rows: list[queries.Said]) -> list[str]:
    cells = []
    for row in rows:
        word = words.get(row.point.pk)
        reason = f": {word.reason}" if word is not None and word.reason else ""
        cells.append(f"{word.get_choice_display()}{reason}" if word is not None else _("has not spoken"))
    return cells


@require_GET
@allow(seated)
def printable(request: HttpRequest, coalition: str, kind: str) -> HttpResponse:
    """One sheet to read out when a meeting opens, or to hang on the wall."""
    found = queries.in_force(_kind(kind))
    if found is None:
        return redirect("alignment:compact", coalition, kind)
    points = list(CompactPoint.objects.filter(compact=found))
    return render(request, "alignment/compact/print.html", {"compact": found, "points": points, "kind": kind})


@require_GET
@allow(seated)
def version(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """One version: being written, asked, in force or replaced."""
    found = get_object_or_404(Compact, pk=compact_id)
    return _version(request, found, PointForm())


@require_POST
@allow(policies.write_compact)
def begin_compact(request: HttpRequest, coalition: str, kind: str) -> HttpResponse:
    """Begin a new version."""
    kind = _kind(kind)
    try:
        made = actions.begin_compact(actor=request.actor, kind=kind)
    except actions.BeingMade:
        return conflict(request, _("A new version is being made already."))
    messages.success(request, _("A new version is begun. Everyone can propose a sentence until you put it to members."))
    return redirect("alignment:compact_version", coalition, made.pk)


@require_POST
@allow(policies.propose_point)
def propose_point(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """Propose a value or a ground rule."""
    found = get_object_or_404(Compact, pk=compact_id)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _version(request, found, form, status=422)
    try:
        actions.propose_point(actor=request.actor, compact=found, **form.cleaned_data)
    except actions.WrongStep:
        form.add_error(None, _("This version was put to the members while you were writing. Its words stay."))
        return _version(request, get_object_or_404(Compact, pk=compact_id), form, status=409)
    except actions.TooManyPoints:
        form.add_error(None, _("Twelve sentences are as many as anyone keeps in mind. Take one out first."))
        return _version(request, found, form, status=422)
    except actions.StandsAlready:
        form.add_error("text", _("This very sentence stands there already."))
        return _version(request, found, form, status=422)
    messages.success(request, _("Added."))
    return redirect("alignment:compact_version", coalition, found.pk)


@require_POST
@allow(seated)
def withdraw_point(request: HttpRequest, coalition: str, compact_point_id: int) -> HttpResponse:
    """Take a sentence out again."""
    point = get_object_or_404(CompactPoint.objects.select_related("compact"), pk=compact_point_id)
    said = _("Taken out.")
    return _step(request, point.compact, lambda **who: actions.withdraw_point(point=point, **who), said, version=True)


@require_POST
@allow(policies.write_compact)
def ask_members(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """Put a version to the members."""
    found = get_object_or_404(Compact, pk=compact_id)
    said = _("Put to the members. Each organization now says what it stands behind and what it contests.")
    return _step(request, found, lambda **who: actions.ask_members(compact=found, **who), said, version=True)


@require_POST
@allow(policies.write_compact)
def adopt_compact(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """Bring a version into force."""
    found = get_object_or_404(Compact, pk=compact_id)
    return _step(request, found, lambda **who: actions.adopt_compact(compact=found, **who), _("In force from now on."))


@require_POST
@allow(policies.write_compact)
def leave_compact(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """Give up a version."""
    found = get_object_or_404(Compact, pk=compact_id)
    said = _("Given up. You can begin another version.")
    return _step(request, found, lambda **who: actions.leave_compact(compact=found, **who), said)


@require_http_methods(["GET", "POST"])
@allow(policies.ratify_compact)
def speak(request: HttpRequest, coalition: str, compact_id: int) -> HttpResponse:
    """Say for one's own organization what it stands behind and what it contests."""
    found = get_object_or_404(Compact, pk=compact_id)
    if found.state not in queries.SPOKEN_TO:
        return conflict(request, _("Members are not asked about this version: it is being written, or was replaced."))
    said = queries.said(found, request.actor.organization_id)
    form = SpeakForm(request.POST if request.method == "POST" else None, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.speak_to_compact(actor=request.actor, compact=found, words=form.words())
        except actions.NotAsked:
            return conflict(request, _("This version was replaced while you were answering."))
        messages.success(
            request, _("Written down for your organization.") if new else _("Nothing new was said, so nothing changed.")
        )
        return redirect("alignment:compact_version", coalition, found.pk)
    context = _context(request, found.kind) | {"compact": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/compact/speak.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.accept_compact)
def accept_compact(request: HttpRequest, coalition: str) -> HttpResponse:
    """Read the ground rules and say yes, once, before the first contribution."""
    home = reverse("alignment:rounds", args=[coalition])
    after = our_page(request.POST.get("next", request.GET.get("next", "")), otherwise=home)
    found = queries.in_force(Compact.Kind.BEHAVIOUR)
    if found is None:
        return redirect(after)
    if request.method == "POST":
        try:
            actions.accept_compact(actor=request.actor, compact=found)
        except actions.NotAsked:
            return conflict(request, _("The ground rules changed while you were reading. Read them once more."))
        return redirect(after)
    points = list(CompactPoint.objects.filter(compact=found))
    context = {"compact": found, "points": points, "after": after}
    return render(request, "alignment/compact/accept.html", context)


def _kind(kind: str) -> str:
    if kind not in Compact.Kind.values:
        raise Http404
    return kind


def _context(request: HttpRequest, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "kind_label": Compact.Kind(kind).label,
        "is_values": kind == Compact.Kind.VALUES,
        "leads": policies.write_compact.holds(request.actor),
        "may_speak": policies.ratify_compact.holds(request.actor),
    }


def _version(request: HttpRequest, found: Compact, form: PointForm, status: int = 200) -> HttpResponse:
    said = queries.said(found, request.actor.organization_id)
    may_propose = found.state == Compact.State.DRAFT and policies.propose_point.holds(request.actor)
    for row in said:
        row.point.may_withdraw = may_propose and policies.withdraw_point.holds(request.actor, row.point)
    context = _context(request, found.kind) | {
        "compact": found,
        "said": said,
        "form": form,
        "may_propose": may_propose,
        "may_speak": policies.ratify_compact.holds(request.actor) and found.state in queries.SPOKEN_TO,
        "not_carried": [row for row in said if not row.heard.is_carried],
        "count_asked": said[0].heard.asked if said else 0,
    }
    return render(request, "alignment/compact/version.html", context, status=status)


def _step(
    request: HttpRequest, found: Compact, action: Callable[..., Any], said: str, version: bool = False
) -> HttpResponse:
    try:
        action(actor=request.actor)
    except actions.WrongStep:
        return conflict(request, _("This version is not where you last saw it: somebody was faster."))
    except actions.NothingToAsk:
        return conflict(request, _("There is nothing to ask yet: propose the first sentence."))
    except actions.NotCarried as problem:
        first = problem.points[0].text
        text = _(
            "“%(point)s” is not carried yet. Half of the members must speak, and more stand behind it than contest."
        )
        return conflict(request, text % {"point": first})
    messages.success(request, said)
    if version:
        return redirect("alignment:compact_version", request.coalition.slug, found.pk)
    return redirect("alignment:compact", request.coalition.slug, found.kind)
