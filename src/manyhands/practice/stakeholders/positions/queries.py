"""What this part can be asked. Every function reads; none writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting

from .. import policies
from ..models import Claim, Issue, Position, PowerFinding, Stakeholder, Sway, TieList
from . import rules, words

#: Issues that the matrix has a column for; more cannot be read side by side.
MOST_COLUMNS = 12
AGAINST = [wedge.value for wedge in rules.SPECTRUM if rules.sign(wedge) < 0]


def aged(age: rules.Age, day: date, *, of: str = "") -> Q:
    """`rules.age` as a condition of the database: positions against us that are this old or older on a day.

    `of` is the way to the positions, such as ``positions__``.
    """
    too_early = Q()
    for kind in rules.COUNTS_FOR_MONTHS:
        too_early |= Q(**{f"{of}stakeholder__kind": kind, f"{of}on__lt": rules.first_day(age, kind, day)})
    return Q(**{f"{of}wedge__in": AGAINST}) & too_early


def counts_on(day: date) -> Q:
    """Positions that still count on a day: none that is against us and too old."""
    return ~aged(rules.Age.EXPIRED, day)


def current() -> QuerySet[Position]:
    """Where everyone on the list stands now, as far as it still counts."""
    return Position.objects.filter(counts_on(localdate()), replaced_at=None, stakeholder__removed_at=None)


# --- issues ---------------------------------------------------------------------------------------


def issues() -> QuerySet[Issue]:
    """Every issue with how many positions count on it."""
    old = aged(rules.Age.EXPIRED, localdate(), of="positions__")
    counted = Q(positions__replaced_at=None, positions__stakeholder__removed_at=None)
    return Issue.objects.annotate(
        known=Count("positions", filter=counted & ~old & Q(positions__isnull=False)),
        is_closed=ExpressionWrapper(Q(closed_at__isnull=False), output_field=BooleanField()),
    )


def open_issues() -> list[Issue]:
    """Issues that are not closed, in the order in which they were named."""
    return list(Issue.objects.filter(closed_at=None))


def every_issue() -> list[Issue]:
    """All of them, closed ones too."""
    return list(Issue.objects.all())


def histories(issues: Sequence[Issue]) -> dict[int, dict[int, list[Position]]]:
    """What was ever written on these issues and not taken back: issue, actor, positions from old to new. One query."""
    rows = (
        Position.objects.filter(issue__in=issues, stakeholder__removed_at=None, taken_back_at=None)
        .select_related("stakeholder")
        .order_by("on", "pk")
    )
    found: dict[int, dict[int, list[Position]]] = {issue.pk: {} for issue in issues}
    for position in rows:
        found[position.issue_id].setdefault(position.stakeholder_id, []).append(position)
    return found


def written_on(issue: Issue) -> QuerySet[Position]:
    """Every position ever written on an issue, those taken back too."""
    return Position.objects.filter(issue=issue, stakeholder__removed_at=None).select_related("stakeholder", "by_seat")


# --- the matrix -----------------------------------------------------------------------------------


def matrix(columns: Sequence[Issue]) -> QuerySet[Stakeholder]:
    """Actors with a position that counts on one of these issues.

    ``on_<issue>`` is its strength, None where it is not known; by ``order_<issue>`` the unknown come after all others.
    """
    now_known = current()
    rows = Stakeholder.objects.filter(pk__in=now_known.filter(issue__in=columns).values("stakeholder_id"))
    strengths = {
        f"on_{issue.pk}": Subquery(now_known.filter(issue=issue, stakeholder=OuterRef("pk")).values("strength")[:1])
        for issue in columns
    }
    unknown = Value(-rules.STRONGEST - 1)
    orders = {f"order_{issue.pk}": Coalesce(F(f"on_{issue.pk}"), unknown) for issue in columns}
    return rows.annotate(**strengths).annotate(**orders)


def positions_of(allies: Iterable[Stakeholder], columns: Sequence[Issue]) -> dict[tuple[int, int], Position]:
    """Where these actors stand now, by actor and issue."""
    rows = current().filter(stakeholder__in=[ally.pk for ally in allies], issue__in=columns)
    return {(position.stakeholder_id, position.issue_id): position for position in rows}


def surveys() -> QuerySet[TieList]:
    """Every file of influence or positions, the latest first."""
    return TieList.objects.exclude(holds=TieList.Holds.TIES).select_related("by_seat").defer("content")


# --- one actor ------------------------------------------------------------------------------------


def written_about(ally: Stakeholder) -> list[Position]:
    """Everything written about where an actor stands, newest first, with the issue and who wrote it."""
    return list(Position.objects.filter(stakeholder=ally).select_related("issue", "by_seat").order_by("-on", "-pk"))


def claims_on(ally: Stakeholder) -> list[Claim]:
    """What each rater says of an actor's claim now, newest first."""
    return list(Claim.objects.filter(stakeholder=ally, replaced_at=None).select_related("rater"))


def sways() -> QuerySet[Sway]:
    """Current ratings of who has a say over whom, among those on the list."""
    return Sway.objects.filter(replaced_at=None, one__removed_at=None, other__removed_at=None)


def sways_around(ally: Stakeholder) -> list[Sway]:
    """Ratings that tell on whom an actor acts and who acts on it, directly or through one other. One query."""
    reached = sways().filter(one=ally, level__gt=0).values("other_id")
    reaching = sways().filter(other=ally, level__gt=0).values("one_id")
    near = Q(one=ally) | Q(other=ally) | Q(one_id__in=reached) | Q(other_id__in=reaching)
    return list(sways().filter(near).select_related("one", "other", "rater"))


# --- power ----------------------------------------------------------------------------------------

