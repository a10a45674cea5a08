"""Actors down, issues across: who stands where, and how much it matters to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from manyhands.foundation.access.views import allow

from ... import policies
from ...models import WEDGES
from ...views.map import AllyList
from .. import queries, rules
from ..words import signed


@require_GET
@allow(policies.see_allies)
def position_matrix(request: HttpRequest, coalition: str) -> HttpResponse:
    every = queries.open_issues()
    columns = every[: queries.MOST_COLUMNS]
    listed = AllyList(
        request,
        queries.matrix(columns),
        search=["search_text"],
        filters={
            "issue": (_("On"), [(issue.pk, issue.title) for issue in columns], _known_on),
            "side": (
                _("Side"),
                [("for", _("With us somewhere")), ("against", _("Against us somewhere"))],
                _on_a_side,
            ),
        },
        sorts={
            "name": (_("Ally"), "name"),
            "influence": (_("Influence"), ["-influence", "name"]),
            **{f"on_{issue.pk}": (issue.title, [f"-order_{issue.pk}", "name"]) for issue in columns},
        },
        default_sort="influence",
        page_size=30,
    )
    if listed.wants_csv:
        return _csv(listed, columns)
    shown = list(listed.page)
    known, today = queries.positions_of(shown, columns), localdate()
    rows = []
    for ally in shown:
        cells = []
        for issue in columns:
            position = known.get((ally.pk, issue.pk))
            aged = position and rules.age(position.wedge, position.on, today, kind=ally.kind)
            cells.append((issue, position, signed(position.strength) if position else "", aged is rules.Age.OLD))
        rows.append((ally, cells))
    context = {
        "listed": listed,
        "columns": [(issue, f"on_{issue.pk}") for issue in columns],
        "rows": rows,
        "left_out": len(every) - len(columns),
        "wedges": WEDGES[1:],
        "may_name": policies.name_issue.holds(request.actor),
        "may_write": policies.write_position.holds(request.actor),
    }
    return render(request, "stakeholders/positions/matrix.html", context)


def _known_on(rows: queries.QuerySet, value: str) -> queries.QuerySet:
    return rows.filter(**{f"on_{value}__isnull": False})


def _on_a_side(rows: queries.QuerySet, value: str) -> queries.QuerySet:
    side = {"strength__gt": 0} if value == "for" else {"strength__lt": 0}
    return rows.filter(pk__in=queries.current().filter(issue__closed_at=None, **side).values("stakeholder_id"))


def _csv(listed: AllyList, columns: list[queries.Issue]) -> HttpResponse:
    header = [_("Ally"), *(issue.title for issue in columns)]

    def row(ally: queries.Stakeholder) -> list[object]:
        return [ally.name, *(getattr(ally, f"on_{issue.pk}") for issue in columns)]

    return listed.csv_response(f"positions-{localdate().isoformat()}.csv", header, row)
