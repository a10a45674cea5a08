"""Asking for an agenda, keeping one as the suggestion, and letting it go."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions.steps import WrongStep
from ..models import Agenda, AgendaFinding, KeptAgenda, VisionRound
from . import queries, tasks
from .events import AgendaAsked, AgendaKept, AgendaLetGo, PriorityAgendaAsked

__all__ = [
    "Refused",
    "WrongStep",
    "ask_for_agenda",
    "ask_for_priority_agenda",
    "keep_agenda",
    "let_go_of_agenda",
]


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


@transaction.atomic
def ask_for_agenda(*, actor: Actor, round: VisionRound, size: int) -> Agenda:
    """Ask which so many statements of a closed round make an agenda; a job works it out, once.

    Who: coordinators and facilitators (`policies.choose_agenda`).
    Refuses: a round that is not closed (`WrongStep`); more places than statements that five agree with (`Refused`).
    Tells: `AgendaAsked`, unless it is worked out already.
    """
    require(actor, policies.choose_agenda, round)
    if not round.has_results:
        raise WrongStep(round.state)
    most = queries.most_places(round)
    if not 1 <= size <= most:
        raise Refused(_("An agenda of this round has between 1 and %(most)d places.") % {"most": most})
    agenda, _new = Agenda.objects.get_or_create(round=round, size=size, defaults={"asked_by_id": actor.seat_id})
    if AgendaFinding.objects.filter(agenda=agenda).exists():
        return agenda
    agenda.run_id = enqueue(tasks.work_out_agenda, agenda_id=agenda.pk).pk
    agenda.save(update_fields=["run_id"])
    record(AgendaAsked(round_id=round.pk, size=size), by=actor, about=round)
    return agenda


@transaction.atomic
def keep_agenda(*, actor: Actor, round: VisionRound, size: int, method: str) -> KeptAgenda:
    """Keep one agenda as the suggestion that everyone sees; it takes the place of the one kept before.

    Who: coordinators and facilitators (`policies.choose_agenda`).
    Refuses: one that is not worked out (`WrongStep`); a way of choosing there is not (`Refused`).
    Tells: `AgendaKept`.
    """
    require(actor, policies.choose_agenda, round)
    found = AgendaFinding.objects.filter(agenda__round=round, agenda__size=size).first()
    if found is None or found.payload["problem"]:
        raise WrongStep(size)
    chosen = {way["way"]: way["chosen"] for way in found.payload["ways"]}
    if method not in chosen:
        raise Refused(_("Choose one of the agendas that are shown."))
    said = {
        "size": size,
        "method": method,
        "statement_ids": chosen[method],
        "kept_by_id": actor.seat_id,
        "kept_at": now(),
    }
    suggestion, _new = KeptAgenda.objects.update_or_create(round=round, defaults=said)
    record(AgendaKept(round_id=round.pk, size=size, method=method), by=actor, about=round)
    return suggestion


@transaction.atomic
def let_go_of_agenda(*, actor: Actor, round: VisionRound) -> None:
    """Suggest no agenda any more.

    Who: coordinators and facilitators (`policies.choose_agenda`).
    Refuses: where none is suggested (`WrongStep`).
    Tells: `AgendaLetGo`.
    """
    require(actor, policies.choose_agenda, round)
    gone, _rows = KeptAgenda.objects.filter(round=round).delete()
    if not gone:
        raise WrongStep(round.pk)
    record(AgendaLetGo(round_id=round.pk), by=actor, about=round)


@transaction.atomic
def ask_for_priority_agenda(*, actor: Actor, size: int) -> Agenda:
    """Ask which so many priorities leave no like-minded members out; a job works it out for the stands as they are.

    Who: coordinators and facilitators (`policies.choose_agenda`).
    Refuses: more places than priorities that serve anybody (`Refused`).
    Tells: `PriorityAgendaAsked`, unless it is worked out for these very stands.
    """
    require(actor, policies.choose_agenda)
    standing = queries.standing()
    if not 1 <= size <= standing.most:
        raise Refused(_("An agenda of our priorities has between 1 and %(most)d places.") % {"most": standing.most})
    agenda, _new = Agenda.objects.get_or_create(round=None, size=size, defaults={"asked_by_id": actor.seat_id})
    if AgendaFinding.objects.filter(agenda=agenda, fingerprint=standing.fingerprint(size)).exists():
        return agenda
    agenda.run_id = enqueue(tasks.work_out_priority_agenda, agenda_id=agenda.pk).pk
    agenda.save(update_fields=["run_id"])
    record(PriorityAgendaAsked(size=size), by=actor, about=agenda)
    return agenda