#: Ratings of sway as (who acts, on whom, level), positions as (actor, issue, strength), and the open issues.
Given = tuple[list[tuple[int, int, int]], list[tuple[int, int, int]], list[int]]


def ratings_and_positions(day: date) -> Given:
    """Everything that the picture of power is made from, always in the same order."""
    rated = list(sways().order_by("one_id", "other_id", "rater_id").values_list("one_id", "other_id", "level"))
    named = [issue.pk for issue in open_issues()]
    known = (
        Position.objects.filter(counts_on(day), replaced_at=None, stakeholder__removed_at=None, issue__in=named)
        .order_by("stakeholder_id", "issue_id")
        .values_list("stakeholder_id", "issue_id", "strength")
    )
    return rated, list(known), named


def power_finding() -> PowerFinding | None:
    """The picture of power as it was last worked out."""
    return PowerFinding.objects.first()


def names_of(ids: Iterable[int]) -> dict[int, Stakeholder]:
    """Actors on the list by their ids."""
    return {ally.pk: ally for ally in Stakeholder.objects.filter(pk__in=set(ids))}


@dataclass(frozen=True)
class Grid:
    """Who is in the picture or about to be, and what is rated: by anyone, and by one seat."""

    actors: list[Stakeholder]
    rated: dict[tuple[int, int], int]  # how many rated the pair
    mine: dict[tuple[int, int], Sway]

    def missing(self, one: int) -> int:
        """Pairs of this actor over others that nobody rated."""
        return sum((one, other.pk) not in self.rated for other in self.actors if other.pk != one)


#: Whom we suggest to rate where nobody is rated yet.
FIRST_ACTORS = 7


def grid(seat_id: int | None, also: int | None = None) -> Grid:
    """Everyone that is rated, or the strongest on the list to begin with, and one more who is about to come in."""
    rated: dict[tuple[int, int], int] = {}
    mine: dict[tuple[int, int], Sway] = {}
    for sway in sways():
        pair = (sway.one_id, sway.other_id)
        rated[pair] = rated.get(pair, 0) + 1
        if sway.rater_id == seat_id:
            mine[pair] = sway
    ids = {actor for pair in rated for actor in pair}
    if not ids:
        strongest = Stakeholder.objects.order_by("-influence", "-weight", "pk")
        ids = set(strongest.values_list("pk", flat=True)[:FIRST_ACTORS])
    if also:
        ids.add(also)
    return Grid(list(Stakeholder.objects.filter(pk__in=ids)), rated, mine)


# --- what other rooms ask -------------------------------------------------------------------------


def old_ones(actor: Actor) -> QuerySet[Position]:
    """Positions against us that have counted for half their time, of actors this seat looks after."""
    mine = current().filter(stakeholder__looked_after_by_id=actor.seat_id, issue__closed_at=None)
    return mine.filter(aged(rules.Age.OLD, localdate()))


def _to_check(actor: Actor) -> QuerySet[Position]:
    if actor.seat_id is None or not policies.write_position.holds(actor):
        return Position.objects.none()
    return old_ones(actor).select_related("stakeholder", "issue").order_by("on", "pk")[:5]


def _old_positions(actor: Actor, positions: list[Position]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for position in positions:
        yield Awaiting(
            kind=_("An old position"),
            title=position.stakeholder.name,
            text=words.is_it_still_so(position),
            url=address_of("stakeholders:ally_positions", slug, position.stakeholder_id),
            action=_("Check it"),
        )


#: Positions against us that have counted for half their time, of actors this seat looks after: they wait to be checked.
awaiting = Waits(lambda actor, _moment: _to_check(actor), _old_positions)


def personal_export(seat_ids: list[int]) -> dict[str, Any]:
    """What this part keeps about a person: what they wrote and rated."""
    positions = Position.objects.filter(by_seat_id__in=seat_ids).select_related("stakeholder", "issue")
    sways = Sway.objects.filter(rater_id__in=seat_ids).select_related("one", "other")
    claims = Claim.objects.filter(rater_id__in=seat_ids).select_related("stakeholder")
    return {
        "positions": [
            {
                "ally": each.stakeholder.name,
                "issue": each.issue.title,
                "wedge": each.wedge,
                "strength": each.strength,
                "source": each.source,
                "on": each.on.isoformat(),
                "written_at": each.written_at.isoformat(),
                "taken_back_at": each.taken_back_at.isoformat() if each.taken_back_at else None,
            }
            for each in positions
        ],
        "sways": [
            {
                "one": each.one.name,
                "other": each.other.name,
                "level": each.level,
                "basis": each.basis,
                "rated_at": each.rated_at.isoformat(),
                "replaced_at": each.replaced_at.isoformat() if each.replaced_at else None,
            }
            for each in sways
        ],
        "claims": [
            {
                "ally": each.stakeholder.name,
                "power": each.has_power,
                "legitimacy": each.has_legitimacy,
                "urgency": each.has_urgency,
                "basis": each.basis,
                "rated_at": each.rated_at.isoformat(),
                "replaced_at": each.replaced_at.isoformat() if each.replaced_at else None,
            }
            for each in claims
        ],
        "issues_named": list(Issue.objects.filter(named_by_id__in=seat_ids).values_list("title", flat=True)),
    }


#: Stands where somebody asked to be forgotten: a rating never rests on nothing.
FORGOTTEN = "Words taken out at the rater’s wish"


def personal_erase(seat_ids: list[int]) -> None:
    """Forget the words; the figures stay, so that every middle stays as it was."""
    Sway.objects.filter(rater_id__in=seat_ids).update(basis=FORGOTTEN)
    Claim.objects.filter(rater_id__in=seat_ids).update(basis=FORGOTTEN)
