"""The page of one negotiation, as each of those who may open it sees it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow

from ... import policies
from ...models import Negotiation, NegotiationConcern, PackageFinding
from .. import queries
from ..forms import ConcernForm, IssueForm, NoDealForm, ReviewForm
from ..words import found_words, moves_in_words, package_words
from .finding_rows import find


@require_GET
@allow(seated)
def negotiation(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    return show(request, find(request, negotiation_id))


def _with_options(concerns: list[NegotiationConcern], issues: list[Any]) -> list[NegotiationConcern]:
    """Each concern with what would meet it, in words."""
    _titles, options = queries.in_words(issues)
    for concern in concerns:
        met = [options[each.option_id] for each in concern.met_by.all()]  # type: ignore[attr-defined]
        concern.met = [f"{issue}: {option}" for issue, option in met]  # type: ignore[attr-defined]
    return concerns


def _found(finding: PackageFinding, issues: list[Any], names: dict[int, str], there: set[tuple[int, ...]]) -> list[Any]:
    """What was found and is not on the table."""
    left = [each for each in finding.payload["packages"] if tuple(each["options"]) not in there]
    return [found_words(each, issues, names) for each in left]


def show(
    request: HttpRequest,
    negotiation: Negotiation,
    *,
    issue_form: IssueForm | None = None,
    concern_form: ConcernForm | None = None,
    no_deal_form: NoDealForm | None = None,
    review_form: ReviewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page. Packages and concerns only for those at the table, points for nobody."""
    actor = request.actor
    table = queries.OnTheTable(actor, negotiation)
    issues, packages, finding = table.issues, table.packages, table.finding
    mediates = policies.mediate.holds(actor, negotiation)
    sits = policies.sit_at_negotiation.holds(actor, negotiation)
    party = queries.own_party(actor, negotiation)
    parties = list(negotiation.parties.all())
    draft, over = negotiation.state == Negotiation.State.DRAFT, negotiation.is_over
    names = queries.names_of(negotiation)
    speaks_for = parties if mediates else [party] if party else []
    context: dict[str, Any] = {
        "negotiation": negotiation,
        "issues": issues,
        "parties": parties,
        "party": party,
        "mediates": mediates,
        "sits": sits,
        "may_prepare": draft and policies.prepare_negotiation.holds(actor, negotiation),
        "may_hand_over": not over and policies.hand_over_negotiation.holds(actor, negotiation),
        "packages": [
            package_words(package, issues, names, party, len(parties), tells_trades=sits) for package in packages
        ],
        "concerns": _with_options(table.concerns, issues),
        "concern_form": (concern_form or ConcernForm(parties=speaks_for)) if sits and not over else None,
        "issue_form": issue_form or IssueForm(),
        "no_deal_form": no_deal_form or NoDealForm(),
        "review_form": review_form or ReviewForm(),
        "finding": finding,
        "moves": moves_in_words(finding, issues, party.organization_id if party else None) if finding else [],
        "found": _found(finding, issues, names, {tuple(each.option_ids) for each in packages})
        if finding and negotiation.state == "proposed"
        else [],
        "doings": table.doings,
    }
    return render(request, "alignment/compromise/negotiation.html", context, status=status)
