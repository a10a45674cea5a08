"""What a party does: tell the mediator in private, voice concerns, answer to packages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ui.errors import conflict

from ... import policies
from ...models import ConcernOption, IssueOption, Negotiation, NegotiationConcern, NegotiationParty, ProposedPackage
from .. import actions, queries
from ..forms import ConcernForm, InterestForm, ReviewForm, TermsForm, explained
from .finding_rows import find
from .table import show


@require_http_methods(["GET", "POST"])
@allow(policies.write_success)
def tell_terms(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    """One's own organization's points, red lines and walk-away; for anyone else there is no such page."""
    negotiation, party = _at_the_table(request, negotiation_id)
    if negotiation.state not in {Negotiation.State.OPEN, Negotiation.State.PROPOSED}:
        return conflict(request, _("This negotiation does not wait for the parties: it is a draft, or over."))
    issues = queries.issues_of(negotiation)
    terms = queries.terms_for(request.actor, negotiation).filter(party=party).first()
    form, status = TermsForm(request.POST or None, issues=issues, terms=terms), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("points", "walk_away", "red_lines")}
            try:
                actions.tell_terms(actor=request.actor, party=party, **said)
            except actions.UnfitTerms as problem:
                form.add_error(None, explained(problem)[1])
            except actions.WrongStep:
                return conflict(request, _("This negotiation has ended meanwhile."))
            else:
                messages.success(request, _("Told the mediator, and nobody else."))
                return redirect("alignment:negotiation", coalition, negotiation.pk)
    context = {"form": form, "negotiation": negotiation, "party": party, "terms": terms}
    return render(request, "alignment/compromise/tell.html", context, status=status)


@require_POST
@allow(seated)
def voice_concern(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    _sits(request, negotiation)
    party = queries.own_party(request.actor, negotiation)
    mediates = policies.mediate.holds(request.actor, negotiation)
    parties = list(negotiation.parties.all()) if mediates else [party] if party else []
    form = ConcernForm(request.POST, parties=parties)
    if not form.is_valid():
        return show(request, negotiation, concern_form=form, status=422)
    organization = get_object_or_404(Organization, pk=form.cleaned_data["organization"])
    try:
        concern = actions.voice_concern(
            actor=request.actor, negotiation=negotiation, organization=organization, text=form.cleaned_data["text"]
        )
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return show(request, negotiation, concern_form=form, status=422)
    except actions.WrongStep:
        return conflict(request, _("This negotiation has ended meanwhile."))
    messages.success(request, _("Written down. Say next what need lies beneath it."))
    return redirect("alignment:understand_concern", coalition, concern.pk)


@require_http_methods(["GET", "POST"])
@allow(seated)
def understand_concern(request: HttpRequest, coalition: str, negotiation_concern_id: int) -> HttpResponse:
    concern = get_object_or_404(NegotiationConcern.objects.select_related("organization"), pk=negotiation_concern_id)
    negotiation = find(request, concern.negotiation_id)
    _sits(request, negotiation)
    met_by = ConcernOption.objects.filter(concern=concern)
    issues = queries.issues_of(negotiation, met_by)
    initial = {"interest": concern.interest, "options": [each.option_id for each in met_by]}
    form, status = InterestForm(request.POST or None, issues=issues, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = IssueOption.objects.filter(pk__in=form.cleaned_data.get("options", [])).select_related("issue")
            try:
                actions.understand_concern(
                    actor=request.actor,
                    concern=concern,
                    interest=form.cleaned_data["interest"],
                    options=list(chosen),
                )
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.WrongStep:
                return conflict(request, _("This negotiation has ended meanwhile."))
            else:
                messages.success(request, _("Written down."))
                return redirect("alignment:negotiation", coalition, negotiation.pk)
    context = {"form": form, "concern": concern, "negotiation": negotiation}
    return render(request, "alignment/compromise/understand.html", context, status=status)


@require_POST
@allow(policies.write_success)
def answer_package(request: HttpRequest, coalition: str, proposed_package_id: int) -> HttpResponse:
    package = get_object_or_404(ProposedPackage, pk=proposed_package_id)
    negotiation, party = _at_the_table(request, package.negotiation_id)
    try:
        actions.answer_package(
            actor=request.actor, party=party, package=package, accepts=request.POST.get("accepts") == "yes"
        )
    except actions.WrongStep:
        return conflict(request, _("This package is off the table: somebody told the mediator something new."))
    messages.success(request, _("Written down. You may say it anew until there is an agreement."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


@require_POST
@allow(seated)
def review_negotiation(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    _sits(request, negotiation)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show(request, negotiation, review_form=form, status=422)
    try:
        actions.review_negotiation(actor=request.actor, negotiation=negotiation, **form.cleaned_data)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return show(request, negotiation, review_form=form, status=422)
    except actions.WrongStep:
        return conflict(request, _("Somebody has looked at it again already, or it is not over."))
    messages.success(request, _("Written down."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


def _sits(request: HttpRequest, negotiation: Negotiation) -> None:
    """Only those at the table have these pages."""
    if not policies.sit_at_negotiation.holds(request.actor, negotiation):
        raise Http404


def _at_the_table(request: HttpRequest, negotiation_id: int) -> tuple[Any, NegotiationParty]:
    negotiation = find(request, negotiation_id)
    party = queries.own_party(request.actor, negotiation)
    if party is None:
        raise Http404
    party.negotiation = negotiation
    return negotiation, party
