"""All active members side by side, with what the rooms know of each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import policies, queries
from manyhands.foundation.coalitions.member_facts import MemberColumn, MemberFilter, MemberRow, columns_for, facts_of
from manyhands.foundation.ui.lists import ListOfRows


@require_GET
@allow(seated)
def members_at_a_glance(request: HttpRequest, coalition: str) -> HttpResponse:
    columns = columns_for(request.actor)
    rows = facts_of(request.actor, queries.voting_organizations().order_by("name", "pk"))
    found = ListOfRows(
        request,
        rows,
        words_of=lambda row: f"{row.organization.name} {row.organization.sector}",
        filters={
            each.name: (each.label, each.choices, _fits(column, each)) for column in columns for each in column.filters
        },
        sorts={
            "name": (_("Organization"), lambda row: row.organization.name.casefold()),
            **{column.key: (column.label, _sorted_by(column)) for column in columns if column.sorts_by},
        },
        default_sort="name",
    )
    if found.wants_csv:
        header = [_("Organization"), _("Sector"), *(title for column in columns for title in column.header)]
        return found.csv_response(f"{coalition}-members-at-a-glance-{localdate()}.csv", header, _cells)
    context = {
        "list": found,
        "columns": columns,
        "methods": [column.method for column in columns if column.method],
        "today": localdate(),
        "may_invite": policies.invite.holds(request.actor),
    }
    return render(request, "coalitions/members_at_a_glance.html", context)


def _cells(row: MemberRow) -> list[Any]:
    return [row.organization.name, row.organization.sector, *row.cells]


def _fits(column: MemberColumn, chosen: MemberFilter) -> Callable[[MemberRow, str], bool]:
    return lambda row, value: chosen.fits(row.facts[column.key], value)


def _sorted_by(column: MemberColumn) -> Callable[[MemberRow], Any]:
    def key(row: MemberRow) -> Any:
        fact = row.facts[column.key]
        return column.sorts_by(fact) if column.sorts_by and fact is not None else None

    return key
