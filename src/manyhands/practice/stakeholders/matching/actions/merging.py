"""Two records of one actor become one, and two again.

Joining removes nothing. The record that goes waits off the list as one that was removed does, and each row that
pointed at it is noted as it was. So taking it back finds everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Merge, Pair, Particulars, Stakeholder
from ...settling import settle
from .. import joining, queries, rules
from ..events import AlliesMerged, MergeUndone
from ..references import Notes, also_removed, pointed_at, put_back
from .pairs import ChangedMeanwhile

#: All that a record says of itself. What follows from ratings is counted anew.
SAID = [field.name for field in Particulars._meta.get_fields() if field.name not in {"search_text", "match_key"}] + [
    "stage", "looked_after_by_id", "next_step", "next_step_on", "not_before", "never_because", "places",
    "people_reached", "people_reached_source", "source",
]  # fmt: skip


@dataclass(frozen=True)
class Undone:
    """A merge that was taken back, and how much stays because somebody has changed it since."""

    merge: Merge
    left: int


@transaction.atomic
def merge_allies(
    *,
    actor: Actor,
    one: Stakeholder,
    other: Stakeholder,
    chosen: Mapping[str, str] | None = None,
    seen: Mapping[int, int] | None = None,
) -> Merge:
    """Join two records of one actor. Everything that points at either points at one of them afterwards.

    `chosen` says for each group of `rules.GROUPS` whose word counts: "one", "other" or "both"; what is not named is
    taken as `rules.usual` says. `seen` holds the versions that were shown.

    Who: coordinators and stewards (`policies.judge_pairs`).
    Refuses: a record and itself; one that is off the list; two different members; a person and an organization; a
    choice that cannot be (`Refused`); records that have changed since they were shown (`ChangedMeanwhile`).
    Tells: `AlliesMerged`.
    """
    require(actor, policies.judge_pairs, one, other)
    if one.pk == other.pk:
        raise Refused(_("That is one and the same record."))
    pair = _locked(one.pk, other.pk)
    if any(ally.version != (seen or {}).get(ally.pk, ally.version) for ally in pair):
        raise ChangedMeanwhile(one.pk)
    _check(*pair)
    kept, gone = _who_stays(*pair)
    sides = {"one": one.pk, "other": other.pk}
    choice = {
        key: side if side == "both" else "kept" if sides.get(side) == kept.pk else "other"
        for key, side in (chosen or {}).items()
    }
    try:
        values = rules.joined(_said(kept), _said(gone), choice)
    except rules.BadChoice as problem:
        raise Refused(str(problem)) from problem
    _check_lengths(values)
    notes, at = Notes(), now()
    _mark_pair(kept, gone, actor, notes)
    joining.move_everything(kept, gone, notes)
    if gone.member_id is not None:
        values["member_id"] = gone.member_id
    notes.change(gone, member_id=None, removed_at=at, version=gone.version + 1)
    before = _write(kept, {**values, "version": kept.version + 1}, at)
    Stakeholder.with_removed.filter(pk=gone.pk).update(updated_at=at)
    settle(kept)
    settle(gone)
    merge = Merge(
        kept=kept, gone=gone, before=before, moved=notes.moved, version_after=kept.version, by_seat_id=actor.seat_id
    )
    merge.merged_at = at
    merge.save()
    record(AlliesMerged(stakeholder_id=kept.pk, merge_id=merge.pk, moved=len(notes.moved)), by=actor, about=merge)
    return merge


@transaction.atomic
def undo_merge(*, actor: Actor, merge: Merge) -> Undone:
    """Make two records of one again, each with all that was its own.

    What somebody has added to the joined record since stays with the record that was kept, and so does a field, a tie
    or a rating that somebody has changed since.

    Who: coordinators and stewards (`policies.judge_pairs`).
    Refuses: a merge older than two weeks or taken back already; a record that has itself been joined with another,
    taken off the list or put back on it, or changed at somebody's wish, since (`Refused`).
    Tells: `MergeUndone`.
    """
    require(actor, policies.judge_pairs, merge)
    kept, gone = sorted(_locked(merge.kept_id, merge.gone_id), key=lambda ally: ally.pk != merge.kept_id)
    merge = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
    if problem := queries.why_not_undone(merge, kept, gone):
        raise Refused(problem)
    at = now()
    # The kept record first: a member has one record, so it must let go before the other can have it back.
    left = put_back([*merge.moved, [kept._meta.label, kept.pk, merge.before]])
    for ally in (kept, gone):
        ally.refresh_from_db()
        ally.prepare()
        also_removed(Stakeholder).filter(pk=ally.pk).update(
            search_text=ally.search_text, match_key=ally.match_key, updated_at=at
        )
        settle(ally)
    Merge.objects.filter(pk=merge.pk).update(undone_at=at)
    merge.undone_at = at
    told = MergeUndone(stakeholder_id=kept.pk, other_stakeholder_id=gone.pk, left_as_changed=left)
    record(told, by=actor, about=merge)
    return Undone(merge, left)


def _locked(*keys: int) -> list[Stakeholder]:
    """Both rows, always in the same order, so that two who join the same two never wait for each other."""
    rows = Stakeholder.with_removed.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = {ally.pk: ally for ally in rows}
    if len(found) < len(keys):
        raise Refused(_("One of the two does not exist any more."))
    return [found[key] for key in keys]


def _check(one: Stakeholder, other: Stakeholder) -> None:
    if one.removed_at is not None or other.removed_at is not None:
        raise Refused(_("One of the two is no longer on the list of allies. Somebody may have joined them already."))
    if one.member_id is not None and other.member_id is not None:
        raise Refused(_("Both are members here, each with a seat of its own. Two members cannot be one."))
    if one.kind != other.kind:
        raise Refused(_("One is a person and the other an organization. If they are one, correct that first."))


def _check_lengths(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        most = getattr(Stakeholder._meta.get_field(name.removesuffix("_id")), "max_length", None)
        if isinstance(value, str) and most and len(value) > most:
            if name == "also_known_as":
                raise Refused(_("The names together are too long. Shorten “also known as” in one of the two first."))
            raise Refused(_("Both together are too long for one field. Take one of the two instead."))


def _who_stays(one: Stakeholder, other: Stakeholder) -> tuple[Stakeholder, Stakeholder]:
    """The member; otherwise the one that more points at, so that less moves; otherwise the older. Nobody sees which."""
    if other.member_id is not None or one.member_id is not None:
        return (other, one) if other.member_id is not None else (one, other)
    points = list(pointed_at({"pk__in": [one.pk, other.pk]}))
    order = sorted((one, other), key=lambda ally: (-points.count(ally.pk), ally.pk))
    return order[0], order[1]


def _said(ally: Stakeholder) -> dict[str, Any]:
    return {name: getattr(ally, name) for name in SAID}


def _write(kept: Stakeholder, values: dict[str, Any], at: Any) -> dict[str, list[Any]]:
    """Write the kept record; what it was, field by field."""
    notes = Notes()
    notes.change(kept, **values)
    kept.prepare()
    Stakeholder.objects.filter(pk=kept.pk).update(search_text=kept.search_text, match_key=kept.match_key, updated_at=at)
    before: dict[str, list[Any]] = notes.moved[0][2]
    return before


def _mark_pair(kept: Stakeholder, gone: Stakeholder, actor: Actor, notes: Notes) -> None:
    low, high = sorted((kept.pk, gone.pk))
    pair = Pair.objects.filter(one_id=low, other_id=high).first()
    if pair is not None:
        notes.change(pair, verdict=Pair.Verdict.MERGED.value, judged_by_id=actor.seat_id, judged_at=now())
