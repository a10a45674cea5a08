"""What can be asked about success. Nobody is handed what a member keeps to itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Prefetch, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting

from .. import policies
from . import rules
from .models import Horizon, OutcomeConflict, Priority, PriorityStand, SuccessDefinition

# --- definitions ----------------------------------------------------------------------------------


def readable(actor: Actor) -> QuerySet[SuccessDefinition]:
    """What this actor may read: what members shared, and everything of one's own organization."""
    shared = Q(shared_at__isnull=False)
    if policies.write_success.holds(actor):
        shared |= Q(organization_id=actor.organization_id)
    return SuccessDefinition.objects.filter(shared, withdrawn_at=None).select_related("organization")


def shared() -> QuerySet[SuccessDefinition]:
    """What every member has shared."""
    rows = SuccessDefinition.objects.filter(withdrawn_at=None, shared_at__isnull=False)
    return rows.select_related("organization")


def own(actor: Actor) -> list[SuccessDefinition]:
    """Everything that one's own organization has written, with ``is_due`` where a year has passed."""
    return with_due(own_rows(actor))


def own_rows(actor: Actor) -> QuerySet[SuccessDefinition]:
    """The same, not asked yet."""
    if not policies.write_success.holds(actor):
        return SuccessDefinition.objects.none()
    rows = SuccessDefinition.objects.filter(organization_id=actor.organization_id, withdrawn_at=None)
    return rows.select_related("organization").order_by("id")


def with_due(rows: Iterable[SuccessDefinition]) -> list[SuccessDefinition]:
    """These definitions, with ``is_due`` where a year has passed."""
    found = list(rows)
    for row in found:
        row.is_due = rules.is_due(row.confirmed_on, localdate())  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True)
class Picture:
    """What everyone shared, in one look: how many, how soon, who is served and who is not."""

    members: int
    heard: int
    silent: list[Organization]
    balance: list[rules.Share]
    not_served: list[SuccessDefinition]
    unlinked: list[SuccessDefinition]
    linked: int

    @property
    def count(self) -> int:
        return sum(share.count for share in self.balance)


def picture(definitions: Iterable[SuccessDefinition], voting: Iterable[Organization]) -> Picture:
    """The balance of all shared definitions, and which of the members with a vote have shared none."""
    rows, members = list(definitions), list(voting)
    said = {row.organization_id for row in rows}
    served = [row for row in rows if row.goal_ids]
    return Picture(
        members=len(members),
        heard=sum(each.pk in said for each in members),
        silent=[each for each in members if each.pk not in said],
        balance=rules.balance((row.horizon, [row.organization_id]) for row in rows),
        not_served=[row for row in rows if row.is_not_served],
        unlinked=[row for row in rows if not row.is_linked],
        linked=len(served),
    )


# --- pairs that conflict --------------------------------------------------------------------------


def conflicts() -> QuerySet[OutcomeConflict]:
    """Every pair that was named, open ones first; those of which a side took its words back are left out."""
    standing = {f"{side}__withdrawn_at": None for side in ("one", "other")}
    return (
        OutcomeConflict.objects.filter(**standing)
        .select_related("one__organization", "other__organization", "named_by")
        .order_by("settled_at", "-id")
    )


@dataclass(frozen=True)
class Standing:
    """How many pairs were named, and which of them are still open."""

    open: list[OutcomeConflict]
    named: int

    @property
    def settled(self) -> int:
        return self.named - len(self.open)


def standing_conflicts(named: Iterable[OutcomeConflict] | None = None) -> Standing:
    """The pairs that are still open, and how many there ever were. One query, or none where the pairs are given."""
    rows = list(conflicts() if named is None else named)
    return Standing([row for row in rows if row.is_open], len(rows))


# --- priorities -----------------------------------------------------------------------------------


def stands() -> QuerySet[PriorityStand]:
    """What each priority is to each member, the strongest first."""
    return PriorityStand.objects.select_related("organization").order_by("-strength", "organization__name", "id")


def priorities() -> QuerySet[Priority]:
    """Every priority, with what it is to each member in ``stood``."""
    return Priority.objects.prefetch_related(Prefetch("stands", queryset=stands(), to_attr="stood"))


