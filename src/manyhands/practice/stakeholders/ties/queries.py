"""What can be asked about ties. Every function reads; none writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.rules import Actor

from ..models import LEVELS, SavedView, Stakeholder, Tie, TieList
from . import rules

LEVEL_WORDS = dict(LEVELS)
KIND_WORDS = dict(Tie.Kind.choices)
STATE_WORDS = dict(Tie.State.choices)
#: A kind with a direction, said of one actor about the other: the giver's words, and the receiver's.
GIVES = {
    **KIND_WORDS,
    "funds": _("Gives them money"),
    "influences": _("Has a say over them"),
    "informs": _("Informs them"),
}
RECEIVES = {
    **KIND_WORDS,
    "funds": _("Gets money from them"),
    "influences": _("They have a say here"),
    "informs": _("Hears it from them"),
}
#: Kinds of which one does not say how close it is.
WITHOUT_LEVEL = frozenset({"opposes", "influences"})

#: On the map one sees three kinds of mark, by shape and by colour.
MEMBER, ALLY, AGAINST = "member", "ally", "against"


@dataclass(frozen=True, slots=True)
class Node:
    """One actor of the network, with what the map shows of it."""

    pk: int
    name: str
    sector: str
    stance: str
    stage: str
    interest: float
    influence: float
    raters: int
    looked_after_by_id: int | None
    member_id: int | None
    is_member: bool
    is_person: bool

    @property
    def mark(self) -> str:
        """How it is drawn: a member, somebody else, or somebody against us."""
        if self.is_member:
            return MEMBER
        return AGAINST if self.stance in {"against", "leaning away"} else ALLY


@dataclass(frozen=True, slots=True)
class Link:
    """One tie as the map needs it; who said what stays with the two sides."""

    pk: int
    one: int
    other: int
    kind: str
    level: int
    state: str
    source: str
    seen_on: date
    begins: date
    ended_on: date | None
    consent: str

    @property
    def kind_words(self) -> Any:
        return KIND_WORDS[self.kind]

    @property
    def level_words(self) -> Any:
        return LEVEL_WORDS[self.level]

    @property
    def words_of_one(self) -> str:
        """What the tie is to its first end."""
        return self._words(GIVES)

    @property
    def words_of_other(self) -> str:
        """What the tie is to its second end."""
        return self._words(RECEIVES)

    def _words(self, kinds: Mapping[str, Any]) -> str:
        near = "" if self.kind in WITHOUT_LEVEL else f", {str(self.level_words).lower()}"
        return f"{kinds[self.kind]}{near}. {self.state_words}."

    @property
    def state_words(self) -> Any:
        return STATE_WORDS[self.state]

    @property
    def is_long_ago(self) -> bool:
        return rules.is_long_ago(self.seen_on, localdate())

    def was_there(self, on: date) -> bool:
        """Was the tie there on this day, as far as we know?"""
        return self.begins <= on and (self.ended_on is None or self.ended_on > on)


@dataclass(frozen=True)
class Network:
    """Actors and the ties between them."""

    nodes: dict[int, Node]
    links: list[Link] = field(default_factory=list)

    @cached_property
    def contacts(self) -> dict[int, list[Link]]:
        """The ties of each actor, the closest first."""
        found: dict[int, list[Link]] = {pk: [] for pk in self.nodes}
        for link in self.links:
            found[link.one].append(link)
            found[link.other].append(link)
        return found

    @cached_property
    def known(self) -> dict[int, int]:
        """How many others each actor knows: those it has a tie with that opens doors."""
        others: dict[int, set[int]] = {pk: set() for pk in self.nodes}
        for link in self.doors:
            others[link.one].add(link.other)
            others[link.other].add(link.one)
        return {pk: len(found) for pk, found in others.items()}

    @cached_property
    def doors(self) -> list[Link]:
        """Ties over which one side could introduce us to the other."""
        return [link for link in self.links if link.level and rules.opens_doors(link.kind)]

    @cached_property
    def members(self) -> list[int]:
        return [pk for pk, node in self.nodes.items() if node.is_member]

    @cached_property
    def signature(self) -> str:
        """The same for the same network: what is worked out from it need not be worked out again."""
        digest = blake2b(digest_size=20)
        digest.update(
            repr([(k.one, k.other, k.kind, k.level, k.state, k.consent, k.seen_on) for k in self.links]).encode()
        )
        digest.update(repr([(n.pk, n.is_member, n.influence) for n in self.nodes.values()]).encode())
        return digest.hexdigest()

    def among(self, links: Iterable[Link], also: Iterable[int] = ()) -> "Network":
        """A part of it: these ties, and those whom they tie."""
        kept = list(links)
        wanted = {pk for link in kept for pk in (link.one, link.other)} | set(also)
        return Network({pk: node for pk, node in self.nodes.items() if pk in wanted}, kept)


def network(*, with_ended: bool = False) -> Network:
    """Everyone who is tied to somebody, and every member, with all ties. Two queries, whatever the number."""
    ties = live_ties() if not with_ended else _between_listed(Tie.objects.all())
    rows = ties.order_by("-level", "pk").values_list(
        "pk", "one_id", "other_id", "kind", "level", "state", "source", "seen_on", "since", "claimed_at", "ended_on",
        "consent",
    )  # fmt: skip
    links = [
        Link(pk, one, other, kind, level, state, source, seen, since or min(seen, at.date()), ended, consent)
        for pk, one, other, kind, level, state, source, seen, since, at, ended, consent in rows
    ]
    tied = Q(pk__in=ties.order_by().values("one_id")) | Q(pk__in=ties.order_by().values("other_id"))
    return Network(_nodes(Stakeholder.objects.filter(tied | Q(member__membership__state="active"))), links)


def strong_actors() -> dict[int, Node]:
    """Everyone rated as strong, tied or not; the strongest first."""
    strong = Stakeholder.objects.filter(raters__gt=0, influence__gte=rules.STRONG)
    return _nodes(strong.order_by("-influence", "-interest", "name"))


def _nodes(rows: QuerySet[Stakeholder]) -> dict[int, Node]:
    found = rows.values_list(
        "pk", "name", "sector", "stance", "stage", "interest", "influence", "raters", "looked_after_by_id",
        "member_id", "member__membership__state", "kind",
    )  # fmt: skip
    return {row[0]: Node(*row[:10], row[10] == "active", row[11] == Stakeholder.Kind.PERSON) for row in found}


def live_ties() -> QuerySet[Tie]:
    """Ties that have not ended, between allies on the list."""
    return _between_listed(Tie.objects.filter(ended_on=None))


def _between_listed(ties: QuerySet[Tie]) -> QuerySet[Tie]:
    return ties.filter(one__removed_at=None, other__removed_at=None)


def ties_of(stakeholder: Stakeholder) -> QuerySet[Tie]:
    """The ties of one actor that have not ended, with who stands at both ends, the closest first."""
    return _of(stakeholder, live_ties())


def ended_ties_of(stakeholder: Stakeholder) -> QuerySet[Tie]:
    """Ties of one actor that have come to an end, the latest first."""
    return _of(stakeholder, _between_listed(Tie.objects.exclude(ended_on=None))).order_by("-ended_on", "-pk")


def _of(stakeholder: Stakeholder, ties: QuerySet[Tie]) -> QuerySet[Tie]:
    mine = ties.filter(Q(one=stakeholder) | Q(other=stakeholder)).select_related("one", "other")
    return mine.only(
        "kind", "level", "level_one", "level_other", "state", "seen_on", "ended_on", "consent",
        "one__name", "one__member", "other__name", "other__member",
    )  # fmt: skip


def any_tie() -> QuerySet[Tie]:
    """Every tie between allies on the list, ended ones too."""
    return _between_listed(Tie.objects.all()).select_related("one", "other")


def saved_views(actor: Actor, page: str) -> QuerySet[SavedView]:
    """One's own views of a page, and those that others share."""
    seen = Q(by_seat_id=actor.seat_id) | Q(is_shared=True)
    return SavedView.objects.filter(seen, page=page).select_related("by_seat")


