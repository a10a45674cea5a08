"""The queue: pairs that the computer finds or a member names, and what people say of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Pair, Stakeholder
from .. import rules
from ..events import PairJudgedDifferent, PairNamed, PairReopened, PairsFound

#: More pairs than this nobody looks through; the likeliest are kept.
MOST_PAIRS = 10_000
BATCH = 1000


class ChangedMeanwhile(Exception):
    """One of the two records, or the pair, is no longer as it was shown."""


@dataclass(frozen=True)
class Found:
    """Two records that look alike, as the computer found them."""

    one_id: int
    other_id: int
    score: float
    reasons: tuple[str, ...]


@transaction.atomic
def keep_pairs(*, actor: Actor, found: Sequence[Found]) -> int:
    """Write down which records look alike. Pairs that were judged stay judged; open ones not found any more go.

    Who: coordinators, stewards and the search in the background (`policies.judge_pairs`).
    Refuses: nothing; writing twice is writing once.
    Tells: `PairsFound`, when there are new ones.
    """
    require(actor, policies.judge_pairs)
    known = {(pair.one_id, pair.other_id): pair for pair in Pair.objects.select_for_update(no_key=True).order_by("pk")}
    best = sorted(found, key=lambda each: (-each.score, each.one_id, each.other_id))[:MOST_PAIRS]
    here = set(Stakeholder.objects.values_list("pk", flat=True)) if best else set()
    new, changed, at = [], [], now()
    for each in best:
        pair = known.pop((each.one_id, each.other_id), None)
        score, reasons = round(each.score, 4), list(each.reasons)
        if pair is None:
            if {each.one_id, each.other_id} <= here:  # nobody was taken off the list meanwhile
                new.append(Pair(one_id=each.one_id, other_id=each.other_id, score=score, reasons=reasons, found_at=at))
        elif pair.verdict == Pair.Verdict.OPEN and (pair.score, pair.reasons) != (score, reasons):
            pair.score, pair.reasons = score, reasons
            changed.append(pair)
    _create(new)
    for pair in changed:
        Pair.objects.filter(pk=pair.pk).update(score=pair.score, reasons=pair.reasons)
    # What a person put into the queue stays there until a person judges it.
    stale = [p.pk for p in known.values() if p.verdict == Pair.Verdict.OPEN and p.judged_by_id is None]
    for start in range(0, len(stale), BATCH):
        Pair.objects.filter(pk__in=stale[start : start + BATCH]).delete()
    waiting = Pair.objects.filter(verdict=Pair.Verdict.OPEN).count()
    if new:
        record(PairsFound(found=len(new), waiting=waiting), by=actor, about=new[0])
    return waiting


@transaction.atomic
def name_pair(*, actor: Actor, one: Stakeholder, other: Stakeholder) -> Pair:
    """Put two records into the queue that the computer did not find alike.

    Who: coordinators and stewards (`policies.judge_pairs`).
    Refuses: a record and itself, and one that is off the list (`Refused`).
    Tells: `PairNamed`, unless the pair is there already.
    """
    require(actor, policies.judge_pairs, one, other)
    if one.pk == other.pk:
        raise Refused(_("That is one and the same record."))
    if Stakeholder.objects.filter(pk__in=[one.pk, other.pk]).count() < 2:
        raise Refused(_("One of the two is no longer on the list of allies."))
    low, high = sorted((one.pk, other.pk))
    pair, is_new = Pair.objects.get_or_create(
        one_id=low, other_id=high, defaults={"score": 1.0, "reasons": [rules.NAMED], "judged_by_id": actor.seat_id}
    )
    if is_new:
        record(PairNamed(stakeholder_id=low, other_stakeholder_id=high), by=actor, about=pair)
    return pair


@transaction.atomic
def judge_different(*, actor: Actor, pair: Pair) -> Pair:
    """Say that two records are two actors; they are not shown again.

    Who: coordinators and stewards (`policies.judge_pairs`).
    Refuses: a pair that was judged meanwhile (`ChangedMeanwhile`).
    Tells: `PairJudgedDifferent`.
    """
    require(actor, policies.judge_pairs, pair)
    found = _judge(pair, Pair.Verdict.OPEN, Pair.Verdict.DIFFERENT, actor.seat_id)
    told = PairJudgedDifferent(stakeholder_id=found.one_id, other_stakeholder_id=found.other_id)
    record(told, by=actor, about=found)
    return found


@transaction.atomic
def reopen_pair(*, actor: Actor, pair: Pair) -> Pair:
    """Take back that two records are two actors; the pair waits again.

    Who: coordinators and stewards (`policies.judge_pairs`).
    Refuses: a pair that is not judged so any more (`ChangedMeanwhile`).
    Tells: `PairReopened`.
    """
    require(actor, policies.judge_pairs, pair)
    found = _judge(pair, Pair.Verdict.DIFFERENT, Pair.Verdict.OPEN, actor.seat_id)
    told = PairReopened(stakeholder_id=found.one_id, other_stakeholder_id=found.other_id)
    record(told, by=actor, about=found)
    return found


def _judge(pair: Pair, was: str, verdict: str, seat_id: int | None) -> Pair:
    found: Pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if found.verdict != was:
        raise ChangedMeanwhile(pair.pk)
    found.verdict, found.judged_by_id = verdict, seat_id
    found.judged_at = now() if verdict != Pair.Verdict.OPEN else None
    Pair.objects.filter(pk=found.pk).update(verdict=verdict, judged_by_id=seat_id, judged_at=found.judged_at)
    return found


def _create(pairs: list[Pair]) -> None:
    """Many at once, without asking for each end again: they have just been read in this coalition."""
    ends = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    allies = Stakeholder.objects.in_bulk(list(ends)) if ends else {}
    for pair in pairs:
        pair.one, pair.other = allies[pair.one_id], allies[pair.other_id]
    Pair.objects.bulk_create(pairs, batch_size=BATCH)