def with_stands(rows: Iterable[Priority], taken: Iterable[PriorityStand]) -> list[Priority]:
    """The same of rows that were asked together."""
    found, of = list(rows), defaultdict(list)
    for stand in taken:
        of[stand.priority_id].append(stand)
    for priority in found:
        priority.stood = of[priority.pk]  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True)
class HorizonShare:
    """One horizon of what comes first: its name, how many, and the members it serves."""

    horizon: str
    label: Any
    titles: list[str]
    percent: int | None
    members: list[str]


def priority_balance(rows: Iterable[Priority] | None = None) -> list[HorizonShare]:
    """How short and long stand to each other among what comes first now, and whom each serves. Two queries."""
    chosen = [p for p in (priorities() if rows is None else rows) if p.state == Priority.State.SELECTED]
    names: dict[int, str] = {}
    told = []
    for priority in chosen:
        served = [s for s in priority.stood if s.side == PriorityStand.Side.SERVES]  # type: ignore[attr-defined]
        names |= {stand.organization_id: stand.organization.name for stand in served}
        told.append((priority.horizon, [stand.organization_id for stand in served]))
    labels = dict(Horizon.choices)
    return [
        HorizonShare(
            share.horizon,
            labels[share.horizon],
            [p.title for p in chosen if p.horizon == share.horizon],
            share.percent,
            sorted(names[member] for member in share.members),
        )
        for share in rules.balance(told)
    ]


def served_by_nothing(rows: Iterable[Priority], members: Iterable[Organization]) -> list[str]:
    """Members whom nothing that comes first serves, by name."""
    served = {
        stand.organization_id
        for priority in rows
        if priority.state == Priority.State.SELECTED
        for stand in priority.stood  # type: ignore[attr-defined]
        if stand.side == PriorityStand.Side.SERVES
    }
    return [member.name for member in members if member.pk not in served]


# --- what awaits people ---------------------------------------------------------------------------


def silent(actor: Actor) -> QuerySet[Organization]:
    """Everyone who would be told, where one's own organization has said nothing yet: two are enough to ask it."""
    if not policies.write_success.holds(actor):
        return Organization.objects.none()
    said = SuccessDefinition.objects.filter(organization_id=actor.organization_id, withdrawn_at=None)
    return voting_organizations().filter(~Exists(said))


def _say_it(actor: Actor, others: list[Organization]) -> list[Awaiting]:
    # Whoever is alone has nobody yet to be told: the first steps come before.
    if len(others) < 2:
        return []
    return [
        Awaiting(
            kind=_("What success means to you"),
            title=_("Say what your organization must see"),
            text=_("One sentence. It stays with you until you share it."),
            url=address_of("alignment:our_success", slug_of(actor.coalition_id)),
            action=_("Write it down"),
        )
    ]


def _confirm_and_link(actor: Actor, rows: list[SuccessDefinition]) -> list[Awaiting]:
    mine = with_due(rows)
    address = address_of("alignment:our_success", slug_of(actor.coalition_id))
    found = Counter(
        due=sum(row.is_due for row in mine),  # type: ignore[attr-defined]
        unlinked=sum(row.is_shared and not row.is_linked for row in mine),
    )
    items = []
    if found["due"]:
        text = ngettext(
            "%(n)s thing you said is older than a year.", "%(n)s things you said are older than a year.", found["due"]
        )
        items.append(
            Awaiting(
                kind=_("Once a year"),
                title=_("Is this still what success means to you?"),
                text=text % {"n": found["due"]},
                url=address,
                action=_("Look and confirm"),
            )
        )
    if found["unlinked"]:
        text = ngettext(
            "%(n)s thing you must see is linked to no goal yet.",
            "%(n)s things you must see are linked to no goal yet.",
            found["unlinked"],
        )
        items.append(
            Awaiting(
                kind=_("What success means to you"),
                title=_("Which of our goals serves you?"),
                text=text % {"n": found["unlinked"]},
                url=address,
                action=_("Link them, or say that none does"),
            )
        )
    return items


#: What one's organization has not said yet.
unsaid = Waits(lambda actor, _moment: silent(actor)[:2], _say_it)
#: What it has not linked yet, or not confirmed for a year.
unconfirmed = Waits(lambda actor, _moment: own_rows(actor), _confirm_and_link)
