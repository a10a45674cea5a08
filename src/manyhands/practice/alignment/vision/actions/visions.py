"""Writing a vision, clause by clause from what people contributed, and adopting it once everyone was asked."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.spine import record

from ... import asked, policies
from ...actions.steps import WrongStep
from ...models import ClauseSource, Overlap, Statement, Vision, VisionClause, VisionRound
from ...rules import RoundState, StatementState
from .. import rules
from ..events import VisionAdopted, VisionBegun, VisionChanged

__all__ = [
    "BeingWritten",
    "NoSource",
    "NotEveryoneAsked",
    "TooManyClauses",
    "WrongStep",
    "adopt_vision",
    "begin_vision",
    "drop_clause",
    "leave_vision",
    "write_clause",
]


class BeingWritten(Exception):
    """Another vision is being written."""


class NoSource(Exception):
    """A clause names no contribution behind it."""


class TooManyClauses(Exception):
    """More clauses than anyone reads."""


class NotEveryoneAsked(Exception):
    """Some active member has not been asked: ``members`` says which."""

    def __init__(self, members: list[asked.Asked]) -> None:
        super().__init__(members)
        self.members = members


@transaction.atomic
def begin_vision(*, actor: Actor, round: VisionRound) -> Vision:
    """Begin a vision from a round. What members found true of what is alike stands in it already, with its sources.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: a round that nobody was asked yet (`WrongStep`); while another vision is being written (`BeingWritten`).
    Tells: `VisionBegun`.
    """
    require(actor, policies.write_vision, round)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # two at once make one
    if Vision.objects.filter(state=Vision.State.DRAFT).exists():
        raise BeingWritten(round)
    round = VisionRound.objects.get(pk=round.pk)
    if round.state in {RoundState.DRAFT, RoundState.ARRIVING}:
        raise WrongStep("Nobody has been asked yet.")
    last = Vision.objects.aggregate(last=Max("number"))["last"] or 0
    vision = Vision.objects.create(number=last + 1, round=round, begun_by_id=actor.seat_id)
    found_true = Overlap.objects.filter(round=round).exclude(validated_at=None).prefetch_related("statements")
    for at, overlap in enumerate(found_true):
        sources = [each for each in overlap.statements.all() if each.state == StatementState.LIVE]
        if sources:
            _write(vision, None, overlap.text, sources, at)
    record(VisionBegun(vision_id=vision.pk), by=actor, about=vision)
    return vision


@transaction.atomic
def write_clause(
    *,
    actor: Actor,
    vision: Vision,
    text: str,
    sources: Sequence[Statement],
    clause: VisionClause | None = None,
) -> VisionClause:
    """Write a clause, or change one, and name the statements it comes from.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: an adopted vision (`WrongStep`); no source, or one of another round (`NoSource`); too many clauses
        (`TooManyClauses`).
    Tells: `VisionChanged`.
    """
    require(actor, policies.write_vision, vision)
    vision = _draft(vision)
    if not sources or any(each.round_id != vision.round_id for each in sources):
        raise NoSource(vision)
    if clause is None and VisionClause.objects.filter(vision=vision).count() >= rules.MOST_CLAUSES:
        raise TooManyClauses(vision)
    if clause is not None and clause.vision_id != vision.pk:
        raise WrongStep("The clause is another vision's.")
    last = VisionClause.objects.filter(vision=vision).aggregate(last=Max("position"))["last"]
    written = _write(vision, clause, text, sources, 0 if last is None else last + 1)
    record(VisionChanged(vision_id=vision.pk), by=actor, about=vision)
    return written


@transaction.atomic
def drop_clause(*, actor: Actor, clause: VisionClause) -> None:
    """Take a clause out of a vision that is being written.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: an adopted vision (`WrongStep`).
    Tells: `VisionChanged`.
    """
    require(actor, policies.write_vision, clause)
    vision = _draft(clause.vision)
    clause.delete()
    record(VisionChanged(vision_id=vision.pk), by=actor, about=vision)


@transaction.atomic
def adopt_vision(*, actor: Actor, vision: Vision) -> Vision:
    """Write down that members adopted a vision, in place of the one before.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: while an active member has not been asked (`NotEveryoneAsked`, which lists them); a vision without a
        clause, or with one that names no contribution (`NoSource`); one that was adopted (`WrongStep`).
    Tells: `VisionAdopted`.
    """
    require(actor, policies.write_vision, vision)
    vision = _draft(vision)
    missing = asked.not_yet_asked(vision.round)
    if missing:
        raise NotEveryoneAsked(missing)
    clauses = VisionClause.objects.filter(vision=vision).count()
    traced = VisionClause.objects.filter(vision=vision, sources__isnull=False).distinct().count()
    if not clauses or traced < clauses:
        raise NoSource(vision)
    Vision.objects.filter(state=Vision.State.ADOPTED).update(state=Vision.State.SUPERSEDED)
    vision.state, vision.adopted_at = Vision.State.ADOPTED, now()
    vision.save(update_fields=["state", "adopted_at"])
    VisionRound.objects.filter(pk=vision.round_id, state=RoundState.VALIDATED).update(state=RoundState.ADOPTED)
    contributions = ClauseSource.objects.filter(clause__vision=vision).values("statement").distinct().count()
    event = VisionAdopted(vision_id=vision.pk, clauses=clauses, contributions=contributions)
    record(event, by=actor, about=vision)
    return vision


@transaction.atomic
def leave_vision(*, actor: Actor, vision: Vision) -> None:
    """Give up a vision that is being written.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: one that was adopted (`WrongStep`).
    Tells: `VisionChanged`.
    """
    require(actor, policies.write_vision, vision)
    vision = _draft(vision)
    record(VisionChanged(vision_id=vision.pk), by=actor, about=vision)
    vision.delete()


def _draft(vision: Vision) -> Vision:
    locked = Vision.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=vision.pk)
    if locked.state != Vision.State.DRAFT:
        raise WrongStep("This vision was adopted.")
    return locked


def _write(
    vision: Vision, clause: VisionClause | None, text: str, sources: Sequence[Statement], position: int
) -> VisionClause:
    if clause is None:
        clause = VisionClause.objects.create(vision=vision, text=text, position=position)
    else:
        clause.text = text
        clause.save(update_fields=["text"])
        ClauseSource.objects.filter(clause=clause).delete()
    ClauseSource.objects.bulk_create(ClauseSource(clause=clause, statement=each) for each in dict.fromkeys(sources))
    return clause
