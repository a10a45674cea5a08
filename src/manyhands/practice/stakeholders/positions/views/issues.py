"""The issues, each with its spectrum of allies; one issue with everything written about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ...actions import Refused
from ...models import WEDGES, Issue
from .. import actions, queries, rules, spectrum
from ..forms import IssueForm


@require_GET
@allow(policies.see_allies)
def issues(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every issue with its half-circle."""
    listed = ListPage(
        request,
        queries.issues(),
        search=["title", "about"],
        filters={
            "state": (
                _("State"),
                [("open", _("Open")), ("closed", _("Closed"))],
                lambda rows, value: rows.filter(closed_at__isnull=value == "open"),
            )
        },
        sorts={
            "named": (_("When it was named"), ["is_closed", "pk"]),
            "title": (_("What we want"), "title"),
            "known": (_("Positions known"), ["-known", "title"]),
        },
        default_sort="named",
        page_size=6,
    )
    if listed.wants_csv:
        return _issues_csv(listed)
    shown = list(listed.page)
    found = queries.histories(shown)
    today = localdate()
    context = {
        "listed": listed,
        "spectra": [spectrum.draw(each, found[each.pk], today) for each in shown],
        "wedges": WEDGES[1:],
        "may_name": policies.name_issue.holds(request.actor),
        "may_import": policies.import_list.holds(request.actor),
        "may_write": policies.write_position.holds(request.actor),
    }
    return render(request, "stakeholders/positions/issues.html", context)


@require_GET
@allow(policies.see_allies)
def issue(request: HttpRequest, coalition: str, issue_id: int) -> HttpResponse:
    """One issue: where everyone stands, and the history of each."""
    found = _find(issue_id)
    listed = ListPage(
        request,
        queries.written_on(found),
        search=["stakeholder__search_text", "source"],
        filters={
            "wedge": (_("Where they stand"), WEDGES[1:], "wedge"),
            "which": (
                _("Which"),
                [("now", _("As of now")), ("before", _("Replaced")), ("taken-back", _("Taken back"))],
                _which,
            ),
        },
        sorts={
            "on": (_("As of"), ["on", "stakeholder__name"]),
            "ally": (_("Ally"), ["stakeholder__name", "-on"]),
            "strength": (_("Strength"), ["strength", "stakeholder__name"]),
        },
        default_sort="-on",
    )
    if listed.wants_csv:
        return _positions_csv(found, listed)
    today = localdate()
    context = {
        "issue": found,
        "listed": listed,
        "rows": [(row, rules.age(row.wedge, row.on, today, kind=row.stakeholder.kind)) for row in listed.page],
        "spectrum": spectrum.draw(found, queries.histories([found])[found.pk], today),
        "wedges": WEDGES[1:],
        "may_name": policies.name_issue.holds(request.actor),
        "may_write": policies.write_position.holds(request.actor),
    }
    return render(request, "stakeholders/positions/issue.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.name_issue)
def name_issue(request: HttpRequest, coalition: str) -> HttpResponse:
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            named = actions.name_issue(actor=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error("title", str(problem))
        else:
            messages.success(request, _("Named. Now write down who stands where."))
            return redirect("stakeholders:issue", coalition, named.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/positions/issue_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.name_issue)
def change_issue(request: HttpRequest, coalition: str, issue_id: int) -> HttpResponse:
    found = _find(issue_id)
    form = IssueForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_issue(actor=request.actor, issue=found, **form.cleaned_data)
        except Refused as problem:
            form.add_error("title", str(problem))
        else:
            messages.success(request, _("Saved. Members see it at once."))
            return redirect("stakeholders:issue", coalition, found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/positions/issue_form.html", {"form": form, "issue": found}, status=status)


@require_POST
@allow(policies.name_issue)
def close_issue(request: HttpRequest, coalition: str, issue_id: int) -> HttpResponse:
    found = _find(issue_id)
    actions.close_issue(actor=request.actor, issue=found)
    undo = reverse("stakeholders:reopen_issue", args=[coalition, found.pk])
    messages.success(request, _("“%(title)s” is closed.") % {"title": found.title}, extra_tags=f"undo:{undo}")
    return redirect("stakeholders:issue", coalition, found.pk)


@require_POST
@allow(policies.name_issue)
def reopen_issue(request: HttpRequest, coalition: str, issue_id: int) -> HttpResponse:
    found = _find(issue_id)
    try:
        actions.reopen_issue(actor=request.actor, issue=found)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("“%(title)s” is open again.") % {"title": found.title})
    return redirect("stakeholders:issue", coalition, found.pk)


def _which(rows: queries.QuerySet, value: str) -> queries.QuerySet:
    if value == "now":
        return rows.filter(queries.counts_on(localdate()), replaced_at=None)
    return rows.filter(replaced_at__isnull=False, taken_back_at__isnull=value == "before")


def _issues_csv(listed: ListPage) -> HttpResponse:
    rows = list(listed.all_rows)
    found, today = queries.histories(rows), localdate()
    counts = {each.pk: [part.count for part in spectrum.draw(each, found[each.pk], today).parts] for each in rows}
    header = [_("What we want"), _("In one sentence"), *(label for _wedge, label in WEDGES[1:]), _("Closed on")]
    return listed.csv_response(
        f"issues-{today.isoformat()}.csv",
        header,
        lambda each: [
            each.title,
            each.about,
            *counts[each.pk],
            each.closed_at.date().isoformat() if each.closed_at else "",
        ],
    )


def _positions_csv(found: Issue, listed: ListPage) -> HttpResponse:
    names = dict(WEDGES)
    header = [
        *(_("Ally"), _("What we want"), _("Where they stand"), _("Strength"), _("How we know"), _("As of")),
        *(_("Written by"), _("Written on"), _("State")),
    ]

    def state(row: queries.Position) -> str:
        if row.taken_back_at:
            return _("taken back")
        if row.replaced_at:
            return _("replaced")
        return str(_(rules.age(row.wedge, row.on, localdate(), kind=row.stakeholder.kind).value))

    return listed.csv_response(
        f"positions-{found.pk}-{localdate().isoformat()}.csv",
        header,
        lambda row: [
            row.stakeholder.name,
            found.title,
            names[row.wedge],
            row.strength,
            row.source,
            row.on.isoformat(),
            row.by_seat.name if row.by_seat else "",
            row.written_at.date().isoformat(),
            state(row),
        ],
    )


def _find(issue_id: int) -> Issue:
    return get_object_or_404(queries.issues(), pk=issue_id)