def tie_lists() -> QuerySet[TieList]:
    """Every file of ties, the latest first."""
    return TieList.objects.filter(holds=TieList.Holds.TIES).select_related("by_seat").defer("content")


def own_actor(actor: Actor) -> int | None:
    """The ally that the actor's own organization is."""
    if actor.organization_id is None:
        return None
    return Stakeholder.objects.filter(member_id=actor.organization_id).values_list("pk", flat=True).first()


def side_of(actor: Actor, tie: Tie) -> str | None:
    """Which side the actor sits for: "one", "other", or neither."""
    if actor.organization_id is None:
        return None
    return next((end for end in ("one", "other") if getattr(tie, end).member_id == actor.organization_id), None)


@dataclass(frozen=True)
class LaunchCheck:
    """Is somebody engaged with each actor that is strong and cares, before we go public?"""

    rows: QuerySet[Stakeholder]

    @cached_property
    def engaged(self) -> list[Stakeholder]:
        return [ally for ally in self.rows if ally.looked_after_by_id is not None]

    @cached_property
    def nobodys(self) -> list[Stakeholder]:
        return [ally for ally in self.rows if ally.looked_after_by_id is None]

    @property
    def holds(self) -> bool:
        return bool(self.engaged) and not self.nobodys


def launch_check() -> LaunchCheck:
    """Actors with high interest and high influence who are no members, by whether somebody looks after them.

    Both are high from the midpoint of the scale; who was never rated cannot be checked. Asks when it is read.
    """
    rows = Stakeholder.objects.filter(raters__gt=0, interest__gte=rules.STRONG, influence__gte=rules.STRONG).exclude(
        member__membership__state="active"
    )
    return LaunchCheck(rows.select_related("looked_after_by").order_by("-weight", "name"))
