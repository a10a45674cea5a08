"""What this part can be asked. Every function reads; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting

from .. import policies
from ..models import Merge, Pair, Stakeholder
from ..models.imports import UNDO_FOR
from . import rules

_NAMED = ("name", "also_known_as", "identifier", "website", "email", "postal_code", "city", "kind")


@dataclass(frozen=True)
class Described:
    """An ally, as far as matching looks at it."""

    pk: int
    kind: str
    name: str
    also_known_as: str
    identifier: str
    domain: str
    place: str


def described(rows: QuerySet[Stakeholder] | None = None) -> list[Described]:
    """Everyone on the list, in the order in which they came. One query."""
    found = (Stakeholder.objects.all() if rows is None else rows).order_by("pk").values("pk", *_NAMED)
    return [
        Described(
            row["pk"],
            row["kind"],
            row["name"],
            row["also_known_as"],
            row["identifier"],
            row["email"] or row["website"],
            row["postal_code"] or row["city"],
        )
        for row in found.iterator(chunk_size=5000)
    ]


def pairs() -> QuerySet[Pair]:
    """Every pair of which both records are still on the list, and every pair that was joined."""
    both_here = Q(one__removed_at=None, other__removed_at=None)
    undoable = Merge.objects.filter(undone_at=None, merged_at__gt=now() - UNDO_FOR)
    its_merge = undoable.filter(
        Q(kept=OuterRef("one"), gone=OuterRef("other")) | Q(kept=OuterRef("other"), gone=OuterRef("one"))
    )
    return (
        Pair.objects.filter(both_here | Q(verdict=Pair.Verdict.MERGED))
        .select_related("one", "other", "judged_by")
        .annotate(merge_id=Subquery(its_merge.values("pk")[:1]))
    )


def open_pairs() -> QuerySet[Pair]:
    """Pairs that wait for somebody."""
    return pairs().filter(verdict=Pair.Verdict.OPEN)


def next_after(pair: Pair) -> Pair | None:
    """The open pair that comes after one in the queue; the first again after the last."""
    waiting = open_pairs().exclude(pk=pair.pk).order_by("-score", "pk")
    after = waiting.filter(Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk))
    return after.first() or waiting.first()


def why_not_undone(merge: Merge, kept: Stakeholder, gone: Stakeholder) -> str:
    """What stands in the way of taking a merge back, in a sentence; empty when nothing does."""
    if merge.undone_at is not None:
        return _("This has been taken back already.")
    if now() >= merge.merged_at + UNDO_FOR:
        return _("This is older than two weeks and cannot be taken back any more.")
    if Merge.objects.filter(gone_id=kept.pk, undone_at=None).exists():
        return _("The joined record has been joined with another one since. Take that back first.")
    if kept.removed_at is not None:
        return _("The joined record was taken off the list. Put it back first.")
    if gone.removed_at is None or not _is_as_left(merge, gone):
        return _("The record that went has been changed since, so it cannot come back as it was.")
    return ""


def _is_as_left(merge: Merge, gone: Stakeholder) -> bool:
    noted = next(noted for label, pk, noted in merge.moved if label == gone._meta.label and pk == gone.pk)
    return str(gone.version) == str(noted["version"][1])


def joined_into(stakeholder: Stakeholder) -> Merge | None:
    """The merge that took a record off the list, if one did."""
    merge: Merge | None = Merge.objects.filter(gone_id=stakeholder.pk, undone_at=None).select_related("kept").first()
    return merge


def gone_into() -> list[tuple[int, str, str]]:
    """Records that went into others and are not erased yet: who stands for them now, their number and their key."""
    rows = Merge.objects.filter(undone_at=None).order_by("pk")
    found = list(rows.values_list("gone_id", "kept_id", "gone__identifier", "gone__match_key", "kept__removed_at"))
    went = {gone: kept for gone, kept, *_rest in found}
    off = {kept for _gone, kept, *_rest, removed_at in found if removed_at is not None}
    return [(last, number, key) for gone, _kept, number, key, _at in found if (last := _end_of(gone, went)) not in off]


def _end_of(key: int, went: dict[int, int]) -> int:
    """Follow a record to the one that stands for it; a record is joined only while it is on the list, so it ends."""
    while key in went:
        key = went[key]
    return key


def could_be(stakeholder: Stakeholder) -> QuerySet[Stakeholder]:
    """Whom a record can be compared with by hand."""
    return Stakeholder.objects.filter(kind=stakeholder.kind).exclude(pk=stakeholder.pk)


@dataclass(frozen=True)
class Compared:
    """One group of fields of two records, side by side."""

    group: rules.Group
    one: list[Any]
    other: list[Any]
    differs: bool


def compared(pair: Pair) -> list[Compared]:
    """The two records group by group; what is blank in both is left out."""
    sides = [{f: getattr(ally, f) for group in rules.GROUPS for f in group.fields} for ally in (pair.one, pair.other)]
    unlike = {group.key for group in rules.differing(*sides)}
    found = []
    for group in rules.GROUPS:
        one, other = ([side[field] for field in group.fields] for side in sides)
        if any(map(rules.says_something, [*one, *other])):
            found.append(Compared(group, one, other, group.key in unlike))
    return found


def unjudged() -> QuerySet[Pair]:
    """Pairs of records on the list that nobody has judged."""
    return Pair.objects.filter(verdict=Pair.Verdict.OPEN, one__removed_at=None, other__removed_at=None)


def _count_of_unjudged(actor: Actor) -> QuerySet[Any, int]:
    if actor.seat_id is None or not policies.judge_pairs.holds(actor):
        return Pair.objects.none().values_list("pk", flat=True)
    return unjudged().order_by().values("verdict").annotate(n=Count("pk")).values_list("n", flat=True)


def _to_judge(actor: Actor, counts: list[int]) -> Iterable[Awaiting]:
    for waiting in counts:  # one, or none where no pair waits
        yield Awaiting(
            kind=_("Allies that look alike"),
            title=ngettext("%(n)s pair of records", "%(n)s pairs of records", waiting) % {"n": f"{waiting:,}"},
            text=_("Each may be one actor that is on the list twice. You decide."),
            url=address_of("stakeholders:pairs", slug_of(actor.coalition_id)),
            action=_("Compare them"),
        )


#: Pairs that wait for a judgement, as one entry on the desk.
awaiting = Waits(lambda actor, _moment: _count_of_unjudged(actor), _to_judge)
