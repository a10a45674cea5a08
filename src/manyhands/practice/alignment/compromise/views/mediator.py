"""What the mediator alone sees and does."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict

from ... import policies
from ...models import Negotiation, ProposedPackage
from .. import actions, queries
from ..forms import AgreementForm, NoDealForm
from ..words import found_words, options_in_words
from .finding_rows import find
from .table import show


@require_GET
@allow(seated)
def mediate(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    """What the parties told in private, and the packages it allows. For anyone else there is no such page."""
    negotiation = _mediated(request, negotiation_id)
    return _private_page(request, negotiation)


@require_POST
@allow(seated)
def propose_packages(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = _mediated(request, negotiation_id)
    chosen = [
        [int(part) for part in value.split("-")]
        for value in request.POST.getlist("package")
        if value and all(part.isascii() and part.isdigit() and len(part) < 19 for part in value.split("-"))
    ]
    try:
        actions.propose_packages(actor=request.actor, negotiation=negotiation, chosen=chosen)
    except actions.Refused as problem:
        return _private_page(request, negotiation, str(problem), 422)
    except actions.WrongStep:
        return conflict(request, _("A party has told something new, or packages are on the table. Look again."))
    messages.success(request, _("On the table. Each party finds them on its desk."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


@require_http_methods(["GET", "POST"])
@allow(seated)
def agree_package(request: HttpRequest, coalition: str, proposed_package_id: int) -> HttpResponse:
    """Write down who does what under a package that every party accepted."""
    package = get_object_or_404(ProposedPackage, pk=proposed_package_id)
    negotiation = _mediated(request, package.negotiation_id)
    issues = queries.issues_of(negotiation)
    form = AgreementForm(request.POST or None, issues=issues, parties=list(negotiation.parties.all()))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.agree_package(
                    actor=request.actor,
                    package=package,
                    doings=form.doings(),
                    look_again_on=form.cleaned_data["look_again_on"],
                )
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.WrongStep:
                return conflict(request, _("These packages are off the table."))
            else:
                messages.success(request, _("Agreed, and written down who does what."))
                return redirect("alignment:negotiation", coalition, negotiation.pk)
    chosen = dict(options_in_words(package.option_ids, issues))
    context = {
        "form": form,
        "negotiation": negotiation,
        "table": [(issue, chosen.get(issue.name, ""), fields) for issue, fields in form.table()],
    }
    return render(request, "alignment/compromise/agree.html", context, status=status)


@require_POST
@allow(seated)
def end_without_deal(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = _mediated(request, negotiation_id)
    form = NoDealForm(request.POST)
    if not form.is_valid():
        return show(request, negotiation, no_deal_form=form, status=422)
    try:
        actions.end_without_deal(actor=request.actor, negotiation=negotiation, **form.cleaned_data)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return show(request, negotiation, no_deal_form=form, status=422)
    except actions.WrongStep:
        return conflict(request, _("It is over already, or not open."))
    messages.success(request, _("Written down. No deal is an answer too."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


def _mediated(request: HttpRequest, negotiation_id: int) -> Negotiation:
    negotiation = find(request, negotiation_id)
    if not policies.mediate.holds(request.actor, negotiation):
        raise Http404
    return negotiation


def _private_page(request: HttpRequest, negotiation: Negotiation, problem: str = "", status: int = 200) -> HttpResponse:
    terms, findings = queries.terms_for(request.actor, negotiation), queries.findings_of(negotiation)
    issues = queries.issues_of(negotiation, terms, findings)
    names = queries.names_of(negotiation)
    titles, options = queries.in_words(issues)
    finding = next(iter(findings), None)
    context: dict[str, Any] = {
        "negotiation": negotiation,
        "terms": [_told(each, issues) for each in terms],
        "finding": finding,
        "problem": problem,
        "today": localdate(),
    }
    if finding is not None and not finding.payload["problem"]:
        private, payload = finding.mediator_payload, finding.payload
        order = [names.get(pk, "") for pk in private["organizations"]]
        context |= {
            "members": order,
            "packages": [
                (found_words(each, issues, names), "-".join(map(str, each["options"])), gains)
                for each, gains in zip(payload["packages"], private["gains"], strict=True)
            ],
            "relaxations": [
                {
                    "options": options_in_words(public["options"], issues),
                    "lowered": [(names.get(pk, ""), by) for pk, by in own["lowered"]],
                    "crossed": [(names.get(pk, ""), *options[option]) for pk, option in own["crossed"]],
                }
                for public, own in zip(payload["relaxations"], private["relaxations"], strict=True)
            ],
            "exaggerations": None
            if private["exaggerations"] is None
            else [
                {
                    **each,
                    "name": names.get(each["organization"], ""),
                    "issue": titles.get(each["issue"], ""),
                    "changes": list(zip(order, each["change"], strict=True)),
                }
                for each in private["exaggerations"]
            ],
            "division": _division(private["division"], titles, order),
        }
    return render(request, "alignment/compromise/mediate.html", context, status=status)


def _told(terms: Any, issues: list[Any]) -> dict[str, Any]:
    rows = [
        (issue.name, option.name, terms.points.get(str(option.pk), ""), option.pk in terms.red_lines)
        for issue in issues
        for option in issue.options.all()
    ]
    return {"name": terms.party.organization.name, "walk_away": terms.walk_away, "rows": rows}


def _division(division: dict[str, Any] | None, titles: dict[int, str], order: list[str]) -> dict[str, Any] | None:
    if division is None:
        return None
    shares = [(titles[issue], share, round(100 - share, 1)) for issue, share in division["shares"]]
    return {"one": order[0], "other": order[1], "shares": shares, "points": division["points"],
            "split": titles.get(division["split"], "")}  # fmt: skip
