"""Opening a round's report to everyone, and taking it back."""

from django.db import transaction

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from .. import policies, queries
from ..events import ReportOpened, ReportTakenBack
from ..models import PublicReport, VisionRound
from .steps import WrongStep


class NothingToShow(Exception):
    """The round has no finding yet, or fewer than five people answered."""


@transaction.atomic
def open_report(*, actor: Actor, round: VisionRound) -> PublicReport:
    """Let everyone read a round's report, and every site show it, at an address that cannot be guessed.

    Who: coordinators and facilitators (`policies.publish_report`).
    Refuses: a round without figures to show (`NothingToShow`); one whose report is open (`WrongStep`).
    Tells: `ReportOpened`.
    """
    require(actor, policies.publish_report, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    found = queries.finding(round) if round.has_results else None
    if found is None or not found.payload["is_enough"]:
        raise NothingToShow(round)
    report, is_new = PublicReport.objects.get_or_create(round=round)
    if not is_new:
        raise WrongStep("The report is open.")
    record(ReportOpened(round_id=round.pk), by=actor, about=round)
    return report


@transaction.atomic
def take_back_report(*, actor: Actor, round: VisionRound) -> None:
    """Close the address of a round's report at once, wherever it is shown. It never opens again under that address.

    Who: coordinators and facilitators (`policies.publish_report`).
    Refuses: a round whose report is not open (`WrongStep`).
    Tells: `ReportTakenBack`.
    """
    require(actor, policies.publish_report, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    gone, _ = PublicReport.objects.filter(round=round).delete()
    if not gone:
        raise WrongStep("The report is not open.")
    record(ReportTakenBack(round_id=round.pk), by=actor, about=round)
