"""Reporting that a ground rule was broken, and answering."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate, now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import BreachReport, CompactPoint
from .. import rules
from ..events import BreachAnswered


class NoSuchSteward(Exception):
    """The person it was meant for is no steward, or no longer."""


class AnsweredAlready(Exception):
    """Another steward answered meanwhile."""


@dataclass(frozen=True)
class Reported:
    """A report, and for an anonymous one the code that opens its answer: shown once, kept nowhere."""

    report: BreachReport
    code: str = ""


@transaction.atomic
def report_breach(
    *,
    actor: Actor,
    way: str,
    text: str,
    point: CompactPoint | None = None,
    to_seat: Seat | None = None,
) -> Reported:
    """Tell stewards that a ground rule was broken. An anonymous report keeps no author, and only the day.

    Who: everyone with a seat (`policies.report_breach`).
    Refuses: one steward who is none (`NoSuchSteward`).
    Tells: no one, by design — a line with an hour beside it could name an anonymous author. Stewards find it on
        their desk.
    """
    require(actor, policies.report_breach)
    if way == BreachReport.Way.ONE and (to_seat is None or not to_seat.is_steward or to_seat.left_at is not None):
        raise NoSuchSteward(to_seat)
    today, is_anonymous = localdate(), way == BreachReport.Way.ANONYMOUS
    code = secrets.token_hex(5).upper() if is_anonymous else ""
    report = BreachReport.objects.create(
        way=BreachReport.Way(way),
        text=text,
        point=point,
        author_id=None if is_anonymous else actor.seat_id,
        to_seat=to_seat if way == BreachReport.Way.ONE else None,
        fingerprint=rules.fingerprint_of(code) if code else "",
        reported_on=today,
        answer_by=rules.answer_by(today),
    )
    return Reported(report, code)


@transaction.atomic
def answer_breach(*, actor: Actor, report: BreachReport, answer: str) -> BreachReport:
    """Answer a report. Its author reads the answer with its date.

    Who: stewards, or the one steward it was meant for (`policies.answer_breach`).
    Refuses: a report that was answered (`AnsweredAlready`).
    Tells: `BreachAnswered`: that a report was answered, and nothing of what it says.
    """
    require(actor, policies.answer_breach, report)
    report = BreachReport.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if report.answered_at is not None:
        raise AnsweredAlready(report)
    report.answer, report.answered_at, report.answered_by_id = answer, now(), actor.seat_id
    report.save(update_fields=["answer", "answered_at", "answered_by"])
    record(BreachAnswered(report_id=report.pk), by=actor, about=report)
    return report


@transaction.atomic
def see_answer(*, actor: Actor, report: BreachReport) -> None:
    """Take the answer to one's own report off one's desk.

    Who: the author, nobody else (`policies.report_breach`).
    Refuses: nothing more; for anybody else nothing changes.
    Tells: no one — it is only about one's own desk.
    """
    require(actor, policies.report_breach, report)
    mine = BreachReport.objects.filter(pk=report.pk, author_id=actor.seat_id, seen_at=None)
    mine.exclude(answered_at=None).update(seen_at=now())
