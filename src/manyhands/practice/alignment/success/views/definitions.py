"""What success means to each of us, and to one's own organization."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from .. import actions, queries
from ..forms import ChangeDefinitionForm, ConfirmForm, LinkForm, NewDefinitionForm
from ..goals import goals
from ..models import Horizon, SuccessDefinition

TOO_LATE = gettext_lazy("That was changed or taken back meanwhile. Look at the page again.")


@require_GET
@allow(seated)
def success(request: HttpRequest, coalition: str) -> HttpResponse:
    """Everything members shared, the balance of short and long, and what no goal serves."""
    shared, voting, conflicts = queries.shared(), voting_organizations().order_by("name", "pk"), queries.conflicts()
    ask_together(shared, voting, conflicts)
    picture = queries.picture(shared, voting)
    served = [
        ("yes", _("Served by a goal")),
        ("no", _("Not served")),
        ("unlinked", _("Not linked yet")),
    ]

    def by_served(rows: Any, value: str) -> Any:
        unlinked = rows.filter(goal_ids=[])
        return {
            "yes": rows.exclude(goal_ids=[]),
            "no": unlinked.filter(is_not_served=True),
            "unlinked": unlinked.filter(is_not_served=False),
        }[value]

    listed = ListPage(
        request,
        queries.shared(),
        search=["text", "sign", "organization__name"],
        filters={
            "horizon": (_("How soon"), Horizon.choices, "horizon"),
            "served": (_("Goals"), served, by_served),
            "progress": (_("What they see"), SuccessDefinition.Progress.choices, "progress"),
        },
        sorts={
            "member": (_("Member"), ["organization__name", "id"]),
            "confirmed": (_("Last confirmed"), "confirmed_on"),
        },
        default_sort="member",
        page_size=20,
        total=picture.count,
    )
    known = goals(request.actor)
    if listed.wants_csv:
        header = [_("Member"), _("What it must see"), _("How it will tell"), _("How soon"), _("Goals that serve it"),
                  _("What it sees"), _("Last confirmed")]  # fmt: skip

        def row(each: SuccessDefinition) -> list[Any]:
            titles = [known[pk].title for pk in each.goal_ids if pk in known]
            served_by = _("None") if each.is_not_served else "; ".join(titles)
            return [each.organization.name, each.text, each.sign, each.get_horizon_display(), served_by,
                    each.get_progress_display(), each.confirmed_on]  # fmt: skip

        return listed.csv_response(f"{coalition}-success.csv", header, row)
    for each in listed.page:
        each.goals = [known[pk] for pk in each.goal_ids if pk in known]
    labels = dict(Horizon.choices)
    context = {
        "listed": listed,
        "picture": picture,
        "balance": [(share, labels[share.horizon]) for share in picture.balance],
        "conflicts": queries.standing_conflicts(conflicts),
        "may_write": policies.write_success.holds(request.actor),
    }
    return render(request, "alignment/success/success.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.write_success)
def our_success(request: HttpRequest, coalition: str) -> HttpResponse:
    """One's own organization: what it must see, what it shared, and how far its goals have come."""
    form = NewDefinitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            definition = actions.write_definition(actor=request.actor, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            shared = _("Shared. Say next which of our goals serves it.")
            messages.success(request, shared if definition.is_shared else _("Kept for your organization."))
            return redirect("alignment:our_success", coalition)
    known = goals(request.actor)
    rows = queries.own(request.actor)
    for row in rows:
        row.goals = [known[pk] for pk in row.goal_ids if pk in known]
    context = {
        "form": form,
        "rows": rows,
        "organization": Organization.objects.filter(pk=request.actor.organization_id).first(),
        "progress": SuccessDefinition.Progress.choices,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "alignment/success/our_success.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.write_success)
def change_definition(request: HttpRequest, coalition: str, success_definition_id: int) -> HttpResponse:
    definition = _own(request, success_definition_id)
    fields = ("text", "sign", "horizon", "version")
    initial = {name: getattr(definition, name) for name in fields}
    form, status = ChangeDefinitionForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_definition(actor=request.actor, definition=definition, **form.cleaned_data)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.ChangedMeanwhile:
                form.add_error(None, _("Somebody changed it while you were writing. Compare, then save again."))
                form.data = again = request.POST.copy()
                again["version"] = str(definition.version)  # having seen the newer one, they may save over it
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect("alignment:our_success", coalition)
    context = {"definition": definition, "form": form}
    return render(request, "alignment/success/change.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.write_success)
def link_definition(request: HttpRequest, coalition: str, success_definition_id: int) -> HttpResponse:
    definition = _own(request, success_definition_id)
    fields = ("goal_ids", "is_not_served", "why_not_served")
    initial = {name: getattr(definition, name) for name in fields}
    is_answer = request.method == "POST"  # an empty form is an answer too
    form = LinkForm(request.POST if is_answer else None, initial=initial, goals=goals(request.actor))
    status = 200
    if is_answer:
        status = 422
        if form.is_valid():
            try:
                actions.link_definition(actor=request.actor, definition=definition, **form.cleaned_data)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.ChangedMeanwhile:
                return conflict(request, str(TOO_LATE))
            else:
                messages.success(request, _("Written down."))
                return redirect("alignment:our_success", coalition)
    return render(request, "alignment/success/link.html", {"definition": definition, "form": form}, status=status)


@require_POST
@allow(policies.write_success)
def confirm_definition(request: HttpRequest, coalition: str, success_definition_id: int) -> HttpResponse:
    form = ConfirmForm(request.POST)
    progress = form.cleaned_data["progress"] if form.is_valid() else ""
    return _do(
        request,
        success_definition_id,
        lambda **named: actions.confirm_definition(progress=progress, **named),
        _("Confirmed. We ask again in a year."),
    )


@require_POST
@allow(policies.write_success)
def share_definition(request: HttpRequest, coalition: str, success_definition_id: int) -> HttpResponse:
    return _do(request, success_definition_id, actions.share_definition, _("Shared with everyone who has a seat."))


@require_POST
@allow(policies.write_success)
def take_back_definition(request: HttpRequest, coalition: str, success_definition_id: int) -> HttpResponse:
    return _do(request, success_definition_id, actions.take_back_definition, _("Taken back. Nobody reads it any more."))


def _do(request: HttpRequest, definition_id: int, action: Callable[..., Any], said: str) -> HttpResponse:
    definition = _own(request, definition_id)
    try:
        action(actor=request.actor, definition=definition)
    except actions.ChangedMeanwhile:
        return conflict(request, str(TOO_LATE))
    messages.success(request, said)
    return redirect("alignment:our_success", request.coalition.slug)


def _own(request: HttpRequest, definition_id: int) -> SuccessDefinition:
    """One of one's own; for anyone else there is none."""
    rows = queries.readable(request.actor).filter(organization_id=request.actor.organization_id)
    return get_object_or_404(rows, pk=definition_id)
