"""Putting together what is alike, and asking whether the shared sentence is true."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions.participants import _participant
from ...actions.steps import WrongStep
from ...models import Overlap, OverlapVoice, Statement, VisionRound
from ...rules import StatementState
from .. import queries
from ..events import OverlapCounted, OverlapsGathered
from ..gathering import gather_if_none


class NothingAlike(Exception):
    """No two statements share enough words."""


class CountedAlready(Exception):
    """The voices on this sentence were counted; it stays as people were asked."""


@transaction.atomic
def gather_overlaps(*, actor: Actor, round: VisionRound) -> int:
    """Put statements together that say much the same by their words; what was gathered before and not counted goes.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: once a shared sentence has been counted (`CountedAlready`); where no two are alike (`NothingAlike`).
    Tells: `OverlapsGathered`.
    """
    require(actor, policies.write_vision, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    if Overlap.objects.filter(round=round).exclude(counted_at=None).exists():
        raise CountedAlready(round)
    Overlap.objects.filter(round=round).delete()
    found = gather_if_none(round)
    if not found:
        raise NothingAlike(round)
    record(OverlapsGathered(round_id=round.pk, overlaps=found), by=actor, about=round)
    return found


@transaction.atomic
def make_overlap(*, actor: Actor, round: VisionRound, text: str) -> Overlap:
    """Write a shared sentence by hand; statements are put under it afterwards.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: nothing more.
    Tells: no one yet — nobody has been asked about it.
    """
    require(actor, policies.write_vision, round)
    last = Overlap.objects.filter(round=round).aggregate(last=Max("position"))["last"]
    return Overlap.objects.create(round=round, text=text, position=0 if last is None else last + 1)


@transaction.atomic
def rename_overlap(*, actor: Actor, overlap: Overlap, text: str) -> Overlap:
    """Find better words for what statements share. Voices given to the old words are given anew.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: a sentence that was counted (`CountedAlready`).
    Tells: no one yet — nobody has been asked about it.
    """
    require(actor, policies.write_vision, overlap)
    overlap = _open(overlap)
    if overlap.text != text:
        overlap.text = text
        overlap.save(update_fields=["text"])
        OverlapVoice.objects.filter(overlap=overlap).delete()
    return overlap


@transaction.atomic
def move_statement(*, actor: Actor, statement: Statement, overlap: Overlap | None) -> Statement:
    """Put a statement under another shared sentence, or under none.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: a sentence that was counted (`CountedAlready`); one of another round (`WrongStep`).
    Tells: no one yet — nobody has been asked about it.
    """
    require(actor, policies.write_vision, statement, overlap)
    statement = Statement.objects.select_for_update(of=("self",), no_key=True).get(pk=statement.pk)
    for sentence in (statement.overlap, overlap):
        if sentence is not None:
            _open(sentence)
    if (overlap is not None and overlap.round_id != statement.round_id) or statement.state != StatementState.LIVE:
        raise WrongStep("The statement is not among those of this round.")
    statement.overlap = overlap
    statement.save(update_fields=["overlap"])
    return statement


@transaction.atomic
def drop_overlap(*, actor: Actor, overlap: Overlap) -> None:
    """Let a shared sentence go; its statements stand by themselves again.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: a sentence that was counted (`CountedAlready`).
    Tells: no one yet — nobody has been asked about it.
    """
    require(actor, policies.write_vision, overlap)
    _open(overlap).delete()


@transaction.atomic
def voice_overlap(*, actor: Actor, overlap: Overlap, fits: bool) -> OverlapVoice:
    """Say whether a shared sentence is true to what one meant; a later voice replaces the earlier.

    Who: any seat but an observer's or a guest's (`policies.voice_overlap`).
    Refuses: a sentence that was counted (`CountedAlready`).
    Tells: no one, by design — voices are counted without names.
    """
    require(actor, policies.voice_overlap, overlap)
    overlap = _open(overlap)
    participant = _participant(actor, overlap.round)
    return OverlapVoice.objects.update_or_create(overlap=overlap, participant=participant, defaults={"fits": fits})[0]


@transaction.atomic
def count_overlap(*, actor: Actor, overlap: Overlap) -> Overlap:
    """Count the voices on a shared sentence: true if more say that it fits than that it does not.

    Who: coordinators and facilitators (`policies.write_vision`).
    Refuses: a sentence that was counted (`CountedAlready`).
    Tells: `OverlapCounted`.
    """
    require(actor, policies.write_vision, overlap)
    overlap = _open(overlap)
    voices = queries.voices(overlap)
    overlap.counted_at = now()
    overlap.validated_at = overlap.counted_at if voices.is_true else None
    overlap.save(update_fields=["counted_at", "validated_at"])
    record(OverlapCounted(round_id=overlap.round_id, is_true=voices.is_true), by=actor, about=overlap)
    return overlap


def _open(overlap: Overlap) -> Overlap:
    """The sentence, locked, as long as it has not been counted."""
    locked = Overlap.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=overlap.pk)
    if locked.counted_at is not None:
        raise CountedAlready(locked)
    return locked
