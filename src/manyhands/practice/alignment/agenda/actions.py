"""Asking for an agenda, keeping one as the suggestion, and letting it go."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions.steps import WrongStep
from ..models import Agenda, AgendaFinding, KeptAgenda, VisionRound
from . import queries, tasks
from .events import AgendaAsked, AgendaKept, AgendaLetGo, PricedAgendaAsked, PriorityAgendaAsked
from .rules import Priced

__all__ = [
    "Refused",
    "WrongStep",
    "ask_for_agenda",
    "ask_for_priced_agenda",
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
    agenda, _new = Agenda.objects.get_or_create(
        round=None, budget=None, size=size, defaults={"asked_by_id": actor.seat_id}
    )
    if AgendaFinding.objects.filter(agenda=agenda, fingerprint=standing.fingerprint(agenda)).exists():
        return agenda
    agenda.run_id = enqueue(tasks.work_out_priority_agenda, agenda_id=agenda.pk).pk
    agenda.save(update_fields=["run_id"])
    record(PriorityAgendaAsked(size=size), by=actor, about=agenda)
    return agenda


@transaction.atomic
def ask_for_priced_agenda(*, actor: Actor, priced: Priced) -> Agenda:
    """Ask which priorities leave no like-minded members out where each costs something and there is only so much.

    One for the coalition: new costs take the place of those before. A job works it out for the stands as they are.

    Who: coordinators and facilitators (`policies.choose_agenda`).
    Refuses: no costs, one of a priority that serves nobody, or must-haves that cost more than there is (`Refused`).
    Tells: `PricedAgendaAsked`, unless it is worked out for these very stands and costs.
    """
    require(actor, policies.choose_agenda)
    standing = queries.standing()
    served = {each for own in standing.serves.values() for each in own}
    if not priced.costs or not set(priced.costs) <= served:
        raise Refused(_("Say of at least one priority that serves somebody what it costs."))
    if not set(priced.must_haves) <= set(priced.costs):
        raise Refused(_("What must be in needs a cost too."))
    if priced.spent(priced.must_haves) > priced.budget:
        raise Refused(_("What must be in costs more than there is."))
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)
    agenda = queries.priced_agenda() or Agenda(round=None, size=0)
    agenda.budget, agenda.unit = priced.budget, priced.unit
    agenda.terms = {
        "costs": {str(pk): str(cost) for pk, cost in sorted(priced.costs.items())},
        "must_haves": sorted(priced.must_haves),
    }
    agenda.asked_by_id, agenda.asked_at = actor.seat_id, now()
    agenda.save()
    if AgendaFinding.objects.filter(agenda=agenda, fingerprint=standing.fingerprint(agenda)).exists():
        return agenda
    agenda.run_id = enqueue(tasks.work_out_priority_agenda, agenda_id=agenda.pk).pk
    agenda.save(update_fields=["run_id"])
    record(PricedAgendaAsked(priorities=len(priced.costs)), by=actor, about=agenda)
    return agenda
