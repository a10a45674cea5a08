"""What of values, ground rules and reports awaits somebody, and what is kept about a person."""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import BreachReport, Compact, CompactAcceptance, Ratification
from . import queries


def awaiting(actor: Actor) -> list[Awaiting]:
    """Versions to speak to, reports to answer, and answers to one's own reports. Two queries at most."""
    return [] if actor.seat_id is None else [*_TO_RATIFY(actor), *_REPORTS(actor)]


def register() -> None:
    """Put both on people's desks."""
    register_awaiting(_TO_RATIFY, lambda actor, _moment: [_left_to_say(actor)])
    register_awaiting(_REPORTS, lambda actor, _moment: [queries.reports_waiting(actor)])


def _left_to_say(actor: Actor) -> QuerySet[Any]:
    return queries.left_to_say(actor) if policies.ratify_compact.holds(actor) else Compact.objects.none()


def _to_ratify(actor: Actor, compacts: list[Any]) -> list[Awaiting]:
    slug, found = slug_of(actor.coalition_id), []
    for compact in compacts:
        text = ngettext(
            "%(n)d sentence waits for your organization’s word.",
            "%(n)d sentences wait for your organization’s word.",
            compact.left,
        )
        found.append(
            Awaiting(
                kind=_("Members are asked"),
                title=compact.get_kind_display(),
                text=text % {"n": compact.left},
                url=address_of("alignment:speak_to_compact", slug, compact.pk),
                action=_("Say where we stand"),
            )
        )
    return found


def _reports(actor: Actor, reports: list[BreachReport]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [_to_answer(report, slug) if report.answered_at is None else _answered(slug) for report in reports]


_TO_RATIFY = Waits(lambda actor, _moment: _left_to_say(actor), _to_ratify)
_REPORTS = Waits(lambda actor, _moment: queries.reports_on_the_desk(actor), _reports)


def _answered(slug: str) -> Awaiting:
    return Awaiting(
        kind=_("Your report was answered"),
        title=_("Report of a breach"),
        url=address_of("alignment:own_reports", slug),
        action=_("Read the answer"),
    )


def _to_answer(report: BreachReport, slug: str) -> Awaiting:
    return Awaiting(
        kind=_("A report of a breach"),
        title=_("Somebody reported that a ground rule was broken"),
        url=address_of("alignment:breach_report", slug, report.pk),
        action=_("Read and answer"),
        due=datetime.combine(report.answer_by, time(23, 59), tzinfo=get_default_timezone()),
    )


def personal_data(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What is kept about a person: rules they accepted, what they said for their organization, what they reported."""
    accepted = CompactAcceptance.objects.filter(seat_id__in=seats).select_related("compact")
    spoke = Ratification.objects.filter(seat_id__in=seats).select_related("point", "organization")
    reported = BreachReport.objects.filter(author_id__in=seats)
    return {
        "ground_rules_accepted": [
            {"version": each.compact.number, "at": each.accepted_at.isoformat()} for each in accepted.order_by("id")
        ],
        "said_for_an_organization": [
            {
                "organization": each.organization.name,
                "sentence": each.point.text,
                "said": each.choice,
                "reason": each.reason,
                "at": each.said_at.isoformat(),
            }
            for each in spoke.order_by("id")
        ],
        "breach_reports": [
            {"report": each.text, "on": each.reported_on.isoformat(), "answer": each.answer}
            for each in reported.order_by("id")
        ],
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person. What was said for an organization is the organization's and stays."""
    Ratification.objects.filter(seat_id__in=seats).update(seat=None)
    CompactAcceptance.objects.filter(seat_id__in=seats).delete()
    BreachReport.objects.filter(author_id__in=seats).update(author=None)
